"""Fetching what a stranger points to: only the public internet, through TLS, in bounded bytes and time."""

from __future__ import annotations

import gzip
import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.kernel.fetching import (
    MAX_ADDRESS,
    MAX_BYTES,
    MAX_IMAGE_BYTES,
    Fetcher,
    is_public,
    resolved,
)
from entremise.lib.openbadges.fetched import Accept, Fetched
from entremise.lib.openbadges.reasons import Refused
from tests.factories.strangers import Start, Wire, asked_at, code, fetch

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
        ("application/statuslist+jwt", Accept.STATUS_LIST),
        ("application/jwt", Accept.STATUS_LIST),
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
        ("application/json", Accept.STATUS_LIST, "answer_type"),
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
