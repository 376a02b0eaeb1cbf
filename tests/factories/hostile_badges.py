"""Badges made to harm whoever reads them, each verified in a process of its own within one second and 100 MB.

Run as a program it answers one line of JSON: for each case its verdict and its reason, or how its process ended.
"""

import base64
import gzip
import hashlib
import hmac
import json
import os
import resource
import struct
import sys
import threading
import zlib
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from entremise.kernel.fetching import Fetcher
from entremise.lib.openbadges import di, did, jws, ob3, statuslist
from entremise.lib.openbadges.claims import Issuer, StatusPurpose, StatusRef
from entremise.lib.openbadges.fetched import Fetch, Fetched
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.report import Report
from entremise.lib.openbadges.verify import verify
from tests.factories.badge_world import DID_URL, KID_DI, badge, signed, token, world
from tests.factories.badges import HOST, KID, LIST_URL, NOW, claim, key

CPU_SECONDS, MEMORY_BYTES = 1, 100 * 2**20
BOMB_BYTES = 128 * 2**20
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
VCDM_1 = "https://www.w3.org/2018/credentials/v1"
Made = tuple[bytes | str, Fetch]
Case = tuple[str, Callable[[], Made]]


def at_home(given: bytes | str) -> Made:
    """Give a badge in the ordinary world."""
    return given, world().fetch


def changed(change: Callable[[dict[str, Any]], object], **members: object) -> Made:
    """Change a signed badge, keep its signature."""
    document = json.loads(badge(**members))
    change(document)
    return at_home(ob3.serialised(document))


def forged(header: dict[str, Any], secret: bytes = b"") -> str:
    """Return the payload of a good token under another header, signed with a shared secret when there is one."""

    payload = token().split(".")[1]
    text = f"{_encoded(json.dumps(header).encode())}.{payload}"
    signature = hmac.new(secret, text.encode(), hashlib.sha256).digest() if secret else b""
    return f"{text}.{_encoded(signature) or 'AA'}"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def connected(count: int) -> Made:
    """Return a badge whose blank nodes all point to each other (RDFC-1.0, test074c)."""

    def change(document: dict[str, Any]) -> None:
        document["@context"] = [VCDM_1, document["@context"][1]]
        document["issuanceDate"], document["expirationDate"] = document.pop("validFrom"), document.pop("validUntil")
        labels = [f"_:n{number}" for number in range(count)]
        document["credentialSubject"]["achievement"]["creator"] = [
            {"id": one, "type": ["Profile"], "image": [{"id": other} for other in labels if other != one]}
            for one in labels
        ]

    return changed(change, statuses=())


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunks(*chunks: bytes) -> Made:
    """Return a picture with these chunks before its end."""
    return at_home(PNG[:-12] + b"".join(chunks) + PNG[-12:])


@cache
def bomb() -> bytes:
    return zlib.compress(bytes(BOMB_BYTES), 1)


def status_list(encoded: str) -> Made:
    """Return a badge whose status list, well signed, holds this."""
    bits = statuslist.BitList(statuslist.MIN_ENTRIES)
    document = statuslist.build_bitstring(LIST_URL, claim().issuer.id, StatusPurpose.REVOCATION, bits, NOW, NOW)
    document["validUntil"] = "2027-01-01T00:00:00Z"
    document["credentialSubject"]["encodedList"] = encoded
    there = world()
    there.put(LIST_URL, signed(document))
    return badge(statuses=(StatusRef(LIST_URL, 1),)), there.fetch


def pointing(address: str, **resolved: str) -> Made:
    """Return a badge whose status list is at an address; the names of the internet resolve as told."""
    there = world()
    real = Fetcher(resolve=(lambda host, _port: [resolved[host]]) if resolved else None)

    def fetch(asked: str, accepted: str) -> Fetched:
        return there.fetch(asked, accepted) if asked == DID_URL else real(asked, accepted)

    return badge(statuses=(StatusRef(address, 1),)), fetch


def in_circles() -> Made:
    """Return an address that redirects to itself through another one."""

    class Circle(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header("Location", "/b" if self.path == "/a" else "/a")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_given: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Circle)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/a", Fetcher(allow_loopback=True)


