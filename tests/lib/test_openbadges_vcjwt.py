"""Open Badges 3.0 as VC-JWT: what the standard asks, what other libraries say, what is refused."""

import base64
import dataclasses
import hmac
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as joserfc_jws
from joserfc.jwk import ECKey, OKPKey, RSAKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openvc.proof.vc_jwt import VcJwtProofSuite

from entremise.lib.openbadges import jws, ob3, vcjwt
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import DID, KID, NOW, claim, key

RSA = key(Algorithm.RS256)
TOKEN = vcjwt.sign(claim(), RSA, KID)
THEIR_KEYS = {Algorithm.RS256: RSAKey, Algorithm.ES256: ECKey, Algorithm.EDDSA: OKPKey}


def refusal(act, *given) -> str:
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value.code


def part(number: int, token: str = TOKEN) -> dict:
    text = token.split(".")[number]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def encoded(document: object) -> str:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(header: dict | None = None, payload: dict | None = None, signer=RSA) -> str:
    """Sign any header and payload, as somebody who does not follow the rules could."""
    text = f"{encoded(header or part(0))}.{encoded(payload or part(1))}"
    return f"{text}.{encoded(signer.sign(text.encode()))}"


def test_the_header_has_three_members_and_the_claims_repeat_the_credential():
    assert part(0) == {"alg": "RS256", "kid": KID, "typ": "JWT"}
    payload = part(1)
    assert payload["iss"] == payload["issuer"]["id"] == DID
    assert payload["sub"] == payload["credentialSubject"]["id"]
    assert payload["jti"] == payload["id"]
    assert (payload["nbf"], payload["validFrom"]) == (int(NOW.timestamp()) - 3600, "2026-11-22T09:30:00Z")
    assert payload["exp"] == int(claim().valid_until.timestamp())
    assert "vc" not in payload


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_was_signed_is_what_is_read(algorithm):
    signer = key(algorithm)
    assert vcjwt.verify(vcjwt.sign(claim(), signer, KID), signer.public) == ob3.build(claim())


def test_a_badge_without_end_has_no_exp():
    token = vcjwt.sign(claim(valid_until=None), RSA, KID)
    assert "exp" not in part(1, token)
    assert "validUntil" not in vcjwt.verify(token, RSA.public)


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # for a name (RFC 9864) that few verifiers know yet
@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_joserfc_reads_ours_and_we_read_joserfc(algorithm):
    signer = key(algorithm)
    theirs = THEIR_KEYS[algorithm].import_key(signer.public.jwk())
    ours = joserfc_jws.deserialize_compact(vcjwt.sign(claim(), signer, KID), theirs, algorithms=[algorithm.value])
    assert json.loads(ours.payload)["id"] == claim().id
    secret = THEIR_KEYS[algorithm].import_key(signer.der(), {"kid": KID})
    header = {"alg": algorithm.value, "kid": KID, "typ": "JWT"}
    token = joserfc_jws.serialize_compact(header, json.dumps(part(1)), secret, algorithms=[algorithm.value])
    assert vcjwt.verify(token, signer.public) == ob3.build(claim())


@pytest.mark.parametrize("algorithm", [Algorithm.RS256, Algorithm.ES256, Algorithm.EDDSA])
def test_openbadgeslib_accepts_ours_and_refuses_it_altered(algorithm):
    signer = key(algorithm)
    verifier = OB3Verifier(signer.public.pem())
    token = vcjwt.sign(claim(), signer, KID)
    assert verifier.verify(token).issuer.id == DID
    with pytest.raises(OB3VerificationError):
        verifier.verify(signed(part(0, token), part(1, token) | {"name": "Autre"}, key(algorithm, 2)))


@pytest.mark.parametrize("algorithm", [Algorithm.ES256, Algorithm.EDDSA])
def test_openvc_accepts_ours(algorithm):
    """openvc-core knows no RS256, and wants the credential of VCDM 1.1 in `vc`: the shell is compared."""
    signer = key(algorithm)
    credential = older()
    token = signed({"alg": algorithm.value, "kid": KID, "typ": "JWT"}, credential, signer)
    theirs = VcJwtProofSuite().verify(token, public_key_jwk=signer.public.jwk())
    assert theirs.credential["id"] == vcjwt.verify(token, signer.public)["id"] == claim().id


def older(**changed: object) -> dict:
    """Return the claims of a token of VCDM 1.1, whose credential is in `vc`."""
    credential = ob3.build(claim())
    credential["@context"] = ["https://www.w3.org/2018/credentials/v1"]
    credential["issuanceDate"], credential["expirationDate"] = (
        credential.pop(one) for one in ("validFrom", "validUntil")
    )
    claims = {name: value for name, value in part(1).items() if name in vcjwt.CLAIMS}
    return {**claims, "vc": {**credential, **changed}}


