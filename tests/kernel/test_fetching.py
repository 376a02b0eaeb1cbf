"""Fetching what a stranger points to: only the public internet, through TLS, in bounded bytes and time."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from entremise.kernel.fetching import MAX_ADDRESS, MAX_BYTES, MAX_IMAGE_BYTES, Fetcher, is_public, resolved
from entremise.lib.openbadges.fetched import Accept, Fetched
from entremise.lib.openbadges.reasons import Refused

Answer = Callable[[str, "Wire"], None]
JSON_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


class Wire:
    """One connection to the server of a test: what was asked, and what to send back."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.asked = b""
        while b"\r\n\r\n" not in self.asked:
            part = connection.recv(65536)
            if not part:
                break
            self.asked += part

    @property
    def path(self) -> str:
        return self.asked.split(b" ")[1].decode() if self.asked else ""

    def send(self, content: bytes) -> None:
        self.connection.sendall(content)

    def answer(self, body: bytes, kind: str = "application/json", status: str = "200 OK", more: str = "") -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
        self.send(head.encode() + body)

    def redirect(self, where: str, status: str = "302 Found") -> None:
        self.send(f"HTTP/1.1 {status}\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode())


class Server:
    """A server on the loopback that does what a test tells it, byte by byte."""

    def __init__(self, behave: Callable[[Wire], None], context: ssl.SSLContext | None = None) -> None:
        self.behave, self.context = behave, context
        self.asked: list[bytes] = []
        self.stopped = threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.threads = [threading.Thread(target=self.run, daemon=True)]
        self.threads[0].start()

    def run(self) -> None:
        while True:
            try:
                connection, _address = self.listening.accept()
            except OSError:
                return
            self.threads.append(threading.Thread(target=self.serve, args=(connection,), daemon=True))
            self.threads[-1].start()

    def serve(self, connection: socket.socket) -> None:
        connection.settimeout(20)
        with contextlib.suppress(OSError), contextlib.closing(connection):
            if self.context is None:
                self.one(connection)
            else:
                with self.context.wrap_socket(connection, server_side=True) as secured:
                    self.one(secured)

    def one(self, connection: socket.socket) -> None:
        wire = Wire(connection)
        self.asked.append(wire.asked)
        self.behave(wire)

    def stop(self) -> None:
        self.stopped.set()
        with contextlib.suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        for thread in self.threads:
            thread.join(20)


Start = Callable[..., Server]


@pytest.fixture
def start() -> Iterator[Start]:
    servers: list[Server] = []

    def started(behave: Callable[[Wire], None], context: ssl.SSLContext | None = None) -> Server:
        servers.append(Server(behave, context))
        return servers[-1]

    yield started
    for server in servers:
        server.stop()


def fetch(address: str, accept: str = Accept.JSON, **options: object) -> Fetched:
    return Fetcher(allow_loopback=True, **options)(address, accept)  # type: ignore[arg-type]


def code(address: str, accept: str = Accept.JSON, **options: object) -> str:
    with pytest.raises(Refused) as refused:
        fetch(address, accept, **options)
    return refused.value.code


def asked_at(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}/badge.json"


# --- where it may go ---------------------------------------------------------------------------------------------

CLOSED = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "169.254.0.1", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "192.88.99.1",
    "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1",
    "3fff::1", "5f00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_of_a_network_of_ours_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    fetcher = Fetcher(resolve=lambda _host, _port: [address])
    with pytest.raises(Refused) as refused:
        fetcher("https://badges.example/1", Accept.JSON)
    assert (refused.value.code, refused.value.facts) == ("address_private", {"host": "badges.example"})


@pytest.mark.parametrize("address", ["8.8.8.8", "193.252.148.1", "2a00:1450:4007::1", "2606:4700::1111"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:{}", "64:ff9b::{}", "::{}"]))
def test_an_address_hidden_inside_another_is_never_public(inside: ipaddress.IPv4Address, form: str) -> None:
    assert not is_public(ipaddress.ip_address(form.format(inside)))


@given(st.ip_addresses())
def test_no_private_address_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not is_public(address)


@pytest.mark.parametrize("name", ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "[::1]", "localhost", "LOCALHOST"])
def test_however_the_loopback_is_written_it_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        Fetcher()(f"https://{name}/", Accept.JSON)
    assert refused.value.code == "address_private"


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    fetcher = Fetcher(resolve=lambda _host, _port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Refused) as refused:
        fetcher("https://badges.example/1", Accept.JSON)
    assert refused.value.code == "address_private"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://badges.example/1", "address_not_https"),
        ("ftp://badges.example/1", "address_not_https"),
        ("file:///etc/passwd", "address_malformed"),
        ("data:application/json,{}", "address_malformed"),
        ("gopher://badges.example/", "address_not_https"),
        ("https://user:secret@badges.example/1", "address_credentials"),
        ("https://badges.example@evil.example/", "address_credentials"),
        ("https://badges.example:8443/1", "address_port"),
        ("https://badges.example:22/1", "address_port"),
        ("https:///1", "address_malformed"),
        ("//badges.example/1", "address_not_https"),
        ("badges", "address_malformed"),
        ("", "address_malformed"),
        ("https://badges.example\\@evil.example/", "address_malformed"),
        ("https://badges.example/a\r\nHost: evil", "address_malformed"),
        ("https://badges.example/ b", "address_malformed"),
        ("https://xn--/", "address_malformed"),
        ("https://badges.example/" + "a" * MAX_ADDRESS, "address_malformed"),
    ],
)
def test_an_address_of_another_form_is_refused_before_anything_is_resolved(address: str, expected: str) -> None:
    resolved_names: list[str] = []
    fetcher = Fetcher(resolve=lambda host, _port: resolved_names.append(host) or ["8.8.8.8"])  # type: ignore[func-returns-value]
    with pytest.raises(Refused) as refused:
        fetcher(address, Accept.JSON)
    assert refused.value.code == expected
    assert resolved_names == []


