"""The canonical form of a credential: JSON-LD with pinned contexts, nothing fetched, nothing dropped in silence.

PyLD expands; the quads, their canonical order and every limit are ours (`rdf`, `rdfc`). A member that no context
defines, a relative reference or type, a keyword that hides a statement elsewhere in the tree: refused, as the safe
mode of Digital Bazaar's `jsonld` does. What is signed is then exactly what is read.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from entremise.lib.openbadges import limits, rdfc
from entremise.lib.openbadges.rdf import Quad, Quads
from entremise.lib.openbadges.reasons import Refused

CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
LEARNER_RECORD = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
DATA_INTEGRITY_V1 = "https://w3id.org/security/data-integrity/v1"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
MAX_VALUES = 6_000  # members and items: PyLD expands some ten thousand a second
MAX_CONTEXTS = 16  # of one object

_FOLDER = Path(__file__).parent / "contexts"
_FILES = {
    CREDENTIALS_V2: "credentials-v2.json",
    "https://www.w3.org/2018/credentials/v1": "2018-credentials-v1.jsonld",
    "https://www.w3.org/ns/credentials/status/v1": "bitstring-status-list-v1.jsonld",
    "https://www.w3.org/ns/did/v1": "did-v1.jsonld",
    DATA_INTEGRITY_V1: "data-integrity-v1.jsonld",
    DATA_INTEGRITY: "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1": "suites-ed25519-2020.jsonld",
    "https://w3id.org/security/v1": "security-v1.jsonld",
    "https://w3id.org/security/v2": "security-v2.jsonld",
    "https://w3id.org/openbadges/v2": "ob-v2p0.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-3.0.2.json",
    OPEN_BADGES: "ob-3.0.3-spec-2024.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    LEARNER_RECORD: "clr-v2p0-2.0.1.json",
}
# One value, not an array of one: the same statement, but a reader who expects a text would find no date, or no index.
_SINGLE = {
    *("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate", "created", "expires", "issuer"),
    *("statusListIndex", "statusListCredential", "encodedList"),
}
_IN_VALUES = {"@value", "@language", "@direction"}  # a text with its language (VCDM 2.0 §11.1)


class Contexts:
    """The contexts that may be used, by address; all others are refused."""

    def __init__(self, documents: Mapping[str, dict[str, Any]]) -> None:
        self.documents = documents
        self._thread = threading.local()  # PyLD's caches are not made for several threads

    @classmethod
    def pinned(cls, **other_files: str) -> Contexts:
        """Load the contexts kept in this package; `open_badges` replaces the file of context-3.0.3."""
        files = _FILES | {OPEN_BADGES: other_files.get("open_badges", _FILES[OPEN_BADGES])}
        return cls({address: json.loads((_FOLDER / name).read_bytes()) for address, name in files.items()})

    def options(self) -> dict[str, Any]:
        """Return what PyLD needs to stay within these contexts."""
        if not hasattr(self._thread, "resolver"):
            self._thread.resolver = ContextResolver({}, self._load)
        # No base: with "" PyLD resolves a relative reference against an address of its own, and that would be signed.
        return {"documentLoader": self._load, "contextResolver": self._thread.resolver, "base": None}

    def _load(self, address: str, _options: object = None) -> dict[str, Any]:
        if address not in self.documents:
            raise Refused("unknown_context", address=address[:200])
        document = self.documents[address]
        return {"contextUrl": None, "documentUrl": address, "document": document, "contentType": "application/ld+json"}


@functools.cache
def spec() -> Contexts:
    """Return the contexts, context-3.0.3 as in the repository of the specification (2024)."""
    return Contexts.pinned()


@functools.cache
def validator() -> Contexts:
    """Return the contexts, context-3.0.3 as in 1EdTech's own validator (2026): two terms more."""
    return Contexts.pinned(open_badges="ob-3.0.3-validator-2026.json")


def canonical(document: dict[str, Any], contexts: Contexts | None = None) -> str:
    """Return the canonical N-Quads (RDFC-1.0) of a document."""
    return rdfc.canonical(quads(document, contexts or spec()))


def quads(document: dict[str, Any], contexts: Contexts) -> list[Quad]:
    """Return what a document says as RDF, or refuse it."""
    limits.check(document, MAX_VALUES)
    _check_members(document, contexts)
    try:
        expanded = jsonld.expand(document, contexts.options(), on_property_dropped=_dropped)
    except jsonld.JsonLdError as error:
        raise Refused("bad_json_ld") from error
    except (TypeError, AttributeError, KeyError) as error:  # PyLD, on values that it does not expect
        raise Refused("bad_json_ld") from error
    except RecursionError:  # the caller's own stack may be deep already
        raise Refused("too_deep") from None
    found = Quads()
    found.read(expanded)
    return list(found.found)


def addresses(value: object) -> Sequence[str]:
    """Return the addresses of an `@context`; objects, nested lists and null are refused."""
    given: list[object] = value if isinstance(value, list) else [value]
    if len(given) > MAX_CONTEXTS:
        raise Refused("too_many_contexts")
    texts = [one for one in given if isinstance(one, str)]
    if len(texts) != len(given):
        raise Refused("inline_context")
    return texts


def _check_members(document: dict[str, Any], contexts: Contexts) -> None:
    """Refuse what would let the same statements be written so that a reader of the JSON does not find them.

    A signature covers statements, not their place. Keywords, full addresses as names, arrays in arrays, or a second
    object for the same credential would each hide, say, its `credentialStatus` while the signature stays right.
    """
    credentials: set[str] = set()
    for value, _ in limits.walk(document):
        if isinstance(value, list) and any(isinstance(one, list) for one in value):
            raise Refused("nested_array")
        if isinstance(value, dict):
            _check_names(value)
            is_credential = _is_credential(value)
            if "@context" in value:
                _check_context(value["@context"], contexts, is_allowed=is_credential or value is document)
            if is_credential and "id" in value:
                _check_once(str(value["id"]), credentials)


def _check_once(identifier: str, seen: set[str]) -> None:
    if identifier in seen:
        raise Refused("described_twice", id=identifier[:200])
    seen.add(identifier)


def _check_names(members: dict[str, Any]) -> None:
    is_text = "@value" in members
    if is_text and len(members) == 1:  # the same statement as the text alone, which a reader may not know
        raise Refused("unexpected_keyword", term="@value")
    for name, value in members.items():
        if name in _SINGLE and isinstance(value, list):
            raise Refused("bad_value", term=name)
        if name.startswith("@") and name != "@context" and not (is_text and name in _IN_VALUES):
            raise Refused("unexpected_keyword", term=name[:200])
        if ":" in name or (is_text and name not in _IN_VALUES):
            raise Refused("unknown_term", term=name[:200])


def _is_credential(members: dict[str, Any]) -> bool:
    types = members.get("type")
    return "VerifiableCredential" in types if isinstance(types, list) else types == "VerifiableCredential"


def _check_context(given: object, contexts: Contexts, *, is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused("nested_context")
    for address in addresses(given):
        if address not in contexts.documents:
            raise Refused("unknown_context", address=address[:200])


def _dropped(term: str | None) -> None:
    raise Refused("unknown_term", term=str(term)[:200])
