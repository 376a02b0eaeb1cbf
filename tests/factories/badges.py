"""One badge awarded to one person, as the library of badges takes it, keys to sign it with, images to bake it in."""

import binascii
import datetime as dt
import struct
import zlib
from functools import cache

from entremise.lib.openbadges.bake import PNG_MARK
from entremise.lib.openbadges.claims import (
    Achievement,
    Alignment,
    Claim,
    Evidence,
    Issuer,
    StatusPurpose,
    StatusRef,
)
from entremise.lib.openbadges.keys import Algorithm, PrivateKey

NOW = dt.datetime(2026, 11, 22, 10, 30, tzinfo=dt.UTC)
HOST = "https://badges.example"
DID = "did:web:badges.example:o:mission-locale"
KID = f"{DID}#rsa-2026-1"
LIST_URL = f"{HOST}/status/1"
DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g fill="url(#a)"><path d="M0 0h9v9"/></g></svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    """Write a chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", binascii.crc32(kind + body))


PNG_HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0))
PNG_PIXELS, PNG_END = chunk(b"IDAT", zlib.compress(b"\0\1\2\0\3\4")), chunk(b"IEND", b"")


def png(*extra: bytes, pixels: bytes = PNG_PIXELS, end: bytes = PNG_END) -> bytes:
    """Return a PNG of four pixels, with other chunks in it."""
    return PNG_MARK + PNG_HEADER + b"".join(extra) + pixels + end


@cache
def key(algorithm: Algorithm, number: int = 1) -> PrivateKey:
    """Return the key of that kind and number: the same one for the whole run, RSA keys are slow to make."""
    assert number
    return PrivateKey.generate(algorithm)


def claim(**changed: object) -> Claim:
    """Return a badge with everything it may say, in French; `changed` replaces members."""
    members: dict[str, object] = {
        "id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0001",
        "subject_id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0002",
        "issuer": Issuer(DID, "Mission locale de l’Île-d’Yeu", HOST, "badges@ml.example", "Pour les 16 à 25 ans."),
        "achievement": Achievement(
            id=f"{HOST}/achievements/1/1",
            name="Accueillir — écouter la clientèle ® \U0001f3c5",
            description="Accueille, écoute, oriente ; e\u0301crit en NFD.",
            criteria="Un ancien employeur a confirmé cette compétence.",
            image_url=f"{HOST}/achievements/1/1.png",
            criteria_url=f"{HOST}/achievements/1/1/criteria",
            version="1",
            alignments=(Alignment(f"{HOST}/rome/300425", "Accueillir", "300425", "ROME 4.0 (2026)", "Savoir-faire"),),
            tags=("accueil", "écoute"),
        ),
        "awarded_at": NOW - dt.timedelta(days=1),
        "valid_from": NOW - dt.timedelta(hours=1),
        "valid_until": NOW + dt.timedelta(days=730),
        "evidence": (Evidence("urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f0003", "Confirmé par courriel.", "Lien"),),
        "statuses": (StatusRef(LIST_URL, 94_567, StatusPurpose.REVOCATION),),
        "narrative": "Niveau : autonome.",
    }
    return Claim(**{**members, **changed})  # type: ignore[arg-type]
