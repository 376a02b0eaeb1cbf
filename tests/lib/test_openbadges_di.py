"""Data Integrity signatures: the standard's values, other people's samples, and everything that must make one fail."""

import copy
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from entremise.lib.openbadges import di, endorsement, jsonld, limits, ob3, shapes
from entremise.lib.openbadges.claims import StatusPurpose, StatusRef
from entremise.lib.openbadges.encoding import from_multibase, to_multibase
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused
from tests.factories.badges import DID, LIST_URL, NOW, claim, key

SAMPLES = Path(__file__).parent / "openbadges"
KID = f"{DID}#ed25519-2026-1"
ED25519 = key(Algorithm.EDDSA)
PAIR = (StatusRef(LIST_URL, 1), StatusRef(f"{LIST_URL}2", 2, StatusPurpose.SUSPENSION))
CONTROLS = ["\0", "\x01", "\b", "\x0b", "\f", "\x1b", "\x1f", "\x7f"]

Change = Callable[[dict[str, Any]], object]


def signed(**changed: Any) -> dict[str, Any]:
    return limits.read_json(ob3.sign(claim(**changed), ED25519, KID, NOW))


def verified(document: dict[str, Any], public: PublicKey = ED25519.public) -> bool:
    return all(di.verify(document, proof, public) for proof in di.proofs(document))


def code_of(document: dict[str, Any], public: PublicKey = ED25519.public) -> str:
    with pytest.raises(Refused) as refused:
        verified(document, public)
    return refused.value.code


def w3c() -> tuple[dict[str, Any], jsonld.Contexts]:
    vector = json.loads((SAMPLES / "w3c-alumni.json").read_bytes())
    example = {"https://www.w3.org/ns/credentials/examples/v2": vector["example_context"]}
    return vector, jsonld.Contexts({**jsonld.spec().documents, **example})


@pytest.mark.parametrize("which", [0, 1])
def test_each_intermediate_value_of_the_w3c_vector(which: int) -> None:
    vector, contexts = w3c()
    stated = vector["proofs"][which]
    options = {"@context": vector["document"]["@context"], "type": di.TYPE, "cryptosuite": di.SUITE}
    options |= {"created": vector["created"], "verificationMethod": stated["kid"], "proofPurpose": di.PURPOSE}
    proof = {**options, "proofValue": stated["value"]}
    private = PrivateKey(Algorithm.EDDSA, Ed25519PrivateKey.from_private_bytes(from_multibase(vector["private"])[2:]))

    content = di.content_signed({**vector["document"], "proof": proof}, proof, contexts)

    assert jsonld.canonical(options, contexts) == stated["canonical"]
    assert shapes.canonical_proof(options) == stated["canonical"]
    assert content.hex() == stated["hash"] + vector["document_hash"]
    assert di.read(proof).signature.hex() == stated["signature"]
    assert private.sign(content).hex() == stated["signature"]
    assert to_multibase(bytes.fromhex(stated["signature"])) == stated["value"]
    assert private.public.multikey() == vector["public"]
    assert PublicKey.from_multikey(vector["public"]).verifies(di.read(proof).signature, content)


@pytest.mark.parametrize(
    ("name", "multikey"),
    [
        ("ob-sample-blank-nodes.json", "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"),
        ("ob-sample-did-key.json", "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"),
        ("ob-sample-endorsement.json", "z6MkoMGF38Ck9xkdqrbZt4h9eHb1qc3GhAAkoSWa4Vy3SHRN"),
    ],
)
def test_samples_of_1edtech_verify_and_no_longer_once_changed(name: str, multikey: str) -> None:
    sample = limits.read_json((SAMPLES / name).read_bytes())

    assert verified(sample, PublicKey.from_multikey(multikey))
    assert not verified({**sample, "name": "other"}, PublicKey.from_multikey(multikey))


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"evidence": (), "statuses": (), "valid_until": None, "narrative": ""},
        {"statuses": PAIR},
        {"narrative": 'é e\u0301 ’ ® مرحبا 😀 \\ " \n\r\t'},
        *({"narrative": f"a{control}b"} for control in CONTROLS),
    ],
)
def test_what_we_sign_verifies(changed: dict[str, Any]) -> None:
    assert verified(signed(**changed))


def test_a_proof_is_an_array_with_what_the_suite_wants_and_nothing_else() -> None:
    (proof,) = signed()["proof"]

    assert list(proof) == ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]
    assert proof["created"] == "2026-11-22T10:30:00Z"
    assert proof["proofValue"].startswith("z")