def test_a_name_that_nobody_knows_is_said_so() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert code("https://nowhere.example/", resolve=unknown) == "name_unknown"
    assert code("https://nowhere.example/", resolve=lambda _host, _port: []) == "name_unknown"


def test_the_machine_resolves_names_itself_by_default() -> None:
    assert resolved("127.0.0.1", 443) == ["127.0.0.1"]


# --- what it brings back -----------------------------------------------------------------------------------------


def test_an_answer_comes_back_as_sent_without_cookies_or_compression(start: Start) -> None:
    def behave(wire: Wire) -> None:
        if wire.path == "/badge.json":
            wire.send(
                b"HTTP/1.1 302 Found\r\nLocation: /there\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n"
            )
        else:
            wire.answer('{"nom": "Élise"}'.encode(), "application/vc; charset=utf-8")

    server = start(behave)
    answer = fetch(asked_at(server) + "#part")
    assert answer == Fetched('{"nom": "Élise"}'.encode(), "application/vc", 200)
    first, second = (asked.decode().lower() for asked in server.asked)
    assert first.startswith("get /badge.json http/1.1")
    for asked in (first, second):
        assert "accept-encoding: identity" in asked
        assert f"host: 127.0.0.1:{server.port}" in asked
        assert "cookie" not in asked
        assert "authorization" not in asked


@pytest.mark.parametrize(
    ("kind", "accept"),
    [
        ("application/json", Accept.JSON),
        ("application/ld+json; profile=x", Accept.JSON),
        ("application/did+json", Accept.JSON),
        ("application/vc+jwt", Accept.JSON),
        ("text/plain", Accept.JSON),
        ("application/statuslist+jwt", Accept.TOKEN),
        ("application/jwt", Accept.TOKEN),
        ("image/png", Accept.BADGE),
        ("image/svg+xml", Accept.BADGE),
        ("application/vc", Accept.BADGE),
    ],
)
def test_a_type_that_was_asked_for_is_taken(start: Start, kind: str, accept: Accept) -> None:
    server = start(lambda wire: wire.answer(b"{}", kind))
    assert fetch(asked_at(server), accept).body == b"{}"


@pytest.mark.parametrize(
    ("kind", "accept", "expected"),
    [
        ("text/html; charset=utf-8", Accept.JSON, "html_page"),
        ("application/xhtml+xml", Accept.BADGE, "html_page"),
        ("image/png", Accept.JSON, "answer_type"),
        ("application/json", Accept.TOKEN, "answer_type"),
        ("application/pdf", Accept.BADGE, "answer_type"),
        ("", Accept.JSON, "answer_type"),
    ],
)
def test_another_type_is_refused(start: Start, kind: str, accept: Accept, expected: str) -> None:
    server = start(lambda wire: wire.answer(b"{}", kind))
    assert code(asked_at(server), accept) == expected


