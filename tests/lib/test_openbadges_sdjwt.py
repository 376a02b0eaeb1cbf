"""SD-JWT VC: the values of RFC 9901, what other libraries say, every choice of what to show, everything refused."""

import datetime as dt
import itertools
import json
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from hypothesis import given, settings
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from openvc.proof.sd_jwt import SdJwtVcProofSuite
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from entremise.lib.openbadges import jws, sdjwt, sdjwt_binding, wallet
from entremise.lib.openbadges.claims import StatusRef
from entremise.lib.openbadges.encoding import to_base64url
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import LIST_URL, NOW, key

RFC = json.loads((Path(__file__).parent / "openbadges" / "rfc9901.json").read_text())
ISSUER, HOLDER = key(Algorithm.ES256), key(Algorithm.ES256, 2)
WHO, KIND = "https://badges.example/o/mission-locale", "https://badges.example/vct/passeport/1"
VERIFIER, NONCE = "https://employeur.example", "n-0S6_WzA2Mj"
SKILLS = tuple(
    wallet.Skill(name, code, "ROME 4.0 (2026)", "autonome", "employeur", dt.date(2026, 11, 3), "Boulangerie du Port")
    for name, code in (
        ("Accueillir — é ’ \U0001f3c5", "300425"),
        ("Pétrir e\u0301", "101122"),
        ("Encaisser", "117221"),
    )
)
CLAIMS = wallet.passport(WHO, KIND, "Zoé", "N’Diaye", SKILLS, NOW, NOW + dt.timedelta(days=365))
PATHS = wallet.apart(CLAIMS)
ISSUED = sdjwt.issue(CLAIMS, PATHS, ISSUER, "k1", HOLDER.public, StatusRef(LIST_URL, 41))


def of_issuer(_parts: sdjwt.Parts, issuer: str) -> PublicKey:
    if issuer != WHO:
        raise Refused("unknown_issuer")
    return ISSUER.public


def present(keep=tuple(PATHS), text=ISSUED, nonce=NONCE, audience=VERIFIER, holder=HOLDER, now=NOW) -> str:
    return sdjwt_binding.present(text, keep, nonce, audience, holder, now)


def verify(text: str, nonce=NONCE, audience=VERIFIER, now=NOW) -> dict:
    return sdjwt_binding.verify(text, of_issuer, nonce, audience, now)


def refusal(act, *given, **named) -> str:
    with pytest.raises(Refused) as caught:
        act(*given, **named)
    return caught.value.code


def signed(payload: dict, *disclosures: list, header: dict | None = None) -> str:
    """Sign any payload with any disclosures, as an issuer who does not follow the rules could."""
    token = jws.sign({"typ": sdjwt.TYPE, "kid": "k1"} | (header or {}), jws.compact(payload), ISSUER)
    return "~".join((token, *map(disclosure, disclosures), ""))


def disclosure(content: object) -> str:
    return to_base64url(jws.compact(content))


def digest(content: object) -> str:
    return sdjwt.digest_of(disclosure(content))


def shown_of(text: str) -> dict:
    return sdjwt.claims(sdjwt.read(text), ISSUER.public)


@pytest.mark.parametrize("section", RFC["cases"])
def test_the_presentations_of_the_rfc_are_read(section):
    case = RFC["cases"][section]
    parts = sdjwt.read(case["presented"], frozenset(case["types"]))
    claims = sdjwt.claims(parts, PublicKey.from_jwk(RFC["issuer_key"]))
    assert claims == case["claims"]
    at = dt.datetime.fromtimestamp(RFC["presented_at"], dt.UTC)
    sdjwt_binding.check(parts, claims, RFC["nonce"], RFC["audience"], at)


def test_the_digests_of_the_rfc_are_ours():
    for text, expected in RFC["digests"].items():
        assert sdjwt.digest_of(text) == expected


