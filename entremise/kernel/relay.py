"""The relay: takes complete messages from the spool to the mail server, one at a time, and says what became of each.

Its journal is written before and after the dot that ends a message: the server never gets the same attempt twice,
whatever kills this process. What was given without an answer is told as in doubt; the outbox decides. No Django here.
"""

import contextlib
import fcntl
import json
import os
import re
import smtplib
import ssl
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from entremise.kernel.relay_journal import Journal
from entremise.kernel.spool import Entry, Envelope, Outcome, Result, Spool

PAUSE_SECONDS = 0.2  # between two looks at an empty spool
BEAT_SECONDS = 5.0
IDLE_SECONDS = 5.0  # servers close silent connections
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0  # while the server cannot be reached
LOCK_SECONDS = 15.0
LOOK_AGAIN = 10  # messages, then the spool is read again: codes do not wait behind a campaign
WINDOW_SECONDS = 60.0
URGENT_RANK = 0
MAX_CUTS = 3
GO_ON, DONE = 354, 250
ENHANCED = re.compile(rb"\b([245]\.\d{1,3}\.\d{1,3})\b")
BAD_ADDRESS_CODES = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
BAD_ADDRESS_REPLIES = {550, 551, 553}  # when the server gives no enhanced code
ALIVE_FILE = "relay.json"


class Unreachable(Exception):
    """The server does not take any message now; the reason names nobody."""


class AnotherRelay(Exception):
    """Another relay already works on this spool."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where messages are given."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages may leave in a minute, in all and to one domain; codes do not wait."""

    per_minute: int = 600
    per_domain: int = 60


