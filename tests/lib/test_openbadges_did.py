"""DIDs: which address, which document, and which key may sign for whom."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from openvc.did.did_jwk import DidJwkResolver
from openvc.did.did_key import DidKeyResolver

from entremise.lib.openbadges import did
from entremise.lib.openbadges.claims import written
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import NOW, key

ISSUER = "did:web:badges.example:o:asso"
ED25519, RSA, P256 = (key(one).public for one in (Algorithm.EDDSA, Algorithm.RS256, Algorithm.ES256))
METHODS = (
    did.Method(f"{ISSUER}#ed", ED25519),
    did.Method(f"{ISSUER}#rsa", RSA),
    did.Method(f"{ISSUER}#p256", P256, asserts=False),
)

Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("did:web:badges.example", "https://badges.example/.well-known/did.json"),
        ("did:web:badges.example#k", "https://badges.example/.well-known/did.json"),
        ("did:web:badges.example:o:asso", "https://badges.example/o/asso/did.json"),
        ("did:web:badges.example%3A8443:o:asso", "https://badges.example:8443/o/asso/did.json"),
        ("did:web:BADGES.example:o:a_b-c.d~", "https://BADGES.example/o/a_b-c.d~/did.json"),
        ("did:web:xn--caf-dma.example", "https://xn--caf-dma.example/.well-known/did.json"),
    ],
)
def test_a_did_web_is_an_address(given: str, address: str) -> None:
    assert did.web_url(given) == address


@pytest.mark.parametrize(
    "given",
    [
        "did:web:",
        "did:web:localhost",
        "did:web:127.0.0.1%3A8000",
        "did:web:10.0.0.1",
        "did:web:badges",
        "did:web:badges.example:",
        "did:web:badges.example:..",
        "did:web:badges.example:.",
        "did:web:badges.example:a%2Fb",
        "did:web:badges.example:a/b",
        "did:web:badges.example:a?b",
        "did:web:user@badges.example",
        "did:web:user%40badges.example",
        "did:web:badges.example%2Fpath",
        "did:web:badges.example%3A",
        "did:web:badges.example%3A80%3A80",
        "did:web:[::1]",
        "did:web:badges.example\n",
        "did:web:2130706433",
        "did:web:0x7f.1",
        "did:web:é.example",
        "did:key:z6Mk",
        "https://badges.example",
        "did:web:" + "a." * 3_000 + "example",
    ],
)
def test_what_is_no_did_web_of_the_public_web_is_refused(given: str) -> None:
    with pytest.raises(Refused, match="bad_did"):
        did.web_url(given)


def test_loopback_is_an_address_only_when_the_caller_says_so() -> None:
    assert did.web_url("did:web:127.0.0.1%3A8000:o:a", loopback=True) == "http://127.0.0.1:8000/o/a/did.json"
    assert did.web_url("did:web:localhost", loopback=True) == "http://localhost/.well-known/did.json"
    with pytest.raises(Refused, match="bad_did"):
        did.web_url("did:web:10.0.0.1", loopback=True)


def test_a_did_web_is_written_with_its_port() -> None:
    assert did.web("127.0.0.1:8000", "o", "a") == "did:web:127.0.0.1%3A8000:o:a"
    assert did.web("badges.example") == "did:web:badges.example"


@pytest.mark.parametrize("public", [ED25519, P256], ids=["Ed25519", "P-256"])
def test_a_did_key_carries_its_key(public: Any) -> None:
    assert did.key_of(did.of_key(public)) == public
    assert did.key_of(did.kid_of_key(public)) == public
    theirs = DidKeyResolver().resolve(did.of_key(public))
    assert json.dumps(did.of_key(public)) in json.dumps(theirs.id)


@pytest.mark.parametrize("public", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
def test_a_did_jwk_carries_its_key(public: Any) -> None:
    written = did.of_jwk(public)

    assert did.key_of(written) == did.key_of(f"{written}#0") == public
    assert did.find_method(did.self_described(written), f"{written}#0") == public
    assert DidJwkResolver().resolve(written).id == written


def test_the_key_of_the_w3c_vector_is_read() -> None:
    written = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

    assert did.key_of(f"did:key:{written}#{written}").multikey() == written


@pytest.mark.parametrize(
    ("kid", "code"),
    [
        ("did:key:", "bad_key"),
        ("did:key:z6Mk", "bad_key"),
        ("did:key:x6Mk", "bad_key"),
        ("did:key:z" + "1" * 5_000, "bad_key"),
        ("did:jwk:", "bad_key"),
        ("did:jwk:e30", "bad_key"),
        ("did:jwk:W10", "bad_key"),
        ("did:jwk:!!", "bad_key"),
        ("did:web:badges.example", "unknown_key"),
        ("did:example:1#k", "unknown_key"),
        pytest.param(f"{did.of_key(ED25519)}#other", "unknown_key", id="another fragment of did:key"),
        pytest.param(f"{did.of_jwk(ED25519)}#1", "unknown_key", id="another fragment of did:jwk"),
        ("", "unknown_key"),
    ],
)
def test_a_did_that_carries_no_readable_key_is_refused(kid: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        did.key_of(kid)
    assert refused.value.code == code


def test_the_document_lists_keys_in_the_forms_that_verifiers_read() -> None:
    document = did.document(ISSUER, METHODS)
    ed, rsa, p256 = document["verificationMethod"]

    assert document["@context"] == [did.DID_V1, did.MULTIKEY_V1, did.JWK_V1]
    assert (ed["type"], ed["publicKeyMultibase"]) == ("Multikey", ED25519.multikey())
    assert (p256["type"], p256["publicKeyMultibase"]) == ("Multikey", P256.multikey())
    assert (rsa["type"], rsa["publicKeyJwk"]["kid"]) == ("JsonWebKey", "rsa")
    assert {one["controller"] for one in (ed, rsa, p256)} == {ISSUER}
    assert document["assertionMethod"] == [f"{ISSUER}#ed", f"{ISSUER}#rsa"]


def test_a_document_without_rsa_needs_no_context_for_it() -> None:
    assert did.document(ISSUER, METHODS[:1])["@context"] == [did.DID_V1, did.MULTIKEY_V1]


@pytest.mark.parametrize("method", METHODS[:2], ids=["Ed25519", "RSA"])
def test_a_key_that_may_sign_is_found(method: did.Method) -> None:
    assert did.find_method(did.document(ISSUER, METHODS), method.kid) == method.key


def replaced(member: str, value: Any) -> Change:
    return lambda document: document["verificationMethod"][0].update({member: value})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update(id="did:web:other.example"), "wrong_controller"),
        (lambda d: d.pop("id"), "wrong_controller"),
        (replaced("controller", "did:web:other.example"), "wrong_controller"),
        (replaced("controller", None), "wrong_controller"),
        (replaced("controller", [ISSUER]), "wrong_controller"),
        (lambda d: d["assertionMethod"].clear(), "not_authorised"),
        (lambda d: d.pop("assertionMethod"), "not_authorised"),
        (lambda d: d.update(authentication=d.pop("assertionMethod")), "not_authorised"),
        (replaced("id", f"{ISSUER}#other"), "unknown_key"),
        (lambda d: d.update(verificationMethod=[]), "unknown_key"),
        (lambda d: d["verificationMethod"].append(dict(d["verificationMethod"][0])), "bad_did_document"),
        (lambda d: d.update(verificationMethod="x"), "bad_did_document"),
        (lambda d: d.update(verificationMethod=[{}] * 201), "bad_did_document"),
        (lambda d: d.update(assertionMethod=["x"] * 201), "bad_did_document"),
        (replaced("publicKeyMultibase", "z6Mk"), "bad_key"),
        (replaced("publicKeyMultibase", None), "bad_key"),
        (replaced("publicKeyJwk", {"kty": "oct", "k": "AAAA"}), "bad_key"),
        (replaced("revoked", "2026-01-01T00:00:00Z"), "revoked_key"),
        (replaced("expires", "tomorrow"), "bad_time"),
    ],
)
def test_a_key_that_may_not_sign_is_refused_with_its_reason(change: Change, code: str) -> None:
    document = did.document(ISSUER, METHODS)
    change(document)
    if code == "bad_key" and "publicKeyJwk" in document["verificationMethod"][0]:
        del document["verificationMethod"][0]["publicKeyMultibase"]

    with pytest.raises(Refused) as refused:
        did.find_method(document, f"{ISSUER}#ed")
    assert refused.value.code == code


@pytest.mark.parametrize("member", ["expires", "revoked"])
def test_a_key_with_an_end_signs_until_then(member: str) -> None:
    document = did.document(ISSUER, METHODS)
    document["verificationMethod"][0][member] = written(NOW)

    assert did.find_method(document, f"{ISSUER}#ed", at=NOW - dt.timedelta(seconds=1)) == ED25519
    for moment in (NOW, None):
        with pytest.raises(Refused, match="revoked_key"):
            did.find_method(document, f"{ISSUER}#ed", at=moment)


def test_a_key_kept_only_for_reading_may_not_sign() -> None:
    with pytest.raises(Refused, match="not_authorised"):
        did.find_method(did.document(ISSUER, METHODS), f"{ISSUER}#p256")


def test_methods_written_in_full_or_by_their_end_are_found() -> None:
    document = did.document(ISSUER, METHODS[:1])
    method = document["verificationMethod"].pop()
    document["assertionMethod"] = [{**method, "id": "#ed"}]

    assert did.find_method(document, f"{ISSUER}#ed") == ED25519
