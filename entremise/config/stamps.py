"""What was already done on this very database, so that a second start skips it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.db import connection

STAMPS_FILE = "stamps.json"


def noted(var: Path, name: str) -> str | None:
    """Give the version of this work that was last done on this database."""
    return _read(var).get(_database_identity(), {}).get(name)


def note(var: Path, name: str, version: str) -> None:
    """Remember that this version of this work is done on this database."""
    stamps = _read(var)
    stamps.setdefault(_database_identity(), {})[name] = version
    draft = var / f".{STAMPS_FILE}"
    draft.write_text(json.dumps(stamps, indent=1), encoding="utf-8")
    draft.replace(var / STAMPS_FILE)


def version_of(*folders: Path) -> str:
    """Give a short digest of the files of these folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _database_identity() -> str:
    """Name the database for good: another server, or a database made anew, gets another name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text || '/' || oid::text"
            " FROM pg_control_system(), pg_database WHERE datname = current_database()"
        )
        return str(cursor.fetchone()[0])


def _read(var: Path) -> dict[str, dict[str, str]]:
    try:
        stamps = json.loads((var / STAMPS_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return stamps if isinstance(stamps, dict) else {}
