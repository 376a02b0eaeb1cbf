"""Verify the journal against its seals and the files of signed heads: what is wrong, and where."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection

from entremise.kernel import clock, seal_diff, seal_files
from entremise.kernel.models_seals import JournalHead
from entremise.kernel.seals import AFTER, LINES, NEWEST, ORDER, Line, moment, node_at, split
from entremise.lib import merkle, seals

PUBLISHED_WITHIN = dt.timedelta(minutes=10)
LONGEST_ACT = dt.timedelta(hours=12)  # between the instant of a line and the end of its transaction
BATCH = f"{LINES} where {AFTER} and (transaction_id, id) <= (%s, %s) {ORDER}"
REST = f"{LINES} where {AFTER} {ORDER}"
HEADS_AT_ONCE = 100
UNSEALED_AT_ONCE = 10_000
Progress = Callable[[int, int], None]


class Kind(StrEnum):
    """What may be wrong."""

    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    SWAPPED = "swapped"
    MISDATED = "misdated"
    FROM_THE_FUTURE = "from_the_future"  # a transaction that did not happen yet: the line would never be sealed
    UNEXPLAINED = "unexplained"  # a batch is not the one that was sealed, and what would say more is altered too
    HEAD_ALTERED = "head_altered"
    HEAD_MISSING = "head_missing"
    UNSIGNED = "unsigned"
    CUT = "cut"
    FILE_ALTERED = "file_altered"
    FILE_BEHIND = "file_behind"
    FILE_MISSING = "file_missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which batch, which lines by their numbers, which file."""

    kind: Kind
    head: int = 0
    since: str = ""
    until: str = ""
    ids: tuple[str, ...] = ()
    count: int = 0
    file: str = ""


@dataclass(slots=True)
class Report:
    """What was verified and what is wrong."""

    findings: list[Finding]
    head_count: int = 0
    line_count: int = 0
    unsealed_count: int = 0
    last: seals.Head | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of heads, and its text once read; None when it is no head at all."""

    number: int
    at: dt.datetime
    last: tuple[int, int]
    text: str
    nodes: bytes
    leaves: bytes
    head: seals.Head | None


class Checker:
    """One walk over the heads, in their order."""

    def __init__(self, keys: Mapping[str, Ed25519PublicKey], before: Row | None) -> None:
        self.keys = keys
        self.report = Report([])
        self.before = before.head if before else None
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._tree = merkle.Peaks(self.before.number if self.before else 0, node_at)

    def check(self, row: Row) -> None:
        """Check one head, and the lines of its batch."""
        head, before = row.head, self.before
        expected = before.number + 1 if before else 1
        if row.number != expected:
            self._find(Kind.HEAD_MISSING, row, count=row.number - expected)
        if head is None or not self._follows(row, head, expected):
            self._find(Kind.HEAD_ALTERED, row)
        elif not seals.is_signed(head, self.keys):
            self._find(Kind.UNSIGNED, row)
        if head is None:
            return
        self._check_lines(row, head)
        self.before = self.report.last = head
        self.report.head_count += 1

    def check_rest(self) -> None:
        """Look at the lines that no batch holds yet."""
        place = (self.before.last_transaction, self.before.last_id) if self.before else (0, 0)
        with connection.cursor() as cursor:
            cursor.execute(f"select {NEWEST}")
            newest = int(cursor.fetchone()[0])
            cursor.execute(REST, place)
            while lines := cursor.fetchmany(UNSEALED_AT_ONCE):
                self.report.unsealed_count += len(lines)
                ahead = tuple(str(line[0]) for line in lines if int(line[1]) >= newest)
                if ahead:
                    self.report.findings.append(Finding(Kind.FROM_THE_FUTURE, ids=ahead))
                self._check_dates(lines, self.before, None)

    def _follows(self, row: Row, head: seals.Head, expected: int) -> bool:
        """Tell whether a head is the one its row says, goes on from the one before, and commits to its batch."""
        previous = self.before.digest() if self.before else seals.NOTHING_BEFORE
        total_count = (self.before.total_count if self.before else 0) + head.line_count
        if row.number != expected:  # said already; nothing can be added to a tree with a hole
            return head.number == row.number and head.text() == row.text
        completed = b"".join(self._tree.add(head.leaf()))
        return (
            (head.number, moment(head.at), head.text()) == (row.number, row.at, row.text)
            and (head.last_transaction, head.last_id) == row.last
            and (head.previous, head.total_count) == (previous, total_count)
            and (self._tree.root().hex(), completed) == (head.root, row.nodes)
        )

    def _check_lines(self, row: Row, head: seals.Head) -> None:
        before = self.before
        start = (before.last_transaction, before.last_id) if before else (0, 0)
        with connection.cursor() as cursor:
            cursor.execute(BATCH, [*start, head.last_transaction, head.last_id])
            lines: list[Line] = cursor.fetchall()
        self.report.line_count += len(lines)
        found = [merkle.leaf_hash(seals.line_bytes(line)) for line in lines]
        sealed = split(row.leaves)
        is_explained = merkle.root(sealed).hex() == head.batch
        if merkle.root(found).hex() == head.batch:
            if not is_explained:
                self._find(Kind.HEAD_ALTERED, row)
        elif is_explained:
            self._explain(row, sealed, found, lines)
        else:
            self._find(Kind.UNEXPLAINED, row, count=head.line_count)
        self._check_dates(lines, before, row)

    def _explain(self, row: Row, sealed: list[bytes], found: list[bytes], lines: Sequence[Line]) -> None:
        difference = seal_diff.difference(sealed, found, lines)
        for kind in (Kind.CHANGED, Kind.SWAPPED, Kind.ADDED):
            if ids := getattr(difference, kind.value):
                self._find(kind, row, ids=tuple(ids), count=len(ids))
        if difference.removed_count:
            self._find(Kind.REMOVED, row, ids=difference.around, count=difference.removed_count)

    def _check_dates(self, lines: Sequence[Line], before: seals.Head | None, row: Row | None) -> None:
        """Find the lines whose date is not that of their place; the demonstration's story is told afterwards."""
        if settings.DEMO:
            return
        earliest = moment(before.at) - LONGEST_ACT if before else dt.datetime.min.replace(tzinfo=dt.UTC)
        latest = (row.at if row else clock.now()) + PUBLISHED_WITHIN
        wrong = tuple(str(line[0]) for line in lines if not earliest <= moment(str(line[2])) <= latest)
        if wrong:
            self._find(Kind.MISDATED, row, ids=wrong, count=len(wrong))

    def _find(self, kind: Kind, row: Row | None, *, ids: tuple[str, ...] = (), count: int = 0) -> None:
        self.report.findings.append(
            Finding(
                kind,
                row.number if row else 0,
                since=self.before.at if self.before else "",
                until=row.at.isoformat() if row else "",
                ids=ids,
                count=count,
            )
        )


