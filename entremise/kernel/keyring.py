"""Secrets kept in the database, sealed by a key that is not there: a stolen dump signs nothing.

The key is a file of the installation, made the first time: `ENTREMISE_VAR/keys/badges.key`, or `ENTREMISE_BADGES_KEY`.
"""

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

KEY_FILE = "badges.key"
KEY_BYTES, NONCE_BYTES = 32, 12  # AES-256-GCM (NIST SP 800-38D): one random nonce a secret


class KeyringRefused(Exception):
    """A secret cannot be sealed or opened; the message says why, in French."""


def key_path() -> Path:
    """Return the file of the key: the operator's, else our own."""
    chosen: Path | None = settings.BADGES_KEY
    return chosen or settings.VAR / "keys" / KEY_FILE


def seal(secret: bytes, context: str) -> bytes:
    """Encrypt a secret; only the same context opens it, so a row copied over another is refused."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(_key()).encrypt(nonce, secret, context.encode())


def unseal(sealed: bytes, context: str) -> bytes:
    """Return a secret that was sealed for this context."""
    try:
        return AESGCM(_key()).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())
    except InvalidTag as error:
        raise KeyringRefused(
            f"Ce secret ne s'ouvre pas avec {key_path().name} : remettez la clé avec laquelle il a été scellé."
        ) from error


def _key() -> bytes:
    path = key_path()
    if not path.exists():
        if settings.BADGES_KEY:
            raise KeyringRefused("La clé des badges n'est pas à la place qu'indique ENTREMISE_BADGES_KEY.")
        _write(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise KeyringRefused(f"La clé des badges ({path.name}) doit tenir en {KEY_BYTES} octets.")
    return key


def _write(path: Path) -> None:
    """Make the key once, for this account only; of two processes that try, the first one's is kept."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
