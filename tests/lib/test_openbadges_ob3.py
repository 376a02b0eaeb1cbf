"""Open Badges 3.0: what a claim becomes, the same bytes each time, accepted by the schema and by another library."""

import dataclasses
import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import di, endorsement, jsonld, limits, ob3, schema, shapes
from entremise.lib.openbadges.claims import (
    Achievement,
    Alignment,
    Claim,
    Evidence,
    Issuer,
    StatusPurpose,
    StatusRef,
    TargetType,
)
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import DID, HOST, LIST_URL, NOW, claim, key

KID = f"{DID}#ed25519-2026-1"
ED25519 = key(Algorithm.EDDSA)
BARE = claim(
    issuer=Issuer(DID, "N"),
    achievement=Achievement("urn:uuid:a", "n", "d", "c", language=""),
    valid_until=None,
    evidence=(),
    statuses=(),
    narrative="",
)

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from('\\"\n\r\t\0\b\f\x0b\x1f\x7f’®é😀م\u0301'), max_size=20
)
SOME = TEXTS.filter(bool)
ADDRESSES = st.sampled_from(["https://a.example/1", "urn:uuid:1", "https://é.example/ü?q=1#f", "did:web:a.example:b"])
MOMENTS = st.integers(0, 2**32).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))
ALIGNMENTS = st.builds(Alignment, ADDRESSES, TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(TargetType))
STATUSES = st.builds(StatusRef, ADDRESSES, st.integers(0, 2**20), st.sampled_from(StatusPurpose))
ISSUERS = st.builds(Issuer, ADDRESSES, TEXTS, TEXTS, TEXTS, TEXTS, st.just("") | ADDRESSES)
ACHIEVEMENTS = st.builds(
    Achievement,
    id=ADDRESSES,
    name=TEXTS,
    description=TEXTS,
    criteria=TEXTS,
    kind=TEXTS,
    image_url=st.just("") | ADDRESSES,
    criteria_url=st.just("") | ADDRESSES,
    language=TEXTS,
    version=TEXTS,
    alignments=st.lists(ALIGNMENTS, max_size=3).map(tuple),
    tags=st.lists(SOME, max_size=4).map(tuple),
)
CLAIMS = st.builds(
    Claim,
    id=ADDRESSES,
    subject_id=ADDRESSES,
    issuer=ISSUERS,
    achievement=ACHIEVEMENTS,
    awarded_at=MOMENTS,
    valid_from=MOMENTS,
    valid_until=st.none() | MOMENTS,
    evidence=st.lists(st.builds(Evidence, ADDRESSES, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
    statuses=st.lists(STATUSES, max_size=3).map(tuple),
    narrative=TEXTS,
)
ENDORSEMENTS = st.builds(
    endorsement.Endorsement,
    id=ADDRESSES,
    target_id=ADDRESSES,
    comment=TEXTS,
    name=TEXTS,
    endorser=ISSUERS,
    valid_from=MOMENTS,
    valid_until=st.none() | MOMENTS,
    statuses=st.lists(STATUSES, max_size=2).map(tuple),
)


def test_a_complete_badge_says_all_of_its_claim() -> None:
    document = ob3.build(claim())
    subject = document["credentialSubject"]
    achievement = subject["achievement"]

    assert document["@context"] == [jsonld.CREDENTIALS_V2, jsonld.OPEN_BADGES]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert (document["validFrom"], document["awardedDate"]) == ("2026-11-22T09:30:00Z", "2026-11-21T10:30:00Z")
    assert document["validUntil"] == "2028-11-21T10:30:00Z"
    assert document["issuer"]["id"] == DID
    assert subject["id"] == claim().subject_id
    assert achievement["image"] == {"id": f"{HOST}/achievements/1/1.png", "type": "Image"}
    assert achievement["criteria"]["id"] == f"{HOST}/achievements/1/1/criteria"
    assert achievement["alignment"] == [
        {
            "id": f"{HOST}/achievements/1/1#alignment-1",
            "type": ["Alignment"],
            "targetName": "Accueillir",
            "targetUrl": f"{HOST}/rome/300425",
            "targetType": "ceasn:Competency",
            "targetCode": "300425",
            "targetFramework": "ROME 4.0 (2026)",
            "targetDescription": "Savoir-faire",
        }
    ]
    assert document["credentialStatus"] == {
        "id": f"{LIST_URL}#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": LIST_URL,
    }


def test_a_bare_badge_has_no_empty_member() -> None:
    def is_full(value: Any) -> bool:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return bool(value) and all(map(is_full, inner))

    assert is_full(ob3.build(BARE))


@pytest.mark.parametrize("one", [claim(), BARE, claim(evidence=(), valid_until=None)])
def test_the_schema_of_1edtech_accepts_what_we_sign(one: Claim) -> None:
    document = limits.read_json(ob3.sign(one, ED25519, KID, NOW))

    schema.check_achievement(document)
    assert schema.faults(document) == []


def test_the_schema_allows_one_status_list_only() -> None:
    """Open Badges 3.0 gives `credentialStatus` the multiplicity 0..1 (issue 623 asks for more in 3.1)."""
    two = (StatusRef(LIST_URL, 1), StatusRef(f"{LIST_URL}2", 2, StatusPurpose.SUSPENSION))

    assert schema.faults(ob3.build(claim(statuses=two))) == ["credentialStatus"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d.pop("issuer"), "/"),
        (lambda d: d.pop("validFrom"), "/"),
        (lambda d: d.update(type=["VerifiableCredential"]), "type"),
        (lambda d: d.update(type="OpenBadgeCredential"), "type"),
        (lambda d: d.update(proof={}), "proof"),
        (lambda d: d["credentialSubject"].pop("achievement"), "credentialSubject"),
        (lambda d: d["credentialSubject"]["achievement"].update(name=3), "credentialSubject/achievement/name"),
        (lambda d: d["@context"].reverse(), "@context/0"),
    ],
)
def test_the_schema_says_where_a_badge_leaves_it(change: Any, where: str) -> None:
    document = ob3.build(claim())
    change(document)

    with pytest.raises(Refused, match="schema") as refused:
        schema.check_achievement(document)
    assert refused.value.facts["where"] == where


