"""A wallet takes a skills passport (A9) and shows parts of it (A8); whatever it does wrong is refused by its name."""

import datetime as dt
import itertools
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from joserfc.jwk import ECKey as JoseKey
from jwcrypto.jwk import JWK
from sd_jwt.holder import SDJWTHolder
from sd_jwt.verifier import SDJWTVerifier

from entremise.credentials import actions_wallet, jobs, queries_keys, queries_wallet
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel import clock
from entremise.lib.openbadges import jws, sdjwt, sdjwt_binding, statuslist
from entremise.lib.openbadges.encoding import to_base64url
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.oid4vci import GRANT
from entremise.lib.openbadges.reasons import Refused
from tests.factories import credentials as making
from tests.factories.people import PersonFactory, owner
from tests.factories.wallet import Wallet

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
VERIFIER, QUESTION = "https://employeur.example", "n-0S6_WzA2Mj"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def offered(count: int = 2, **facts: Any) -> WalletOffer:
    person = PersonFactory()
    awards = [making.proof_award(person).pk for _ in range(count)]
    made: WalletOffer = actions_wallet.offer(person, actor=owner(person), awards=awards, **facts)
    return made


def wallet(offer: WalletOffer | None = None) -> tuple[Wallet, str]:
    """Return a wallet that scanned an offer, and the code that the person reads on her page."""
    found = offer or offered()
    return Wallet(queries_wallet.link(found)), queries_wallet.tx_code(found)


def with_token() -> Wallet:
    ours, code = wallet()
    assert ours.ask_token(code).status_code == 200
    return ours


def issuer_key(ours: Wallet) -> Any:
    """Find the issuer's key as a verifier does: by `kid`, at the site's own address."""

    def found(parts: sdjwt.Parts, issuer: str) -> PublicKey:
        assert issuer == ours.issuer
        published = ours.get(f"{issuer}/.well-known/jwt-vc-issuer")
        assert published["issuer"] == issuer
        return next(PublicKey.from_jwk(one) for one in published["jwks"]["keys"] if one["kid"] == parts.token.kid)

    return found


def refused(answer: Any, error: str, status: int = 400) -> None:
    assert (answer.status_code, answer.json().get("error")) == (status, error), answer.content
    assert answer["Cache-Control"] == "no-store"
    said = answer.json().get("error_description", "")
    assert said.isascii()
    assert not set('"\\') & set(said)  # the standard's alphabet
    assert not answer.cookies


# What the site publishes


def test_the_metadata_say_one_passport_with_its_scope_and_its_proofs() -> None:
    ours, _code = wallet()
    (name,), (one,) = zip(*ours.metadata["credential_configurations_supported"].items(), strict=True)
    assert name == ours.configuration == "skills-passport"
    assert (one["format"], one["scope"]) == ("dc+sd-jwt", "skills_passport")
    assert one["cryptographic_binding_methods_supported"] == ["jwk"]
    assert one["proof_types_supported"] == {"jwt": {"proof_signing_alg_values_supported": ["ES256"]}}
    assert {each["locale"] for each in one["credential_metadata"]["display"]} == {"fr", "en"}
    assert ours.server["pre-authorized_grant_anonymous_access_supported"] is True
    assert GRANT in ours.server["grant_types_supported"]
    for address in ("credential_endpoint", "nonce_endpoint", "notification_endpoint"):
        assert ours.metadata[address].startswith(ours.issuer + "/oid4vci/")


def test_the_type_of_the_passport_is_where_it_says() -> None:
    ours, _code = wallet()
    vct = ours.metadata["credential_configurations_supported"]["skills-passport"]["vct"]
    told = ours.get(vct)
    assert told["vct"] == vct
    assert {one["locale"]: one["name"] for one in told["display"]} == {
        "fr": "Passeport de compétences",
        "en": "Skills passport",
    }
    assert ["skills", None] in [one["path"] for one in told["claims"]]


def test_the_offer_asks_for_six_digits_that_are_not_in_it() -> None:
    ours, code = wallet()
    assert (ours.grant["tx_code"]["input_mode"], ours.grant["tx_code"]["length"]) == ("numeric", 6)
    assert len(code) == 6
    assert code.isdigit()
    assert code not in json.dumps(ours.grant | {"tx_code": ""})
    assert len(ours.link) < 600  # a QR code that a telephone reads on a screen


# What it gives


