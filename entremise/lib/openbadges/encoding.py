"""Bases in which keys and signatures are written: base58btc, multibase, base64url without padding."""

import base64
import binascii

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MAX_BASE58 = 2048  # characters: the conversion takes quadratic time, and a signature has 88


class EncodingRefused(ValueError):
    """The text is not in the base that it claims."""


def to_base58(raw: bytes) -> str:
    """Write bytes in base58btc, each leading zero byte as a 1."""
    number, written = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        written = BASE58[digit] + written
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + written


def from_base58(text: str) -> bytes:
    """Read base58btc."""
    if len(text) > MAX_BASE58:
        raise EncodingRefused("too long for base58btc")
    number = 0
    for character in text:
        digit = BASE58.find(character)
        if digit < 0:
            raise EncodingRefused("not base58btc")
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def to_multibase(raw: bytes) -> str:
    """Write bytes as multibase, in base58btc (W3C Controlled Identifiers 1.0 §2.4)."""
    return "z" + to_base58(raw)


def from_multibase(text: str) -> bytes:
    """Read multibase, in base58btc or base64url."""
    if text.startswith("z"):
        return from_base58(text[1:])
    if text.startswith("u"):
        return from_base64url(text[1:])
    raise EncodingRefused("neither base58btc (z) nor base64url (u)")


def to_base64url(raw: bytes) -> str:
    """Write bytes in base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Read base64url without padding; the ordinary alphabet, spaces and padding are refused."""
    if not text.isascii() or any(mark in text for mark in "+/= \r\n\t"):
        raise EncodingRefused("not base64url")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise EncodingRefused("not base64url") from error
