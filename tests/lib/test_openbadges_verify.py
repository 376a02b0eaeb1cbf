"""One verification for every form: what is accepted, what is refused, with which reason."""

import copy
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import bake, bake_svg, did, jws, ob3, statuslist, vcjwt
from entremise.lib.openbadges.claims import Issuer, StatusPurpose, StatusRef
from entremise.lib.openbadges.fetched import MAX_FETCHES
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Outcome, Refused, Step
from entremise.lib.openbadges.report import Form, Report, Verdict
from entremise.lib.openbadges.verify_inquiry import SKEW
from tests.factories.badge_world import (
    BOTH,
    DID_URL,
    ENDORSER,
    FREE,
    KID_DI,
    SET,
    SUSPENSIONS,
    World,
    badge,
    issuer_document,
    signed,
    token,
    word_of,
    world,
)
from tests.factories.badges import DID, HOST, KID, LIST_URL, NOW, claim, key
from tests.factories.hostile_badges import PNG

SAMPLES = Path(__file__).parent / "openbadges"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'


@pytest.fixture
def here() -> World:
    return world()


def told(report: Report) -> tuple[str, str]:
    return report.verdict.value, report.reason.code


def step(report: Report, wanted: Step) -> list[tuple[Outcome, str]]:
    return [(one.outcome, one.code) for one in report.checks if one.step is wanted]


# --- what holds ---------------------------------------------------------------------------------------------------


def test_a_badge_that_holds_passes_every_step(here: World) -> None:
    report = here.check(badge())
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB3)
    assert report.codes == (
        "read_ok", "form_ok", "issuer_ok", "signature_ok", "valid_until", "status_ok", "no_endorsement",
    )  # fmt: skip
    assert report.credential == badge()
    assert report.content is not None
    assert report.content.title == claim().achievement.name
    assert sorted(here.asked) == sorted([DID_URL, LIST_URL, SUSPENSIONS])


def test_a_token_holds_as_well(here: World) -> None:
    report = here.check(token())
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB3_JWT)
    assert report.codes[:4] == ("read_ok", "form_ok", "issuer_ok", "signature_ok")


def given_forms() -> dict[str, bytes | str]:
    plain, jwt = badge(), token()
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{jwt}",
        "type": "EnvelopedVerifiableCredential",
    }
    return {
        "text": plain.decode(),
        "byte_order_mark": b"\xef\xbb\xbf" + plain,
        "blanks": b"\r\n  " + plain + b"\n\n",
        "token_cut_by_a_mail": "\n".join(jwt[start : start + 76] for start in range(0, len(jwt), 76)),
        "quoted_token": f'"{jwt}"',
        "png": bake.into_png(PNG, plain, bake.Carrier.OB3),
        "png_token": bake.into_png(PNG, jwt.encode(), bake.Carrier.OB3),
        "svg": bake_svg.into_svg(SVG, plain, bake.Carrier.OB3),
        "svg_token": bake_svg.into_svg(SVG, jwt.encode(), bake.Carrier.OB3),
        "envelope": json.dumps(envelope),
        "proof_alone": _one_proof(plain),
    }


def _one_proof(plain: bytes) -> bytes:
    document = json.loads(plain)
    document["proof"] = document["proof"][0]
    return ob3.serialised(document)


@pytest.mark.parametrize("name", sorted(given_forms()))
def test_the_same_badge_holds_however_it_is_given(here: World, name: str) -> None:
    assert told(here.check(given_forms()[name])) == ("valid", "signature_ok")


def test_a_badge_holds_at_its_address_too_and_a_page_does_not(here: World) -> None:
    here.put(f"{HOST}/c/1.json", badge(), "application/vc")
    report = here.check(f"  {HOST}/c/1.json\n")
    assert report.verdict is Verdict.VALID
    assert report.credential == badge()
    here.put(f"{HOST}/c/1", b"<!doctype html><html><svg></svg></html>", "text/html")
    assert told(here.check(f"{HOST}/c/1")) == ("refused", "html_page")
    here.put(f"{HOST}/c/2", f"{HOST}/c/1.json".encode(), "text/plain")
    assert told(here.check(f"{HOST}/c/2")) == ("refused", "unknown_kind")
    assert told(here.check(f"{HOST}/c/3")) == ("undecided", "unreachable")


