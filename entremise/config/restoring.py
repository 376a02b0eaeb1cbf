"""A backup brought back to life in another folder."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from entremise.config import backups
from entremise.config.backup_files import open_file, unpack
from entremise.config.console import CommandRefused
from entremise.kernel.postgres import recovery
from entremise.kernel.postgres.placement import Placement, make_folder, place

DRAFT = "data.new"
PIECES = "restored-log"
PASSWORDS = "passwords.json"
DUMP_FILE = "base.dump"


def restore(path: Path, var: Path, secret_key: str, until: dt.datetime | None, told: Callable[[str], None]) -> str:
    """Bring a backup back into a new data folder; return its kind: base (ready to run) or dump (to be loaded)."""
    var = var.expanduser().absolute()
    if var.exists() and any(var.iterdir()):
        raise CommandRefused(
            f"Le dossier {var} n'est pas vide. Une sauvegarde se rétablit dans un dossier neuf : rien n'est écrasé."
        )
    placement = place(var)
    if placement.data.exists():
        raise CommandRefused(f"Il y a déjà une base dans {placement.data}. Choisissez un autre dossier.")
    draft = placement.home / DRAFT
    told("Ouverture de la sauvegarde")
    try:
        with path.open("rb") as source:
            manifest = unpack(source, secret_key, lambda name: _destination(name, var, placement, draft))
    except BaseException:
        shutil.rmtree(var, ignore_errors=True)  # ours: it was empty
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if manifest.kind == backups.DUMP:
        _join_dump(var)
        return manifest.kind
    told("Lecture du journal de la base")
    pieces = _open_log(path, placement, secret_key)
    _give_all(placement, draft)
    os.sync()
    draft.rename(placement.data)
    told("Remise en marche de la base")
    recovery.recover(placement, pieces, until)
    shutil.rmtree(pieces)
    return manifest.kind


def _destination(name: PurePosixPath, var: Path, placement: Placement, draft: Path) -> Path | None:
    top, rest = name.parts[0], name.parts[1:]
    if top == "base":
        return draft.joinpath(*rest)
    if top == "var":
        return var.joinpath(*rest)
    if top == "dump":
        return var / ".dump" / name.name
    if str(name) == backups.PASSWORDS:
        return placement.home / PASSWORDS
    return None


def _open_log(path: Path, placement: Placement, secret_key: str) -> Path:
    """Open the pieces of log that follow this backup, where the server's account can read them."""
    pieces = placement.home / PIECES
    make_folder(pieces, 0o700)
    placement.account.give(pieces)
    named = backups.NAME.fullmatch(path.name)
    first = backups.place_in_log(named[2]) if named else ""
    for sealed in sorted((path.parent / backups.LOG_FOLDER).glob(f"*{backups.LOG_SUFFIX}")):
        if backups.place_in_log(sealed.name) < first:
            continue
        opened = pieces / sealed.name.removesuffix(backups.LOG_SUFFIX)
        with sealed.open("rb") as source, opened.open("wb") as target:
            open_file(source, target, secret_key)
        opened.chmod(0o600)
        placement.account.give(opened)
    return pieces


def _give_all(placement: Placement, folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
        placement.account.give(path)


def _join_dump(var: Path) -> None:
    """Put the pieces of a dump together, as `pg_restore` reads them."""
    with (var / DUMP_FILE).open("wb") as whole:
        for piece in sorted((var / ".dump").iterdir()):
            with piece.open("rb") as source:
                shutil.copyfileobj(source, whole)
            piece.unlink()
    (var / DUMP_FILE).chmod(0o600)
    (var / ".dump").rmdir()
