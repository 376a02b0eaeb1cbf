"""A badge inside its image ("baking"): put in and read back, PNG here, SVG in `bake_svg`.

Open Badges 3.0 §5.3 and Open Badges 2.0 Baking. A PNG carries the badge in one uncompressed `iTXt` chunk before its
end; older tools wrote `tEXt` or compressed chunks, which are read too. What comes from outside is read chunk by chunk,
never drawn, and never inflated beyond `MAX_BADGE_BYTES`.

Refused with `image_kind` (neither PNG nor SVG), `image_too_large`, `image_malformed`, `image_checksum`, `image_bomb`,
`image_without_badge`, `image_with_several_badges`, `image_badge_text` (the badge cannot be written in such an image).
"""

from __future__ import annotations

import binascii
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from entremise.lib.openbadges.reasons import Refused

MAX_IMAGE_BYTES = 8 << 20
MAX_BADGE_BYTES = 1 << 20  # as the largest JSON that is read
MAX_CHUNKS = 20_000
PNG_MARK = b"\x89PNG\r\n\x1a\n"
HEADER, END = b"IHDR", b"IEND"
TEXT_CHUNKS = (b"iTXt", b"tEXt", b"zTXt")


class Carrier(StrEnum):
    """Which Open Badges an image carries: the two have their own keyword and namespace."""

    OB2 = "ob2"
    OB3 = "ob3"


KEYWORDS = {b"openbadges": Carrier.OB2, b"openbadgecredential": Carrier.OB3}
KEYWORD_OF = {carrier: keyword for keyword, carrier in KEYWORDS.items()}


@dataclass(frozen=True, slots=True)
class Baked:
    """What an image carried: JSON, a compact JWS or, in Open Badges 2.0, the address of the assertion."""

    carrier: Carrier
    payload: bytes


def is_png(image: bytes) -> bool:
    """Tell whether a file starts as a PNG."""
    return image.startswith(PNG_MARK)


def into_png(image: bytes, payload: bytes, carrier: Carrier) -> bytes:
    """Return the PNG with this badge in it; the badge it carried before, of whichever form, is replaced."""
    check_payload(payload)
    kept = [(kind, body) for kind, body in _chunks(image) if _keyword(kind, body) is None]
    if not kept or kept[-1][0] != END:
        raise Refused("image_malformed")
    # keyword, not compressed, method 0, no language, no translated keyword, text
    text = KEYWORD_OF[carrier] + b"\0\0\0\0\0" + payload
    return PNG_MARK + b"".join(_written(kind, body) for kind, body in [*kept[:-1], (b"iTXt", text), kept[-1]])


def from_png(image: bytes) -> Baked:
    """Return the badge that the PNG carries."""
    found = [(kind, body) for kind, body in _chunks(image) if _keyword(kind, body) is not None]
    if not found:
        raise Refused("image_without_badge")
    if len(found) > 1:
        raise Refused("image_with_several_badges")
    [(kind, body)] = found
    keyword, _, rest = body.partition(b"\0")
    return Baked(KEYWORDS[keyword], _text(kind, rest).strip())


def check_payload(payload: bytes) -> None:
    """Refuse a badge that an image cannot carry."""
    try:
        text = payload.decode()
    except UnicodeDecodeError as error:
        raise Refused("image_badge_text") from error
    if not text.strip() or "\0" in text or len(payload) > MAX_BADGE_BYTES:
        raise Refused("image_badge_text")


def _chunks(image: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks up to the end of the image; what follows is no part of it."""
    if not is_png(image):
        raise Refused("image_kind")
    if len(image) > MAX_IMAGE_BYTES:
        raise Refused("image_too_large")
    place, expected = len(PNG_MARK), HEADER
    for _ in range(MAX_CHUNKS):
        if len(image) - place < 12:
            raise Refused("image_malformed")
        size, kind = struct.unpack_from(">I4s", image, place)
        if size > len(image) - place - 12 or not kind.isalpha() or (expected and kind != expected):
            raise Refused("image_malformed")
        body = image[place + 8 : place + 8 + size]
        if struct.unpack_from(">I", image, place + 8 + size)[0] != binascii.crc32(kind + body):
            raise Refused("image_checksum")
        yield kind, body
        if kind == END:
            return
        place, expected = place + 12 + size, b""
    raise Refused("image_too_large")


def _keyword(kind: bytes, body: bytes) -> Carrier | None:
    return KEYWORDS.get(body.partition(b"\0")[0]) if kind in TEXT_CHUNKS else None


def _written(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", binascii.crc32(kind + body))


def _text(kind: bytes, rest: bytes) -> bytes:
    """Return the text of a chunk, after its keyword."""
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        if rest[:1] != b"\0":
            raise Refused("image_malformed")
        return _inflated(rest[1:])
    flag, method = rest[:1], rest[1:2]
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3 or flag not in (b"\0", b"\1") or (flag == b"\1" and method != b"\0"):
        raise Refused("image_malformed")
    return _inflated(parts[2]) if flag == b"\1" else parts[2]


def _inflated(compressed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(compressed, MAX_BADGE_BYTES + 1)
    except zlib.error as error:
        raise Refused("image_malformed") from error
    if len(text) > MAX_BADGE_BYTES:
        raise Refused("image_bomb")
    if not inflater.eof:
        raise Refused("image_malformed")
    return text
