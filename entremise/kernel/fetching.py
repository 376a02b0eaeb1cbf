"""Fetching an address that somebody else wrote (in a badge, in a form) without being turned against our own network.

Only https, only public addresses, each redirect looked at like the first address; the name is resolved once and the
connection goes to the address that was looked at (a name that answers differently the second time gains nothing).
Everything is bounded: bytes, redirects, and the whole time, even when a server sends one byte a second.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from entremise.lib.openbadges.fetched import FOUND, GONE, Fetched
from entremise.lib.openbadges.reasons import Refused

FETCH_SECONDS = 5.0  # of one address, its redirects included
BUDGET_SECONDS = 12.0  # of all the addresses of one report
MAX_REDIRECTS = 3
MAX_ADDRESS = 2048  # characters
MAX_BYTES = 2**20
MAX_IMAGE_BYTES = 5 * 2**20
HTTPS_PORT = 443
MAX_TRIED = 3  # of the addresses that a name has: the first may be of a family that this machine does not reach
REDIRECTS = {301, 302, 303, 307, 308}
AGENT = "Entremise-verifier"
READ_AS_TEXT = {"text/plain", "application/octet-stream"}  # what plain file hosts answer for JSON and tokens
TOKEN_TYPES = {"application/jwt", "application/vc+jwt", "application/statuslist+jwt"}

MAX_RESOLVING = 16  # names at once, of the whole process

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

# Beyond what `is_global` says: addresses that carry another one inside, relays, and one cloud's metadata service.
CLOSED = tuple(
    ipaddress.ip_network(one)
    for one in (
        "168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24", "100.64.0.0/10", "198.18.0.0/15",
        "::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16",
        "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10",
    )
)  # fmt: skip

_resolving = threading.BoundedSemaphore(MAX_RESOLVING)


def is_public(address: Address) -> bool:
    """Tell whether an address is somewhere on the public internet, and nowhere else."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in CLOSED if network.version == address.version)


@dataclass
class Fetcher:
    """Answers the fetches of one report: make one for each, its time is counted from its first fetch.

    `allow_loopback`, `trust` and `resolve` are there for tests with a server on this machine.
    """

    ports: frozenset[int] = frozenset({HTTPS_PORT})
    seconds: float = FETCH_SECONDS
    budget_seconds: float = BUDGET_SECONDS
    allow_loopback: bool = False
    trust: ssl.SSLContext | None = None
    resolve: Resolve | None = None
    _spent: float = field(default=0.0, init=False)

    def __call__(self, address: str, accepted: str) -> Fetched:
        """Return what an address answers, or raise Refused with the reason."""
        started = time.monotonic()
        deadline = started + min(self.seconds, self.budget_seconds - self._spent)
        try:
            return self._follow(address, accepted, deadline)
        finally:
            self._spent += time.monotonic() - started

    def _follow(self, address: str, accepted: str, deadline: float) -> Fetched:
        seen: set[str] = set()
        url = self._read(address)
        for _turn in range(MAX_REDIRECTS + 1):
            if str(url) in seen:
                raise Refused("redirect_loop", host=url.host)
            seen.add(str(url))
            answer = self._ask(url, accepted, deadline)
            if isinstance(answer, Fetched):
                return answer
            url = self._read(answer, url)
        raise Refused("too_many_redirects", host=url.host)

    def _read(self, address: str, base: httpx.URL | None = None) -> httpx.URL:
        """Return an address whose form is allowed; what its name leads to is looked at when it is resolved."""
        if len(address) > MAX_ADDRESS or not address.isprintable() or "\\" in address or " " in address:
            raise Refused("address_malformed")
        try:
            url = (base.join(address) if base else httpx.URL(address)).copy_with(fragment=None)
            host, port = url.host, url.port or HTTPS_PORT
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            raise Refused("address_malformed") from error
        if not host:
            raise Refused("address_malformed")
        if url.userinfo:
            raise Refused("address_credentials", host=host)
        is_local_test = self.allow_loopback and url.scheme == "http" and (base is None or base.scheme == "http")
        if url.scheme != "https" and not is_local_test:
            raise Refused("address_not_https", host=host)
        if port not in self.ports and not self.allow_loopback:
            raise Refused("address_port", host=host)
        return url

    def _ask(self, url: httpx.URL, accepted: str, deadline: float) -> Fetched | str:
        """Return the answer of one address, or where it sends us."""
        for target in self._targets(url, deadline):
            try:
                return self._ask_at(target, url, accepted, deadline)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                _still(deadline, url.host)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as error:
                if isinstance(error, Refused):
                    raise
                _still(deadline, url.host)
                break
        raise Refused("unreachable", host=url.host)

    def _targets(self, url: httpx.URL, deadline: float) -> list[Address]:
        """Resolve the name once; one address inside our networks is enough to refuse all of them."""
        port = url.port or HTTPS_PORT
        name = url.raw_host.decode("ascii")
        addresses = _in_time(lambda: (self.resolve or resolved)(name, port), deadline, url.host)
        found = [ipaddress.ip_address(one.partition("%")[0]) for one in addresses]
        for address in found:
            if not is_public(address) and not (self.allow_loopback and address.is_loopback):
                raise Refused("address_private", host=url.host)
        return found[:MAX_TRIED]

    def _ask_at(self, target: Address, url: httpx.URL, accepted: str, deadline: float) -> Fetched | str:
        headers = {"Host": url.netloc.decode("ascii"), "Accept": accepted, "Accept-Encoding": "identity"}
        headers |= {"User-Agent": AGENT, "Connection": "close"}
        pinned = url.copy_with(host=str(target))
        left = _still(deadline, url.host)
        with (
            httpx.Client(verify=self.trust or _trust(), trust_env=False, timeout=left) as client,
            _stopped_at(deadline) as watch,
        ):
            extensions = {"sni_hostname": url.raw_host.decode("ascii"), "trace": watch}
            request = client.build_request("GET", pinned, headers=headers, extensions=extensions)
            answer = client.send(request, stream=True)
            try:
                return _content(answer, accepted, deadline, url.host)
            finally:
                answer.close()


