"""What we sign, another library verifies; what it signs, we verify (openvc-core, a development dependency)."""

from typing import Any

import pytest
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from openvc.proof.errors import ProofError

from entremise.lib.openbadges import di, did, jsonld, limits, ob3
from entremise.lib.openbadges.claims import Claim
from entremise.lib.openbadges.keys import Algorithm, PublicKey
from tests.factories.badges import NOW, claim, key

ED25519 = key(Algorithm.EDDSA)
KID = did.kid_of_key(ED25519.public)
CLAIMS = [
    claim(),
    claim(evidence=(), statuses=(), valid_until=None, narrative=""),
    claim(narrative='é e\u0301 ’ ® مرحبا 😀 \\ " \n\t'),
]


def openvc_accepts(document: dict[str, Any]) -> bool:
    """It knows a proof that is an object only; ours is an array, as the schema of 1EdTech wants it."""
    try:
        DataIntegrityProofSuite().verify(
            {**document, "proof": document["proof"][0]},
            now=NOW,
            extra_contexts={jsonld.OPEN_BADGES: jsonld.spec().documents[jsonld.OPEN_BADGES]},
        )
    except ProofError:
        return False
    return True


@pytest.mark.parametrize("one", CLAIMS)
def test_openvc_verifies_what_we_sign_until_it_is_changed(one: Claim) -> None:
    document = limits.read_json(ob3.sign(one, ED25519, KID, NOW))

    assert openvc_accepts(document)
    assert not openvc_accepts({**document, "name": "other"})
    assert not openvc_accepts({**document, "unknown": "x"})


@pytest.mark.parametrize("one", CLAIMS)
def test_we_verify_what_openvc_signs_until_it_is_changed(one: Claim) -> None:
    theirs = Ed25519SigningKey.generate("key")
    public = PublicKey.from_jwk(theirs.public_jwk())
    document = DataIntegrityProofSuite().add_proof(
        ob3.build(one),
        signing_key=theirs,
        verification_method=did.kid_of_key(public),
        created=NOW,
        extra_contexts={jsonld.OPEN_BADGES: jsonld.spec().documents[jsonld.OPEN_BADGES]},
    )

    assert di.verify(document, document["proof"], public)
    assert not di.verify({**document, "name": "other"}, document["proof"], public)
