"""An authenticator application, as a phone has it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time

STEP_SECONDS = 30
DIGITS = 6


class Authenticator:
    """One account in the application: a key typed once, then a code every thirty seconds (RFC 6238)."""

    def __init__(self, key: str) -> None:
        plain = key.replace(" ", "").upper()
        self._secret = base64.b32decode(plain + "=" * (-len(plain) % 8))
        self._last_step = 0

    def code(self) -> str:
        """Read the code shown now; as a site takes each code once, wait for the next when it was read already."""
        while self._step() <= self._last_step:
            time.sleep(0.5)
        self._last_step = self._step()
        digest = hmac.new(self._secret, struct.pack(">Q", self._last_step), hashlib.sha1).digest()
        offset = digest[-1] & 0x0F
        number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 10**DIGITS:0{DIGITS}d}"

    @staticmethod
    def _step() -> int:
        return int(time.time()) // STEP_SECONDS
