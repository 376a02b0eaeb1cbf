"""One badge awarded to one person, as the library of badges takes it, and keys to sign it with."""

import datetime as dt
from functools import cache

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