def test_the_header_and_the_plain_claims_are_those_that_wallets_want():
    parts = sdjwt.read(ISSUED)
    assert parts.token.header == {"alg": "ES256", "typ": "dc+sd-jwt", "kid": "k1"}
    payload = parts.token.claims()
    assert payload["status"] == {"status_list": {"idx": 41, "uri": LIST_URL}}
    assert payload["cnf"] == {"jwk": HOLDER.public.jwk()}
    assert payload["_sd_alg"] == "sha-256"
    assert {"iss", "vct", "iat", "exp"} < payload.keys()
    assert not {"given_name", "family_name"} & payload.keys()
    assert payload["_sd"] == sorted(payload["_sd"])
    assert sdjwt.read(sdjwt.issue(CLAIMS, PATHS, ISSUER, "k1", x5c=["MIIB"])).token.header["x5c"] == ["MIIB"]
    assert sdjwt.place(shown_of(ISSUED)) == StatusRef(LIST_URL, 41)
    assert sdjwt.place(CLAIMS) is None


def test_every_choice_verifies_and_what_is_kept_silent_is_not_in_the_bytes():
    for count in range(len(PATHS) + 1):
        for keep in itertools.combinations(PATHS, count):
            text = present(keep)
            found = verify(text)
            assert found["skills"] == [one for rank, one in enumerate(CLAIMS["skills"]) if ("skills", rank) in keep]
            decoded = b"".join(jws.decoded(part) for part in text.replace("~", ".").split(".") if part)
            for path in PATHS:
                value = CLAIMS[path[0]] if len(path) == 1 else CLAIMS[path[0]][path[1]]
                written = jws.compact(value)
                assert (written in decoded) == (path in keep)
                if len(path) == 1:
                    assert (path[0] in found) == (path in keep)


def test_what_may_be_shown_is_listed_with_its_values():
    skills = {("skills", rank): skill for rank, skill in enumerate(CLAIMS["skills"])}
    assert sdjwt.disclosable(ISSUED) == {("given_name",): "Zoé", ("family_name",): "N’Diaye", **skills}


def test_decoys_hide_how_much_is_kept_silent():
    sizes = set()
    for count in (1, 2, 3):
        claims = CLAIMS | {"skills": CLAIMS["skills"][:count]}
        text = sdjwt.issue(claims, wallet.apart(claims), ISSUER, "k1", pad_to=8)
        payload = sdjwt.read(text).token.claims()
        sizes.add((len(payload["_sd"]), len(payload["skills"])))
        assert shown_of(text)["skills"] == claims["skills"]
    assert sizes == {(8, 8)}


NAMES = st.text("abcdé", min_size=1, max_size=3)
JSON = st.recursive(
    st.text(max_size=5) | st.integers(-9, 9) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=12,
)


def all_paths(value: object, at: tuple = ()) -> list[tuple]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [one for name, inner in pairs for one in ((*at, name), *all_paths(inner, (*at, name)))]