def test_a_wallet_takes_the_passport_and_every_part_of_it_can_be_shown_alone() -> None:
    offer = offered(2, shows_name=True)
    ours, code = wallet(offer)
    signed = ours.take(code)
    paths = list(sdjwt.disclosable(signed))
    assert len(paths) == 6
    whole = sdjwt.verify(signed, issuer_key(ours), clock.now())
    for size in range(len(paths) + 1):
        for keep in itertools.combinations(paths, size):
            text = sdjwt_binding.present(signed, keep, QUESTION, VERIFIER, ours.key, clock.now())
            found = sdjwt_binding.verify(text, issuer_key(ours), QUESTION, VERIFIER, clock.now())
            assert ("given_name" in found) == (("given_name",) in keep)
            shown = {path[1] for path in keep if path[0] == "skills"}
            assert len(found["skills"]) == len(shown)
    assert [one["origin"] for one in whole["skills"]]


def test_the_sd_jwt_library_reads_what_we_give() -> None:
    ours, code = wallet(offered(3, shows_name=True))
    signed = ours.take(code)
    keys = ours.get(f"{ours.issuer}/.well-known/jwt-vc-issuer")["jwks"]["keys"]
    holder = SDJWTHolder(signed)
    private = JoseKey.import_key(ours.key.material).as_dict(private=True)
    chosen = {"family_name": True, "skills": [False, {"origin": False}, False]}
    holder.create_presentation(chosen, QUESTION, VERIFIER, JWK(**private))
    key = JWK(**{name: value for name, value in keys[0].items() if name in ("kty", "crv", "x", "y")})
    checked = SDJWTVerifier(holder.sd_jwt_presentation, lambda *_: key, VERIFIER, QUESTION)
    found = checked.get_verified_payload()
    assert found["family_name"] == "Diallo"
    assert "given_name" not in found
    (skill,) = found["skills"]
    assert "origin" not in skill


def test_a_presentation_that_is_not_right_is_refused() -> None:
    ours, code = wallet(offered(1, shows_name=True))
    signed, now = ours.take(code), clock.now()
    paths, later = list(sdjwt.disclosable(signed)), now + dt.timedelta(days=366)

    def shown(key: PrivateKey = ours.key, when: dt.datetime = now) -> str:
        return sdjwt_binding.present(signed, paths, QUESTION, VERIFIER, key, when)

    def seen(text: str, question: str = QUESTION, verifier: str = VERIFIER, when: dt.datetime = now) -> str:
        with pytest.raises(Refused) as caught:
            sdjwt_binding.verify(text, issuer_key(ours), question, verifier, when)
        return caught.value.code

    first = shown().split("~")[1]
    altered = first[:-4] + ("AAAA" if first[-4:] != "AAAA" else "BBBB")
    assert seen(shown(), question="another") == "binding_nonce"
    assert seen(shown(), verifier="https://autre.example") == "binding_audience"
    assert seen(shown(STRANGER)) == "binding_signature"
    assert seen(shown(when=later), when=later) == "expired"
    assert seen(shown().replace(f"{first}~", "", 1)) == "binding_content"
    assert seen(shown().replace(first, altered)) in ("bad_disclosure", "disclosure_unreferenced")


def test_withdrawn_is_seen_in_the_published_list() -> None:
    offer = offered()
    ours, code = wallet(offer)
    place = sdjwt.place(sdjwt.verify(ours.take(code), issuer_key(ours), clock.now()))
    assert place is not None

    def bit() -> int:
        jobs.publish_all()
        answer = ours.browser.get(urlsplit(place.list_url).path)
        assert answer["Content-Type"] == "application/statuslist+jwt"
        token = jws.read(answer.content.decode())
        issuer = queries_keys.platform()
        assert issuer is not None
        token.check(queries_keys.public(queries_keys.published_keys(issuer).get(algorithm="ES256")))
        return statuslist.read_token(token, place.list_url, clock.now())[place.index]

    assert bit() == 0
    actions_wallet.withdraw(offer, actor=owner(offer.person))
    assert bit() == 1


def test_our_own_verifier_reads_a_passport_and_sees_it_withdrawn() -> None:
    offer = offered(2, shows_name=True)
    ours, code = wallet(offer)
    shown = sdjwt.choose(ours.take(code), [("skills", 0)])

    def verdict() -> dict[str, Any]:
        jobs.publish_all()
        answer = ours.browser.post("/api/verify", {"text": shown})
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told

    assert verdict()["verdict"] == "valid"
    actions_wallet.withdraw(offer, actor=owner(offer.person))
    assert verdict()["verdict"] == "refused"