def twice(image: str) -> bytes:
    inside = '<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" verify="a.b.c"/>'
    return image.format(inside + inside).encode()


def other_key() -> bytes:
    return ob3.sign(claim(), key(Algorithm.EDDSA, 3), did.kid_of_key(key(Algorithm.EDDSA, 3).public), NOW)


def moved(document: dict[str, Any]) -> None:
    document["credentialSubject"]["achievement"]["name"] = "Chirurgien"


def laborious() -> Made:
    """Return a badge whose four status lists, well signed four times each, hold thousands of values."""
    own = key(Algorithm.EDDSA, 3)
    issuer, kid = did.of_key(own.public), did.kid_of_key(own.public)
    there = world()
    places = tuple(StatusRef(f"{HOST}/status/{number}", 1) for number in range(11, 15))
    for place in places:
        bits = statuslist.BitList(statuslist.MIN_ENTRIES)
        document = statuslist.build_bitstring(place.list_url, issuer, place.purpose, bits, NOW, NOW)
        document["validUntil"] = "2027-01-01T00:00:00Z"
        document["evidence"] = [{"id": f"urn:uuid:{number}", "type": "https://a.example/x"} for number in range(900)]
        document = di.sign(document, own, kid, NOW)
        there.put(place.list_url, document | {"proof": document["proof"] * 4})
    made = claim(issuer=Issuer(issuer, "X"), statuses=places)
    return ob3.sign(made, own, kid, NOW), there.fetch