def test_a_proof_may_be_read_as_an_object() -> None:
    document = signed()
    document["proof"] = document["proof"][0]

    assert verified(document)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in pairs:
            yield from leaves(inner, (*path, step))
    else:
        yield path


def holders(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        yield path
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from holders(inner, (*path, step))


def reach(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def fails(document: dict[str, Any]) -> bool:
    try:
        return not verified(document)
    except Refused:
        return True


COMPLETE = signed(statuses=PAIR)
OTHERS: list[Any] = ["urn:other", "2026-11-22T10:30:01Z", "", 0, None, True, [], {}, "Profile", "Badge\n"]


@pytest.mark.parametrize("path", list(leaves(COMPLETE)), ids=lambda path: "/".join(map(str, path)))
def test_changing_any_leaf_makes_the_signature_fail(path: tuple[str | int, ...]) -> None:
    before = reach(COMPLETE, path)
    changes = [*OTHERS, before + " ", before[:-1], before.swapcase()]
    for other in changes:
        if other == before:
            continue
        document = copy.deepcopy(COMPLETE)
        reach(document, path[:-1])[path[-1]] = other
        assert fails(document), other


def test_the_two_names_of_a_badge_are_one_statement() -> None:
    """The context defines `AchievementCredential` as `OpenBadgeCredential`: no verifier can tell them apart."""
    document = copy.deepcopy(COMPLETE)
    document["type"][1] = "AchievementCredential"

    assert verified(document)


@pytest.mark.parametrize("path", list(leaves(COMPLETE)), ids=lambda path: "/".join(map(str, path)))
def test_removing_any_leaf_makes_the_signature_fail(path: tuple[str | int, ...]) -> None:
    document = copy.deepcopy(COMPLETE)
    del reach(document, path[:-1])[path[-1]]

    assert fails(document)


@pytest.mark.parametrize("path", list(holders(COMPLETE)), ids=lambda path: "/".join(map(str, path)) or "/")
@pytest.mark.parametrize("value", [None, {"id": "urn:x"}], ids=repr)
def test_adding_an_unknown_member_anywhere_is_refused(path: tuple[str | int, ...], value: Any) -> None:
    document = copy.deepcopy(COMPLETE)
    reach(document, path)["unknown"] = value

    assert code_of(document) == "unknown_term"


@pytest.mark.parametrize("name", ["description", "name", "narrative", "alignment", "image", "url", "inLanguage"])
def test_adding_a_known_member_makes_the_signature_fail(name: str) -> None:
    document = copy.deepcopy(COMPLETE)
    document["credentialSubject"][name] = "urn:x"

    assert fails(document)


def test_another_key_does_not_verify() -> None:
    assert not verified(signed(), key(Algorithm.EDDSA, 2).public)


def test_a_key_of_another_kind_is_refused() -> None:
    assert code_of(signed(), key(Algorithm.ES256).public) == "wrong_key_type"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.pop("proof"), "no_proof"),
        (lambda d: d.update(proof=[]), "no_proof"),
        (lambda d: d.update(proof=None), "no_proof"),
        (lambda d: d.update(proof="x"), "bad_proof"),
        (lambda d: d.update(proof=["x"]), "bad_proof"),
        (lambda d: d.update(proof=d["proof"] * 5), "too_many_proofs"),
        (lambda d: d["proof"][0].update(cryptosuite="eddsa-jcs-2022"), "unknown_suite"),
        (lambda d: d["proof"][0].update(cryptosuite="eddsa-2022"), "unknown_suite"),
        (lambda d: d["proof"][0].update(type="Ed25519Signature2020"), "unknown_suite"),
        (lambda d: d["proof"][0].update(proofPurpose="authentication"), "wrong_purpose"),
        (lambda d: d["proof"][0].pop("proofPurpose"), "wrong_purpose"),
        (lambda d: d["proof"][0].update(previousProof="urn:x"), "proof_chain"),
        (lambda d: d["proof"][0].pop("verificationMethod"), "bad_proof"),
        (lambda d: d["proof"][0].update(verificationMethod={"id": KID}), "bad_proof"),
        (lambda d: d["proof"][0].pop("created"), "bad_time"),
        (lambda d: d["proof"][0].update(created="2026-11-22T10:30:00"), "bad_time"),
        (lambda d: d["proof"][0].update(created="2026-13-22T10:30:00Z"), "bad_time"),
        (lambda d: d["proof"][0].update(expires="tomorrow"), "bad_time"),
        (lambda d: d["proof"][0].pop("proofValue"), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue=""), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue=["z"]), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue="u" + "A" * 86), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue="z0OIl"), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue="z" + "1" * 63), "bad_proof"),
        (lambda d: d["proof"][0].update(proofValue="z" + "2" * 100_000), "bad_proof"),
        (lambda d: d["proof"][0].update({"@context": ["urn:x"]}), "proof_context"),
        (lambda d: d["proof"][0].update({"@context": {"@vocab": "urn:x"}}), "inline_context"),
    ],
)
def test_a_proof_that_cannot_be_read_is_refused_with_its_reason(change: Change, code: str) -> None:
    document = signed()
    change(document)

    assert code_of(document) == code


