"""Open Badges 2.0: openbadgeslib judges ours, our verifier judges its, in both forms, whole, altered and withdrawn."""

import datetime as dt
import hashlib
import json

import pytest
import time_machine
from openbadgeslib.ob2 import Assertion, IdentityObject, OB2Signer, OB2VerificationError, OB2Verifier, Verification

from entremise.lib.openbadges import bake, bake_svg, jws, ob2
from entremise.lib.openbadges.bake import Carrier
from entremise.lib.openbadges.fetched import Fetched
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.report import Report, Verdict
from entremise.lib.openbadges.verify import verify
from tests.factories.badges import DRAWN, HOST, NOW, claim, key, png

EMAIL, SALT = "zoe@example.org", "f3b5c1"
RSA = key(Algorithm.RS256)
PLACES = ob2.Places(
    issuer=f"{HOST}/ob2/issuers/1",
    key=f"{HOST}/ob2/keys/1",
    revocations=f"{HOST}/ob2/revocations/1",
    badge=f"{HOST}/ob2/badges/1",
    assertion=f"{HOST}/ob2/assertions/1",
)
CLAIM = claim()
HOSTED = ob2.hosted(CLAIM, PLACES, EMAIL, SALT)
SIGNED = ob2.signed(CLAIM, PLACES, EMAIL, SALT, RSA)


class Site:
    """What is on line, by address; both verifiers read it."""

    def __init__(self, **changed: dict) -> None:
        self.documents = {
            PLACES.issuer: ob2.issuer(CLAIM.issuer, PLACES),
            PLACES.key: ob2.key_document(RSA.public, PLACES),
            PLACES.badge: ob2.badge_class(CLAIM.achievement, PLACES),
            PLACES.revocations: ob2.revocation_list({}, PLACES),
            PLACES.assertion: HOSTED,
        }
        for place, document in changed.items():
            self.documents[getattr(PLACES, place)] = document

    def download(self, address: str) -> bytes:
        return json.dumps(self.documents[address]).encode()

    def fetch(self, address: str, _accept: str) -> Fetched:
        if address not in self.documents:
            raise Refused("unreachable")
        document = self.documents[address]
        return Fetched(json.dumps(document).encode(), "application/ld+json", 410 if document.get("revoked") else 200)


def theirs(given: object, site: Site | None = None, recipient: str = EMAIL, now: dt.datetime = NOW) -> Assertion:
    verifier = OB2Verifier(download=(site or Site()).download)
    with time_machine.travel(now):
        if isinstance(given, dict):
            return verifier.verify_hosted(given, expected_recipient=recipient, check_revocation=True)
        return verifier.verify(given, expected_recipient=recipient, check_revocation=True)


def ours(given: object, site: Site | None = None, recipient: str = EMAIL, now: dt.datetime = NOW) -> Report:
    document = json.dumps(given) if isinstance(given, dict) else given
    return verify(document, now=now, fetch=(site or Site()).fetch, recipient=recipient)


def refused_by_both(given: object, code: str, site: Site | None = None, **changed: object) -> None:
    with pytest.raises(OB2VerificationError):
        theirs(given, site, **changed)
    report = ours(given, site, **changed)
    assert (report.verdict, report.reason.code) == (Verdict.REFUSED, code)


@pytest.mark.parametrize("given", [HOSTED, SIGNED])
def test_both_verifiers_accept_it_and_read_the_same(given):
    report = ours(given)
    assert (report.verdict, report.content.title) == (Verdict.VALID, CLAIM.achievement.name)
    assert [one.code for one in report.content.alignments] == ["300425"]
    assert theirs(given).issued_on == CLAIM.awarded_at == report.content.awarded_at


@pytest.mark.parametrize("given", [HOSTED, SIGNED])
def test_it_is_for_one_person(given):
    refused_by_both(given, "recipient_other", recipient="ana@example.org")


@pytest.mark.parametrize("given", [HOSTED, SIGNED])
def test_it_ends(given):
    refused_by_both(given, "expired", now=NOW + dt.timedelta(days=800))


def test_a_hosted_badge_withdrawn_is_refused():
    gone = ob2.revoked(PLACES.assertion, "Erreur")
    names = {"@context": ob2.CONTEXT, "type": "Assertion", "id": PLACES.assertion}
    assert gone == names | {"revoked": True, "revocationReason": "Erreur"}
    refused_by_both(HOSTED, "revoked", Site(assertion=gone))


def test_a_hosted_badge_withdrawn_says_nothing_of_the_person():
    assert not {"recipient", "badge", "evidence", "narrative"} & ob2.revoked(PLACES.assertion).keys()


def test_a_signed_badge_withdrawn_is_refused_even_alone_in_the_list():
    listed = ob2.revocation_list({CLAIM.id: "Fraude"}, PLACES)
    assert listed["revokedAssertions"] == [{"id": ob2.NOBODY}, {"id": CLAIM.id, "revocationReason": "Fraude"}]
    refused_by_both(SIGNED, "revoked", Site(revocations=listed))