def test_the_schema_reads_endorsements_too() -> None:
    one = endorsement.Endorsement("urn:e", claim().id, "Je confirme.", "Confirmé", claim().issuer, NOW)
    document = limits.read_json(endorsement.sign(one, ED25519, KID, NOW))

    schema.check_endorsement(document)
    assert endorsement.target(document) == claim().id
    del document["name"]
    with pytest.raises(Refused, match="schema"):
        schema.check_endorsement(document)


def test_the_schema_refers_to_nothing_outside_itself() -> None:
    """So nothing is ever fetched for it."""
    written = schema._FILE.read_text()

    assert set(re.findall(r'"\$(?:ref|recursiveRef|dynamicRef)": "([^#"]*)', written)) == {""}


def test_an_endorsement_is_told_from_a_badge() -> None:
    assert not endorsement.is_one(ob3.build(claim()))
    with pytest.raises(Refused, match="not_an_endorsement"):
        endorsement.target(ob3.build(claim()))


def test_endorsements_inside_a_badge_are_found_wherever_they_are() -> None:
    document = ob3.build(claim())
    places = [document, document["issuer"], document["credentialSubject"]["achievement"]]
    for number, place in enumerate(places):
        place["endorsement"] = [{"id": f"urn:{number}"}]

    assert {one["id"] for one in endorsement.embedded(document)} == {"urn:0", "urn:1", "urn:2"}
    assert endorsement.embedded({"issuer": "did:web:a", "credentialSubject": [], "endorsement": "x"}) == []


def test_the_same_claim_gives_the_same_bytes() -> None:
    """Ed25519 is deterministic and members keep their order: what is stored is what is served and verified."""
    first, second = (ob3.sign(claim(), ED25519, KID, NOW) for _ in range(2))

    assert first == second
    assert ob3.serialised(json.loads(first)) == first


