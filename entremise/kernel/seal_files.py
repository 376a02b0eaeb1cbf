"""What the seals of the journal keep outside of the database: the key that signs, the files of signed heads."""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from entremise.lib import seals

KEY = "journal.key"
FORMER_KEYS = "journal-*.pub"
HEADS = "heads.jsonl"
END_BYTES = 65_536  # more than the last head of a file


class SealRefused(Exception):
    """The journal may not be sealed as it is; the message says why, in French."""


def key_path() -> Path:
    """Return the file of the key that signs: the operator's, else our own."""
    chosen: Path | None = settings.JOURNAL_KEY
    return chosen or settings.VAR / "keys" / KEY


def private_key() -> Ed25519PrivateKey:
    """Return the key that signs; make it the first time, for this account only."""
    path = key_path()
    if not path.exists():
        if settings.JOURNAL_KEY:
            raise SealRefused(f"La clé du journal n'est pas à sa place : {path} n'existe pas.")
        _write_key(path, Ed25519PrivateKey.generate())
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SealRefused(f"La clé du journal ne peut pas être lue dans {path}.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealRefused(f"La clé du journal ({path}) doit être une clé Ed25519.")
    return key


def trusted_keys() -> dict[str, Ed25519PublicKey]:
    """Return the public keys of this installation by their short names: today's, and those it had before."""
    keys = [private_key().public_key()]
    for path in sorted(key_path().parent.glob(FORMER_KEYS)):
        keys.append(seals.public_key(path.read_text(encoding="ascii")))
    return {seals.key_id(key): key for key in keys}


def replace_key() -> None:
    """Sign with a new key from now on; the former one is forgotten, but for what checks its signatures."""
    former = private_key().public_key()
    path = key_path()
    kept = path.with_name(f"journal-{seals.key_id(former)}.pub")
    kept.write_text(seals.public_text(former) + "\n", encoding="ascii")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    _write_key(draft, Ed25519PrivateKey.generate())
    draft.replace(path)


def head_files() -> list[Path]:
    """Return the files of signed heads: in the data folder, and where the operator wants a copy."""
    own: Path = settings.VAR / "journal" / HEADS
    copy: Path | None = settings.JOURNAL_COPY
    return [own, *([copy / HEADS] if copy else [])]


def last_head(path: Path) -> seals.Head | None:
    """Return the last head of a file, None when it has none; refuse a file that is none of ours."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - END_BYTES))
            lines = file.read().splitlines(keepends=True)
    except FileNotFoundError:
        return None
    whole = [line for line in lines if line.endswith(b"\n")]
    try:
        return seals.Head.parse(whole[-1].decode()) if whole else None
    except ValueError as error:
        raise SealRefused(f"La dernière ligne de {path} n'est pas une tête de journal.") from error


def heads_in(path: Path) -> Iterator[str]:
    """Return the lines of a file of heads, one after the other."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.endswith("\n"):  # else it was being written
                yield line[:-1]


def append(path: Path, texts: Iterable[str]) -> None:
    """Add heads to a file, on the disk before this returns; a line left half written by a crash is written again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = file.seek(max(0, size - END_BYTES))
        tail = file.read()
        file.seek(start + tail.rfind(b"\n") + 1)
        file.truncate()
        file.writelines(f"{text}\n".encode() for text in texts)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def put_aside(path: Path) -> Path | None:
    """Keep a file of heads under another name, so that a new one begins."""
    last = last_head(path)
    if last is None:
        return None
    aside = path.with_name(f"heads-{last.number}-{last.digest()[:8]}.jsonl")
    path.replace(aside)
    return aside


def _write_key(path: Path, key: Ed25519PrivateKey) -> None:
    """Write a key whole or not at all; of two first starts at once, the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