class Relay:
    """One pass after the other over the spool."""

    def __init__(self, spool: Spool, server: Server, pace: Pace = Pace()) -> None:
        self.spool, self.server, self.pace = spool, server, pace
        self.error = ""
        self._smtp: smtplib.SMTP | None = None
        self._last_used = self._last_beat = self._retry_at = 0.0
        self._wait = FIRST_WAIT_SECONDS
        self._left: defaultdict[str, deque[float]] = defaultdict(deque)
        self._cuts: Counter[str] = Counter()

    @cached_property
    def journal(self) -> Journal:
        """Return the journal, read at its first use: by then no other relay writes there."""
        return Journal(self.spool.root / "journal")

    def run(self, is_stopped: Callable[[], bool]) -> None:
        """Work until asked to stop; one relay at a time on a spool."""
        with alone(self.spool.root / "relay.lock"):
            while not is_stopped():
                self.beat()
                if not self.turn(is_stopped):
                    time.sleep(PAUSE_SECONDS)
            self.close()

    def turn(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Carry what waits; return how many messages have their answer now."""
        count = 0
        for entry in self.spool.entries():
            if is_stopped() or count >= LOOK_AGAIN:
                break
            try:
                count += self._carry(entry)
            except Unreachable as error:
                self._stand_back(str(error))
                break
            except FileNotFoundError:
                continue  # taken away meanwhile
        return count

    def beat(self) -> None:
        """Say that this process lives, and what it suffers from."""
        now = time.monotonic()
        if now - self._last_beat >= BEAT_SECONDS:
            self._last_beat = now
            self._tell()

    def close(self) -> None:
        """Leave the server politely."""
        self._hang_up()
        self.journal.close()

    def _carry(self, entry: Entry) -> bool:
        known = self.journal.outcome(entry)
        if known is None:
            envelope, message = self.spool.read(entry)
            if time.monotonic() < self._retry_at or not self._may_leave(entry, envelope):
                return False
            known = self._give(entry, envelope, message)
            self._note_left(envelope)
            self._recovered()
        elif known.result is Result.DOUBT:
            self.journal.conclude(entry, known)
        self.spool.answer(entry, known)
        return True

    def _give(self, entry: Entry, envelope: Envelope, message: bytes) -> Outcome:
        try:
            smtp = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(type(error).__name__) from error
        try:
            refusal = self._prepare(smtp, envelope, message)
        except (OSError, smtplib.SMTPException) as error:
            self._hang_up()
            self._cuts[entry.identity] += 1
            if isinstance(error, smtplib.SMTPSenderRefused) or self._cuts[entry.identity] < MAX_CUTS:
                raise Unreachable(type(error).__name__) from error
            refusal = Outcome(Result.LATER, "cut")  # this one message breaks the talk: the others must pass
        outcome = refusal or self._end(smtp, entry)
        self._cuts.pop(entry.identity, None)
        self.journal.conclude(entry, outcome)
        return outcome

    def _prepare(self, smtp: smtplib.SMTP, envelope: Envelope, message: bytes) -> Outcome | None:
        """Give everything but the dot: until then the server keeps nothing. Return why it refuses, or None."""
        refusal = self._address(smtp, envelope)
        if refusal is None:
            code, words = smtp.docmd("DATA")
            refusal = None if code == GO_ON else _refusal(code, words)
            if refusal is None:
                smtp.send(_stuffed(message))
                return None
        smtp.rset()
        return refusal

    def _address(self, smtp: smtplib.SMTP, envelope: Envelope) -> Outcome | None:
        code, _words = smtp.mail(envelope.sender)
        if code != DONE:
            raise smtplib.SMTPSenderRefused(code, b"", "")  # our own address: no recipient is at fault
        code, words = smtp.rcpt(envelope.recipient)
        return None if code in (250, 251) else _refusal(code, words, is_about_address=True)

    def _end(self, smtp: smtplib.SMTP, entry: Entry) -> Outcome:
        """Send the dot: from here on, no answer means doubt."""
        self.journal.give(entry)
        try:
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            return Outcome(Result.DOUBT)
        return Outcome(Result.SENT, str(code)) if code == DONE else _refusal(code, words)

    def _may_leave(self, entry: Entry, envelope: Envelope) -> bool:
        now = time.monotonic()
        in_all, to_domain = len(self._window("", now)), len(self._window(envelope.domain, now))
        is_free = in_all < self.pace.per_minute and to_domain < self.pace.per_domain
        return is_free or entry.rank == URGENT_RANK

    def _note_left(self, envelope: Envelope) -> None:
        now = time.monotonic()
        self._left[""].append(now)
        self._left[envelope.domain].append(now)

    def _window(self, name: str, now: float) -> deque[float]:
        window = self._left[name]
        while window and window[0] <= now - WINDOW_SECONDS:
            window.popleft()
        return window

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and time.monotonic() - self._last_used > IDLE_SECONDS:
            self._hang_up()
        if self._smtp is None:
            self._smtp = self._connect()
        self._last_used = time.monotonic()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.use_ssl:
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        try:
            if server.use_tls:
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _hang_up(self) -> None:
        if self._smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
            self._smtp = None

    def _stand_back(self, error: str) -> None:
        self._retry_at = time.monotonic() + self._wait
        self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
        if error != self.error:
            self.error = error
            self._tell()

    def _recovered(self) -> None:
        self._wait, self._retry_at = FIRST_WAIT_SECONDS, 0.0
        if self.error:
            self.error = ""
            self._tell()

    def _tell(self) -> None:
        path = self.spool.root / ALIVE_FILE
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"at": time.time(), "error": self.error}), encoding="ascii")
        draft.replace(path)


def last_sign(root: Path) -> tuple[float, str]:
    """Return when the relay last gave a sign of life (0 for never) and what it suffered from."""
    try:
        told = json.loads((root / ALIVE_FILE).read_text(encoding="ascii"))
        return float(told["at"]), str(told["error"])
    except (OSError, ValueError, KeyError):
        return 0.0, ""


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of a spool; a killed relay lets it go, a living one is told to the second."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    limit = time.monotonic() + LOCK_SECONDS
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limit:
                    raise AnotherRelay from None
                time.sleep(PAUSE_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _refusal(code: int, words: bytes, *, is_about_address: bool = False) -> Outcome:
    found = ENHANCED.search(words)
    enhanced = found.group(1).decode() if found else ""
    told = f"{code} {enhanced}".strip()
    if code < 500:
        return Outcome(Result.LATER, told)
    is_bad = enhanced in BAD_ADDRESS_CODES or (is_about_address and not enhanced and code in BAD_ADDRESS_REPLIES)
    return Outcome(Result.BAD_ADDRESS if is_bad else Result.REFUSED, told)


def _stuffed(message: bytes) -> bytes:
    """Double the dots that begin a line, and end the last line (RFC 5321 §4.5.2)."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)
