"""What was given: JSON, a token, a picture, the address of a badge; whatever a person drops, pastes or scans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from entremise.lib.openbadges import bake, bake_svg
from entremise.lib.openbadges.limits import MAX_JSON
from entremise.lib.openbadges.reasons import Refused

MAX_ADDRESS = 2_048
OTHER_PICTURES = (b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
BLANK = b" \t\r\n\v\f\0"
BASE64URL = r"[A-Za-z0-9_-]+"
JWS = re.compile(rf"{BASE64URL}\.{BASE64URL}\.{BASE64URL}", re.ASCII)
SD_JWT = re.compile(rf"{JWS.pattern}~(?:{BASE64URL}~)*(?:{JWS.pattern})?", re.ASCII)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


class Kind(StrEnum):
    """What the bytes are."""

    JSON = "json"
    JWS = "jws"
    SD_JWT = "sd-jwt"
    PNG = "png"
    SVG = "svg"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Given:
    """What was given, without the blanks that copying adds around it."""

    kind: Kind
    payload: bytes


def detect(given: bytes | str) -> Given:
    """Tell what was given, or refuse what cannot be a badge."""
    raw = given.encode("utf-8", "replace") if isinstance(given, str) else bytes(given)
    if bake.is_png(raw):
        return Given(Kind.PNG, raw)
    if raw.startswith(OTHER_PICTURES):
        raise Refused("image_kind")
    stripped = raw.removeprefix(BYTE_ORDER_MARK).strip(BLANK)
    if not stripped:
        raise Refused("empty")
    if stripped.startswith(b"<"):
        return _marked_up(stripped)
    if len(stripped) > MAX_JSON:
        raise Refused("too_large")
    if stripped.startswith((b"{", b"[")):
        return Given(Kind.JSON, stripped)
    return _text(stripped)


def _marked_up(raw: bytes) -> Given:
    if bake_svg.is_svg(raw) and not re.match(rb"<(?:!doctype\s+)?html", raw, re.IGNORECASE):
        return Given(Kind.SVG, raw)
    raise Refused("html_page" if b"<html" in raw[:4_096].lower() else "unknown_kind")


def _text(raw: bytes) -> Given:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused("unknown_kind") from None
    if ADDRESS.fullmatch(text):
        if len(text) > MAX_ADDRESS:
            raise Refused("address_malformed")
        return Given(Kind.ADDRESS, text.encode())
    token = "".join(text.split()).strip("\"'")  # mails and screens cut long lines
    if SD_JWT.fullmatch(token):
        return Given(Kind.SD_JWT, token.encode())
    if JWS.fullmatch(token):
        return Given(Kind.JWS, token.encode())
    raise Refused("unknown_kind")