def test_a_revoked_assertion_comes_back_with_its_body_and_other_refusals_without(start: Start) -> None:
    server = start(lambda wire: wire.answer(b'{"revoked": true}', status="410 Gone"))
    assert fetch(asked_at(server)) == Fetched(b'{"revoked": true}', "application/json", 410)
    server = start(lambda wire: wire.answer(b"<h1>", "text/html", status="404 Not Found"))
    assert fetch(asked_at(server)) == Fetched(b"", "text/html", 404)


@pytest.mark.parametrize(("kind", "most"), [("application/json", MAX_BYTES), ("image/png", MAX_IMAGE_BYTES)])
def test_too_much_is_refused_whether_announced_or_not(start: Start, kind: str, most: int) -> None:
    fits = start(lambda wire: wire.answer(b" " * most, kind))
    assert len(fetch(asked_at(fits), Accept.BADGE).body) == most
    announced = start(lambda wire: wire.answer(b" " * (most + 1), kind))
    assert code(asked_at(announced), Accept.BADGE) == "answer_too_large"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\n\r\n".encode()
    silent = start(lambda wire: wire.send(head + b" " * (most + 1)))
    assert code(asked_at(silent), Accept.BADGE) == "answer_too_large"


def test_a_compressed_answer_is_refused_as_it_was_not_asked_for(start: Start) -> None:
    bomb = gzip.compress(b" " * 2**24)
    server = start(lambda wire: wire.answer(bomb, more="Content-Encoding: gzip\r\n"))
    assert code(asked_at(server)) == "answer_encoded"


