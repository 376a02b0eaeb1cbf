"""The folder of backups: one sealed file a night, the log between them, the old ones let go."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from entremise.config.backup_files import BLOCK, Packer, seal_file
from entremise.config.console import CommandRefused
from entremise.config.environment import Environment, SettingRefused
from entremise.kernel.postgres import archive, copying
from entremise.kernel.postgres.connection import ServerRefused, write_private
from entremise.kernel.postgres.placement import Placement, place
from entremise.lib import retention
from entremise.lib.sealing import SealRefused, check_public_key

SUFFIX = ".sauvegarde"
LOG_FOLDER = "journaux"
LOG_SUFFIX = ".scelle"
NAME = re.compile(r"entremise-(\d{8}T\d{6}Z)-(\w+)\.sauvegarde")
WRITTEN_AT = "%Y%m%dT%H%M%SZ"
DUMP = "dump"  # in the name of a backup of an outside server, instead of the first piece of log it needs
DUMP_PIECE_BYTES = 16 << 20
DRAFT_SUFFIX = ".nouveau"
OWNER_MARK = "installation"
OWN_MARK = "backup_id"  # in the data folder, and never in a backup: a restored installation is another one
START_OF_LOG = re.compile(rb"START WAL LOCATION: .*\(file (\w+)\)")
BACKUP_LABEL = "backup_label"
# Made again by themselves, or true of this machine and this moment only.
NOT_KEPT = frozenset({
    "postgres", "static", "index", "connection.json", "running.json", "stamps.json", "derniere-erreur.txt", OWN_MARK,
    "sauvegardes.json",
})  # fmt: skip
BEFORE_THE_BASE = frozenset({"journal", "keys", "secret_key"})  # heads of the journal may be late on it, not ahead
PASSWORDS = "home/passwords.json"  # where they are in a backup
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class BackupSettings:
    """Where backups go by themselves, and for whom they are sealed."""

    folder: Path
    public_key: str


@dataclass(frozen=True, order=True)
class Kept:
    """One backup of the folder."""

    at: dt.datetime
    first_log: str  # the first piece of log that it needs; DUMP for an outside server
    path: Path


def load(variables: Mapping[str, str] | None = None) -> BackupSettings | None:
    """Read the two settings of automatic backups; both, or none."""
    values = os.environ if variables is None else variables
    folder, key = values.get("ENTREMISE_BACKUP_FOLDER", ""), values.get("ENTREMISE_BACKUP_KEY", "")
    if not folder and not key:
        return None
    if not folder or not key:
        raise SettingRefused(
            "ENTREMISE_BACKUP_FOLDER et ENTREMISE_BACKUP_KEY vont ensemble : le dossier des sauvegardes, et la clé "
            "publique qui les scelle. Pour faire une clé : entremise backup --new-key FICHIER."
        )
    try:
        return BackupSettings(Path(folder).expanduser().absolute(), check_public_key(key))
    except SealRefused as refusal:
        raise SettingRefused(f"ENTREMISE_BACKUP_KEY : {refusal}") from refusal


def backups_of(folder: Path) -> list[Kept]:
    """List the backups of a folder, the oldest first."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        if told := NAME.fullmatch(path.name):
            at = dt.datetime.strptime(told[1], WRITTEN_AT).replace(tzinfo=dt.UTC)
            found.append(Kept(at, told[2], path))
    return sorted(found)


def make(settings: Environment, chosen: BackupSettings, told: Told) -> Path:
    """Make one backup; it has its name only once it is whole and on the disk."""
    chosen.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _check_owner(settings.var, chosen.folder)
    for left in chosen.folder.glob(f".*{DRAFT_SUFFIX}"):
        left.unlink()  # an interrupted one
    total = _bytes_to_come(settings)
    _check_room(chosen.folder, total)
    at = dt.datetime.now(dt.UTC).strftime(WRITTEN_AT)
    draft = chosen.folder / f".{at}{DRAFT_SUFFIX}"
    done = 0

    def note(count: int) -> None:
        nonlocal done
        done += count
        told(done, max(total, done))

    with _whole(draft) as target:
        write = _write_base if settings.embedded else _write_dump
        first_log = write(settings, target, chosen.public_key, note)
    final = chosen.folder / f"entremise-{at}-{first_log}{SUFFIX}"
    draft.rename(final)
    _sync_folder(chosen.folder)
    return final


def take_log(placement: Placement, chosen: BackupSettings) -> int:
    """Seal the finished pieces of the log into the folder of backups, then let them go; return how many."""
    count = 0
    folder = chosen.folder / LOG_FOLDER
    for piece in archive.finished_pieces(placement):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{piece.name}{DRAFT_SUFFIX}"
        draft.unlink(missing_ok=True)
        with _whole(draft) as target:
            seal_file(piece, target, chosen.public_key)
        draft.rename(folder / f"{piece.name}{LOG_SUFFIX}")
        _sync_folder(folder)
        piece.unlink()
        count += 1
    return count