def test_everything_is_asked_once_and_not_too_often(here: World) -> None:
    twice = (*BOTH, StatusRef(LIST_URL, FREE + 1), StatusRef(SUSPENSIONS, FREE + 1, StatusPurpose.SUSPENSION))
    assert here.check(badge(statuses=twice)).verdict is Verdict.VALID
    assert len(here.asked) == len(set(here.asked)) == 3
    endorsers = [f"did:web:employer-{number}.example" for number in range(9)]
    words = [word_of(claim().id, f"{one}#1", endorser=Issuer(one, "X")) for one in endorsers]
    report = here.check(badge(), endorsements=words)
    assert report.verdict is Verdict.VALID
    assert len(here.asked) == 3 + MAX_FETCHES  # the second report asks for itself
    assert report.codes[-1] == "endorsement_undecided"
    assert report.endorsements[-1].check.facts["reason"] == "too_many_fetches"


# --- A2: whatever changes, it is refused --------------------------------------------------------------------------


def leaves(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, (*at, name))
    elif isinstance(value, list):
        for rank, inner in enumerate(value):
            yield from leaves(inner, (*at, rank))
    else:
        yield at


def holder(document: Any, path: tuple[str | int, ...]) -> Any:
    for part in path[:-1]:
        document = document[part]
    return document


LEAVES = list(leaves(json.loads(badge())))


@pytest.mark.parametrize("path", LEAVES, ids=lambda path: ".".join(map(str, path)))
def test_a_badge_of_which_one_value_was_changed_is_refused(path: tuple[str | int, ...]) -> None:
    for change in (lambda text: text + "x", lambda text: text[1:]):
        document = json.loads(badge())
        inside = holder(document, path)
        inside[path[-1]] = change(inside[path[-1]])
        assert world().check(ob3.serialised(document)).verdict is Verdict.REFUSED


@pytest.mark.parametrize("path", [(), ("issuer",), ("credentialSubject",), ("credentialSubject", "achievement")])
@pytest.mark.parametrize("member", [{"salary": "2000"}, {"description": "ajouté"}, {"https://a.example/b": "c"}])
def test_a_badge_to_which_something_was_added_is_refused(path: tuple[str, ...], member: dict[str, str]) -> None:
    document = json.loads(badge())
    inside = holder(document, (*path, ""))
    inside.update(member if inside.get("description") != "ajouté" else {})
    assert world().check(ob3.serialised(document)).verdict is Verdict.REFUSED


@pytest.mark.parametrize("path", [path for path in LEAVES if path[0] != "proof"], ids=lambda p: ".".join(map(str, p)))
def test_a_badge_from_which_one_value_was_removed_is_refused(path: tuple[str | int, ...]) -> None:
    document = json.loads(badge())
    del holder(document, path)[path[-1]]
    assert world().check(ob3.serialised(document)).verdict is Verdict.REFUSED


def test_the_key_of_another_signs_nothing_for_this_issuer(here: World) -> None:
    other = did.kid_of_key(key(Algorithm.EDDSA, 3).public)
    theirs = ob3.sign(claim(), key(Algorithm.EDDSA, 3), other, NOW)
    assert told(here.check(theirs)) == ("refused", "wrong_controller")
    usurped = ob3.sign(claim(), key(Algorithm.EDDSA, 3), KID_DI, NOW)
    assert told(here.check(usurped)) == ("refused", "wrong_signature")
    unknown = ob3.sign(claim(), key(Algorithm.EDDSA, 3), f"{DID}#another", NOW)
    assert told(here.check(unknown)) == ("refused", "unknown_key")


