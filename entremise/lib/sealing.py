"""Files sealed for one key: whoever writes them cannot read them again; any change, cut or reordering is seen.

A sealed file is a header (the mark, a one-time X25519 public key, the short name of the recipient's key) and pieces of
one mebibyte under AES-256-GCM. The key of a file is used for this file only, so the nonce of a piece is its number,
followed by one byte that says whether it is the last one (the STREAM construction: Hoang, Reyhanitabar, Rogaway and
Vizár, 2015). The header is authenticated with each piece.
"""

from __future__ import annotations

import base64
import hashlib
import io
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MARK = b"entremise-scelle-1\n"
PUBLIC_PREFIX = "entremise-publique-"
SECRET_PREFIX = "entremise-secrete-"  # noqa: S105  # what such a key starts with
KEY_BYTES = 32
NAME_BYTES = 8
HEADER_BYTES = len(MARK) + KEY_BYTES + NAME_BYTES
PIECE_BYTES = 1 << 20
TAG_BYTES = 16


class SealRefused(ValueError):
    """A key or a sealed file cannot be used; the message says why, in French."""


def new_keys() -> tuple[str, str]:
    """Make a pair of keys: the public one seals, the secret one opens."""
    secret = X25519PrivateKey.generate()
    return _written(PUBLIC_PREFIX, secret.public_key().public_bytes_raw()), _written(
        SECRET_PREFIX, secret.private_bytes_raw()
    )


def public_key_of(secret_text: str) -> str:
    """Return the public key that goes with a secret one."""
    secret = X25519PrivateKey.from_private_bytes(_read(SECRET_PREFIX, secret_text))
    return _written(PUBLIC_PREFIX, secret.public_key().public_bytes_raw())


def check_public_key(text: str) -> str:
    """Return a public key as it is written, or refuse it."""
    return _written(PUBLIC_PREFIX, _read(PUBLIC_PREFIX, text))


class Sealer(io.RawIOBase):
    """Write into a sealed file; only `finish` makes it whole, so an interrupted one is seen as cut."""

    def __init__(self, target: IO[bytes], public_text: str) -> None:
        super().__init__()
        recipient = X25519PublicKey.from_public_bytes(_read(PUBLIC_PREFIX, public_text))
        once = X25519PrivateKey.generate()
        public = once.public_key().public_bytes_raw()
        self._header = MARK + public + _short_name(recipient)
        self._cipher = AESGCM(_file_key(once.exchange(recipient), public, recipient))
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        target.write(self._header)

    def writable(self) -> bool:
        """Say that it is for writing."""
        return True

    def write(self, piece: object) -> int:
        """Seal what fills whole pieces; keep the rest for the next call."""
        view = memoryview(piece).cast("B")  # type: ignore[arg-type]  # any buffer, as for every file
        self._waiting += view
        while len(self._waiting) > PIECE_BYTES:  # not ">=": the last piece is never empty, unless it is the only one
            self._seal(bytes(self._waiting[:PIECE_BYTES]), is_last=False)
            del self._waiting[:PIECE_BYTES]
        return len(view)

    def finish(self) -> None:
        """Seal the last piece, which says that nothing follows."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, is_last), piece, self._header))
        self._number += 1


class Opener(io.RawIOBase):
    """Read a sealed file; nothing is given before it is proved, and the end is given only when it is the true one."""

    def __init__(self, source: IO[bytes], secret_text: str) -> None:
        super().__init__()
        secret = X25519PrivateKey.from_private_bytes(_read(SECRET_PREFIX, secret_text))
        self._header = source.read(HEADER_BYTES)
        if len(self._header) < HEADER_BYTES or not self._header.startswith(MARK):
            raise SealRefused("Ce fichier n'est pas une sauvegarde d'Entremise, ou son début manque.")
        public = self._header[len(MARK) : len(MARK) + KEY_BYTES]
        own = secret.public_key()
        if self._header[-NAME_BYTES:] != _short_name(own):
            raise SealRefused("Cette clé n'est pas celle de cette sauvegarde.")
        shared = secret.exchange(X25519PublicKey.from_public_bytes(public))
        self._cipher = AESGCM(_file_key(shared, public, own))
        self._source = source
        self._next = source.read(PIECE_BYTES + TAG_BYTES)
        self._number = 0
        self._opened = b""
        self._is_over = False

    def readable(self) -> bool:
        """Say that it is for reading."""
        return True

    def readinto(self, buffer: object) -> int:
        """Give the next bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # any writable buffer, as for every file
        while not self._opened and not self._is_over:
            self._open_piece()
        given = self._opened[: len(view)]
        view[: len(given)] = given
        self._opened = self._opened[len(given) :]
        return len(given)

    def _open_piece(self) -> None:
        piece, self._next = self._next, self._source.read(PIECE_BYTES + TAG_BYTES)
        is_last = not self._next
        try:
            self._opened = self._cipher.decrypt(_nonce(self._number, is_last), piece, self._header)
        except (InvalidTag, ValueError) as error:
            raise SealRefused(
                "Cette sauvegarde est abîmée ou incomplète : son sceau ne correspond pas à son contenu."
            ) from error
        self._number += 1
        self._is_over = is_last


def _written(prefix: str, key: bytes) -> str:
    checked = key + hashlib.sha256(prefix.encode() + key).digest()[:4]  # a letter mistyped is told at once
    return prefix + base64.b32encode(checked).decode().rstrip("=").lower()


def _read(prefix: str, text: str) -> bytes:
    kind = "publique" if prefix == PUBLIC_PREFIX else "secrète"
    refusal = SealRefused(f"Ce n'est pas une clé {kind} de sauvegarde : elle commence par « {prefix} ».")
    text = text.strip()
    if not text.startswith(prefix):
        raise refusal
    letters = text.removeprefix(prefix).upper()
    try:
        key = base64.b32decode(letters + "=" * (-len(letters) % 8))[:-4]
    except ValueError as error:
        raise refusal from error
    if len(key) != KEY_BYTES or _written(prefix, key) != text:
        raise SealRefused(f"Cette clé {kind} de sauvegarde est mal recopiée.")
    return key


def _short_name(key: X25519PublicKey) -> bytes:
    return hashlib.sha256(key.public_bytes_raw()).digest()[:NAME_BYTES]


def _file_key(shared: bytes, once: bytes, recipient: X25519PublicKey) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=once + recipient.public_bytes_raw(), info=MARK).derive(shared)


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
