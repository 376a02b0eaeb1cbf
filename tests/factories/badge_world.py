"""A small world for verifications: what each address answers, an issuer with its keys and lists, its badges."""

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from entremise.lib.openbadges import di, did, endorsement, ob3, statuslist, vcjwt
from entremise.lib.openbadges.claims import Issuer, StatusPurpose, StatusRef
from entremise.lib.openbadges.endorsement import Endorsement
from entremise.lib.openbadges.fetched import Fetched
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.reasons import Refused
from entremise.lib.openbadges.report import Report
from entremise.lib.openbadges.verify import verify
from tests.factories.badges import DID, HOST, KID, LIST_URL, NOW, claim, key

DID_URL = f"{HOST}/o/mission-locale/did.json"
KID_DI, KID_P256 = f"{DID}#ed25519-2026-1", f"{DID}#p256-2026-1"
SUSPENSIONS = f"{HOST}/status/2"
ENDORSER = "did:web:garance.example"
ENDORSER_KID = f"{ENDORSER}#key-1"
FREE, SET = 94_567, 12_345  # places in the lists: of a badge that holds, of one that does not
BOTH = (StatusRef(LIST_URL, FREE), StatusRef(SUSPENSIONS, FREE, StatusPurpose.SUSPENSION))
Json = dict[str, Any]


@dataclass
class World:
    """What each address answers; what was asked is kept."""

    places: dict[str, Fetched] = field(default_factory=dict)
    refusals: dict[str, Refused] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, address: str, _accepted: str) -> Fetched:
        self.asked.append(address)
        if address in self.refusals:
            raise self.refusals[address]
        if address not in self.places:
            raise Refused("unreachable", host=address)
        return self.places[address]

    def put(self, address: str, body: object, kind: str = "application/json", status: int = 200) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        self.places[address] = Fetched(raw, kind, status)

    def check(self, given: bytes | str, **options: Any) -> Report:
        return verify(given, **{"now": NOW, "fetch": self.fetch, **options})


@cache
def _signed_list(address: str, purpose: StatusPurpose) -> bytes:
    bits = statuslist.BitList(statuslist.MIN_ENTRIES)
    bits[SET] = 1
    unsigned = statuslist.build_bitstring(address, DID, purpose, bits, NOW, NOW + dt.timedelta(days=1))
    return ob3.serialised(di.sign(unsigned, key(Algorithm.EDDSA), KID_DI, NOW))


def issuer_document(*left_out: str, asserts: bool = True) -> Json:
    """Return the DID document of the issuer of the tests."""
    methods = {KID_DI: Algorithm.EDDSA, KID: Algorithm.RS256, KID_P256: Algorithm.ES256}
    listed = [did.Method(kid, key(kind).public, asserts) for kid, kind in methods.items() if kid not in left_out]
    return did.document(DID, listed)


def world() -> World:
    """Return a world where the issuer and a former employer publish what they should."""
    made = World()
    made.put(DID_URL, issuer_document())
    made.put(LIST_URL, _signed_list(LIST_URL, StatusPurpose.REVOCATION))
    made.put(SUSPENSIONS, _signed_list(SUSPENSIONS, StatusPurpose.SUSPENSION))
    endorser = did.document(ENDORSER, [did.Method(ENDORSER_KID, key(Algorithm.EDDSA, 2).public)])
    made.put("https://garance.example/.well-known/did.json", endorser)
    return made


def badge(**changed: object) -> bytes:
    """Return a signed badge (Data Integrity)."""
    return ob3.sign(claim(**{"statuses": BOTH, **changed}), key(Algorithm.EDDSA), KID_DI, NOW)


def token(**changed: object) -> str:
    """Return a signed badge (VC-JWT)."""
    return vcjwt.sign(claim(**{"statuses": BOTH, **changed}), key(Algorithm.RS256), KID)


def signed(document: Json, **changed: Any) -> bytes:
    """Sign any document as the issuer would; `changed` replaces members of it."""
    made = {**document, **changed}
    return ob3.serialised(di.sign(made, key(Algorithm.EDDSA), KID_DI, NOW))


def word_of(target: str, kid: str = ENDORSER_KID, **changed: Any) -> bytes:
    """Return an endorsement that a former employer signed."""
    members: Json = {
        "id": "urn:uuid:6f2c1c1e-6d4f-4b5e-9d55-0b7a6f1f00e1",
        "target_id": target,
        "comment": "Je confirme.",
        "name": "Confirmé par un ancien employeur",
        "endorser": Issuer(ENDORSER, "Garance"),
        "valid_from": NOW,
    }
    return endorsement.sign(Endorsement(**{**members, **changed}), key(Algorithm.EDDSA, 2), kid, NOW)
