"""Time-ordered UUIDs (RFC 9562 §5.7): good primary keys that say nothing about order of registration in a URL."""

import secrets
import time
from uuid import UUID


def uuid7(milliseconds: int | None = None) -> UUID:
    """Return a new version 7 UUID: 48 bits of milliseconds (now, unless told), then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
