"""What an issuer says to wallets and asks of them, without a site: documents, links, proofs of a key."""

import datetime as dt
import json
from typing import Any
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.openbadges import jws, oid4vci
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.oid4vci import Configuration, Endpoints, Part
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import NOW, key

ISSUER = "https://badges.example"
HOLDER = key(Algorithm.ES256, 2)
ENDPOINTS = Endpoints(ISSUER, *(f"{ISSUER}/{name}" for name in ("token", "nonce", "credential", "notification")))
WORDS = {"fr": "Passeport", "en": "Passport"}
KIND = Configuration("passport", f"{ISSUER}/vct/1", "passport", WORDS, WORDS, (Part(("skills", None), WORDS),))


def proof(header: dict[str, Any] | None = None, **changed: Any) -> str:
    said = {"aud": ISSUER, "iat": int(NOW.timestamp()), "nonce": "n", **changed}
    told = {"typ": oid4vci.PROOF_TYPE, "jwk": HOLDER.public.jwk(), **(header or {})}
    return jws.sign(told, jws.compact(said), HOLDER)


def refusal(text: str, now: dt.datetime = NOW) -> str:
    with pytest.raises(Refused) as caught:
        oid4vci.read_proof(text, ISSUER, now)
    assert caught.value.code == "invalid_proof"
    return caught.value.facts["said"]


def test_a_proof_gives_its_key_and_its_number() -> None:
    found = oid4vci.read_proof(proof(), ISSUER, NOW)
    assert (found.key.thumbprint(), found.nonce) == (HOLDER.public.thumbprint(), "n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (proof({"typ": "JWT"}), "typ"),
        (proof({"kid": "x"}), "nowhere else"),
        (proof({"x5c": ["MIIB"]}), "nowhere else"),
        (proof({"jwk": "x"}), "nowhere else"),
        (proof({"jwk": HOLDER.public.jwk() | {"d": "AA"}}), "private"),
        (proof({"jwk": key(Algorithm.ES256, 3).public.jwk()}), "wrong_signature"),
        (proof({"jwk": key(Algorithm.EDDSA).public.jwk()}), "wrong_key_type"),
        (proof(aud="https://autre.example"), "aud"),
        (proof(aud=[ISSUER]), "aud"),
        (proof(iat=True), "iat"),
        (proof(nonce=""), "nonce"),
        (proof(exp=int(NOW.timestamp()) - 61), "expired"),
        ("a.b", "bad_token"),
        ("", "bad_token"),
    ],
)
def test_a_proof_that_is_not_right_is_refused_and_said_why(text: str, said: str) -> None:
    assert said in refusal(text)


@pytest.mark.parametrize(("seconds", "holds"), [(-61, False), (-60, True), (0, True), (360, True), (361, False)])
def test_a_proof_holds_a_few_minutes(seconds: int, holds: bool) -> None:
    now = NOW + dt.timedelta(seconds=seconds)
    if holds:
        assert oid4vci.read_proof(proof(), ISSUER, now)
    else:
        assert "too far" in refusal(proof(), now)


@given(st.text() | st.lists(st.text(), min_size=3, max_size=3).map(".".join))
def test_any_text_is_a_proof_or_is_refused(text: str) -> None:
    refusal(text)


@given(place=st.integers(min_value=0), letter=st.sampled_from("AZaz09-_."))
def test_a_proof_that_is_changed_anywhere_is_refused(place: int, letter: str) -> None:
    text = proof()
    place %= len(text)
    if text[place] != letter:
        refusal(text[:place] + letter + text[place + 1 :])


def test_the_link_carries_the_offer_as_it_is() -> None:
    document = oid4vci.offer(ISSUER, "passport", "c-_é", digits=6, said="Six chiffres" * 40)
    link = oid4vci.offer_address(document)
    assert link.isascii()
    assert json.loads(parse_qs(link.partition("?")[2])["credential_offer"][0]) == document
    asked = document["grants"][oid4vci.GRANT]["tx_code"]
    assert len(asked["description"]) == 300  # §4.1.1: no longer


def test_the_documents_name_each_language_once() -> None:
    told = oid4vci.issuer_metadata(ENDPOINTS, {"fr": "Service"}, [KIND])
    found = told["credential_configurations_supported"]["passport"]["credential_metadata"]
    for shown in (found["display"], found["claims"][0]["display"], oid4vci.type_metadata(KIND)["display"]):
        assert [one["locale"] for one in shown] == ["fr", "en"]
    assert found["claims"][0]["path"] == ["skills", None]
    server = oid4vci.server_metadata(ENDPOINTS, [KIND])
    assert (server["issuer"], server["token_endpoint"]) == (ISSUER, ENDPOINTS.token)
    (kept,) = oid4vci.key_set(ISSUER, [("k1", HOLDER.public)])["jwks"]["keys"]
    assert kept == HOLDER.public.jwk() | {"kid": "k1", "use": "sig"}