def test_texts_are_written_as_they_are() -> None:
    raw = ob3.sign(claim(narrative="e\u0301 é ’ ® مرحبا 😀"), ED25519, KID, NOW)

    assert "e\u0301 é ’ ® مرحبا 😀".encode() in raw


@given(CLAIMS)
def test_the_quick_form_of_a_badge_is_the_general_one(one: Claim) -> None:
    document = ob3.build(one)
    quick = shapes.quads(document)

    assert quick is not None
    assert quick == jsonld.canonical(document, jsonld.spec())


@given(ENDORSEMENTS)
def test_the_quick_form_of_an_endorsement_is_the_general_one(one: endorsement.Endorsement) -> None:
    document = endorsement.build(one)

    assert shapes.quads(document) == jsonld.canonical(document, jsonld.validator())


@pytest.mark.parametrize("document", [ob3.build(claim()), ob3.build(BARE)], ids=["complete", "bare"])
def test_the_quick_forms_hold_under_both_contents_of_the_context(document: dict[str, Any]) -> None:
    assert shapes.quads(document) == jsonld.canonical(document, jsonld.spec())
    assert shapes.quads(document) == jsonld.canonical(document, jsonld.validator())


@given(kid=ADDRESSES, moment=MOMENTS)
def test_the_quick_form_of_a_proof_is_the_general_one(kid: str, moment: dt.datetime) -> None:
    signed = di.sign(ob3.build(BARE), ED25519, kid, moment)
    options = {name: value for name, value in signed["proof"][0].items() if name != "proofValue"}
    options["@context"] = signed["@context"]

    assert shapes.canonical_proof(options) == jsonld.canonical(options)


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(type=["VerifiableCredential", "AchievementCredential"]),
        lambda d: d.update(type="VerifiableCredential"),
        lambda d: d.update(type=[["VerifiableCredential"], {}]),
        lambda d: d["@context"].append("https://w3id.org/security/data-integrity/v2"),
        lambda d: d.update(unknown="x"),
        lambda d: d.update(name={"@value": "x", "@language": "fr"}),
        lambda d: d.update(name=3),
        lambda d: d.update(name=None),
        lambda d: d.update(issuer=DID),
        lambda d: d["issuer"].pop("id"),
        lambda d: d["issuer"].pop("type"),
        lambda d: d["issuer"].update(type=["Profile", "Image"]),
        lambda d: d["issuer"].update(id="relative"),
        lambda d: d["credentialSubject"].update(identifier=[]),
        lambda d: d["credentialSubject"]["achievement"]["criteria"].update(type="Criteria"),
        lambda d: d["credentialSubject"]["achievement"].update(tag=[["x"]]),
    ],
)
def test_any_other_shape_takes_the_general_path(change: Any) -> None:
    document = ob3.build(claim())
    change(document)

    assert shapes.quads(document) is None


def test_members_and_types_in_another_order_give_the_same_form() -> None:
    document = ob3.build(claim())
    document["credentialSubject"] = dict(reversed(document["credentialSubject"].items()))

    assert shapes.quads(document) == shapes.quads(ob3.build(claim())) == jsonld.canonical(document)


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (("accueil", "écoute"), ["accueil", "écoute"]),
        (("😀", "accueil"), ["😀", "accueil"]),
        (("😀", "\ufb01n"), ["\ufb01n"]),
        (("a😀", "a\ufe0f", "b"), ["a\ufe0f", "b"]),
        (("\ufb01n",), ["\ufb01n"]),
    ],
)
def test_tags_whose_order_verifiers_do_not_agree_on_are_left_out(tags: tuple[str, ...], kept: list[str]) -> None:
    """By code point (RDFC-1.0) or by UTF-16 unit (`rdf-canonize`, which would refuse the signature)."""
    document = ob3.build(claim(achievement=dataclasses.replace(claim().achievement, tags=tags)))

    assert document["credentialSubject"]["achievement"]["tag"] == kept