@given(st.dictionaries(NAMES, JSON, min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_any_claims_hidden_anywhere_come_back_whole(claims, data):
    hidden = data.draw(st.sets(st.sampled_from(all_paths(claims))))
    text = sdjwt.issue(claims, hidden, ISSUER, "k1", pad_to=data.draw(st.integers(1, 3)))
    assert sdjwt.disclosable(text).keys() == hidden
    found = shown_of(text)
    assert found == claims
    keep = data.draw(st.sets(st.sampled_from(sorted(hidden, key=str)))) if hidden else set()
    kept = sdjwt.disclosable(sdjwt.choose(text, keep)).keys()
    assert keep <= kept <= {path[:depth] for path in keep for depth in range(1, len(path) + 1)}


def theirs(private: PrivateKey) -> JWK:
    pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return JWK.from_pem(private.material.private_bytes(serialization.Encoding.PEM, pkcs8, clear))


def test_the_sd_jwt_library_accepts_ours_and_presents_it():
    found = SDJWTVerifier(present(PATHS[1:]), lambda *_: theirs(ISSUER), VERIFIER, NONCE).get_verified_payload()
    assert found == verify(present(PATHS[1:]))
    holder = SDJWTHolder(ISSUED)
    with time_machine.travel(NOW):
        holder.create_presentation({"given_name": True, "skills": [False, True]}, NONCE, VERIFIER, theirs(HOLDER))
    claims = verify(holder.sd_jwt_presentation)
    assert (claims["given_name"], claims["skills"]) == ("Zoé", [CLAIMS["skills"][1]])
    assert "family_name" not in claims


def test_we_accept_what_the_sd_jwt_library_issues():
    marked = {
        **{name: CLAIMS[name] for name in ("iss", "vct", "iat", "exp")},
        SDObj("family_name"): "N’Diaye",
        SDObj("address"): {SDObj("city"): "Brest", "country": "FR"},
        "skills": [SDObj(CLAIMS["skills"][0]), CLAIMS["skills"][1], SDObj(CLAIMS["skills"][2])],
    }
    text = SDJWTIssuer(
        marked, theirs(ISSUER), theirs(HOLDER), add_decoy_claims=True, extra_header_parameters={"typ": "dc+sd-jwt"}
    ).sd_jwt_issuance
    paths = set(sdjwt.disclosable(text))
    assert paths == {("family_name",), ("address",), ("address", "city"), ("skills", 0), ("skills", 2)}
    found = verify(present([("address", "city"), ("skills", 2)], text))
    assert found["address"] == {"city": "Brest", "country": "FR"}
    assert found["skills"] == CLAIMS["skills"][1:]
    assert "family_name" not in found


def test_openvc_accepts_ours_and_refuses_it_for_another():
    suite, now = SdJwtVcProofSuite(), NOW + dt.timedelta(seconds=5)
    named = {"public_key_jwk": ISSUER.public.jwk(), "require_key_binding": True, "now": now, "nonce": NONCE}
    result = suite.verify(present(PATHS[2:3]), audience=VERIFIER, expected_vct=KIND, **named)
    assert result.claims["skills"] == CLAIMS["skills"][:1]
    with pytest.raises(Exception, match="aud"):
        suite.verify(present(PATHS[2:3]), audience="https://autre.example", **named)


def replaced(text: str, content: list) -> str:
    """Return the credential with its first disclosure altered."""
    issued, _, *rest = text.split("~")
    return "~".join((issued, disclosure(content), *rest))


def without(text: str, rank: int) -> str:
    parts = text.split("~")
    return "~".join(parts[:rank] + parts[rank + 1 :])


SALTED = ["salt-salt-salt-salt-salt", "given_name", "Zoé"]
SHORT = {name: CLAIMS[name] for name in ("iss", "vct", "exp")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (replaced(ISSUED, SALTED), "disclosure_unreferenced"),
        (ISSUED + disclosure(SALTED) + "~", "disclosure_unreferenced"),
        (ISSUED + ISSUED.split("~")[1] + "~", "disclosure_repeated"),
        (ISSUED + "&~", "bad_disclosure"),
        (ISSUED + "~", "bad_disclosure"),
        (ISSUED + disclosure({"a": 1}) + "~", "bad_disclosure"),
        (ISSUED + disclosure([]) + "~", "bad_disclosure"),
        (ISSUED + disclosure([1, "a", 2]) + "~", "bad_disclosure"),
        (ISSUED + to_base64url(b'["s",1],"x":[]') + "~", "bad_disclosure"),
        (ISSUED + to_base64url(b"[" * 500) + "~", "bad_disclosure"),
        (ISSUED + "".join(disclosure([str(rank), 1]) + "~" for rank in range(1000)), "too_many_disclosures"),
        (ISSUED + "a" * jws.MAX_TOKEN, "too_large"),
        (ISSUED.split("~")[0], "bad_token"),
        ("~", "bad_token"),
        (signed({**SHORT, "_sd": [digest(SALTED)]}, SALTED).replace(".", "x", 1), "bad_token"),
        (signed({**SHORT, "_sd": [digest(SALTED)] * 2}, SALTED), "digest_repeated"),
        (signed({**SHORT, "_sd": ["x", "x"]}), "digest_repeated"),
        (signed({**SHORT, "l": [{"...": digest(["s", 1])}] * 2}, ["s", 1]), "digest_repeated"),
        (signed({**SHORT, "_sd": [digest(SALTED)], "given_name": "Ana"}, SALTED), "claim_repeated"),
        (signed({**SHORT, "_sd": [digest(["s", 1])]}, ["s", 1]), "bad_disclosure"),
        (signed({**SHORT, "_sd": [digest(["s", 1, 2])]}, ["s", 1, 2]), "bad_disclosure"),
        (signed({**SHORT, "_sd": "x"}), "bad_disclosure"),
        (signed({**SHORT, "_sd": [7]}), "bad_disclosure"),
        (signed({**SHORT, "l": [{"...": digest(SALTED)}]}, SALTED), "bad_disclosure"),
        (signed({**SHORT, "l": [{"...": 7}]}), "bad_disclosure"),
        (signed({**SHORT, "l": {"...": "x"}}), "reserved_claim"),
        (signed({**SHORT, "l": [{"...": "x", "more": 1}]}), "reserved_claim"),
        (signed({**SHORT, "_sd": [digest(["s", "_sd", []])]}, ["s", "_sd", []]), "reserved_claim"),
        (signed({**SHORT, "_sd": [digest(["s", "...", 1])]}, ["s", "...", 1]), "reserved_claim"),
        (signed({**SHORT, "_sd": [digest(["s", "_sd_alg", 1])]}, ["s", "_sd_alg", 1]), "reserved_claim"),
        (signed({**SHORT, "_sd": [digest(["s", "cnf", {}])]}, ["s", "cnf", {}]), "claim_must_be_plain"),
        (signed({**SHORT, "_sd_alg": "md5"}), "unknown_hash"),
        (signed(SHORT | {"iss": 7}), "missing_claim"),
        (signed(SHORT | {"vct": None}), "missing_claim"),
        (signed(SHORT | {"exp": int(NOW.timestamp())}), "expired"),
        (signed(SHORT | {"exp": "2027"}), "bad_time"),
        (signed(SHORT | {"iat": int(NOW.timestamp()) + 61}), "not_yet_valid"),
        (signed(SHORT | {"nbf": int(NOW.timestamp()) + 61}), "not_yet_valid"),
        (signed(SHORT, header={"typ": "JWT"}), "token_type"),
        (signed(SHORT, header={"typ": ["dc+sd-jwt"]}), "token_type"),
        (signed(SHORT, header={"alg": "none"}), "unknown_algorithm"),
        (signed(SHORT, header={"alg": "HS256"}), "unknown_algorithm"),
        (signed(SHORT, header={"alg": "RS256"}), "wrong_key_type"),
        (signed(SHORT, header={"crit": ["b64"]}), "header_not_allowed"),
        (signed(SHORT, header={"jku": "https://evil.example"}), "header_not_allowed"),
    ],
)  # fmt: skip
def test_a_credential_that_is_wrong_is_refused(text, code):
    assert refusal(sdjwt.verify, text, of_issuer, NOW) == code


def test_nested_disclosures_stop_somewhere():
    value: object = "end"
    disclosures = []
    for rank in range(70):
        disclosures.append([str(rank), value])
        value = [{"...": digest(disclosures[-1])}]
    assert refusal(sdjwt.verify, signed({**SHORT, "l": value}, *disclosures), of_issuer, NOW) == "too_deep"


def test_another_issuer_s_key_is_refused():
    assert refusal(sdjwt.verify, ISSUED, lambda *_: HOLDER.public, NOW) == "wrong_signature"


def test_what_is_held_by_something_hidden_is_not_shown_without_it():
    text = sdjwt.issue({**SHORT, "a": {"b": 1}}, [("a",), ("a", "b")], ISSUER, "k1")
    for rank, code in ((1, None), (2, "disclosure_unreferenced")):  # the inner one is written first
        act = without(text, rank)
        assert (refusal(shown_of, act) if code else shown_of(act)["a"]) == (code or {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ISSUED, "binding_missing"),
        (present(nonce="other"), "binding_nonce"),
        (present(audience="https://autre.example"), "binding_audience"),
        (present(holder=key(Algorithm.ES256, 3)), "binding_signature"),
        (present(holder=key(Algorithm.EDDSA)), "binding_signature"),
        (present(now=NOW - dt.timedelta(minutes=6)), "binding_time"),
        (present(now=NOW + dt.timedelta(minutes=6)), "binding_time"),
        (without(present(), 1), "binding_content"),
        (present(PATHS[:1]).replace("~", f"~{ISSUED.split('~')[2]}~", 1), "binding_content"),
        (present()[:-2] + "zz", "bad_token"),
        (ISSUED + jws.sign({"typ": "JWT"}, b"{}", HOLDER), "binding_type"),
        (ISSUED + jws.sign({"typ": "kb+jwt", "alg": "none"}, b"{}", HOLDER), "unknown_algorithm"),
        (ISSUED + jws.sign({"typ": "kb+jwt"}, b"{}", HOLDER), "bad_time"),
        (present((), signed(SHORT)), "binding_without_key"),
        (present((), signed({**SHORT, "cnf": {"jwk": {"kty": "oct", "k": "AAAA"}}})), "binding_without_key"),
        (present((), signed({**SHORT, "cnf": {"kid": "x"}})), "binding_without_key"),
    ],
)  # fmt: skip
def test_a_presentation_that_is_wrong_is_refused(text, code):
    assert refusal(verify, text) == code


