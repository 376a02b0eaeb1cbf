"""The inside of a backup: a tar with the sum of each file, compressed, sealed for one key."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from entremise.lib.sealing import Opener, Sealer, SealRefused

FORMAT = 1
MANIFEST = "manifest.json"
BASE_MANIFEST = "base/backup_manifest"  # PostgreSQL's own
BLOCK = 1 << 20
QUICKEST = 1  # of gzip: the disk is slower than this
DAMAGED = "Cette sauvegarde est abîmée : "


class Hashed(io.RawIOBase):
    """A file read while its sum is made."""

    def __init__(self, source: IO[bytes], told: Callable[[int], None] | None = None) -> None:
        super().__init__()
        self._source = source
        self._told = told
        self._sum = hashlib.sha256()

    def readable(self) -> bool:
        """Say that it is for reading."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        block = self._source.read(size)
        self._sum.update(block)
        if self._told is not None:
            self._told(len(block))
        return block

    @property
    def digest(self) -> str:
        """Return the sum of what was read."""
        return self._sum.hexdigest()


@dataclass
class Manifest:
    """What is in a backup."""

    made_at: str
    kind: str  # base (the embedded server) or dump (yours)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: bytes) -> Manifest:
        """Read it back."""
        values = json.loads(text)
        if values.get("format") != FORMAT:
            raise SealRefused("Cette sauvegarde vient d'une autre version d'Entremise : rétablissez-la avec elle.")
        files = {name: (int(size), str(digest)) for name, (size, digest) in values["files"].items()}
        return cls(values["made_at"], values["kind"], files)

    def written(self) -> bytes:
        """Write it."""
        values = {"format": FORMAT, "made_at": self.made_at, "kind": self.kind, "files": self.files}
        return json.dumps(values, indent=0, ensure_ascii=False).encode()


class Packer:
    """Write one backup; nothing of it is in clear on the way."""

    def __init__(self, target: IO[bytes], public_key: str, kind: str, told: Callable[[int], None]) -> None:
        self.manifest = Manifest(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), kind)
        self._told = told
        self._sealer = Sealer(target, public_key)
        self._zip = gzip.GzipFile(fileobj=self._sealer, mode="wb", compresslevel=QUICKEST, mtime=0)
        self._tar = tarfile.open(fileobj=self._zip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  # in finish()

    def folder(self, name: str) -> None:
        """Add an empty folder."""
        member = tarfile.TarInfo(name)
        member.type = tarfile.DIRTYPE
        self._tar.addfile(member)

    def stream(self, name: str, size: int, source: IO[bytes]) -> None:
        """Add one file of known size."""
        member = tarfile.TarInfo(name)
        member.size = size
        hashed = Hashed(source, self._told)
        self._tar.addfile(member, hashed)
        self.manifest.files[name] = (size, hashed.digest)

    def whole(self, name: str, content: bytes) -> None:
        """Add one file that is in memory."""
        self.stream(name, len(content), io.BytesIO(content))

    def path(self, name: str, path: Path) -> None:
        """Add one file of the disk as it is now, unless it has just gone."""
        with contextlib.suppress(FileNotFoundError), path.open("rb") as source:
            self.stream(name, os.fstat(source.fileno()).st_size, source)  # what is appended meanwhile is for the next

    def finish(self) -> None:
        """Add the manifest and close all."""
        self.whole(MANIFEST, self.manifest.written())
        self._tar.close()
        self._zip.close()
        self._sealer.finish()


def unpack(source: IO[bytes], secret_key: str, place: Callable[[PurePosixPath], Path | None]) -> Manifest:
    """Open a backup and write each file where `place` says (nowhere for None); refuse it unless all of it is right."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    base_manifest = b""
    with _opened(source, secret_key) as opened, tarfile.open(fileobj=opened, mode="r|") as tar:
        for member in tar:
            name = _safe_name(member)
            content = tar.extractfile(member)
            if content is None:
                _make_folder(place(name))
            elif member.name == MANIFEST:
                manifest = Manifest.read(content.read())
            elif member.name == BASE_MANIFEST:
                base_manifest = content.read()
                _write(place(name), io.BytesIO(base_manifest))
                found[member.name] = (member.size, hashlib.sha256(base_manifest).hexdigest())
            else:
                found[member.name] = (member.size, _write(place(name), content))
        while opened.read(BLOCK):  # to the true end: the last seal is there
            pass
    if manifest is None or found != manifest.files:
        raise SealRefused(DAMAGED + "ses fichiers ne sont pas ceux de sa liste.")
    if base_manifest:
        _check_base(json.loads(base_manifest), found)
    return manifest


def seal_file(path: Path, target: IO[bytes], public_key: str) -> None:
    """Seal one file, compressed."""
    sealer = Sealer(target, public_key)
    with (
        path.open("rb") as source,
        gzip.GzipFile(fileobj=sealer, mode="wb", compresslevel=QUICKEST, mtime=0) as zipped,
    ):
        shutil.copyfileobj(source, zipped, BLOCK)
    sealer.finish()


def open_file(source: IO[bytes], target: IO[bytes], secret_key: str) -> None:
    """Open what `seal_file` sealed."""
    with _opened(source, secret_key) as opened:
        shutil.copyfileobj(opened, target, BLOCK)


@contextlib.contextmanager
def _opened(source: IO[bytes], secret_key: str) -> Iterator[IO[bytes]]:
    with io.BufferedReader(Opener(source, secret_key), BLOCK) as opened:
        try:
            with gzip.GzipFile(fileobj=opened, mode="rb") as unzipped:
                yield unzipped  # type: ignore[misc]  # a file to read
        except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
            raise SealRefused(DAMAGED + "son contenu est illisible.") from error


def _safe_name(member: tarfile.TarInfo) -> PurePosixPath:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or not (member.isfile() or member.isdir()):
        raise SealRefused(DAMAGED + "elle contient un chemin interdit.")
    return name


def _make_folder(path: Path | None) -> None:
    if path is not None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)


def _write(path: Path | None, content: IO[bytes]) -> str:
    hashed = Hashed(content)
    if path is None:
        while hashed.read(BLOCK):
            pass
        return hashed.digest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        while block := hashed.read(BLOCK):
            target.write(block)
    return hashed.digest


def _check_base(told: dict[str, Any], found: dict[str, tuple[int, str]]) -> None:
    """Compare with PostgreSQL's own list: what it read is what was kept."""
    for one in told["Files"]:
        path = one.get("Path") or bytes.fromhex(one["Encoded-Path"]).decode()
        size, digest = found.get(f"base/{path}", (-1, ""))
        if size != one["Size"] or (one.get("Checksum-Algorithm") == "SHA256" and digest != one["Checksum"]):
            raise SealRefused(DAMAGED + f"le fichier {path} de la base n'est pas celui que PostgreSQL a copié.")
