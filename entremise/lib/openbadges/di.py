"""Data Integrity proofs, cryptosuite eddsa-rdfc-2022 (W3C vc-di-eddsa 1.0 §3.2), made and checked.

We write `proof` as an array, as the 1EdTech schema wants it; an object or an array is read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import Any

from entremise.lib.openbadges import jsonld, shapes
from entremise.lib.openbadges.claims import written
from entremise.lib.openbadges.encoding import EncodingRefused, from_base58, to_multibase
from entremise.lib.openbadges.keys import Algorithm, PrivateKey, PublicKey
from entremise.lib.openbadges.reasons import Refused

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod"
SIGNATURE_BYTES = 64
MAX_PROOFS = 4

_MOMENT = re.compile(r"(-?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Proof:
    """What one proof says of itself; nothing of it is trusted before `verify`."""

    kid: str  # its verificationMethod
    created: dt.datetime
    expires: dt.datetime | None
    signature: bytes


def sign(document: dict[str, Any], key: PrivateKey, kid: str, created: dt.datetime) -> dict[str, Any]:
    """Return the document with its proof; the form is ours, so its canonical form mostly needs no JSON-LD."""
    if key.algorithm is not Algorithm.EDDSA:
        raise ValueError("eddsa-rdfc-2022 signs with Ed25519")
    if "proof" in document:
        raise ValueError("the document is signed already")
    proof = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": written(created),
        "verificationMethod": kid,
        "proofPurpose": PURPOSE,
    }
    config = {"@context": document["@context"], **proof}
    content = _hash(shapes.canonical_proof(config)) + _hash(shapes.canonical(document))
    return {**document, "proof": [{**proof, "proofValue": to_multibase(key.sign(content))}]}


def proofs(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the proofs of a document, one at least."""
    given = document.get("proof")
    several = given if isinstance(given, list) else [given]
    if given is None or not several:
        raise Refused("no_proof")
    if len(several) > MAX_PROOFS:
        raise Refused("too_many_proofs")
    found = [one for one in several if isinstance(one, dict)]
    if len(found) != len(several):
        raise Refused("bad_proof")
    return found


def read(proof: dict[str, Any]) -> Proof:
    """Read what a proof says of itself; an unknown suite, another purpose, a badly written time are refused."""
    if proof.get("type") != TYPE or proof.get("cryptosuite") != SUITE:
        raise Refused("unknown_suite", suite=str(proof.get("cryptosuite") or proof.get("type"))[:60])
    if proof.get("proofPurpose") != PURPOSE:
        raise Refused("wrong_purpose")
    if "previousProof" in proof:
        raise Refused("proof_chain")
    kid = proof.get("verificationMethod")
    if not isinstance(kid, str):
        raise Refused("bad_proof")
    expires = moment(proof["expires"]) if "expires" in proof else None
    return Proof(kid, moment(proof.get("created")), expires, _signature(proof.get("proofValue")))


def verify(document: dict[str, Any], proof: dict[str, Any], key: PublicKey) -> bool:
    """Tell whether this proof is this key's over this document; Refused when that cannot be said.

    A document with one of the two terms that only the newer content of context-3.0.3 defines is read with that one.
    """
    said = read(proof)
    if key.algorithm is not Algorithm.EDDSA:
        raise Refused("wrong_key_type")
    try:
        content = content_signed(document, proof)
    except Refused as refused:
        if refused.code != "unknown_term":
            raise
        content = content_signed(document, proof, jsonld.validator())
    return key.verifies(said.signature, content)


def content_signed(document: dict[str, Any], proof: dict[str, Any], contexts: jsonld.Contexts | None = None) -> bytes:
    """Return the 64 bytes under the signature: the hashes of the proof's options and of the document (§3.2.4)."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in options:
        unsecured["@context"] = _context_of_proof(options["@context"], document.get("@context"))
    else:
        options["@context"] = document.get("@context")
    options["@context"] = _with_suite(options["@context"])
    return _hash(jsonld.canonical(options, contexts)) + _hash(jsonld.canonical(unsecured, contexts))


def moment(text: object) -> dt.datetime:
    """Read an XML Schema dateTime that has a time zone (`xsd:dateTimeStamp`); to the microsecond."""
    found = _MOMENT.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Refused("bad_time", value=str(text)[:60])
    second, fraction, zone = found.groups()
    try:
        read = dt.datetime.fromisoformat(second + zone.replace("Z", "+00:00"))
        return (read + dt.timedelta(microseconds=int((fraction or "0").ljust(6, "0")[:6]))).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise Refused("bad_time", value=str(text)[:60]) from None


def _context_of_proof(own: object, whole: object) -> object:
    """Return the proof's own context: the document's must start with it (Data Integrity 1.0 §4.3)."""
    own_addresses, all_addresses = jsonld.addresses(own), jsonld.addresses(whole)
    if list(all_addresses[: len(own_addresses)]) != list(own_addresses):
        raise Refused("proof_context")
    return own


def _with_suite(context: object) -> list[str]:
    """Add the context of proofs where the document's own (VCDM 1.1) does not define them."""
    given = list(jsonld.addresses(context))
    known = {jsonld.CREDENTIALS_V2, jsonld.DATA_INTEGRITY, jsonld.DATA_INTEGRITY_V1}
    return given if known & set(given) else [*given, jsonld.DATA_INTEGRITY]


def _signature(text: object) -> bytes:
    if not isinstance(text, str) or not text.startswith("z"):
        raise Refused("bad_proof")
    try:
        raw = from_base58(text[1:])
    except EncodingRefused:
        raise Refused("bad_proof") from None
    if len(raw) != SIGNATURE_BYTES:
        raise Refused("bad_proof")
    return raw


def _hash(text: str) -> bytes:
    try:
        return hashlib.sha256(text.encode()).digest()
    except UnicodeEncodeError:
        raise Refused("lone_surrogate") from None
