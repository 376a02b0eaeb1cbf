"""A file that a passphrase opens: what leaves an installation for another one, and must not be read on the way."""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SHORTEST = 16  # characters: a sentence, not a word
COST, BLOCK, LANES = 2**16, 8, 1  # scrypt (RFC 7914): about a quarter of a second and 64 MB for each try
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32


class PassphraseRefused(Exception):
    """The file cannot be written or opened so; the message says why, in French."""


def seal(content: bytes, passphrase: str, kind: str) -> bytes:
    """Encrypt a content under a passphrase; `kind` names what the file is for, and no other use opens it."""
    if len(passphrase) < SHORTEST:
        raise PassphraseRefused(f"Choisissez une phrase d'au moins {SHORTEST} caractères.")
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, content, kind.encode())
    parts = {"salt": salt, "nonce": nonce, "sealed": sealed}
    written = {name: base64.b64encode(part).decode() for name, part in parts.items()}
    return json.dumps({"kind": kind, **written}).encode()


def open_sealed(file: bytes, passphrase: str, kind: str) -> bytes:
    """Return the content of a file that was sealed for this use."""
    try:
        read = json.loads(file)
        salt, nonce, sealed = (base64.b64decode(read[name], validate=True) for name in ("salt", "nonce", "sealed"))
    except (ValueError, KeyError, TypeError) as error:
        raise PassphraseRefused("Ce fichier n'a pas été écrit par cette commande.") from error
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, kind.encode())
    except (InvalidTag, ValueError) as error:
        raise PassphraseRefused("La phrase ne correspond pas à ce fichier, ou il a été modifié.") from error


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=LANES).derive(passphrase.encode())