def let_go(folder: Path) -> list[Path]:
    """Remove the backups that nobody keeps any more, and the log before the oldest of the last days."""
    backups = backups_of(folder)
    kept = retention.kept(one.at for one in backups)
    gone = [one.path for one in backups if one.at not in kept]
    last_days = retention.daily(one.at for one in backups)
    firsts = [one.first_log for one in backups if one.at in last_days and one.first_log != DUMP]
    if firsts:
        first = min(firsts, key=place_in_log)
        log = (folder / LOG_FOLDER).glob(f"*{LOG_SUFFIX}")
        gone += [path for path in log if place_in_log(path.name) < place_in_log(first)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def place_in_log(name: str) -> str:
    """Return what orders pieces whatever their timeline; the histories of timelines are never too old."""
    return "G" if ".history" in name else name[8:24]


def _check_owner(var: Path, folder: Path) -> None:
    """Refuse a folder of another installation: a copy brought up for a trial would spoil the log of the true one."""
    own, mark = var / OWN_MARK, folder / OWNER_MARK
    if not own.exists():
        write_private(own, secrets.token_hex(16))
    if not mark.exists():
        write_private(mark, own.read_text(encoding="ascii"))
    if mark.read_text(encoding="ascii") != own.read_text(encoding="ascii"):
        raise CommandRefused(
            f"Le dossier {folder} reçoit les sauvegardes d'une autre installation (ou de celle-ci avant qu'elle ne "
            "soit rétablie). Choisissez un dossier neuf : le mélange les rendrait inutilisables."
        )


def _bytes_to_come(settings: Environment) -> int:
    own = sum(path.stat().st_size for _, path in _own_files(settings.var))
    if settings.embedded:
        return own + copying.database_bytes(settings.var)
    with psycopg.connect(_owner_url(settings)) as connection:
        row = connection.execute("select pg_database_size(current_database())").fetchone()
    return own + int(row[0] if row else 0)


def _check_room(folder: Path, total: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < total:
        raise CommandRefused(
            f"Il n'y a pas assez de place dans {folder} : il reste {free // 1_000_000} Mo, et cette sauvegarde "
            f"peut en prendre {total // 1_000_000}. Libérez de la place, ou choisissez un autre dossier."
        )


def _write_base(settings: Environment, target: IO[bytes], public_key: str, note: Callable[[int], None]) -> str:
    """Copy the embedded server; return the first piece of log that the copy needs."""
    first_log = ""
    packer = Packer(target, public_key, "base", note)
    _add_own(packer, settings.var, before=True)
    packer.path(PASSWORDS, place(settings.var).home / "passwords.json")
    with copying.base_copy(settings.var) as copied, tarfile.open(fileobj=copied, mode="r|") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                packer.folder(f"base/{member.name}")
                continue
            if member.name == BACKUP_LABEL:
                label = content.read()
                first_log = _first_log(label)
                packer.whole(f"base/{member.name}", label)
                continue
            packer.stream(f"base/{member.name}", member.size, content)
    _add_own(packer, settings.var, before=False)
    packer.finish()
    return first_log


def _first_log(label: bytes) -> str:
    found = START_OF_LOG.search(label)
    if found is None:
        raise ServerRefused("PostgreSQL n'a pas dit où commence le journal de cette copie.")
    return found[1].decode()


def _write_dump(settings: Environment, target: IO[bytes], public_key: str, note: Callable[[int], None]) -> str:
    """Dump an outside server with its owner's account, in pieces: its size is not known before its end."""
    packer = Packer(target, public_key, DUMP, note)
    _add_own(packer, settings.var, before=True)
    where = conninfo_to_dict(_owner_url(settings))
    secret = {"PGPASSWORD": str(where.pop("password", ""))}  # not in the command: everybody on the machine sees it
    program = place(settings.var).binaries / "pg_dump"
    command = [str(program), "--format=custom", "--compress=0", "--no-password", make_conninfo("", **where)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=pipe, env=os.environ | secret) as dumping:  # noqa: S603
        if dumping.stdout is None:
            raise AssertionError("asked for a pipe")
        number = 0
        while piece := dumping.stdout.read(DUMP_PIECE_BYTES):
            packer.whole(f"dump/{number:06}", piece)
            number += 1
    if dumping.returncode:
        raise ServerRefused("pg_dump n'a pas pu copier la base : ses raisons sont au-dessus.")
    _add_own(packer, settings.var, before=False)
    packer.finish()
    return DUMP


def _owner_url(settings: Environment) -> str:
    if settings.database_owner_url is None:
        raise CommandRefused("Indiquez DATABASE_OWNER_URL : le compte de l'application ne peut pas tout sauvegarder.")
    return settings.database_owner_url


def _add_own(packer: Packer, var: Path, *, before: bool) -> None:
    for name, path in _own_files(var):
        if (name.parts[0] in BEFORE_THE_BASE) is before:
            packer.path(f"var/{name}", path)


def _own_files(var: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """Give the files of the data folder that no command makes again."""
    for top in sorted(var.iterdir()):
        if top.name in NOT_KEPT or top.name.startswith("."):
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield PurePosixPath(path.relative_to(var).as_posix()), path


@contextlib.contextmanager
def _whole(draft: Path) -> Iterator[IO[bytes]]:
    """Write a file that is on the disk at the end of the block, or not there at all."""
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb", BLOCK) as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