def test_the_wallet_tells_that_it_kept_the_passport_and_may_say_it_twice() -> None:
    offer = offered()
    ours, code = wallet(offer)
    ours.take(code)
    for _twice in range(2):
        answer = ours.tell("credential_accepted")
        assert (answer.status_code, answer.content) == (204, b"")
    assert WalletOffer.objects.unscoped("a test looks").get(pk=offer.pk).is_confirmed
    for _twice in range(2):
        assert ours.tell("credential_deleted").status_code == 204
    assert WalletOffer.objects.unscoped("a test looks").get(pk=offer.pk).state == WalletOffer.State.WITHDRAWN


def test_a_wallet_that_asks_with_details_is_answered_with_them() -> None:
    ours, code = wallet()
    wanted = [{"type": "openid_credential", "credential_configuration_id": "skills-passport"}]
    answer = ours.ask_token(code, authorization_details=json.dumps(wanted))
    (granted,) = answer.json()["authorization_details"]
    (name,) = granted["credential_identifiers"]
    taken = ours.ask_credential(credential_configuration_id=None, credential_identifier=name)
    assert taken.status_code == 200
    assert taken["Cache-Control"] == "no-store"


# What it refuses: the token


def test_a_wrong_transaction_code_then_a_used_code() -> None:
    ours, code = wallet()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    refused(ours.ask_token(wrong), "invalid_grant")
    assert ours.ask_token(code).status_code == 200
    refused(ours.ask_token(code), "invalid_grant")


def test_after_five_wrong_codes_the_right_one_is_refused_too() -> None:
    ours, code = wallet()
    for _ in range(5):
        refused(ours.ask_token("000000" if code != "000000" else "111111"), "invalid_grant")
    refused(ours.ask_token(code), "invalid_grant")


def test_an_offer_is_over_after_a_quarter_of_an_hour_and_once_cancelled() -> None:
    ours, code = wallet()
    with time_machine.travel(NOON + dt.timedelta(minutes=15), tick=False):
        refused(ours.ask_token(code), "invalid_grant")
    offer = offered()
    ours, code = wallet(offer)
    actions_wallet.cancel(offer, actor=owner(offer.person))
    refused(ours.ask_token(code), "invalid_grant")


def test_a_token_is_refused() -> None:
    ours, code = wallet()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"tx_code": None}, "invalid_request"),
        ({"tx_code": ""}, "invalid_request"),
        ({"pre-authorized_code": None}, "invalid_request"),
        ({"pre-authorized_code": "une-invention-é"}, "invalid_grant"),
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"tx_code": ["123456", "654321"]}, "invalid_request"),
        ({"authorization_details": "{"}, "invalid_request"),
        ({"authorization_details": "[1]"}, "invalid_request"),
        ({"authorization_details": '[{"type": "openid_credential"}]'}, "invalid_authorization_details"),
    ]
    for changed, error in cases:
        refused(ours.ask_token(changed.pop("tx_code", code), **changed), error)
    assert ours.ask_token(code).status_code == 200  # none of these counted as a try


def test_a_token_is_asked_for_by_a_form_only() -> None:
    ours, code = wallet()
    said = {"grant_type": GRANT, "pre-authorized_code": ours.grant["pre-authorized_code"], "tx_code": code}
    refused(ours.send(ours.server["token_endpoint"], said), "invalid_request")


# What it refuses: the proof


STRANGER = PrivateKey.generate(Algorithm.ES256)
ED25519 = PrivateKey.generate(Algorithm.EDDSA)
PROOFS: dict[str, dict[str, Any]] = {
    "another type": {"header": {"typ": "JWT"}},
    "no type": {"header": {"typ": None}},
    "no key": {"header": {"jwk": None}},
    "a key by its name": {"header": {"jwk": None, "kid": "did:example:1#0"}},
    "two keys": {"header": {"kid": "did:example:1#0"}},
    "somebody else's key": {"key": STRANGER},
    "a private key": {"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA"}}},
    "a key that is none": {"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}},
    "another algorithm": {"key": ED25519, "header": {"jwk": ED25519.public.jwk()}},
    "another issuer": {"aud": "https://autre.example"},
    "several issuers": {"aud": ["https://autre.example"]},
    "no issuer": {"aud": None},
    "no nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": 7},
    "no time": {"iat": None},
    "an old time": {"iat": int(NOON.timestamp()) - 361},
    "a time to come": {"iat": int(NOON.timestamp()) + 61},
    "expired": {"exp": int(NOON.timestamp()) - 61},
    "a header to follow": {"header": {"crit": ["b64"], "b64": False}},
}


def test_a_proof_is_refused_and_the_token_is_not_spent() -> None:
    ours = with_token()
    for case, changed in PROOFS.items():
        answer = ours.ask_credential(ours.proof(**changed))
        assert answer.status_code == 400, case
        refused(answer, "invalid_proof")
    assert ours.ask_credential().status_code == 200


