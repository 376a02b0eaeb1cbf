"""A person's lines of the journal with the proof that they are sealed in it, to be checked without the database."""

from typing import Any
from uuid import UUID

from django.db import connection

from entremise.kernel import clock, seal_files
from entremise.kernel.models_seals import JournalHead
from entremise.kernel.seals import LINES, ORDER, Line, last_head, node_at, split
from entremise.lib import merkle, seals

ABOUT = f"{LINES} where person_id = %s {ORDER}"


def proof_about(person_id: UUID) -> dict[str, Any]:
    """Return the sealed lines about a person, where each is in the tree, and the signed heads."""
    latest = last_head()
    if latest is None:
        raise seal_files.SealRefused("Rien n'est encore scellé : attendez une minute, puis recommencez.")
    with connection.cursor() as cursor:
        cursor.execute(ABOUT, [person_id])
        lines: list[Line] = cursor.fetchall()
    tree = merkle.Peaks(latest.number, node_at)
    proved: list[dict[str, Any]] = []
    batches: dict[str, Any] = {}
    leaves: list[bytes] = []
    row, head = None, None
    for line in lines:
        if head is None or not _holds(head, line):
            row = _batch_of(line)
            if row is None:
                break  # the lines after it are more recent still
            head, leaves = seals.Head.parse(row.text), split(bytes(row.leaves))
            path = merkle.inclusion_path(head.number - 1, latest.number, tree.hash_of_range)
            batches[str(head.number)] = {"head": head.fields(), "path": [step.hex() for step in path]}
        place = leaves.index(merkle.leaf_hash(seals.line_bytes(line)))
        path = merkle.inclusion_path(place, len(leaves), merkle.ranges_of(leaves))
        steps = [step.hex() for step in path]
        proved.append({"batch": str(head.number), "place": place, "columns": list(line), "path": steps})
    return {
        "format": seals.FORMAT,
        "made_at": clock.now().isoformat(),
        "columns": list(seals.COLUMNS),
        "person": str(person_id),
        "unsealed_count": len(lines) - len(proved),
        "keys": [seals.public_text(key) for key in seal_files.trusted_keys().values()],
        "head": latest.fields(),
        "batches": batches,
        "lines": proved,
    }


def _holds(head: seals.Head, line: Line) -> bool:
    return _place(line) <= (head.last_transaction, head.last_id)


def _place(line: Line) -> tuple[int, int]:
    return int(line[1] or 0), int(line[0] or 0)


def _batch_of(line: Line) -> JournalHead | None:
    """Return the first batch that ends at this line or after it."""
    transaction_id, line_id = _place(line)
    same = JournalHead.objects.filter(last_transaction=transaction_id, last_id__gte=line_id)
    later = JournalHead.objects.filter(last_transaction__gt=transaction_id)
    return next((found for heads in (same, later) if (found := heads.order_by("number").first())), None)
