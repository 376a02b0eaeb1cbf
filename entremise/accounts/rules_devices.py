"""What a browser says of itself, in the few words in which its owner knows it; nothing that tells people apart."""

import hashlib
from dataclasses import dataclass

RETENTION_DAYS = 90
LAST_SHOWN = 20
# The first found wins: browsers name those they imitate after themselves.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """How somebody came in: by which browser and system, in which session, from a browser never used before or not."""

    browser: str
    system: str
    session_hash: str = ""
    is_new: bool = False


def visit_of(user_agent: str, *, session_key: str = "", is_new: bool = False) -> Visit:
    """Read what a browser says of itself."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    return Visit(browser, system, session_hash(session_key) if session_key else "", is_new)


def session_hash(session_key: str) -> str:
    """Return the name under which a session is kept here: it opens nothing."""
    return hashlib.sha256(session_key.encode()).hexdigest()