def test_a_key_retired_or_removed_signs_nothing_any_more(here: World) -> None:
    here.put(DID_URL, issuer_document(asserts=False))
    assert told(here.check(badge())) == ("refused", "not_authorised")
    here.put(DID_URL, issuer_document(KID_DI))
    assert told(here.check(badge())) == ("refused", "unknown_key")
    here.put(DID_URL, issuer_document() | {"id": "did:web:other.example"})
    assert told(here.check(badge())) == ("refused", "wrong_controller")


def test_a_signature_made_for_something_else_is_refused(here: World) -> None:
    document = json.loads(badge())
    document["proof"][0]["proofPurpose"] = "authentication"
    assert told(here.check(ob3.serialised(document))) == ("refused", "wrong_purpose")
    del document["proof"]
    assert told(here.check(ob3.serialised(document))) == ("refused", "no_proof")


def test_a_sound_way_of_signing_that_we_do_not_have_leaves_the_answer_open(here: World) -> None:
    document = json.loads(badge())
    document["proof"][0]["cryptosuite"] = "ecdsa-sd-2023"
    assert told(here.check(ob3.serialised(document))) == ("undecided", "unsupported_suite")
    document["proof"][0]["cryptosuite"] = "eddsa-2022"
    assert told(here.check(ob3.serialised(document))) == ("refused", "unknown_suite")
    document["proof"][0] = {"type": "Ed25519Signature2020", "proofValue": "z"}
    assert told(here.check(ob3.serialised(document))) == ("undecided", "unsupported_suite")
    elsewhere = ob3.sign(claim(issuer=Issuer("did:ebsi:z1", "X")), key(Algorithm.EDDSA), "did:ebsi:z1#1", NOW)
    assert told(here.check(elsewhere)) == ("undecided", "unknown_issuer_kind")


def test_several_signatures_must_all_hold(here: World) -> None:
    document, other = json.loads(badge()), json.loads(badge(narrative="Autre."))
    document["proof"].append(copy.deepcopy(document["proof"][0]))
    assert here.check(ob3.serialised(document)).verdict is Verdict.VALID
    document["proof"][1] = other["proof"][0]
    assert told(here.check(ob3.serialised(document))) == ("refused", "wrong_signature")


def test_when_the_issuer_cannot_be_reached_nothing_is_decided(here: World) -> None:
    here.refusals[DID_URL] = Refused("too_slow", host="badges.example")
    report = here.check(badge())
    assert told(report) == ("undecided", "too_slow")
    assert step(report, Step.SIGNATURE) == [(Outcome.SKIPPED, "not_checked")]
    here.refusals[DID_URL] = Refused("address_private", host="badges.example")
    assert told(here.check(badge())) == ("refused", "address_private")


def test_an_issuer_that_is_only_a_number_proves_nothing(here: World) -> None:
    report = here.check((SAMPLES / "ob-sample-did-key.json").read_bytes())
    assert told(report) == ("undecided", "issuer_unprovable")
    assert step(report, Step.SIGNATURE) == [(Outcome.PASSED, "signature_ok")]


# --- dates --------------------------------------------------------------------------------------------------------


def test_a_badge_holds_between_its_dates_and_clocks_may_differ(here: World) -> None:
    begins, ends = NOW + dt.timedelta(days=30), NOW + dt.timedelta(days=60)
    raw = badge(valid_from=begins, valid_until=ends, statuses=())
    assert told(here.check(raw)) == ("refused", "not_yet_valid")
    assert told(here.check(raw, now=begins - SKEW - dt.timedelta(seconds=1))) == ("refused", "not_yet_valid")
    assert here.check(raw, now=begins - SKEW).verdict is Verdict.VALID
    assert here.check(raw, now=ends - dt.timedelta(seconds=1)).verdict is Verdict.VALID
    assert told(here.check(raw, now=ends)) == ("refused", "expired")
    assert here.check(badge(valid_until=None)).codes[4] == "valid_without_end"


