"""The last guard of the log: whatever a library writes, no token, no e-mail address, no telephone number.

Our own code logs ids only. Django writes the address of a refused request, which may hold the token of a link that was
copied with a comma too many; PostgreSQL quotes the row that it refuses.
"""

import logging
import re
from typing import Any

HIDDEN = "[…]"
_BREAKS = {code: f"\\x{code:02x}" for code in (*range(32), 127, 0x85, 0x2028, 0x2029)}
_PERSONAL = re.compile(
    r"[A-Za-z0-9_-]{60,}"  # the token of a link, a session, a key
    r"|[^\s\"'<>()=,;:/]+@[^\s\"'<>()=,;:/]+\.\w+"
    r"|\+\d{8,15}\b"
    r"|(?<![\d-])0[1-9](?:[ .]?\d\d){4}(?!\d)"
)


def redacted(text: str) -> str:
    """Return a text without what points at somebody."""
    return _PERSONAL.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Write a line, and the traceback below it, without what points at somebody."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line to write."""
        return redacted(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the name is the library's
        """Keep a message on its line: whoever types a line break must not be able to write a line of the log."""
        return super().formatMessage(record).translate(_BREAKS)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Set a traceback back from the margin, where lines of the log begin."""
        return "\n".join(f"  | {line}" for line in super().formatException(ei).splitlines())