def test_a_token_of_the_older_data_model_is_read():
    read = vcjwt.verify(signed(payload=older()), RSA.public)
    assert read == older()["vc"]


def test_a_member_that_an_older_token_says_by_a_claim_only_is_filled_in():
    claims = older()
    for member in ("id", "issuer", "issuanceDate", "expirationDate"):
        del claims["vc"][member]
    del claims["vc"]["credentialSubject"]["id"]
    read = vcjwt.verify(signed(payload=claims), RSA.public)
    assert read["issuer"] == DID
    expected = older()["vc"]
    assert {name: read[name] for name in read if name != "issuer"} == {
        name: expected[name] for name in expected if name != "issuer"
    }


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "did:web:evil.example"},
        {"jti": "urn:uuid:other"},
        {"sub": "urn:uuid:other"},
        {"nbf": int(NOW.timestamp())},
        {"exp": int(NOW.timestamp())},
        {"issuer": "did:web:evil.example"},
        {"id": "urn:uuid:other"},
        {"credentialSubject": {"id": "urn:uuid:other"}},
        {"credentialSubject": [{"id": "urn:uuid:other"}]},
        {"validFrom": "2026-11-22T09:30:01Z"},
        {"validUntil": "2030-01-01T00:00:00Z"},
    ],
)
def test_a_claim_that_differs_from_its_member_is_refused(changed):
    assert refusal(vcjwt.verify, signed(payload=part(1) | changed), RSA.public) == "claim_mismatch"


@pytest.mark.parametrize("missing", ["iss", "sub", "jti", "nbf", "exp", "issuer", "id", "validUntil"])
def test_a_missing_claim_or_member_is_refused(missing):
    payload = part(1)
    del payload[missing]
    assert refusal(vcjwt.verify, signed(payload=payload), RSA.public) == "claim_mismatch"


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (part(1) | {"nbf": "1763803800"}, "bad_time"),
        (part(1) | {"nbf": True}, "bad_time"),
        (part(1) | {"nbf": 1e300}, "bad_time"),
        (part(1) | {"validFrom": "2026-11-22"}, "bad_time"),
        (part(1) | {"validFrom": 12}, "bad_credential"),
        (part(1) | {"vc": "text"}, "bad_credential"),
        (older(issuer="did:web:evil.example"), "claim_mismatch"),
        (older(id="urn:uuid:other"), "claim_mismatch"),
        (older(issuanceDate="2020-01-01T00:00:00Z"), "claim_mismatch"),
    ],
)
def test_a_payload_that_is_wrong_is_refused(payload, code):
    assert refusal(vcjwt.verify, signed(payload=payload), RSA.public) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none", "kid": KID}, "unknown_algorithm"),
        ({"alg": "None", "kid": KID}, "unknown_algorithm"),
        ({"alg": "HS256", "kid": KID}, "unknown_algorithm"),
        ({"alg": "RS512", "kid": KID}, "unknown_algorithm"),
        ({"alg": ["RS256"], "kid": KID}, "unknown_algorithm"),
        ({"kid": KID}, "unknown_algorithm"),
        ({"alg": "ES256", "kid": KID}, "wrong_key_type"),
        ({"alg": "RS256"}, "token_without_key"),
        ({"alg": "RS256", "kid": 3}, "token_without_key"),
        ({"alg": "RS256", "jwk": RSA.public.jwk()}, "token_without_key"),
        ({"alg": "RS256", "kid": KID, "crit": ["exp"], "exp": 1}, "header_not_allowed"),
        ({"alg": "RS256", "kid": KID, "jku": "https://evil.example/keys"}, "header_not_allowed"),
        ({"alg": "RS256", "kid": KID, "x5u": "https://evil.example/c"}, "header_not_allowed"),
        ({"alg": "RS256", "kid": KID, "x5c": []}, "header_not_allowed"),
        ({"alg": "RS256", "kid": KID, "b64": False}, "header_not_allowed"),
        ({"alg": "RS256", "kid": KID, "typ": "vc+jwt"}, "token_type"),
        ({"alg": "RS256", "kid": KID, "typ": 7}, "token_type"),
    ],
)
def test_a_header_that_is_wrong_is_refused(header, code):
    assert refusal(vcjwt.verify, signed(header), RSA.public) == code