def test_a_signature_from_the_future_is_refused(here: World) -> None:
    late = ob3.sign(claim(), key(Algorithm.EDDSA), KID_DI, NOW + SKEW + dt.timedelta(seconds=1))
    assert told(here.check(late)) == ("refused", "proof_from_future")
    soon = ob3.sign(claim(statuses=()), key(Algorithm.EDDSA), KID_DI, NOW + SKEW)
    assert here.check(soon).verdict is Verdict.VALID


# --- status -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [badge, token])
def test_a_badge_withdrawn_or_suspended_is_refused_and_holds_again_once_taken_back(here: World, make: Any) -> None:
    withdrawn = make(statuses=(StatusRef(LIST_URL, SET), StatusRef(SUSPENSIONS, FREE, StatusPurpose.SUSPENSION)))
    assert told(here.check(withdrawn)) == ("refused", "revoked")
    paused = make(statuses=(StatusRef(LIST_URL, FREE), StatusRef(SUSPENSIONS, SET, StatusPurpose.SUSPENSION)))
    report = here.check(paused)
    assert told(report) == ("refused", "suspended")
    assert step(report, Step.SIGNATURE) == [(Outcome.PASSED, "signature_ok")]
    assert here.check(make()).verdict is Verdict.VALID


def listed(purpose: StatusPurpose = StatusPurpose.REVOCATION, **changed: Any) -> dict[str, Any]:
    bits = statuslist.BitList(statuslist.MIN_ENTRIES)
    made = statuslist.build_bitstring(LIST_URL, DID, purpose, bits, NOW, NOW + dt.timedelta(days=1))
    return {**made, **changed}


def test_a_list_that_is_not_the_issuers_word_decides_nothing_in_favour_of_the_badge(here: World) -> None:
    other = "did:web:other.example"
    cases = {
        "status_list_issuer": signed(listed(issuer=other)),
        "status_list_purpose": signed(listed(StatusPurpose.SUSPENSION)),
        "status_list_address": signed(listed(id=f"{HOST}/status/9")),
        "status_list_signature": signed(listed()).replace(b'"revocation"', b'"suspension"'),
        "status_list_from_future": signed(listed(validFrom="2027-01-01T00:00:00Z")),
        "no_proof": ob3.serialised(listed()),
        "not_json": b"{",
    }
    for code, raw in cases.items():
        here.put(LIST_URL, raw)
        assert told(here.check(badge())) == ("refused", code)


def test_a_list_out_of_date_or_out_of_reach_leaves_the_answer_open(here: World) -> None:
    assert told(here.check(badge(), now=NOW + dt.timedelta(days=2))) == ("undecided", "status_list_expired")
    del here.places[LIST_URL]
    assert told(here.check(badge())) == ("undecided", "unreachable")
    here.put(LIST_URL, b"", status=404)
    assert told(here.check(badge())) == ("undecided", "not_found")


def test_a_list_may_be_a_token(here: World) -> None:
    raw = jws.sign({"kid": KID, "typ": "vc+jwt"}, jws.compact(listed()), key(Algorithm.RS256))
    here.put(LIST_URL, raw.encode(), "application/vc+jwt")
    assert here.check(badge()).verdict is Verdict.VALID
    here.put(LIST_URL, jws.sign({"kid": KID}, jws.compact(listed()), key(Algorithm.RS256, 7)).encode())
    assert told(here.check(badge())) == ("refused", "status_list_signature")


def test_an_older_list_of_identifiers_is_read(here: World) -> None:
    entry = {"id": f"{HOST}/revoked", "type": "1EdTechRevocationList"}
    document = ob3.build(claim(statuses=())) | {"credentialStatus": entry}
    raw = signed(document, **{"@context": [*ob3.CONTEXT, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]})
    here.put(f"{HOST}/revoked", {"id": f"{HOST}/revoked", "issuer": DID, "revokedCredential": [{"id": "urn:x"}]})
    assert here.check(raw).verdict is Verdict.VALID
    here.put(f"{HOST}/revoked", {"id": f"{HOST}/revoked", "issuer": DID, "revokedCredential": [{"id": claim().id}]})
    assert told(here.check(raw)) == ("refused", "revoked")
    here.put(f"{HOST}/revoked", {"issuer": "did:web:other.example", "revokedCredential": []})
    assert told(here.check(raw)) == ("refused", "status_list_issuer")


