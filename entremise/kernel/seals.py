"""Seal the journal: each line once, in batches, into a tree whose head is signed and kept outside of the database.

A batch takes the lines after the last one sealed, in the order of (transaction, line), of the transactions that ended
before the oldest that still runs: none can appear later at a place already sealed, whatever the order of commits.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connection, transaction

from entremise.kernel import clock, seal_files
from entremise.kernel.models_seals import JournalHead
from entremise.kernel.seal_files import SealRefused
from entremise.lib import merkle, seals

log = logging.getLogger(__name__)
BATCH_LINES = 10_000
HEADS_AT_ONCE = 1_000
LOCK = 7_202_511  # one sealer at a time; any number that nothing else uses
HASH_BYTES = 32
AT_IN_SQL = """to_char({} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
AS_TEXT = {
    **dict.fromkeys(("id", "transaction_id", "organisation_id", "person_id", "data"), "{}::text"),
    "at": AT_IN_SQL,
}
COLUMNS_IN_SQL = ", ".join(AS_TEXT.get(name, "{}").format(name) for name in seals.COLUMNS)
LINES = f"select {COLUMNS_IN_SQL} from kernel_journalentry"  # noqa: S608  # names of our own columns
AFTER = "(transaction_id, id) > (%s, %s)"
ORDER = "order by kernel_journalentry.transaction_id, kernel_journalentry.id"  # numbers: alone, they name texts
OLDEST_RUNNING = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
NEWEST = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
Line = Sequence[str | None]


def seal(*, batch_lines: int = BATCH_LINES) -> int:
    """Seal every line that may be sealed now and publish the heads; return how many lines."""
    count = 0
    _publish()
    while sealed := _seal_batch(batch_lines):
        count += sealed
        _publish()
    return count


def last_head() -> seals.Head | None:
    """Return the last head that the database knows."""
    text = JournalHead.objects.order_by("-number").values_list("text", flat=True).first()
    return seals.Head.parse(text) if text else None


def node_at(end: int, level: int) -> bytes:
    """Return a perfect subtree of the tree of batches: the one of 2^level batches that ends with this one."""
    nodes = bytes(JournalHead.objects.values_list("nodes", flat=True).get(number=end))
    return nodes[level * HASH_BYTES : (level + 1) * HASH_BYTES]


def split(hashes: bytes) -> list[bytes]:
    """Cut what a row of the table keeps into hashes."""
    return [hashes[start : start + HASH_BYTES] for start in range(0, len(hashes), HASH_BYTES)]


def start_files_again() -> list[Path]:
    """Put the files of heads aside and begin new ones from what the database says: after a restored backup."""
    with transaction.atomic():
        _take_turn(wait=True)
        aside = [kept for path in seal_files.head_files() if (kept := seal_files.put_aside(path))]
        _publish_all()
    return aside


def moment(text: str) -> dt.datetime:
    """Read an instant of a head or of a line."""
    return dt.datetime.fromisoformat(text)


def _seal_batch(batch_lines: int) -> int:
    with transaction.atomic():
        if not _take_turn():
            return 0
        before = last_head()
        lines = _sealable(before, batch_lines)
        if not lines:
            return 0
        leaves = [merkle.leaf_hash(seals.line_bytes(line)) for line in lines]
        head, nodes = _next_head(before, lines, leaves)
        JournalHead.objects.create(
            number=head.number,
            at=moment(head.at),
            last_transaction=head.last_transaction,
            last_id=head.last_id,
            text=head.text(),
            nodes=b"".join(nodes),
            leaves=b"".join(leaves),
        )
    return len(lines)


def _sealable(before: seals.Head | None, limit: int) -> list[Line]:
    place = (before.last_transaction, before.last_id) if before else (0, 0)
    with connection.cursor() as cursor:
        cursor.execute(f"select {NEWEST} <= %s", [place[0]])
        if cursor.fetchone()[0]:
            raise SealRefused(
                "La base numérote ses transactions plus bas que les lignes déjà scellées du journal : elle vient sans "
                f"doute d'une copie logique. Faites-la repartir après {place[0]} (pg_resetwal --next-transaction-id)."
            )
        cursor.execute(
            f"{LINES} where {AFTER} and transaction_id < {OLDEST_RUNNING} {ORDER} limit %s", [*place, limit]
        )
        found: list[Line] = cursor.fetchall()
    return found


def _next_head(
    before: seals.Head | None, lines: Sequence[Line], leaves: Sequence[bytes]
) -> tuple[seals.Head, list[bytes]]:
    key = seal_files.private_key()
    number, total_count, previous = 1, 0, seals.NOTHING_BEFORE
    if before:
        number, total_count, previous = before.number + 1, before.total_count, before.digest()
    last_id, last_transaction = (int(text or 0) for text in lines[-1][:2])
    draft = seals.Head(
        number=number,
        at=clock.now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        line_count=len(lines),
        total_count=total_count + len(lines),
        last_transaction=last_transaction,
        last_id=last_id,
        batch=merkle.root(leaves).hex(),
        root="",
        previous=previous,
        key=seals.key_id(key.public_key()),
    )
    tree = merkle.Peaks(number - 1, node_at)
    nodes = tree.add(draft.leaf())
    return seals.signed(draft.with_root(tree.root()), key), nodes


def _publish() -> None:
    """Add to the files the heads that they do not have yet; refuse a database that went back in time."""
    with transaction.atomic():
        if _take_turn():
            _publish_all()


def _publish_all() -> None:
    own, *copies = seal_files.head_files()
    _bring_up_to_date(own)
    for path in copies:
        try:
            _bring_up_to_date(path)
        except OSError as error:  # another machine's folder: sealing goes on, the copy catches up when it is back
            log.error("the copy of the journal's heads cannot be written: %s", error.strerror)


def _bring_up_to_date(path: Path) -> None:
    known = seal_files.last_head(path)
    number = known.number if known else 0
    if known and not JournalHead.objects.filter(number=number, text=known.text()).exists():
        raise SealRefused(
            f"La base ne connaît pas la tête n° {number} du journal, que {path} connaît : elle est revenue en "
            "arrière, ou le fichier a été modifié. Rien n'est plus scellé. Pour comprendre : entremise journal verify."
        )
    for texts in _heads_after(number):
        seal_files.append(path, texts)


def _heads_after(number: int) -> Iterator[list[str]]:
    heads = JournalHead.objects.order_by("number").values_list("number", "text")
    while found := list(heads.filter(number__gt=number)[:HEADS_AT_ONCE]):
        yield [text for _number, text in found]
        number = found[-1][0]


def _take_turn(*, wait: bool = False) -> bool:
    """Be the only sealer until the end of the transaction."""
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
            return True
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