CASES: dict[str, Case] = {
    "tampered_leaf": ("wrong_signature", lambda: changed(moved)),
    "unknown_term": ("unknown_term", lambda: changed(lambda one: one["credentialSubject"].update(salary="2000"))),
    "wrong_controller": ("wrong_controller", lambda: at_home(other_key())),
    "alg_none": ("unknown_algorithm", lambda: at_home(forged({"alg": "none", "kid": KID, "typ": "JWT"}))),
    "hs256_with_the_public_key": (
        "unknown_algorithm",
        lambda: at_home(
            forged({"alg": "HS256", "kid": KID, "typ": "JWT"}, key(Algorithm.RS256).public.pem().encode())
        ),
    ),
    "key_in_the_header": (
        "token_without_key",
        lambda: at_home(forged({"alg": "RS256", "typ": "JWT", "jwk": key(Algorithm.RS256).public.jwk()})),
    ),
    "json_of_10_MB": ("too_large", lambda: at_home(b'{"a":"' + b"x" * 10 * 2**20 + b'"}')),
    "text_of_10_MB": ("too_large", lambda: at_home("é" * 10 * 2**20)),
    "depth_of_10000": ("too_deep", lambda: at_home(b'{"a":' * 10_000 + b"1" + b"}" * 10_000)),
    "depth_of_10000_lists": ("too_deep", lambda: at_home(b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}")),
    "many_members": ("too_many_values", lambda: at_home(json.dumps({str(one): one for one in range(50_000)}))),
    "twice_the_same_member": ("duplicate_member", lambda: at_home('{"id":"a","id":"b"}')),
    "lone_surrogate": ("lone_surrogate", lambda: at_home('{"id":"\\ud800"}')),
    "not_a_number": ("number_out_of_range", lambda: at_home('{"id":NaN}')),
    "eight_connected_blank_nodes": ("too_symmetric", lambda: connected(8)),
    "twenty_connected_blank_nodes": ("too_symmetric", lambda: connected(20)),
    "bomb_in_itxt": (
        "image_bomb", lambda: with_chunks(chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + bomb())),
    ),
    "bomb_in_ztxt": ("image_bomb", lambda: with_chunks(chunk(b"zTXt", b"openbadges\0\0" + bomb()))),
    "two_badges_in_a_png": (
        "image_with_several_badges",
        lambda: with_chunks(*(chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0a.b.c") for _ in range(2))),
    ),
    "two_badges_in_an_svg": ("image_with_several_badges", lambda: at_home(twice(SVG))),
    "many_chunks": ("image_too_large", lambda: with_chunks(*(chunk(b"tEXt", b"a\0b") for _ in range(30_000)))),
    "svg_with_a_script": ("svg_active", lambda: at_home(SVG.format("<script>alert(1)</script>").encode())),
    "svg_with_an_external_entity": (
        "svg_doctype",
        lambda: at_home(b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SVG.format("&x;").encode()),
    ),
    "svg_of_a_billion_laughs": (
        "svg_doctype",
        lambda: at_home(
            b'<!DOCTYPE svg [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
            + SVG.format("&b;" * 1000).encode()
        ),
    ),
    "bomb_in_the_status_list": (
        "status_list_bomb", lambda: status_list("u" + _encoded(gzip.compress(bytes(BOMB_BYTES), 1))),
    ),
    "remote_context": (
        "unknown_context", lambda: changed(lambda one: one["@context"].append("https://evil.example/context.json")),
    ),
    "context_as_an_object": (
        "inline_context", lambda: changed(lambda one: one["@context"].append({"name": "https://evil.example/name"})),
    ),
    "base_in_the_context": (
        "inline_context", lambda: changed(lambda one: one["@context"].append({"@base": "https://evil.example/"})),
    ),
    "list_on_the_loopback": ("address_private", lambda: pointing("https://127.0.0.1/status/1")),
    "list_on_a_private_address": ("address_private", lambda: pointing("https://10.0.0.1/status/1")),
    "list_on_the_metadata_service": ("address_private", lambda: pointing("https://169.254.169.254/latest")),
    "list_on_a_name_of_our_network": (
        "address_private", lambda: pointing("https://a.example/1", **{"a.example": "192.168.1.1"}),
    ),
    "list_without_tls": ("address_not_https", lambda: pointing("http://a.example/1")),
    "list_in_a_file": ("address_malformed", lambda: pointing("file:///etc/passwd")),
    "issuer_on_the_loopback": (
        "bad_did",
        lambda: at_home(
            ob3.sign(
                claim(issuer=claim().issuer.__class__("did:web:127.0.0.1%3A8000", "X")),
                key(Algorithm.EDDSA), "did:web:127.0.0.1%3A8000#1", NOW,
            )
        ),
    ),
    "address_on_the_loopback": ("address_private", lambda: ("https://localhost/badge.json", Fetcher())),
    "redirects_in_circles": ("redirect_loop", in_circles),
    "signed_tomorrow": (
        "proof_from_future",
        lambda: at_home(ob3.sign(claim(), key(Algorithm.EDDSA), KID_DI, NOW.replace(year=2027))),
    ),
    "token_of_thousands_of_disclosures": (
        "too_many_disclosures", lambda: at_home(f"{token()}~" + "e30~" * 200_000),
    ),
    "four_laborious_status_lists": ("too_much_work", laborious),
    "html": ("html_page", lambda: at_home(b"<!doctype html><html><body>badge</body></html>")),
    "jpeg": ("image_kind", lambda: at_home(b"\xff\xd8\xff\xe0" + b"x" * 1000)),
    "zip": ("unknown_kind", lambda: at_home(b"PK\3\4" + b"x" * 1000)),
    "nothing": ("empty", lambda: at_home(b" \r\n")),
}  # fmt: skip


def outcome(name: str) -> Report:
    """Verify one case."""
    given, fetch = CASES[name][1]()
    return verify(given, now=NOW, fetch=fetch)


def confined(name: str, made: Made) -> list[str]:
    """Verify one case in a process that the system stops beyond its share of time and memory."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with open("/proc/self/statm", encoding="ascii") as file:
            size = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY_BYTES, size + MEMORY_BYTES))
        report = verify(made[0], now=NOW, fetch=made[1])
        os.write(writing, json.dumps([report.verdict.value, report.reason.code]).encode())
        os._exit(0)
    os.close(writing)
    _pid, status = os.waitpid(child, 0)
    with open(reading, "rb") as answer:
        told = answer.read()
    return json.loads(told) if told else ["stopped", str(status)]


def main() -> None:
    """Verify each case apart."""
    world()
    assert verify(badge(), now=NOW, fetch=world().fetch).reason.code == "signature_ok"  # what is read once is read
    assert verify(jws.read(token()).signed.decode() + ".AA", now=NOW, fetch=world().fetch).codes
    found = {}
    for name, (_code, make) in CASES.items():
        found[name] = confined(name, make())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