def test_a_badge_without_a_list_holds_and_says_so(here: World) -> None:
    report = here.check(badge(statuses=()))
    assert report.verdict is Verdict.VALID
    assert step(report, Step.STATUS) == [(Outcome.SKIPPED, "no_status")]


# --- endorsements -------------------------------------------------------------------------------------------------


def test_a_recommendation_is_checked_alone_and_takes_nothing_away(here: World) -> None:
    of_badge, of_class = word_of(claim().id), word_of(claim().achievement.id)
    report = here.check(badge(), endorsements=[of_badge, of_class, word_of("urn:uuid:other")])
    assert report.verdict is Verdict.VALID
    assert [one.check.code for one in report.endorsements] == [
        "endorsement_ok",
        "endorsement_ok",
        "endorsement_refused",
    ]
    assert report.endorsements[0].content is not None
    assert report.endorsements[0].content.narrative == "Je confirme."
    assert report.endorsements[2].check.facts == {"name": "Garance", "reason": "other_target"}
    altered = of_badge.replace(b"Je confirme.", b"Je confirme !")
    report = here.check(badge(), endorsements=[altered, b"{", "a.b.c"])
    assert report.verdict is Verdict.VALID
    assert [one.check.facts["reason"] for one in report.endorsements] == ["wrong_signature", "not_json", "bad_token"]


def test_a_recommendation_inside_the_badge_is_found(here: World) -> None:
    document = ob3.build(claim()) | {"endorsement": [json.loads(word_of(claim().id))]}
    report = here.check(signed(document))
    assert told(report) == ("valid", "signature_ok")
    assert [one.check.code for one in report.endorsements] == ["endorsement_ok"]


def test_a_recommendation_alone_is_verified_as_what_it_is(here: World) -> None:
    report = here.check(word_of(claim().id))
    assert (report.verdict, report.form) == (Verdict.VALID, Form.ENDORSEMENT)
    assert report.content is not None
    assert (report.content.target, report.content.issuer.id) == (claim().id, ENDORSER)


# --- tokens -------------------------------------------------------------------------------------------------------


def test_a_token_of_the_older_data_model_is_read(here: World) -> None:
    document = ob3.build(claim())
    document["@context"] = ["https://www.w3.org/2018/credentials/v1", document["@context"][1]]
    document["issuanceDate"], document["expirationDate"] = document.pop("validFrom"), document.pop("validUntil")
    claims = {
        "iss": DID, "sub": claim().subject_id, "jti": claim().id, "vc": document,
        "nbf": int(claim().valid_from.timestamp()), "exp": int((NOW + dt.timedelta(days=730)).timestamp()),
    }  # fmt: skip
    report = here.check(jws.sign({"kid": KID, "typ": "JWT"}, jws.compact(claims), key(Algorithm.RS256)))
    assert (report.verdict, report.form) == (Verdict.VALID, Form.OB3_JWT)


def test_a_token_that_is_the_credential_itself_is_read(here: World) -> None:
    make = lambda header, **more: jws.sign(header, jws.compact(ob3.build(claim()) | more), key(Algorithm.RS256))  # noqa: E731
    header = {"kid": KID, "typ": "vc+jwt"}
    assert told(here.check(make(header))) == ("valid", "signature_ok")
    assert told(here.check(make(header, iss="did:web:other.example"))) == ("refused", "claim_mismatch")
    assert told(here.check(make({"typ": "vc+jwt"}))) == ("refused", "token_without_key")
    assert told(here.check(make(header, exp=int(NOW.timestamp())))) == ("refused", "proof_expired")
    expired = make(header, validUntil="2026-11-01T00:00:00Z", validFrom="2026-10-01T00:00:00Z")
    assert told(here.check(expired)) == ("refused", "expired")