def test_proofs_that_are_none_are_refused() -> None:
    ours = with_token()
    for proofs in (
        None, {}, [], "jwt", {"jwt": []}, {"jwt": "x"}, {"jwt": [7]}, {"jwt": ["a.b.c"]}, {"jwt": ["x", "y"]},
        {"ldp_vp": [{}]}, {"jwt": ["x"], "attestation": ["y"]},
    ):  # fmt: skip
        refused(ours.ask_credential("", proofs=proofs), "invalid_proof")


def test_a_proof_without_a_signature_or_with_a_shared_secret_is_refused() -> None:
    ours = with_token()
    header, payload, _signature = ours.proof().split(".")
    for algorithm in ("none", "HS256"):
        told = json.loads(jws.decoded(header)) | {"alg": algorithm}
        forged = f"{to_base64url(jws.compact(told))}.{payload}.{to_base64url(b'x' * 32)}"
        refused(ours.ask_credential(forged), "invalid_proof")


def test_a_nonce_that_is_used_old_or_invented() -> None:
    ours = with_token()
    refused(ours.ask_credential(ours.proof(nonce="invented")), "invalid_nonce")
    number = ours.nonce()
    assert ours.nonce() != number
    with time_machine.travel(NOON + dt.timedelta(minutes=4, seconds=59), tick=False):
        assert ours.ask_credential(ours.proof(nonce=number)).status_code == 200
        second = with_token()
        refused(second.ask_credential(second.proof(nonce=number)), "invalid_nonce")
    third = with_token()
    old = third.nonce()
    with time_machine.travel(NOON + dt.timedelta(minutes=5), tick=False):
        fourth = with_token()
        refused(fourth.ask_credential(fourth.proof(nonce=old)), "invalid_nonce")


# What it refuses: the credential


def test_one_token_gives_one_passport() -> None:
    ours = with_token()
    assert ours.ask_credential().status_code == 200
    refused(ours.ask_credential(), "credential_request_denied")


def test_no_passport_without_a_good_token() -> None:
    ours = with_token()
    for token in ("", "invented"):
        answer = ours.ask_credential(token=token)
        refused(answer, "invalid_token", 401)
        assert answer["WWW-Authenticate"].startswith("Bearer")
    with time_machine.travel(NOON + dt.timedelta(minutes=5), tick=False):
        refused(ours.ask_credential(), "invalid_token", 401)


def test_a_request_is_refused() -> None:
    ours = with_token()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"credential_configuration_id": "diploma"}, "unknown_credential_configuration"),
        ({"credential_configuration_id": ["skills-passport"]}, "unknown_credential_configuration"),
        ({"credential_configuration_id": None}, "invalid_credential_request"),
        ({"credential_identifier": "skills-passport"}, "invalid_credential_request"),
        ({"credential_configuration_id": None, "credential_identifier": "7"}, "unknown_credential_identifier"),
        ({"credential_response_encryption": {"jwk": {}, "enc": "A256GCM"}}, "invalid_encryption_parameters"),
    ]
    for changed, error in cases:
        refused(ours.ask_credential(**changed), error)


def test_a_body_that_is_no_json_is_refused() -> None:
    ours = with_token()
    for body in (b"", b"[]", b"{", b'{"a": 1, "a": 2}', b"\xff", b'{"a": NaN}'):
        refused(ours.send(ours.metadata["credential_endpoint"], body), "invalid_credential_request")
        refused(ours.send(ours.metadata["notification_endpoint"], body), "invalid_notification_request")


def test_a_body_of_another_kind_or_too_large_is_refused() -> None:
    ours = with_token()
    endpoint = ours.metadata["credential_endpoint"]
    refused(ours.send(endpoint, b"{}", media_type="text/plain"), "invalid_credential_request")
    assert ours.send(endpoint, b" " * 70_000).status_code == 413
    assert ours.browser.get(urlsplit(endpoint).path).status_code == 405


def test_a_notification_is_refused() -> None:
    ours = with_token()
    refused(ours.tell("credential_accepted", notification_id="x"), "invalid_notification_id")  # before it was taken
    assert ours.ask_credential().status_code == 200
    refused(ours.tell("credential_accepted", notification_id="x"), "invalid_notification_id")
    refused(ours.tell("credential_lost"), "invalid_notification_request")
    refused(ours.tell("credential_accepted", notification_id=7), "invalid_notification_request")
    ours.token = "invented"
    refused(ours.tell("credential_accepted"), "invalid_token", 401)
