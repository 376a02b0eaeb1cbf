"""Open Badges 2.0: hosted, signed, baked; the issuer is asked, never believed on the word of the badge."""

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import bake, bake_svg, jws, ob2
from entremise.lib.openbadges.content import RecipientKind
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.reasons import Outcome, Refused, Step
from entremise.lib.openbadges.report import Form, Report, Verdict
from tests.factories.badge_world import World
from tests.factories.badges import HOST, NOW, claim, key
from tests.factories.hostile_badges import PNG

ISSUER, ASSERTION = f"{HOST}/ob2/issuers/1", f"{HOST}/ob2/assertions/1"
PLACES = ob2.Places(ISSUER, f"{HOST}/ob2/keys/1", f"{HOST}/ob2/revocations/1", f"{HOST}/ob2/badges/1", ASSERTION)
EMAIL, SALT = "awa.diallo@example.org", "sel"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'
Json = dict[str, Any]


def hosted(**changed: Any) -> Json:
    return ob2.hosted(claim(), PLACES, EMAIL, SALT) | changed


def token(signer: PrivateKey | None = None, **changed: Any) -> str:
    document = jws.read(ob2.signed(claim(), PLACES, EMAIL, SALT, key(Algorithm.RS256))).claims() | changed
    return jws.sign({}, jws.compact(document), signer or key(Algorithm.RS256))


@pytest.fixture
def here() -> World:
    made = World()
    made.put(ASSERTION, hosted())
    made.put(PLACES.issuer, ob2.issuer(claim().issuer, PLACES))
    made.put(PLACES.badge, ob2.badge_class(claim().achievement, PLACES))
    made.put(PLACES.key, ob2.key_document(key(Algorithm.RS256).public, PLACES))
    made.put(PLACES.revocations, ob2.revocation_list({}, PLACES))
    return made


def told(report: Report) -> tuple[str, str]:
    return report.verdict.value, report.reason.code


def given_forms() -> dict[str, bytes | str]:
    document = json.dumps(hosted()).encode()
    return {
        "json": document,
        "address": ASSERTION,
        "png": bake.into_png(PNG, document, bake.Carrier.OB2),
        "png_address": bake.into_png(PNG, ASSERTION.encode(), bake.Carrier.OB2),
        "svg": bake_svg.into_svg(SVG, document, bake.Carrier.OB2),
        "svg_address": bake_svg.into_svg(SVG, ASSERTION.encode(), bake.Carrier.OB2),
    }


@pytest.mark.parametrize("name", sorted(given_forms()))
def test_a_hosted_badge_holds_however_it_is_given(here: World, name: str) -> None:
    report = here.check(given_forms()[name], recipient=EMAIL)
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB2_HOSTED)
    assert {"issuer_ok", "hosted_ok", "hosted_still", "recipient_ok"} <= set(report.codes)
    assert report.content is not None
    assert report.content.title == claim().achievement.name
    assert report.content.recipient.kind is RecipientKind.EMAIL_HASHED
    assert report.content.alignments[0].code == "300425"
    assert json.loads(report.credential) == hosted()


@pytest.mark.parametrize("name", ["token", "png", "svg"])
def test_a_signed_badge_holds_however_it_is_given(here: World, name: str) -> None:
    raw = token().encode()
    baked = {
        "token": raw,
        "png": bake.into_png(PNG, raw, bake.Carrier.OB2),
        "svg": bake_svg.into_svg(SVG, raw, bake.Carrier.OB2),
    }
    report = here.check(baked[name], recipient=EMAIL.upper())
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB2_SIGNED)
    assert report.codes == (
        "read_ok", "form_ok", "issuer_ok", "signature_ok", "valid_until", "status_ok", "recipient_ok",
    )  # fmt: skip


@pytest.mark.parametrize("given", [json.dumps(hosted()), token(), ASSERTION])
def test_a_badge_for_somebody_else_is_refused(here: World, given: str) -> None:
    assert told(here.check(given, recipient="other@example.org")) == ("refused", "recipient_other")
    assert here.check(given).verdict is Verdict.VALID


