"""The relay's own journal: what it is about to give to the server, and what the server answered. Append-only.

Each line is on the disk before the next step: a message given but without an answer is in doubt, and stays known for
longer than any lease of a worker. Lines hold identities and digits, no address.
"""

import datetime as dt
import os
import time
from pathlib import Path

from entremise.kernel.spool import Entry, Outcome, Result, sync_folder

KEPT_DAYS = 8
GIVEN = "given"


class Journal:
    """One file a day; all of those kept are read at the start."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._facts: dict[str, str] = {}
        self._day, self._descriptor = "", -1
        self._open_today()

    def outcome(self, entry: Entry) -> Outcome | None:
        """Return how an attempt ended; given without an answer is in doubt, unknown is None."""
        fact = self._facts.get(entry.identity)
        if fact is None:
            return None
        word, _, code = fact.partition(" ")
        return Outcome(Result.DOUBT) if word == GIVEN else Outcome(Result(word), code)

    def give(self, entry: Entry) -> None:
        """Note that the next step gives the message to the server."""
        self._append(entry, GIVEN)

    def conclude(self, entry: Entry, outcome: Outcome) -> None:
        """Note how an attempt ended."""
        self._append(entry, f"{outcome.result} {outcome.code}".strip())

    def close(self) -> None:
        """Close the file of the day."""
        os.close(self._descriptor)

    def _append(self, entry: Entry, fact: str) -> None:
        self._open_today()
        os.write(self._descriptor, f"{int(time.time())} {entry.identity} {fact}\n".encode())
        os.fsync(self._descriptor)
        self._facts[entry.identity] = fact

    def _open_today(self) -> None:
        today = dt.datetime.now(dt.UTC).date()
        if self._day == today.isoformat():
            return
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._day = today.isoformat()
        path = self._folder / f"{self._day}.log"
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(self._descriptor, b"\n")  # a line cut by a power loss stays alone
        os.fsync(self._descriptor)
        sync_folder(self._folder)
        self._keep_since((today - dt.timedelta(days=KEPT_DAYS)).isoformat())

    def _keep_since(self, day: str) -> None:
        self._facts.clear()
        for path in sorted(self._folder.glob("*.log")):
            if path.stem < day:
                path.unlink()
            else:
                self._read(path)

    def _read(self, path: Path) -> None:
        for line in path.read_text(encoding="ascii", errors="replace").splitlines():
            words = line.split(" ", 2)
            if len(words) == 3 and _is_fact(words[2]):
                self._facts[words[1]] = words[2]


def _is_fact(fact: str) -> bool:
    return fact.partition(" ")[0] in {GIVEN, *Result}