def test_ed25519_is_read_by_both_its_names_and_checked_by_no_other_key():
    """RFC 9864 replaces EdDSA by Ed25519; we still write the name that every verifier knows."""
    signer = key(Algorithm.EDDSA)
    token = signed({"alg": "Ed25519", "kid": KID, "typ": "JWT"}, signer=signer)
    assert vcjwt.verify(token, signer.public) == ob3.build(claim())
    assert refusal(vcjwt.verify, token, RSA.public) == "wrong_key_type"
    assert refusal(vcjwt.verify, signed({"alg": "Ed25519", "kid": KID}), signer.public) == "wrong_signature"
    assert part(0, vcjwt.sign(claim(), signer, KID))["alg"] == "EdDSA"


def test_a_key_of_the_header_is_not_the_one_that_checks():
    stranger = key(Algorithm.RS256, 2)
    header = {"alg": "RS256", "kid": KID, "jwk": stranger.public.jwk()}
    assert refusal(vcjwt.verify, signed(header, signer=stranger), RSA.public) == "wrong_signature"


def test_the_public_key_used_as_a_secret_is_refused():
    text = f"{encoded({'alg': 'HS256', 'kid': KID, 'typ': 'JWT'})}.{TOKEN.split('.')[1]}"
    token = f"{text}.{encoded(hmac.digest(RSA.public.pem().encode(), text.encode(), 'sha256'))}"
    assert refusal(vcjwt.verify, token, RSA.public) == "unknown_algorithm"
    assert refusal(vcjwt.verify, token, key(Algorithm.ES256).public) == "unknown_algorithm"


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "bad_token"),
        ("a.b", "bad_token"),
        (TOKEN + ".x", "bad_token"),
        (TOKEN + "=", "bad_token"),
        (" " + TOKEN, "bad_token"),
        ("é" + TOKEN, "bad_token"),
        (f"{encoded([1])}.{encoded({})}.", "bad_token"),
        (f"{encoded(b'{')}.{encoded({})}.", "bad_token"),
        (encoded(b'{"alg":"RS256","alg":"none"}') + ".e30.", "bad_token"),
        ("a" * (jws.MAX_TOKEN + 1), "too_large"),
        (TOKEN.rpartition(".")[0] + ".", "wrong_signature"),
    ],
)
def test_a_text_that_is_no_token_is_refused(token, code):
    assert refusal(vcjwt.verify, token, RSA.public) == code


def test_a_payload_that_is_too_deep_or_says_a_member_twice_is_refused():
    for raw, code in ((b'{"a":' + b"[" * 500 + b"]" * 500 + b"}", "too_deep"), (b'{"a":1,"a":2}', "duplicate_member")):
        text = f"{encoded(part(0))}.{encoded(raw)}"
        token = f"{text}.{encoded(RSA.sign(text.encode()))}"
        assert refusal(vcjwt.verify, token, RSA.public) == code


def test_the_last_character_of_a_signature_cannot_be_changed_unseen():
    """Two texts of base64url may say the same bytes; only one of them is the token."""
    signer = key(Algorithm.ES256)
    token = vcjwt.sign(claim(), signer, KID)
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        other = token[:-1] + character
        if other != token:
            assert refusal(vcjwt.verify, other, signer.public) in {"bad_token", "wrong_signature"}


def leaves(document: object, path: tuple = ()) -> list[tuple]:
    if isinstance(document, dict):
        return [one for name, value in document.items() for one in leaves(value, (*path, name))]
    if isinstance(document, list):
        return [one for rank, value in enumerate(document) for one in leaves(value, (*path, rank))]
    return [path]


@given(st.data())
@settings(max_examples=60)
def test_no_leaf_can_be_changed_and_nothing_added(data):
    payload = part(1)
    path = data.draw(st.sampled_from(leaves(payload)))
    holder = payload
    for step in path[:-1]:
        holder = holder[step]
    if data.draw(st.booleans()) or not isinstance(holder, dict):
        holder[path[-1]] = data.draw(st.text() | st.integers(0, 9) | st.none())
    else:
        holder[data.draw(st.text(min_size=1).filter(lambda name: name not in holder))] = data.draw(st.text())
    altered = f"{encoded(part(0))}.{encoded(payload)}.{TOKEN.rpartition('.')[2]}"
    assert refusal(vcjwt.verify, altered, RSA.public) == "wrong_signature"


def test_text_is_carried_as_it_was_written():
    said = dataclasses.replace(claim().achievement, name="Zoë ’®\U0001f3c5 مرحبا e\u0301 \\u0041 <b>")
    assert vcjwt.verify(vcjwt.sign(claim(achievement=said), RSA, KID), RSA.public)["name"] == said.name
