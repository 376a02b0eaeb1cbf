"""Learner records (CLR 2.0) and the badges in them, before Digital Bazaar's verifier."""

import datetime as dt
import json
from typing import Any

import pytest

from entremise.lib.openbadges import clr, did, ob3
from entremise.lib.openbadges.claims import Issuer
from entremise.lib.openbadges.keys import Algorithm
from tests.factories import badges as shapes
from tests.factories.judges import Judge

KEY, KID = shapes.key(Algorithm.EDDSA), f"{shapes.DID}#ed25519-2026-1"
DOCUMENTS = {shapes.DID: did.document(shapes.DID, [did.Method(KID, KEY.public)])}
WHEN = (shapes.NOW + dt.timedelta(minutes=1)).isoformat()


def record(count: int) -> dict[str, Any]:
    badges = [
        json.loads(
            ob3.sign(
                shapes.claim(id=f"urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-{number:012d}", statuses=()), KEY, KID, shapes.NOW
            )
        )
        for number in range(count)
    ]
    made = clr.Record(
        id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d57-000000000001",
        subject_id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d58-000000000001",
        name="Badges de compétences",
        issuer=Issuer(shapes.DID, "Entremise — é", shapes.HOST),
        valid_from=shapes.NOW,
        valid_until=shapes.NOW + dt.timedelta(days=365),
        badges=badges,
        is_partial=True,
    )
    read: dict[str, Any] = json.loads(clr.sign(made, KEY, KID, shapes.NOW))
    return read


@pytest.mark.parametrize("contexts", ["spec", "validator"])
def test_a_record_and_each_badge_in_it_are_accepted_and_refused_once_changed(judge: Judge, contexts: str) -> None:
    made = record(3)
    for document in (made, *clr.badges(made)):
        verdict = judge("ob3-di", document, now=WHEN, documents=DOCUMENTS, contexts=contexts)
        assert verdict.accepted, verdict.why
    made["credentialSubject"]["verifiableCredential"][1]["credentialSubject"]["narrative"] = "Niveau : expert."
    assert not judge("ob3-di", made, now=WHEN, documents=DOCUMENTS, contexts=contexts).accepted
    made = record(2)
    made["credentialSubject"]["verifiableCredential"].pop()
    assert not judge("ob3-di", made, now=WHEN, documents=DOCUMENTS, contexts=contexts).accepted