def test_each_of_several_proofs_counts() -> None:
    document, other = signed(), ob3.build(claim())
    good = document["proof"][0]
    bad = di.sign(other, key(Algorithm.EDDSA, 2), KID, NOW)["proof"][0]

    assert verified({**document, "proof": [good, good]})
    assert not verified({**document, "proof": [good, bad]})


def test_a_proof_may_repeat_the_context() -> None:
    """Data Integrity 1.0 §4.3: the document's context must begin with it."""
    document = signed()
    document["proof"][0]["@context"] = list(document["@context"])

    assert verified(document)


def test_what_a_proof_says_is_read() -> None:
    proof = signed()["proof"][0] | {"expires": "2027-01-01T01:00:00.25+01:00"}

    said = di.read(proof)

    assert (said.kid, said.created) == (KID, NOW)
    assert said.expires == dt.datetime(2027, 1, 1, 0, 0, 0, 250_000, tzinfo=dt.UTC)


def test_a_badge_with_a_term_of_the_newer_context_only_is_still_verified() -> None:
    """`endorsementJwt` (2026-06): defined by the validator's copy of context-3.0.3, not by the specification's."""
    document = ob3.build(claim()) | {"endorsementJwt": ["a.b.c"]}
    document["@context"] = list(document["@context"])
    proof = signed()["proof"][0]
    content = di.content_signed(document, proof, jsonld.validator())
    document["proof"] = [{**proof, "proofValue": to_multibase(ED25519.sign(content))}]

    assert verified(document)
    assert not verified({**document, "endorsementJwt": ["a.b.d"]})
    with pytest.raises(Refused, match="unknown_term"):
        di.content_signed(document, proof, jsonld.spec())


def test_an_endorsement_inside_a_badge_is_covered_by_its_signature() -> None:
    inner = endorsement.Endorsement("urn:e", claim().id, "Je confirme.", "Confirmé", claim().issuer, NOW)
    document = ob3.build(claim()) | {"endorsement": [json.loads(endorsement.sign(inner, ED25519, KID, NOW))]}
    document = di.sign(document, ED25519, KID, NOW)

    assert verified(document)
    assert verified(document["endorsement"][0])
    document["endorsement"][0]["credentialSubject"]["endorsementComment"] = "Je confirme tout."
    assert not verified(document)


def test_only_an_unsigned_document_is_signed_and_only_with_ed25519() -> None:
    with pytest.raises(ValueError, match="signed already"):
        di.sign(signed(), ED25519, KID, NOW)
    with pytest.raises(ValueError, match="Ed25519"):
        di.sign(ob3.build(claim()), key(Algorithm.ES256), KID, NOW)


def test_what_no_verifier_could_read_is_not_signed() -> None:
    for bad, code in ((claim(narrative="\ud800"), "lone_surrogate"), (claim(id="relative"), "relative_reference")):
        with pytest.raises(Refused, match=code):
            ob3.sign(bad, ED25519, KID, NOW)
    with pytest.raises(Refused, match="unknown_term"):
        di.sign(ob3.build(claim()) | {"unknown": "x"}, ED25519, KID, NOW)
    with pytest.raises(Refused, match="relative_reference"):
        ob3.sign(claim(), ED25519, "key-1", NOW)


@pytest.mark.parametrize("written", ["2026-11-22T10:30:00Z", "2026-11-22T11:30:00+01:00", "2026-11-22T10:30:00.000Z"])
def test_moments_are_read_whatever_their_zone(written: str) -> None:
    assert di.moment(written) == NOW


@pytest.mark.parametrize(
    "written",
    ["", "2026-11-22", "2026-11-22T10:30:00", "2026-11-22 10:30:00Z", "2026-11-22T25:00:00Z", "٢٠٢٦", None, 3],
)
def test_what_is_no_moment_is_refused(written: object) -> None:
    with pytest.raises(Refused, match="bad_time"):
        di.moment(written)