def test_the_key_of_a_token_may_be_at_an_address_of_the_issuer_only(here: World) -> None:
    home, elsewhere = f"{HOST}/o/mission-locale/keys/rsa-1", f"{HOST}/o/garance/keys/rsa-1"
    for address in (home, elsewhere, "https://evil.example/key"):
        here.put(address, key(Algorithm.RS256).public.jwk())
    make = lambda kid: vcjwt.sign(claim(statuses=()), key(Algorithm.RS256), kid)  # noqa: E731
    assert here.check(make(home)).verdict is Verdict.VALID
    assert told(here.check(make(elsewhere))) == ("refused", "wrong_controller")
    assert told(here.check(make("https://evil.example/key"))) == ("refused", "wrong_controller")
    assert told(here.check(make(f"{HOST}/o/mission-locale/../garance/keys/rsa-1"))) == ("refused", "wrong_controller")
    here.put(DID_URL, issuer_document() | {"assertionMethod": [elsewhere]})
    assert here.check(make(elsewhere)).verdict is Verdict.VALID


@pytest.mark.parametrize("issuer", ["did:web:badges.example", "https://badges.example", "https://badges.example/"])
def test_whoever_has_a_place_on_a_host_does_not_sign_for_the_host(here: World, issuer: str) -> None:
    place = f"{HOST}/o/garance/keys/rsa-1"
    here.put(place, key(Algorithm.RS256).public.jwk())
    for address in (f"{HOST}/.well-known/did.json", HOST, f"{HOST}/"):
        here.put(address, did.document(issuer, []))
    usurped = vcjwt.sign(claim(issuer=Issuer(issuer, "Le site"), statuses=()), key(Algorithm.RS256), place)
    assert told(here.check(usurped)) == ("refused", "wrong_controller")
    for address in (f"{HOST}/.well-known/did.json", HOST, f"{HOST}/"):
        here.put(address, did.document(issuer, []) | {"assertionMethod": place})
    assert here.check(usurped).verdict is Verdict.VALID


# --- it never raises ----------------------------------------------------------------------------------------------


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
def test_whatever_is_given_there_is_an_answer(given: bytes | str) -> None:
    report = World().check(given)
    assert report.verdict is not Verdict.VALID
    assert report.reason.code


FORMS = {name: one if isinstance(one, bytes) else one.encode() for name, one in given_forms().items()}


@given(st.sampled_from(sorted(FORMS)), st.data())
def test_one_byte_changed_anywhere_gives_the_same_badge_or_none(name: str, data: st.DataObject) -> None:
    raw = bytearray(FORMS[name])
    place = data.draw(st.integers(0, len(raw) - 1))
    raw[place] ^= data.draw(st.integers(1, 255))
    before, report = world().check(FORMS[name]), world().check(bytes(raw))
    assert "unreadable" not in report.codes
    if report.verdict is Verdict.VALID:  # a blank around it, a part of the picture that is not the badge
        assert report.content == before.content


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**60) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(LEAVES), st.integers(1, 5), JSON_VALUES)
def test_a_badge_with_anything_anywhere_gets_an_answer(path: tuple[str | int, ...], depth: int, value: Any) -> None:
    """Any member, at any height, replaced by any JSON: refused, with words, whatever its kind."""
    document = json.loads(badge())
    cut = path[:depth]
    before = holder(document, cut)[cut[-1]]
    holder(document, cut)[cut[-1]] = value
    report = world().check(json.dumps(document).encode())
    assert value == before or report.verdict is not Verdict.VALID
    assert "unreadable" not in report.codes


@given(st.sampled_from(["did", "list"]), JSON_VALUES)
def test_whatever_the_issuers_site_answers_there_is_an_answer(which: str, value: Any) -> None:
    there = world()
    there.put(DID_URL if which == "did" else LIST_URL, value)
    assert there.check(badge()).verdict is not Verdict.VALID