def test_a_hash_that_we_do_not_compute_leaves_the_question_open(here: World) -> None:
    named = {"type": "email", "hashed": True, "salt": "", "identity": "md5$0123"}
    here.put(ASSERTION, hosted(recipient=named))
    assert told(here.check(ASSERTION, recipient=EMAIL)) == ("undecided", "recipient_unknown_hash")
    here.put(ASSERTION, hosted(recipient={"type": "email", "hashed": False, "identity": EMAIL}))
    assert here.check(ASSERTION, recipient=EMAIL).verdict is Verdict.VALID
    here.put(ASSERTION, hosted(recipient={}))
    assert told(here.check(ASSERTION, recipient=EMAIL)) == ("undecided", "recipient_not_named")


def test_a_hosted_badge_that_was_withdrawn_is_refused_whatever_the_copy_says(here: World) -> None:
    copy = json.dumps(hosted())
    here.put(ASSERTION, ob2.revoked(ASSERTION), status=410)
    assert told(here.check(copy)) == ("refused", "revoked")
    here.put(ASSERTION, b"", status=410)
    assert told(here.check(copy)) == ("refused", "revoked")
    here.put(ASSERTION, ob2.revoked(ASSERTION))
    assert told(here.check(copy)) == ("refused", "revoked")
    here.put(ASSERTION, b"", status=404)
    assert told(here.check(copy)) == ("refused", "hosted_gone")
    here.put(ASSERTION, b"", status=503)
    assert told(here.check(copy)) == ("undecided", "unreachable")


@pytest.mark.parametrize("withdrawn", [{}, {"urn:uuid:other": ""}])
def test_a_signed_badge_that_was_withdrawn_is_refused(here: World, withdrawn: dict[str, str]) -> None:
    assert here.check(token()).verdict is Verdict.VALID
    here.put(PLACES.revocations, ob2.revocation_list(withdrawn | {claim().id: "erreur"}, PLACES))
    assert told(here.check(token())) == ("refused", "revoked")
    alone = {**ob2.revocation_list({}, PLACES), "revokedAssertions": [claim().id]}
    here.put(PLACES.revocations, alone)
    assert told(here.check(token())) == ("refused", "revoked")
    here.put(PLACES.revocations, alone | {"revokedAssertions": [{"uid": ["x"]}, {"uid": "old"}, 5, None]})
    assert here.check(token()).verdict is Verdict.VALID
    assert told(here.check(token(uid="old"))) == ("refused", "revoked")
    here.put(PLACES.revocations, alone | {"issuer": f"{HOST}/ob2/issuers/2"})
    assert told(here.check(token())) == ("refused", "status_list_issuer")
    del here.places[PLACES.revocations]
    assert told(here.check(token())) == ("undecided", "unreachable")


def test_a_badge_past_its_date_or_before_it_is_refused(here: World) -> None:
    past = {"expires": "2026-11-01"}
    assert told(here.check(token(**past))) == ("refused", "expired")
    here.put(ASSERTION, hosted(**past))
    assert told(here.check(ASSERTION)) == ("refused", "expired")
    assert here.check(ASSERTION, now=dt.datetime(2026, 10, 31, tzinfo=dt.UTC)).verdict is Verdict.REFUSED
    here.put(ASSERTION, hosted(issuedOn="2027-01-01T00:00:00+0000"))
    assert told(here.check(ASSERTION)) == ("refused", "not_yet_valid")
    here.put(ASSERTION, hosted(issuedOn="hier"))
    assert told(here.check(ASSERTION)) == ("refused", "bad_time")


def test_a_copy_that_says_something_else_is_refused_and_what_is_published_is_shown(here: World) -> None:
    for change in ({"issuedOn": "2020-01-01T00:00:00Z"}, {"badge": f"{HOST}/ob2/badges/2"}, {"recipient": {}}):
        assert told(here.check(json.dumps(hosted(**change)))) == ("refused", "hosted_differs")
    embellished = ob2.badge_class(claim().achievement, PLACES) | {"name": "Chef étoilé"}
    report = here.check(json.dumps(hosted(badge=embellished)))
    assert report.verdict is Verdict.VALID
    assert report.content is not None
    assert report.content.title == claim().achievement.name


def test_a_badge_hosted_elsewhere_than_its_issuer_says_is_refused(here: World) -> None:
    elsewhere = "https://evil.example/assertions/1"
    here.put(elsewhere, hosted(id=elsewhere))
    assert told(here.check(elsewhere)) == ("refused", "hosted_elsewhere")
    profile = ob2.issuer(claim().issuer, PLACES)
    for said, verdict in [
        ({"allowedOrigins": "evil.example"}, "valid"),
        ({"allowedOrigins": ["other.example", "https://evil.example"]}, "valid"),
        ({"allowedOrigins": ["other.example"]}, "refused"),
        ({"startsWith": "https://evil.example/assertions/"}, "valid"),
        ({"startsWith": ["https://evil.example/badges/"]}, "refused"),
        ({"startsWith": "https://evil"}, "refused"),
    ]:
        here.put(PLACES.issuer, profile | {"verification": {"type": "hosted", **said}})
        assert here.check(elsewhere).verdict.value == verdict, said


