"""A person's badges in one signed envelope (CLR 2.0), and in the European Learning Model: nothing is invented."""

import json
from typing import Any

import pytest
from pyld import jsonld as pyld

from entremise.lib.openbadges import clr, di, elm, jsonld, ob3
from entremise.lib.openbadges.claims import Alignment, Claim, Issuer
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import DID, HOST, NOW, claim, key

KID = f"{DID}#ed25519-2026-1"
PLATFORM = Issuer(DID, "Entremise", HOST)
SIGNER = key(Algorithm.EDDSA)


def claimed(number: int) -> Claim:
    return claim(
        id=f"urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-{number:012d}",
        subject_id=f"urn:uuid:6f2c1c1e-6d4f-4b5e-9d56-{number:012d}",
        evidence=(),
    )


def signed(number: int) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(ob3.sign(claimed(number), SIGNER, KID, NOW))
    return made


def record(*badges: dict[str, Any], **changed: Any) -> clr.Record:
    facts: dict[str, Any] = {
        "id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d57-000000000001",
        "subject_id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d58-000000000001",
        "name": "Badges de compétences",
        "issuer": PLATFORM,
        "valid_from": NOW,
        "badges": badges,
        **changed,
    }
    return clr.Record(**facts)


def envelope(count: int = 2, **changed: Any) -> dict[str, Any]:
    made = clr.sign(record(*[signed(number) for number in range(count)], **changed), SIGNER, KID, NOW)
    read: dict[str, Any] = json.loads(made)
    return read


def holds(document: dict[str, Any]) -> bool:
    return di.verify(document, document["proof"][0], SIGNER.public)


# Comprehensive Learner Record


def test_an_envelope_holds_and_each_badge_taken_out_of_it_holds_alone() -> None:
    made = envelope()
    assert holds(made)
    assert clr.badges(made) == [signed(0), signed(1)]
    assert all(holds(one) for one in clr.badges(made))


def test_an_envelope_is_what_the_standard_says() -> None:
    made = envelope(valid_until=NOW, is_partial=True)
    assert made["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert made["type"] == ["VerifiableCredential", "ClrCredential"]
    assert made["credentialSubject"]["type"] == ["ClrSubject"]
    assert {"id", "name", "issuer", "validFrom", "validUntil", "partial", "proof"} <= set(made)
    assert isinstance(made["proof"], list)
    subjects = {one["credentialSubject"]["id"] for one in clr.badges(made)}
    assert made["credentialSubject"]["id"] not in subjects


def test_both_contents_of_the_context_say_the_same() -> None:
    made = envelope()
    proof = made["proof"][0]
    assert di.content_signed(made, proof, jsonld.spec()) == di.content_signed(made, proof, jsonld.validator())


def test_another_library_finds_the_same_canonical_form() -> None:
    made = envelope()
    del made["proof"]
    contexts = jsonld.spec()
    options = {**contexts.options(), "algorithm": "URDNA2015", "format": "application/n-quads"}
    assert pyld.normalize(made, options) == jsonld.canonical(made, contexts)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(name="Autre"),
        lambda d: d["credentialSubject"].update(id="urn:uuid:6f2c1c1e-6d4f-4b5e-9d58-000000000002"),
        lambda d: d["credentialSubject"]["verifiableCredential"].pop(),
        lambda d: d["credentialSubject"]["verifiableCredential"][0]["credentialSubject"].update(narrative="Experte."),
        lambda d: d["credentialSubject"]["verifiableCredential"].append(signed(7)),
        lambda d: d["issuer"].update(id="did:web:autre.example"),
    ],
    ids=["name", "subject", "one less", "one changed", "one more", "issuer"],
)
def test_an_envelope_that_was_changed_does_not_hold(change: Any) -> None:
    made = envelope()
    change(made)
    assert not holds(made)


def test_the_largest_envelope_is_within_the_limits_of_a_reader() -> None:
    assert holds(envelope(clr.MOST))


def test_what_is_no_envelope_is_refused() -> None:
    unsigned = ob3.build(claimed(1))
    for badges in ([], [unsigned], [signed(n) for n in range(clr.MOST + 1)]):
        with pytest.raises(Refused):
            clr.build(record(*badges))
    for document in (signed(1), {"type": ["ClrCredential"]}, {}):
        with pytest.raises(Refused):
            clr.badges(document)


# European Learning Model


def europass(*claims: Claim, **changed: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d59-000000000001",
        "title": "Badges de compétences",
        "issuer": PLATFORM,
        "issued": NOW,
        "claims": claims or (claimed(1),),
        **changed,
    }
    return elm.build(elm.Record(**facts))


def test_the_european_document_says_who_recognised_what_and_when() -> None:
    made = europass(given_name="Awa", family_name="Diallo")
    assert made["type"] == ["VerifiableCredential", "EuropeanDigitalCredential"]
    assert "proof" not in made
    person = made["credentialSubject"]
    assert person["fullName"] == {"fr": "Awa Diallo"}
    (achievement,) = person["hasClaim"]
    said = claimed(1)
    assert achievement["title"] == {"fr": said.achievement.name}
    assert achievement["awardedBy"]["awardingDate"] == "2026-11-21T10:30:00Z"
    assert achievement["awardedBy"]["awardingBody"][0]["legalName"] == {"fr": said.issuer.name}
    (outcome,) = achievement["specifiedBy"]["learningOutcome"]
    assert outcome["relatedSkill"][0]["id"] == f"{HOST}/rome/300425"


def test_without_a_name_the_european_document_names_nobody() -> None:
    person = europass()["credentialSubject"]
    assert not {"givenName", "familyName", "fullName"} & set(person)


def test_a_skill_of_esco_is_named_as_such() -> None:
    address = "http://data.europa.eu/esco/skill/3c2d5d1e-0001-4000-8000-000000000001"
    achievement = claimed(1).achievement
    made = claim(
        achievement=type(achievement)(
            achievement.id, "Accueillir", "Accueille.", "Vu.", alignments=(Alignment(address, "Accueillir"),)
        )
    )
    (outcome,) = europass(made)["credentialSubject"]["hasClaim"][0]["specifiedBy"]["learningOutcome"]
    assert outcome["relatedESCOSkill"][0]["id"] == address
    assert "relatedSkill" not in outcome


def test_everything_in_the_european_document_has_a_name_of_its_own() -> None:
    made = europass(claimed(1), claimed(2))
    ids: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("type") in ("LearningAchievement", "AwardingProcess", "LearningOutcome", "Person"):
                ids.append(value["id"])
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(made)
    assert len(ids) == len(set(ids)) == 7
