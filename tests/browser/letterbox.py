"""Everybody's mailbox and telephone: what the demonstration kept instead of sending."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import slugify

from tests.browser.visitor import Visitor

PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Message:
    """One message as its reader has it."""

    text: str
    links: list[str]

    @property
    def code(self) -> str:
        """Return the six digits of a sign-in message."""
        found = re.search(r"\b\d{6}\b", self.text)
        assert found, f"no code in: {self.text}"
        return found[0]

    @property
    def link(self) -> str:
        """Return the link that the message asks to follow."""
        assert self.links, f"no link in: {self.text}"
        return self.links[0]


class Mailbox:
    """The page that shows what was sent, read in a browser of its own."""

    def __init__(self, reader: Visitor) -> None:
        self.reader = reader

    def newest(self, recipient: str, subject: str = "") -> Message:
        """Open the newest message to this person, on this subject; wait for it when a background job writes it."""
        limit = time.monotonic() + PATIENCE_SECONDS
        while not self._open(recipient, subject):
            assert time.monotonic() < limit, f"nothing for {recipient} about « {subject} »"
            time.sleep(0.3)
        letter = self.reader.page.locator("main")
        links = [link.get_attribute("href") or "" for link in letter.get_by_role("group").get_by_role("link").all()]
        return Message(letter.locator(".preline").inner_text(), links)

    def _open(self, recipient: str, subject: str) -> bool:
        self.reader.open("/demo/messagerie/?" + urlencode({"destinataire": recipient}))
        listed = self.reader.page.locator("#messages").get_by_role("link").filter(has_text=subject)
        if listed.count() == 0:
            return False
        self.reader.open(listed.first.get_attribute("href") or "")
        return True


def employer_of(label: str) -> tuple[str, str]:
    """Return the establishment and the beginning of its contact's address, from the words of a choice."""
    place, _separator, name = label.splitlines()[0].partition(" · ")
    return place, slugify(name.split()[0]) + "." + slugify(" ".join(name.split()[1:]))
