"""The folder between the worker and the relay: complete messages on one side, what became of them on the other.

A message is a file named by its identity (the outbox row and the attempt), put there by link(2): it appears whole or
not at all, and putting it twice changes nothing. An answer is a file of the same name. No Django here: the relay is
a small process.
"""

import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from uuid import UUID

DRAFT_SECONDS = 3600.0  # a draft that old belongs to a killed worker
PRIVATE = 0o600


class Result(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    LATER = "later"  # refused for now
    REFUSED = "refused"  # refused for good
    BAD_ADDRESS = "bad_address"  # refused for good, because of the address
    DOUBT = "doubt"  # given to the server, its answer never came


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one attempt, and the digits of the server's answer; never its words, which may name somebody."""

    result: Result
    code: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One attempt at one message; the order of the entries is the order of departure."""

    rank: int
    message: str  # the row's identifier, in hexadecimal: it begins with the time
    attempt: int

    @property
    def identity(self) -> str:
        """Return what the relay's journal knows this attempt by."""
        return f"{self.message}-{self.attempt:02d}"

    @property
    def name(self) -> str:
        """Return the name of its file."""
        return f"{self.rank}-{self.identity}"

    @classmethod
    def of(cls, name: str) -> "Entry":
        """Read a name of a file, or raise ValueError."""
        rank, message, attempt = name.split("-")
        return cls(int(rank), UUID(hex=message).hex, int(attempt))


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom, for the servers on the way."""

    sender: str
    recipient: str

    @property
    def domain(self) -> str:
        """Return the recipient's domain."""
        return self.recipient.rpartition("@")[2].lower()


class Spool:
    """The folder of one installation."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.messages, self.answers_, self.drafts = root / "messages", root / "answers", root / "drafts"
        for folder in (self.messages, self.answers_, self.drafts):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def offer(self, entry: Entry, envelope: Envelope, message: bytes) -> None:
        """Put a message there, once: it is on the disk when this returns."""
        head = json.dumps(asdict(envelope), ensure_ascii=True).encode() + b"\n"
        self._put(self.messages / entry.name, head + message)

    def entries(self) -> list[Entry]:
        """Return what waits, in the order of departure."""
        return sorted(_entries(self.messages))

    def depth(self) -> int:
        """Return how many messages wait."""
        return sum(1 for _ in _entries(self.messages))

    def read(self, entry: Entry) -> tuple[Envelope, bytes]:
        """Return a waiting message."""
        head, _, message = (self.messages / entry.name).read_bytes().partition(b"\n")
        return Envelope(**json.loads(head)), message

    def answer(self, entry: Entry, outcome: Outcome) -> None:
        """Say what became of a message, then take it away."""
        self._put(self.answers_ / entry.name, json.dumps(asdict(outcome)).encode())
        self.withdraw(entry)

    def answers(self) -> Iterator[tuple[Entry, Outcome]]:
        """Return what became of the messages."""
        for entry in sorted(_entries(self.answers_)):
            told = json.loads((self.answers_ / entry.name).read_bytes())
            yield entry, Outcome(Result(told["result"]), told["code"])

    def forget(self, entry: Entry) -> None:
        """Take an answer away, once it is noted in the database."""
        (self.answers_ / entry.name).unlink(missing_ok=True)

    def withdraw(self, entry: Entry) -> None:
        """Take a message away."""
        (self.messages / entry.name).unlink(missing_ok=True)

    def knows(self, entry: Entry) -> bool:
        """Tell whether a message waits or has its answer; in this order, since the relay answers before it removes."""
        return (self.messages / entry.name).exists() or (self.answers_ / entry.name).exists()

    def clear_drafts(self) -> None:
        """Remove what killed workers left half written."""
        limit = time.time() - DRAFT_SECONDS
        for draft in self.drafts.iterdir():
            if draft.stat().st_mtime < limit:
                draft.unlink(missing_ok=True)

    def _put(self, path: Path, content: bytes) -> None:
        draft = self.drafts / f"{os.getpid()}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)
            except FileExistsError:
                return
            sync_folder(path.parent)
        finally:
            draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names of a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _entries(folder: Path) -> Iterator[Entry]:
    for path in folder.iterdir():
        try:
            yield Entry.of(path.name)
        except ValueError:
            continue  # not ours