class HeadFile:
    """A file of heads, read beside the table."""

    def __init__(self, path: Path, skipped: int) -> None:
        self.path = path
        self.is_there = path.exists()
        self._lines = islice(seal_files.heads_in(path) if self.is_there else iter(()), skipped, None)
        self._is_ended = False
        self.finding: Finding | None = None if self.is_there else Finding(Kind.FILE_MISSING, file=str(path))

    def check(self, row: Row) -> None:
        """Compare the next line of the file with a row of the table; only the first difference is said."""
        if self.finding or self._is_ended:
            return
        line = next(self._lines, None)
        if line is None:
            self._is_ended = True
            if clock.now() - row.at > PUBLISHED_WITHIN:
                self.finding = Finding(Kind.FILE_BEHIND, row.number, file=str(self.path))
        elif line != row.text:
            self.finding = Finding(Kind.FILE_ALTERED, row.number, file=str(self.path))

    def check_end(self, last: seals.Head | None, keys: Mapping[str, Ed25519PublicKey]) -> None:
        """See whether the file knows more of the journal than the table does."""
        rest = next(self._lines, None)
        if self.finding or rest is None:
            return
        number = last.number if last else 0
        try:
            head = seals.Head.parse(rest)
            is_ours = seals.is_signed(head, keys)
        except ValueError:
            is_ours = False
        if not is_ours:
            self.finding = Finding(Kind.FILE_ALTERED, number + 1, file=str(self.path))
            return
        count = 1 + sum(1 for _line in self._lines)
        self.finding = Finding(Kind.CUT, number, since=last.at if last else "", count=count, file=str(self.path))


def verify(
    keys: Mapping[str, Ed25519PublicKey], *, since: dt.datetime | None = None, progress: Progress | None = None
) -> Report:
    """Verify the whole journal, or from the first batch sealed since an instant."""
    before = _row_before(since) if since else None
    checker = Checker(keys, before)
    if before and (before.head is None or not seals.is_signed(before.head, keys)):
        checker.report.findings.append(Finding(Kind.UNSIGNED, before.number, until=before.at.isoformat()))
    files = [HeadFile(path, before.number if before else 0) for path in seal_files.head_files()]
    total_count = JournalHead.objects.count()
    for done_count, row in enumerate(_rows(before.number if before else 0), start=before.number + 1 if before else 1):
        checker.check(row)
        for file in files:
            file.check(row)
        if progress:
            progress(done_count, total_count)
    checker.check_rest()
    for file in files:
        file.check_end(checker.before, keys)
    checker.report.findings += [file.finding for file in files if file.finding and _matters(file, checker.before)]
    return checker.report


def _matters(file: HeadFile, last: seals.Head | None) -> bool:
    return file.is_there or last is not None  # before the first seal there is no file


def _row_before(since: dt.datetime) -> Row | None:
    found = JournalHead.objects.filter(at__lt=since).order_by("-number").first()
    return _row(found) if found else None


def _rows(number: int) -> Iterator[Row]:
    heads = JournalHead.objects.order_by("number")
    while found := list(heads.filter(number__gt=number)[:HEADS_AT_ONCE]):
        yield from map(_row, found)
        number = found[-1].number


def _row(head: JournalHead) -> Row:
    try:
        parsed = seals.Head.parse(head.text)
        moment(parsed.at)
    except ValueError:
        parsed = None
    last = (head.last_transaction, head.last_id)
    return Row(head.number, head.at, last, head.text, bytes(head.nodes), bytes(head.leaves), parsed)