def _content(answer: httpx.Response, accepted: str, deadline: float, host: str) -> Fetched | str:
    if answer.status_code in REDIRECTS and "location" in answer.headers:
        return answer.headers["location"]
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status_code not in {FOUND, GONE}:
        return Fetched(b"", media_type, answer.status_code)
    if answer.status_code == FOUND and not _is_accepted(media_type, accepted):
        raise Refused("html_page" if "html" in media_type else "answer_type", host=host)
    if answer.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused("answer_encoded", host=host)  # not asked for: what it grows to is not known
    most = MAX_IMAGE_BYTES if media_type.startswith("image/") else MAX_BYTES
    length = answer.headers.get("content-length", "0")
    if length.isdecimal() and int(length[:12]) > most:
        raise Refused("answer_too_large", host=host)
    body = bytearray()
    for part in answer.iter_raw():
        body += part
        if len(body) > most:
            raise Refused("answer_too_large", host=host)
        _still(deadline, host)
    _still(deadline, host)
    return Fetched(bytes(body), media_type, answer.status_code)


def _is_accepted(media_type: str, accepted: str) -> bool:
    asked = {one.partition(";")[0].strip() for one in accepted.split(",")}
    if media_type in asked or media_type in READ_AS_TEXT:
        return True
    if "application/json" in asked and media_type.endswith("+json"):
        return True
    return media_type in TOKEN_TYPES and not asked.isdisjoint(TOKEN_TYPES | {"application/vc"})


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a name, as the machine resolves it."""
    return list(dict.fromkeys(str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _in_time(ask: Callable[[], Sequence[str]], deadline: float, host: str) -> Sequence[str]:
    """Resolve in a thread of its own: the system's resolver knows no deadline."""
    answers: list[Sequence[str]] = []

    def run() -> None:
        try:
            answers.append(ask())
        except (OSError, UnicodeError):
            answers.append(())
        finally:
            _resolving.release()

    if not _resolving.acquire(timeout=_still(deadline, host)):  # slow names leave threads behind: not without end
        raise Refused("too_slow", host=host)
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_still(deadline, host))
    _still(deadline, host)
    if not answers or not answers[0]:
        raise Refused("name_unknown", host=host)
    return answers[0]


def _still(deadline: float, host: str) -> float:
    """Return the seconds left, or refuse: the time is over."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Refused("too_slow", host=host)
    return left


@contextmanager
def _stopped_at(deadline: float) -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """Give a watch that shuts the connection at the deadline: each read alone may be quick, and there be a million.

    httpx tells its `trace` of the new connection; a duplicate of its socket stays ours through the TLS handshake.
    """
    open_sockets: list[socket.socket] = []

    def watch(event: str, details: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            open_sockets.append(details["return_value"].get_extra_info("socket").dup())

    def shut() -> None:
        for one in list(open_sockets):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:  # closed by the other side already
                continue

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), shut)
    timer.daemon = True
    timer.start()
    try:
        yield watch
    finally:
        timer.cancel()
        timer.join()  # it may be at work: a closed socket's number may soon be another's
        for one in open_sockets:
            one.close()


@functools.cache
def _trust() -> ssl.SSLContext:
    """Return the authorities that this machine trusts: read once, it takes tens of milliseconds."""
    return httpx.create_ssl_context()