@pytest.mark.parametrize("sent", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"])
def test_an_answer_that_is_cut_or_is_no_answer_is_out_of_reach(start: Start, sent: bytes) -> None:
    whole = sent.replace(b"OK\r\n", b"OK\r\nContent-Type: application/json\r\n")
    assert code(asked_at(start(lambda wire: wire.send(whole)))) == "unreachable"


def test_a_closed_door_is_out_of_reach_and_the_next_address_is_tried(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert code(f"http://127.0.0.1:{port}/") == "unreachable"
    server = start(lambda wire: wire.answer(b"{}"))
    both = fetch(f"http://b.example:{server.port}/", resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
    assert both.body == b"{}"


# --- redirects ---------------------------------------------------------------------------------------------------


def test_three_redirects_are_followed_and_not_four(start: Start) -> None:
    def behave(wire: Wire) -> None:
        left = int(wire.path.rpartition("/")[2])
        wire.redirect(f"/{left - 1}", "307 Temporary Redirect") if left else wire.answer(b"{}")

    server = start(behave)
    assert fetch(f"http://127.0.0.1:{server.port}/3").body == b"{}"
    assert code(f"http://127.0.0.1:{server.port}/4") == "too_many_redirects"


def test_a_loop_of_redirects_is_seen(start: Start) -> None:
    server = start(lambda wire: wire.redirect("/b" if wire.path == "/a" else "/a"))
    assert code(f"http://127.0.0.1:{server.port}/a") == "redirect_loop"
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("https://10.0.0.1/latest/meta-data", "address_private"),
        ("https://169.254.169.254/latest/meta-data", "address_private"),
        ("ftp://127.0.0.1/", "address_not_https"),
        ("file:///etc/passwd", "address_malformed"),
        ("https://a:b@127.0.0.1/", "address_credentials"),
        ("https://[::1", "unreachable"),
        ("https://badges.example/\x80", "address_malformed"),
    ],
)
def test_where_a_redirect_leads_is_looked_at_like_the_first_address(start: Start, where: str, expected: str) -> None:
    server = start(lambda wire: wire.redirect(where))
    assert code(asked_at(server)) == expected


# --- time --------------------------------------------------------------------------------------------------------


def drip(wire: Wire, head: bytes, byte: bytes, ended: threading.Event) -> None:
    """Send one byte at a time, each well before any time limit on one read, then a whole answer."""
    wire.send(head)
    for _turn in range(200):
        if ended.wait(0.05):
            return
        wire.send(byte)
    wire.send(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("head", "byte"),
    [
        (JSON_HEADERS + b"Content-Length: 204\r\n\r\n", b" "),
        (JSON_HEADERS + b"Connection: close\r\n\r\n", b" "),
        (JSON_HEADERS + b"X-Long: ", b"a"),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    ],
    ids=["body", "body_without_length", "headers", "hints"],
)
def test_a_server_that_drips_is_left_at_the_deadline(start: Start, head: bytes, byte: bytes) -> None:
    ended = threading.Event()
    server = start(lambda wire: drip(wire, head, byte, ended))
    try:
        assert code(asked_at(server), seconds=0.4) == "too_slow"
    finally:
        ended.set()


def test_a_server_that_never_answers_and_a_name_never_resolved_are_left_too(start: Start) -> None:
    ended = threading.Event()
    server = start(lambda _wire: ended.wait(20) and None)
    try:
        assert code(asked_at(server), seconds=0.3) == "too_slow"
        never = lambda _host, _port: ["127.0.0.1"] if ended.wait(20) else []  # noqa: E731
        assert code("https://slow.example/", seconds=0.3, resolve=never) == "too_slow"
    finally:
        ended.set()


def test_a_report_has_one_budget_for_all_its_addresses(start: Start) -> None:
    ended = threading.Event()
    server = start(lambda wire: wire.answer(b"{}") if wire.path == "/quick" else ended.wait(20) and None)
    fetcher = Fetcher(allow_loopback=True, seconds=60, budget_seconds=1)
    try:
        assert fetcher(f"http://127.0.0.1:{server.port}/quick", Accept.JSON).body == b"{}"
        for _turn in range(2):
            with pytest.raises(Refused, match="too_slow"):
                fetcher(f"http://127.0.0.1:{server.port}/never", Accept.JSON)
    finally:
        ended.set()
    assert len(server.asked) == 2  # nothing is left for the third


# --- TLS and names that change -----------------------------------------------------------------------------------


def secured(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server of this name shows, and what trusts it and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    clear = serialization.NoEncryption()
    (folder / "both.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, clear) + pem
    )
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(folder / "both.pem")
    return shown, ssl.create_default_context(cadata=pem.decode())


def test_the_certificate_must_be_of_the_name_although_the_connection_goes_to_an_address(
    start: Start, tmp_path: Path
) -> None:
    shown, trust = secured(tmp_path, "badges.example")
    server = start(lambda wire: wire.answer(b"{}"), shown)
    here = lambda _host, _port: ["127.0.0.1"]  # noqa: E731
    right = f"https://badges.example:{server.port}/1"
    assert fetch(right, trust=trust, resolve=here).body == b"{}"
    assert f"Host: badges.example:{server.port}".encode() in server.asked[-1]
    assert code(right.replace("badges", "other"), trust=trust, resolve=here) == "unreachable"
    assert code(right, resolve=here) == "unreachable"  # an authority that nobody trusts


def test_a_name_is_resolved_once_so_that_it_cannot_change_between_the_look_and_the_call(
    start: Start, tmp_path: Path
) -> None:
    shown, trust = secured(tmp_path, "badges.example")
    server = start(lambda wire: wire.answer(b"{}"), shown)
    answers = [["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]]
    fetcher = Fetcher(allow_loopback=True, trust=trust, resolve=lambda _host, _port: answers.pop(0))
    assert fetcher(f"https://badges.example:{server.port}/1", Accept.JSON).body == b"{}"
    assert len(answers) == 2
    with pytest.raises(Refused, match="address_private"):
        fetcher(f"https://badges.example:{server.port}/1", Accept.JSON)


def test_a_redirect_never_leaves_tls(start: Start, tmp_path: Path) -> None:
    shown, trust = secured(tmp_path, "badges.example")
    plain = start(lambda wire: wire.answer(b"{}"))
    server = start(lambda wire: wire.redirect(f"http://127.0.0.1:{plain.port}/"), shown)
    address = f"https://badges.example:{server.port}/1"
    assert code(address, trust=trust, resolve=lambda _host, _port: ["127.0.0.1"]) == "address_not_https"
    assert plain.asked == []


def test_a_handshake_that_never_ends_is_left_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert code(f"https://127.0.0.1:{port}/", seconds=0.3) == "too_slow"


def test_what_the_environment_says_of_proxies_is_ignored(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, server = start(lambda wire: wire.answer(b"[]")), start(lambda wire: wire.answer(b"{}"))
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert fetch(asked_at(server)).body == b"{}"
    assert proxy.asked == []