def test_the_list_never_has_one_entry_that_names_somebody():
    """The 1EdTech validator misses it (validator-core, issue 212)."""
    for count in range(4):
        withdrawn = {f"urn:uuid:{number}": "" for number in range(count)}
        entries = ob2.revocation_list(withdrawn, PLACES)["revokedAssertions"]
        assert {one["id"] for one in entries} - {ob2.NOBODY} == set(withdrawn)
        assert len(entries) == count + 1


def test_a_signed_badge_altered_or_signed_by_another_is_refused():
    header, payload, signature = SIGNED.split(".")
    document = json.loads(jws.decoded(payload)) | {"narrative": "Expert"}
    altered = jws.to_base64url(jws.compact(document))
    refused_by_both(f"{header}.{altered}.{signature}", "wrong_signature")
    refused_by_both(ob2.signed(CLAIM, PLACES, EMAIL, SALT, key(Algorithm.RS256, 2)), "wrong_signature")


def test_a_key_that_the_issuer_does_not_own_is_refused():
    elsewhere = ob2.key_document(RSA.public, PLACES) | {"owner": "https://evil.example/issuer"}
    refused_by_both(SIGNED, "wrong_controller", Site(key=elsewhere))
    without = ob2.issuer(CLAIM.issuer, PLACES) | {"publicKey": f"{HOST}/ob2/keys/2"}
    refused_by_both(SIGNED, "wrong_controller", Site(issuer=without))


def test_a_copy_that_says_something_else_than_what_is_hosted_is_refused():
    refused_by_both(
        HOSTED | {"recipient": HOSTED["recipient"] | {"identity": ob2.identity("a@b.c", SALT)}}, "hosted_differs"
    )


@pytest.mark.parametrize("carrier", ["png", "svg"])
@pytest.mark.parametrize("given", [json.dumps(HOSTED), SIGNED, PLACES.assertion])
def test_the_badge_is_verified_out_of_its_image(given, carrier):
    put = bake.into_png if carrier == "png" else bake_svg.into_svg
    image = put(png() if carrier == "png" else DRAWN, given.encode(), Carrier.OB2)
    assert ours(image).verdict is Verdict.VALID
    listed = ob2.revocation_list({CLAIM.id: ""}, PLACES)
    withdrawn = Site(revocations=listed, assertion=ob2.revoked(PLACES.assertion))
    assert ours(image, withdrawn).reason.code == "revoked"
    if given == SIGNED:
        read = OB2Verifier.extract_token_from_png if carrier == "png" else OB2Verifier.extract_token_from_svg
        assert theirs(read(image)).badge == PLACES.badge


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_we_accept_what_openbadgeslib_signs(algorithm):
    signer = key(algorithm)
    assertion = Assertion(
        recipient=IdentityObject.create(EMAIL, "salt"),
        badge=PLACES.badge,
        verification=Verification("SignedBadge", PLACES.key),
        issued_on=NOW - dt.timedelta(days=1),
        expires=NOW + dt.timedelta(days=1),
    )
    token = OB2Signer(signer.material, algorithm.value).sign(assertion)
    site = Site(key=ob2.key_document(signer.public, PLACES))
    assert ours(token, site).verdict is Verdict.VALID
    assert ours(token, site, recipient="ana@example.org").reason.code == "recipient_other"
    assert ours(token, site, now=NOW + dt.timedelta(days=2)).reason.code == "expired"


def test_the_person_is_named_by_a_salted_hash_only():
    expected = "sha256$" + hashlib.sha256(f"{EMAIL}{SALT}".encode()).hexdigest()
    assert HOSTED["recipient"] == {"type": "email", "hashed": True, "salt": SALT, "identity": expected}
    assert ob2.identity(" Zoe@Example.org ", SALT) == expected
    assert ob2.identity(EMAIL, "other") != expected
    assert EMAIL.encode() not in json.dumps(HOSTED).encode() + jws.decoded(SIGNED.split(".")[1])


def test_the_documents_have_what_verifiers_require():
    site = Site().documents
    assert {"id", "type", "name", "url", "email", "publicKey", "revocationList"} < site[PLACES.issuer].keys()
    assert {"id", "type", "name", "description", "image", "criteria", "issuer"} < site[PLACES.badge].keys()
    assert {"id", "type", "recipient", "badge", "verification", "issuedOn", "expires"} < HOSTED.keys()
    assert all(document["@context"] == ob2.CONTEXT for document in site.values())
    assert (HOSTED["id"], HOSTED["verification"]) == (PLACES.assertion, {"type": "HostedBadge"})
    inside = json.loads(jws.decoded(SIGNED.split(".")[1]))
    assert (inside["id"], inside["verification"]) == (CLAIM.id, {"type": "SignedBadge", "creator": PLACES.key})
    assert jws.read(SIGNED).header == {"alg": "RS256"}


def test_a_badge_that_says_little_is_written_without_empty_members():
    bare = ob2.hosted(claim(valid_until=None, narrative="", evidence=()), PLACES, EMAIL, SALT)
    assert not {"expires", "narrative", "evidence"} & bare.keys()
    assert ours(bare, Site(assertion=bare)).verdict is Verdict.VALID
