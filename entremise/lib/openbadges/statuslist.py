"""Status lists: one bit, or a few, for each credential, published for all of them together.

Bitstring Status List 1.0 (W3C): gzip, base64url with its multibase `u`, the first entry in the high bit, one list for
each purpose; the list is itself a credential, signed by `di`. Token Status List (IETF): zlib, the first entry in the
low bits, values of 1, 2, 4 or 8 bits (0 valid, 1 withdrawn, 2 suspended); the list is a token, for SD-JWT VC.

Refused with the codes of `jws` and `bad_status_list`, `status_list_bomb` (it would inflate beyond measure),
`status_list_too_short` (one could guess whose bit was asked for), `status_list_purpose`, `status_list_address`,
`status_list_expired`, `status_list_from_future`, `status_list_full`, `status_index_outside`, `bad_status_entry`,
`unknown_status_entry`.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import zlib
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from entremise.lib.openbadges import jws
from entremise.lib.openbadges.claims import StatusPurpose, StatusRef, written
from entremise.lib.openbadges.encoding import EncodingRefused, from_base64url, to_base64url
from entremise.lib.openbadges.keys import PrivateKey
from entremise.lib.openbadges.reasons import Refused

MIN_ENTRIES = 131_072  # Bitstring Status List 1.0 §2.2: 16 kB, so that an entry hides among enough others
MAX_LIST_BYTES = 4 << 20  # 33 million entries: more than anybody publishes
MAX_INDEX_DIGITS = 12
VALID, WITHDRAWN, SUSPENDED = 0, 1, 2  # Token Status List §7.1
WIDTHS = (1, 2, 4, 8)
GZIP, ZLIB = 31, 15  # how zlib names the two wrappings
ROUNDS, SEED_BYTES = 6, 16
TOKEN_TYPE = "statuslist+jwt"  # noqa: S105  # a media type
CREDENTIALS_V2 = "https://www.w3.org/ns/credentials/v2"
LISTS = {"BitstringStatusListCredential": "BitstringStatusList", "StatusList2021Credential": "StatusList2021"}
ENTRIES = frozenset({"BitstringStatusListEntry", "StatusList2021Entry"})
SKEW = dt.timedelta(seconds=60)
Json = dict[str, Any]


class Order(StrEnum):
    """Where in a byte its first entry is."""

    HIGH_FIRST = "high"  # Bitstring Status List
    LOW_FIRST = "low"  # Token Status List


class BitList:
    """The entries of one list, `width` bits each, packed."""

    def __init__(self, size: int, width: int = 1, order: Order = Order.HIGH_FIRST, raw: bytes | None = None) -> None:
        if width not in WIDTHS or size <= 0:
            raise ValueError("entries of 1, 2, 4 or 8 bits, at least one")
        self.size, self.width, self.order = size, width, order
        self._in_byte = 8 // width
        self._bytes = bytearray(-(-size // self._in_byte)) if raw is None else bytearray(raw)
        if len(self._bytes) != -(-size // self._in_byte):
            raise ValueError("another number of bytes than the size says")

    def __len__(self) -> int:
        return self.size

    def __bytes__(self) -> bytes:
        return bytes(self._bytes)

    def __getitem__(self, index: int) -> int:
        """Return the value of an entry."""
        place, shift = self._place(index)
        return self._bytes[place] >> shift & ((1 << self.width) - 1)

    def __setitem__(self, index: int, value: int) -> None:
        """Change the value of an entry."""
        most = (1 << self.width) - 1
        if not 0 <= value <= most:
            raise ValueError(f"{value} does not fit in {self.width} bits")
        place, shift = self._place(index)
        self._bytes[place] = self._bytes[place] & ~(most << shift) | value << shift

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < self.size:
            raise Refused("status_index_outside", index=str(index)[:20])
        place, rank = divmod(index, self._in_byte)
        if self.order is Order.HIGH_FIRST:
            rank = self._in_byte - 1 - rank
        return place, rank * self.width


def build_bitstring(
    list_url: str,
    issuer: str,
    purpose: StatusPurpose,
    bits: BitList,
    valid_from: dt.datetime,
    valid_until: dt.datetime,
) -> Json:
    """Write a list as a credential, for `di.sign`; the same entries always give the same text."""
    if bits.order is not Order.HIGH_FIRST or bits.width != 1 or len(bits) < MIN_ENTRIES:
        raise ValueError("a bitstring has at least 131 072 entries of one bit, the first one high")
    return {
        "@context": [CREDENTIALS_V2],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": written(valid_from),
        "validUntil": written(valid_until),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": "u" + to_base64url(gzip.compress(bytes(bits), 9, mtime=0)),
        },
    }


def read_bitstring(document: Json, purpose: StatusPurpose) -> BitList:
    """Return the entries of a list; its signature, its issuer and its dates are for the caller to look at."""
    subject = document.get("credentialSubject")
    kinds = [inner for outer, inner in LISTS.items() if outer in _texts(document.get("type"))]
    if not kinds or not isinstance(subject, dict) or not set(kinds) & set(_texts(subject.get("type"))):
        raise Refused("bad_status_list")
    if purpose.value not in _texts(subject.get("statusPurpose")):
        raise Refused("status_list_purpose", purpose=purpose.value)
    text = subject.get("encodedList")
    if not isinstance(text, str):
        raise Refused("bad_status_list")
    raw = _unpacked(text.removeprefix("u"), GZIP)  # lists of 2021 have no `u`, and gzip never begins with one
    if len(raw) * 8 < MIN_ENTRIES:
        raise Refused("status_list_too_short", size=str(len(raw) * 8))
    return BitList(len(raw) * 8, raw=raw)


def places(credential: Json) -> tuple[StatusRef, ...]:
    """Return where the status of a credential is kept; purposes that do not tell whether it holds are left out."""
    given = credential.get("credentialStatus", [])
    found = [_place_of(entry) for entry in (given if isinstance(given, list) else [given])]
    return tuple(place for place in found if place is not None)


def sign_token(
    list_url: str,
    issuer: str,
    values: BitList,
    key: PrivateKey,
    kid: str,
    issued_at: dt.datetime,
    expires_at: dt.datetime,
    ttl: dt.timedelta,
    x5c: Sequence[str] = (),
) -> str:
    """Write and sign a Token Status List (§5.1)."""
    if values.order is not Order.LOW_FIRST:
        raise ValueError("the first entry of a Token Status List is in the low bits")
    header: Json = {"kid": kid, "typ": TOKEN_TYPE} | ({"x5c": list(x5c)} if x5c else {})
    claims = {
        "iss": issuer,
        "sub": list_url,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "ttl": int(ttl.total_seconds()),
        "status_list": {"bits": values.width, "lst": to_base64url(zlib.compress(bytes(values), 9))},
    }
    return jws.sign(header, jws.compact(claims), key)


def read_token(token: jws.Token, list_url: str, now: dt.datetime) -> BitList:
    """Return the entries of a Token Status List whose signature was checked (§8.3)."""
    if token.header.get("typ") != TOKEN_TYPE:
        raise Refused("token_type", type=str(token.header.get("typ"))[:20])
    claims = token.claims()
    if claims.get("sub") != list_url:
        raise Refused("status_list_address")
    issued, expires = _number(claims.get("iat")), _number(claims.get("exp", now.timestamp() + 1))
    if issued > (now + SKEW).timestamp():
        raise Refused("status_list_from_future")
    if expires <= (now - SKEW).timestamp():
        raise Refused("status_list_expired")
    inside = claims.get("status_list")
    return read_values(inside if isinstance(inside, dict) else {})


def read_values(inside: Json) -> BitList:
    """Return the entries of a `status_list` object (Token Status List §4.2)."""
    width, text = inside.get("bits"), inside.get("lst")
    if isinstance(width, bool) or width not in WIDTHS or not isinstance(width, int) or not isinstance(text, str):
        raise Refused("bad_status_list")
    raw = _unpacked(text, ZLIB)
    if not raw:
        raise Refused("bad_status_list")
    return BitList(len(raw) * 8 // width, width, Order.LOW_FIRST, raw)


def permuted(counter: int, size: int, seed: bytes) -> int:
    """Return the index given to the credential of that rank: each one once, in an order that only the seed tells.

    A Feistel network permutes the numbers of an even number of bits; it is walked until it falls inside the list.
    """
    if not 0 <= counter < size:
        raise Refused("status_list_full")
    if not SEED_BYTES <= len(seed) <= 2 * SEED_BYTES:
        raise ValueError("a seed has 16 to 32 bytes")
    half = (max((size - 1).bit_length(), 2) + 1) // 2
    index = _shuffled(counter, half, seed)
    while index >= size:
        index = _shuffled(index, half, seed)
    return index


def _shuffled(number: int, half: int, seed: bytes) -> int:
    mask = (1 << half) - 1
    left, right = number >> half, number & mask
    for turn in range(ROUNDS):
        block = turn.to_bytes(1, "big") + half.to_bytes(1, "big") + right.to_bytes(8, "big")
        mixed = int.from_bytes(hashlib.blake2s(block, key=seed, digest_size=8).digest(), "big")
        left, right = right, left ^ mixed & mask
    return left << half | right


def _unpacked(text: str, wrapping: int) -> bytes:
    inflater = zlib.decompressobj(wrapping)
    try:
        raw = inflater.decompress(from_base64url(text), MAX_LIST_BYTES + 1)
    except (EncodingRefused, zlib.error) as error:
        raise Refused("bad_status_list") from error
    if len(raw) > MAX_LIST_BYTES:
        raise Refused("status_list_bomb")
    if not inflater.eof or inflater.unused_data:
        raise Refused("bad_status_list")
    return raw


def _place_of(entry: object) -> StatusRef | None:
    if not isinstance(entry, dict):
        raise Refused("bad_status_entry")
    if not ENTRIES & set(_texts(entry.get("type"))):
        raise Refused("unknown_status_entry", type=str(entry.get("type"))[:60])
    purpose, address = entry.get("statusPurpose"), entry.get("statusListCredential")
    if not isinstance(purpose, str) or not isinstance(address, str):
        raise Refused("bad_status_entry")
    if purpose not in tuple(StatusPurpose):
        return None
    if entry.get("statusSize", 1) != 1:
        raise Refused("bad_status_entry")
    return StatusRef(address, _index(entry.get("statusListIndex")), StatusPurpose(purpose))


def _index(given: object) -> int:
    """Read an index: a text of digits; 1EdTech's own sample has a number."""
    text = str(given) if isinstance(given, int | str) and not isinstance(given, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= MAX_INDEX_DIGITS):
        raise Refused("bad_status_entry")
    return int(text)


def _number(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Refused("bad_status_list")
    return given


def _texts(given: object) -> list[str]:
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]