def test_the_key_must_be_published_by_the_issuer_as_its_own(here: World) -> None:
    assert told(here.check(token(key(Algorithm.RS256, 2)))) == ("refused", "wrong_signature")
    theirs = "https://evil.example/key"
    here.put(theirs, ob2.key_document(key(Algorithm.RS256, 2).public, PLACES) | {"id": theirs})
    usurped = token(key(Algorithm.RS256, 2), verification={"type": "SignedBadge", "creator": theirs})
    assert told(here.check(usurped)) == ("refused", "wrong_controller")
    here.put(PLACES.key, ob2.key_document(key(Algorithm.RS256).public, PLACES) | {"owner": f"{HOST}/ob2/issuers/2"})
    assert told(here.check(token())) == ("refused", "wrong_controller")
    here.put(PLACES.key, ob2.key_document(key(Algorithm.RS256).public, PLACES) | {"publicKeyPem": "-"})
    assert told(here.check(token())) == ("refused", "bad_key")
    del here.places[PLACES.key]
    report = here.check(token())
    assert told(report) == ("undecided", "unreachable")
    assert [one.outcome for one in report.checks if one.step is Step.SIGNATURE] == [Outcome.SKIPPED]


def test_what_a_badge_says_of_its_issuer_is_not_believed(here: World) -> None:
    usurped = f"{HOST}/ob2/issuers/9"
    profile = ob2.issuer(claim().issuer, PLACES)
    embedded = ob2.badge_class(claim().achievement, PLACES) | {"issuer": {**profile, "name": "Ministère"}}
    report = here.check(token(badge=embedded))
    assert report.verdict is Verdict.VALID
    assert report.content is not None
    assert report.content.issuer.name == claim().issuer.name
    here.put(usurped, profile)
    there = ob2.badge_class(claim().achievement, PLACES) | {"issuer": usurped}
    assert told(here.check(token(badge=there))) == ("refused", "issuer_elsewhere")
    assert told(here.check(token(badge=there | {"issuer": "urn:uuid:1"}))) == ("refused", "no_issuer")


def test_a_document_of_another_kind_or_without_a_way_to_verify_is_refused(here: World) -> None:
    assert told(here.check(json.dumps(hosted(verification={"type": "SignedBadge"})))) == ("refused", "no_proof")
    assert told(here.check(json.dumps(hosted(verification={})))) == ("refused", "verification_unknown")
    assert told(here.check(json.dumps(ob2.badge_class(claim().achievement, PLACES)))) == ("refused", "not_a_badge")
    here.put(ASSERTION, ob2.badge_class(claim().achievement, PLACES))
    assert told(here.check(json.dumps(hosted()))) == ("refused", "not_a_badge")
    here.put(ASSERTION, hosted(id=f"{HOST}/ob2/assertions/2"))
    assert told(here.check(json.dumps(hosted()))) == ("refused", "hosted_differs")
    here.refusals[ASSERTION] = Refused("address_private", host="x")
    assert told(here.check(json.dumps(hosted()))) == ("refused", "address_private")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(["issuer", "badge", "key", "revocations", "assertion"]), st.data())
def test_whatever_a_site_answers_there_is_an_answer(which: str, data: st.DataObject) -> None:
    there = World()
    documents = {
        "assertion": hosted(), "issuer": ob2.issuer(claim().issuer, PLACES),
        "badge": ob2.badge_class(claim().achievement, PLACES),
        "key": ob2.key_document(key(Algorithm.RS256).public, PLACES),
        "revocations": ob2.revocation_list({}, PLACES),
    }  # fmt: skip
    member = data.draw(st.sampled_from(sorted(documents[which])))
    documents[which] = documents[which] | {member: data.draw(JSON_VALUES)}
    for name, document in documents.items():
        there.put(getattr(PLACES, name), document)
    for one in (ASSERTION, token()):
        report = there.check(one, now=NOW, recipient=EMAIL)
        assert report.reason.code != "unreadable"