def test_a_missing_nonce_is_not_the_word_none():
    said = jws.sign(
        {"typ": "kb+jwt"}, jws.compact({"iat": int(NOW.timestamp()), "sd_hash": sdjwt.digest_of(ISSUED)}), HOLDER
    )
    assert refusal(verify, ISSUED + said, nonce="None", audience="None") == "binding_nonce"


def test_the_binding_of_another_presentation_does_not_serve():
    assert (
        refusal(verify, present(PATHS[:1]).rpartition("~")[0] + "~" + present().rpartition("~")[2])
        == "binding_content"
    )


def test_a_holder_shows_only_what_is_there_and_once():
    assert refusal(present, [("skills", 9)]) == "unknown_disclosure"
    assert refusal(present, [("iss",)]) == "unknown_disclosure"
    assert refusal(present, (), present()) == "already_presented"


@pytest.mark.parametrize("path", [("iss",), ("exp",), ("cnf",), ("vct",), ("status",), ("absent",), ("skills", 7)])
def test_an_issuer_hides_only_what_may_be_hidden(path):
    with pytest.raises(ValueError, match="hid"):
        sdjwt.issue(CLAIMS, [path], ISSUER, "k1")


@pytest.mark.parametrize("name", ["_sd", "..."])
def test_an_issuer_does_not_use_reserved_names(name):
    with pytest.raises(ValueError, match="reserved"):
        sdjwt.issue({**CLAIMS, "a": {name: 1}}, [], ISSUER, "k1")


@pytest.mark.parametrize(
    "inside",
    [None, [], {}, {"idx": 1, "uri": 2}, *({"idx": bad, "uri": "https://a"} for bad in (-1, "1", None, True))],
)
def test_a_place_of_status_that_is_wrong_is_refused(inside):
    assert refusal(sdjwt.place, {"status": {"status_list": inside}}) == "bad_status_entry"
    assert refusal(sdjwt.place, {"status": "revoked"}) == "bad_status_entry"


@given(st.data())
@settings(max_examples=80)
def test_no_character_of_a_presentation_can_be_changed(data):
    text = present(PATHS[1:3])
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("AZaz09-_.~").filter(lambda one: one != text[place]))
    refusal(verify, text[:place] + other + text[place + 1 :])
