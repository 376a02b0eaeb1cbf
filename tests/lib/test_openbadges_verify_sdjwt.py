"""What a wallet shows, verified: the issuer's keys, the state of the credential, the person who shows it."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import jws, sdjwt, sdjwt_binding, statuslist, wallet
from entremise.lib.openbadges.claims import StatusRef
from entremise.lib.openbadges.content import RecipientKind
from entremise.lib.openbadges.keys import Algorithm, PrivateKey
from entremise.lib.openbadges.reasons import Outcome, Refused, Step
from entremise.lib.openbadges.report import Form, Report, Verdict
from entremise.lib.openbadges.verify_sdjwt import metadata_address
from tests.factories.badge_world import KID_P256, World, issuer_document
from tests.factories.badges import DID, HOST, NOW, key

ISSUER, HOLDER = key(Algorithm.ES256), key(Algorithm.ES256, 2)
WHO, KIND, TSL = f"{HOST}/o/mission-locale", f"{HOST}/vct/passeport/1", f"{HOST}/tsl/1"
METADATA = f"{HOST}/.well-known/jwt-vc-issuer/o/mission-locale"
NONCE, AUDIENCE = "n-0S6", "https://employeur.example"
NEVER, WITHDRAWN, PAUSED, ODD = 5, 6, 7, 8
SKILLS = [
    wallet.Skill(name, code, "ROME 4.0 (2026)", "autonome", "employeur", dt.date(2026, 11, 3), "Boulangerie du Port")
    for name, code in (("Accueillir", "300425"), ("Pétrir", "101122"))
]


def issued(index: int = NEVER, who: str = WHO, kid: str = "k1", **changed: Any) -> str:
    claims = wallet.passport(who, KIND, "Zoé", "N’Diaye", SKILLS, NOW, NOW + dt.timedelta(days=365)) | changed
    paths = [path for path in wallet.apart(claims) if path[0] in claims]
    return sdjwt.issue(claims, paths, ISSUER, kid, HOLDER.public, StatusRef(TSL, index))


def published(*keys: tuple[str, PrivateKey]) -> dict[str, Any]:
    return {"issuer": WHO, "jwks": {"keys": [one.public.jwk() | {"kid": kid} for kid, one in keys]}}


def list_token(signer: PrivateKey = ISSUER, who: str = WHO, kid: str = "k1", **changed: Any) -> bytes:
    values = statuslist.BitList(statuslist.MIN_ENTRIES, 2, statuslist.Order.LOW_FIRST)
    values[WITHDRAWN], values[PAUSED], values[ODD] = statuslist.WITHDRAWN, statuslist.SUSPENDED, 3
    dates = {"issued_at": NOW, "expires_at": NOW + dt.timedelta(days=1)} | changed
    return statuslist.sign_token(TSL, who, values, signer, kid, ttl=dt.timedelta(minutes=5), **dates).encode()


@pytest.fixture
def here() -> World:
    made = World()
    made.put(METADATA, published(("k1", ISSUER), ("k2", HOLDER)))
    made.put(TSL, list_token(), "application/statuslist+jwt")
    made.put(f"{HOST}/o/mission-locale/did.json", issuer_document())
    return made


def told(report: Report) -> tuple[str, str]:
    return report.verdict.value, report.reason.code


def shown(text: str, nonce: str = NONCE, audience: str = AUDIENCE, holder: PrivateKey = HOLDER) -> str:
    return sdjwt_binding.present(text, [("skills", 0)], nonce, audience, holder, NOW)


def test_a_credential_of_a_wallet_holds(here: World) -> None:
    report = here.check(issued())
    assert (report.verdict, report.form) == (Verdict.VALID, Form.SD_JWT)
    assert report.codes == (
        "read_ok", "form_ok", "issuer_ok", "signature_ok", "valid_until", "status_ok", "holder_not_asked",
    )  # fmt: skip
    assert report.content is not None
    assert report.content.recipient.kind is RecipientKind.WALLET
    assert report.content.recipient.name == "Zoé N’Diaye"
    assert [one.code for one in report.content.alignments] == ["300425", "101122"]


def test_what_is_not_shown_is_not_told_and_the_holder_is_checked_when_asked(here: World) -> None:
    report = here.check(shown(issued()), nonce=NONCE, audience=AUDIENCE)
    assert report.verdict is Verdict.VALID
    assert report.codes[-1] == "holder_ok"
    assert report.content is not None
    assert [one.name for one in report.content.alignments] == ["Accueillir"]
    assert report.content.recipient.name == ""


def test_another_question_reader_or_holder_is_refused(here: World) -> None:
    asked = {"nonce": NONCE, "audience": AUDIENCE}
    assert told(here.check(shown(issued(), nonce="other"), **asked)) == ("refused", "binding_nonce")
    assert told(here.check(shown(issued(), audience="https://x.example"), **asked)) == ("refused", "binding_audience")
    assert told(here.check(shown(issued(), holder=ISSUER), **asked)) == ("refused", "binding_signature")
    assert told(here.check(issued(), **asked)) == ("refused", "binding_missing")


@pytest.mark.parametrize(
    ("index", "expected"),
    [(WITHDRAWN, ("refused", "revoked")), (PAUSED, ("refused", "suspended")), (ODD, ("undecided", "status_other"))],
)
def test_a_state_is_read_in_the_list(here: World, index: int, expected: tuple[str, str]) -> None:
    assert told(here.check(issued(index))) == expected


def test_a_list_that_is_not_the_issuers_or_not_of_today_is_not_believed(here: World) -> None:
    yesterday = {"issued_at": NOW - dt.timedelta(days=2), "expires_at": NOW - dt.timedelta(days=1)}
    for raw, expected in [
        (list_token(HOLDER), ("refused", "status_list_signature")),
        (list_token(HOLDER, kid="k9"), ("refused", "unknown_key")),
        (list_token(who="https://other.example"), ("refused", "status_list_issuer")),
        (list_token(**yesterday), ("undecided", "status_list_expired")),
        (b"a.b.c", ("refused", "bad_token")),
        (issued().split("~")[0].encode(), ("refused", "token_type")),
    ]:
        here.put(TSL, raw)
        assert told(here.check(issued())) == expected
    assert told(here.check(issued(statuslist.MIN_ENTRIES))) == ("refused", "token_type")
    here.put(TSL, list_token())
    assert told(here.check(issued(statuslist.MIN_ENTRIES))) == ("refused", "status_index_outside")
    del here.places[TSL]
    assert told(here.check(issued())) == ("undecided", "unreachable")


def test_the_issuer_may_be_a_did(here: World) -> None:
    here.put(TSL, list_token(who=DID, kid=KID_P256))
    assert here.check(issued(who=DID, kid=KID_P256)).verdict is Verdict.VALID
    assert here.check(issued(who=DID, kid=KID_P256.partition("#")[2])).verdict is Verdict.VALID
    assert told(here.check(issued(who=DID, kid="did:web:other.example#1"))) == ("refused", "wrong_controller")
    assert told(here.check(issued(who=DID, kid="another"))) == ("refused", "unknown_key")


def test_the_keys_may_be_at_another_address(here: World) -> None:
    here.put(METADATA, {"issuer": WHO, "jwks_uri": f"{HOST}/keys.json"})
    here.put(f"{HOST}/keys.json", published(("k1", ISSUER))["jwks"])
    assert here.check(issued()).verdict is Verdict.VALID
    here.put(METADATA, {"issuer": WHO, "jwks_uri": 5})
    assert here.check(issued()).verdict is not Verdict.VALID


def test_metadata_of_another_issuer_or_without_the_key_is_refused(here: World) -> None:
    here.put(METADATA, published(("k1", ISSUER)) | {"issuer": "https://other.example"})
    assert told(here.check(issued())) == ("refused", "wrong_controller")
    here.put(METADATA, published(("k1", ISSUER), ("k1", HOLDER)))
    assert told(here.check(issued())) == ("refused", "unknown_key")
    here.put(METADATA, {"issuer": WHO, "jwks": {"keys": [{"kid": "k1", "kty": "oct", "k": "AA"}]}})
    assert told(here.check(issued())) == ("refused", "bad_key")
    assert told(here.check(issued(who="http://badges.example"))) == ("refused", "address_not_https")


def test_a_certificate_alone_leaves_the_answer_open(here: World) -> None:
    here.put(METADATA, b"", status=404)
    assert told(here.check(issued())) == ("undecided", "not_found")
    payload = sdjwt.read(issued()).token.claims()
    signed = jws.sign({"typ": sdjwt.TYPE, "x5c": ["AA"]}, jws.compact(payload), ISSUER)
    assert told(here.check(f"{signed}~")) == ("undecided", "certificate_not_trusted")


def test_dates_disclosures_and_missing_claims_are_looked_at(here: World) -> None:
    assert told(here.check(issued(), now=NOW + dt.timedelta(days=366))) == ("refused", "expired")
    assert told(here.check(issued(iat=int(NOW.timestamp()) + 3600))) == ("refused", "not_yet_valid")
    token, *disclosures, end = issued().split("~")
    altered = "~".join([token, disclosures[0][:-4] + "AAAA", *disclosures[1:], end])
    assert here.check(altered).verdict is Verdict.REFUSED
    other = issued().split("~")
    assert told(here.check("~".join([token, other[1], end]))) == ("refused", "disclosure_unreferenced")
    assert told(here.check(issued(vct=7))) == ("refused", "missing_claim")
    assert told(here.check(token)) == ("refused", "sd_jwt_without_tilde")


def test_without_the_issuers_key_the_signature_is_not_told_right(here: World) -> None:
    here.refusals[METADATA] = Refused("name_unknown", host="badges.example")
    report = here.check(issued())
    assert told(report) == ("undecided", "name_unknown")
    assert [one.outcome for one in report.checks if one.step is Step.SIGNATURE] == [Outcome.SKIPPED]
    assert report.content is None  # what nobody signed is not shown


def test_where_an_issuer_publishes_its_keys() -> None:
    assert metadata_address("https://a.example") == "https://a.example/.well-known/jwt-vc-issuer"
    assert metadata_address("https://a.example/") == "https://a.example/.well-known/jwt-vc-issuer"
    assert metadata_address("https://a.example/o/x/") == "https://a.example/.well-known/jwt-vc-issuer/o/x"


@given(
    st.sampled_from(["iss", "vct", "iat", "exp", "cnf", "status", "_sd", "_sd_alg", "skills", "nbf"]),
    st.none() | st.booleans() | st.integers(-9, 2**70) | st.text(max_size=5) | st.lists(st.text(max_size=3))
    | st.dictionaries(st.sampled_from(["status_list", "jwk", "idx", "..."]), st.integers() | st.text(max_size=3)),
)  # fmt: skip
def test_whatever_an_issuer_signs_there_is_an_answer(name: str, value: Any) -> None:
    there = World()
    there.put(METADATA, published(("k1", ISSUER)))
    there.put(TSL, list_token())
    payload = sdjwt.read(issued()).token.claims() | {name: value}
    try:
        content = jws.compact(payload)
        content.decode("utf-8")
    except UnicodeError:
        return
    text = jws.sign({"typ": sdjwt.TYPE, "kid": "k1"}, content, ISSUER) + "~"
    assert "unreadable" not in there.check(text, nonce="n", audience="a").codes
