"""Where the embedded server answers, and under which names."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

DATABASE = "entremise"
SUPERUSER_ROLE = "postgres"
OWNER_ROLE = "entremise_owner"
APP_ROLE = "entremise_app"
SOCKET_PORT = 5432  # names the socket file; nothing listens on the network
CONNECTION_FILE = "connection.json"


class ServerRefused(Exception):
    """The embedded server cannot be used; the message says why and what to do, in French."""


class AlreadyRunning(ServerRefused):
    """Another process supervises this server already."""


@dataclass(frozen=True)
class Passwords:
    """The passwords of the three roles."""

    superuser: str
    owner: str
    app: str


@dataclass(frozen=True)
class ConnectionFile:
    """What a command needs to reach the server, without the superuser."""

    app_url: str
    owner_url: str


def read_connection_file(var: Path) -> ConnectionFile | None:
    """Read where the server of this data folder answers, or None when it was never started."""
    try:
        values = json.loads((var / CONNECTION_FILE).read_text(encoding="utf-8"))
        return ConnectionFile(app_url=values["app_url"], owner_url=values["owner_url"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        # Unreadable or from another version: the next start writes it again.
        return None


def write_connection_file(var: Path, connection: ConnectionFile) -> None:
    """Write where the server answers, for this account only."""
    write_private(var / CONNECTION_FILE, json.dumps(asdict(connection), indent=1))


def kept_passwords(path: Path) -> Passwords:
    """Read the passwords of this server; make them the first time."""
    if not path.exists():
        made = Passwords(*(secrets.token_urlsafe(24) for _ in range(3)))
        write_private(path, json.dumps(asdict(made), indent=1))
    try:
        return Passwords(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ServerRefused(
            f"Le fichier des mots de passe du serveur PostgreSQL embarqué ({path}) est illisible. "
            "Supprimez-le : il sera refait au prochain démarrage."
        ) from error


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step, readable by this account only."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def address(role: str, password: str, database: str, host: str, port: int = SOCKET_PORT) -> str:
    """Write a PostgreSQL URL; the host may be a folder of sockets."""
    query = urlencode({"host": host, "port": port}, quote_via=quote)  # libpq takes a « + » for itself, not for a space
    return f"postgresql://{quote(role)}:{quote(password, safe='')}@/{quote(database)}?{query}"
