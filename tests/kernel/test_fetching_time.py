"""Fetching: the time that a stranger may take, TLS, names that change."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from entremise.kernel.fetching import (
    MAX_RESOLVING,
    Fetcher,
)
from entremise.lib.openbadges.fetched import Accept
from entremise.lib.openbadges.reasons import Refused
from tests.factories.strangers import Start, Wire, asked_at, code, fetch

JSON_HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


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


def test_slow_names_do_not_leave_threads_without_end() -> None:
    ended, asked = threading.Event(), []

    def never(host: str, _port: int) -> list[str]:
        asked.append(host)
        ended.wait(20)
        return []

    try:
        for number in range(MAX_RESOLVING + 3):
            assert code(f"https://slow-{number}.example/", seconds=0.03, resolve=never) == "too_slow"
    finally:
        ended.set()
    assert 0 < len(asked) <= MAX_RESOLVING
    assert code("https://nowhere.example/", resolve=lambda _host, _port: []) == "name_unknown"


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
