"""What a verification asks for from elsewhere: status lists, keys, hosted badges. Whoever calls brings the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from entremise.lib.openbadges.reasons import Refused

MAX_FETCHES = 10  # of one report: a badge cannot make us knock at a hundred doors
FOUND, GONE = 200, 410  # a revoked Open Badges 2.0 assertion answers 410 with its body


class Accept(StrEnum):
    """What an answer may be; the value is the `Accept` header."""

    JSON = "application/vc, application/did, application/ld+json, application/json;q=0.9, application/vc+jwt;q=0.8"
    STATUS_LIST = "application/statuslist+jwt"
    BADGE = "application/vc, application/ld+json, application/json, image/png, image/svg+xml, text/plain;q=0.5"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its bytes as sent, its media type without parameters, its HTTP status."""

    body: bytes
    media_type: str
    status: int = FOUND


Fetch = Callable[[str, str], Fetched]  # (address, one of `Accept`); raises Refused when there is no answer to read


class Fetches:
    """The fetches of one report: each address once, and not too many of them."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._known: dict[tuple[str, str], Fetched | Refused] = {}

    def found(self, address: str, accept: Accept = Accept.JSON) -> bytes:
        """Return the body that an address answers, or raise Refused."""
        answer = self.answer(address, accept)
        if answer.status != FOUND:
            raise Refused("not_found" if answer.status in {404, GONE} else "unreachable", host=host(address))
        return answer.body

    def answer(self, address: str, accept: Accept = Accept.JSON) -> Fetched:
        """Return what an address answers, whatever its status, or raise Refused."""
        place = address.partition("#")[0], accept.value
        if place not in self._known:
            if len(self._known) >= MAX_FETCHES:
                raise Refused("too_many_fetches", limit=str(MAX_FETCHES))
            try:
                self._known[place] = self._fetch(*place)
            except Refused as refused:
                self._known[place] = refused
        known = self._known[place]
        if isinstance(known, Refused):
            raise Refused(known.code, **known.facts)
        return known


def host(address: str) -> str:
    """Return the host that an address names, for a sentence: never its path, which may say whose badge it is."""
    name = address.partition("://")[2].partition("/")[0].rpartition("@")[2][:253] or "?"
    try:
        return name if name.isascii() else name.encode("idna").decode()  # letters that look like others are seen
    except UnicodeError:
        return "?"


def origin(address: str) -> str:
    """Return scheme, host and port of an https address, in lower case; nothing for any other text."""
    scheme, found, rest = address.partition("://")
    name = rest.partition("/")[0].partition("?")[0].partition("#")[0].lower()
    if scheme.lower() not in {"https", "http"} or not found or not name or "@" in name or "\\" in name:
        return ""
    return f"{scheme.lower()}://{name.removesuffix(':443')}"
