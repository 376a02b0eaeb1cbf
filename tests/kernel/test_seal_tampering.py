"""Whoever changes the journal is seen, be it the superuser of the database: each way is named."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import psycopg
import pytest

from entremise.kernel import clock, seal_checks, seal_files, seals
from entremise.kernel.models import JournalEntry
from entremise.kernel.models_seals import JournalHead
from entremise.kernel.seal_checks import Finding, Kind
from entremise.lib import seals as formats
from tests.factories.journals import PERSON, batches, line, seal, superuser
from tests.promises import Promise

pytestmark = pytest.mark.django_db(transaction=True)
BATCHES, LINES = 4, 6
LONG_AGO = dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR, settings.JOURNAL_KEY, settings.JOURNAL_COPY, settings.DEMO = tmp_path, None, None, False
    return tmp_path


def found(**options: object) -> list[Finding]:
    return seal_checks.verify(seal_files.trusted_keys(), **options).findings


def kinds(**options: object) -> set[Kind]:
    return {finding.kind for finding in found(**options)}


def ids() -> list[int]:
    return list(JournalEntry.objects.order_by("pk").values_list("pk", flat=True))


def change_a_line(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalentry set purpose = 'promotion' where id = %s", [ids()[8]])


def give_a_line_to_somebody_else(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalentry set actor_id = 'x' where id = %s", [ids()[0]])


def remove_a_line(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("delete from kernel_journalentry where id = %s", [ids()[8]])


def insert_an_old_line(owner: psycopg.Connection, var: Path) -> None:
    """Insert it where it would have been: among the lines of an old transaction."""
    owner.execute(
        "insert into kernel_journalentry (at, verb, actor_kind, actor_id, purpose, subject_type, subject_id, before,"
        " after, data, transaction_id) select at, verb, actor_kind, 'x', purpose, subject_type, subject_id, before,"
        " after, data, transaction_id from kernel_journalentry where id = %s",
        [ids()[8]],
    )


def insert_an_old_date(owner: psycopg.Connection, var: Path) -> None:
    """Insert it as any line, with the date of another year."""
    JournalEntry.objects.create(
        at=LONG_AGO, verb="people.identity_read", actor_kind="user", actor_id="x", subject_type="t", subject_id="1"
    )


def insert_an_old_date_and_let_it_be_sealed(owner: psycopg.Connection, var: Path) -> None:
    insert_an_old_date(owner, var)
    assert seal(1) == 1


def swap_two_lines(owner: psycopg.Connection, var: Path) -> None:
    first, second = ids()[7], ids()[9]
    words = "at, verb, actor_kind, actor_id, organisation_id, purpose, subject_type, subject_id, person_id, data"
    owner.execute(
        f"update kernel_journalentry a set ({words}) = (select {words} from kernel_journalentry b where b.id ="
        " case a.id when %(first)s then %(second)s else %(first)s end) where a.id in (%(first)s, %(second)s)",
        {"first": first, "second": second},
    )


def swap_lines_of_two_batches(owner: psycopg.Connection, var: Path) -> None:
    first, second = ids()[1], ids()[-1]
    owner.execute("update kernel_journalentry set id = -1 where id = %s", [first])
    owner.execute("update kernel_journalentry set id = %s where id = %s", [first, second])
    owner.execute("update kernel_journalentry set id = %s where id = -1", [second])


def rebuild_without_the_key(owner: psycopg.Connection, var: Path) -> None:
    """Change a line, empty the seals, seal everything again with a key of one's own, and put the true key back."""
    keys = var / "keys"
    shutil.move(keys, var / "aside")
    change_a_line(owner, var)
    owner.execute("delete from kernel_journalhead")
    (var / "journal" / "heads.jsonl").unlink()
    assert seal(BATCHES * LINES) == BATCHES * LINES
    shutil.rmtree(keys)
    shutil.move(var / "aside", keys)


def rebuild_under_the_name_of_the_key(owner: psycopg.Connection, var: Path) -> None:
    """The same, with heads that pretend to be signed by the true key."""
    true_name = formats.key_id(seal_files.private_key().public_key())
    rebuild_without_the_key(owner, var)
    for head in JournalHead.objects.all():
        forged = formats.Head.of(formats.Head.parse(head.text).fields() | {"key": true_name})
        owner.execute("update kernel_journalhead set text = %s where number = %s", [forged.text(), head.number])


def cut_the_end(owner: psycopg.Connection, var: Path) -> None:
    """Bring lines and seals back to an earlier head."""
    last = formats.Head.parse(JournalHead.objects.get(number=2).text)
    owner.execute("delete from kernel_journalhead where number > 2")
    owner.execute("delete from kernel_journalentry where transaction_id > %s", [last.last_transaction])


def cut_the_end_and_go_on(owner: psycopg.Connection, var: Path) -> None:
    cut_the_end(owner, var)
    line()
    with pytest.raises(seal_files.SealRefused):
        seals.seal()


def remove_a_head(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("delete from kernel_journalhead where number = 2")


def change_a_head(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalhead set text = replace(text, '\"line_count\":6', '\"line_count\":7')")


def change_what_names_the_lines(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalhead set leaves = leaves || leaves where number = 2")


def change_a_line_and_what_would_name_it(owner: psycopg.Connection, var: Path) -> None:
    change_a_line(owner, var)
    owner.execute("update kernel_journalhead set leaves = '' where number = 2")


def change_the_tree(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalhead set nodes = reverse(nodes) where number = 2")


def move_a_head_in_time(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalhead set at = at - interval '1 year' where number = 2")


def write_in_the_future(owner: psycopg.Connection, var: Path) -> None:
    owner.execute("update kernel_journalentry set transaction_id = 1e15 where id = %s", [line().pk])


def heads_file(var: Path) -> tuple[Path, list[str]]:
    path = var / "journal" / "heads.jsonl"
    return path, path.read_text().splitlines(keepends=True)


def change_the_file(owner: psycopg.Connection, var: Path) -> None:
    path, lines = heads_file(var)
    path.write_text("".join([lines[0], lines[1].replace(":6", ":7"), *lines[2:]]))


def remove_a_line_of_the_file(owner: psycopg.Connection, var: Path) -> None:
    path, lines = heads_file(var)
    path.write_text("".join([lines[0], *lines[2:]]))


def add_to_the_file(owner: psycopg.Connection, var: Path) -> None:
    path, lines = heads_file(var)
    path.write_text("".join([*lines, lines[-1].replace(f'"number":{BATCHES}', f'"number":{BATCHES + 1}')]))


def remove_the_file(owner: psycopg.Connection, var: Path) -> None:
    heads_file(var)[0].unlink()


TAMPERINGS = {
    change_a_line: {Kind.CHANGED},
    give_a_line_to_somebody_else: {Kind.CHANGED},
    remove_a_line: {Kind.REMOVED},
    insert_an_old_line: {Kind.REMOVED, Kind.ADDED},
    insert_an_old_date: {Kind.MISDATED},
    insert_an_old_date_and_let_it_be_sealed: {Kind.MISDATED},
    swap_two_lines: {Kind.SWAPPED},
    swap_lines_of_two_batches: {Kind.CHANGED},
    rebuild_without_the_key: {Kind.UNSIGNED},
    rebuild_under_the_name_of_the_key: {Kind.UNSIGNED, Kind.HEAD_ALTERED, Kind.FILE_ALTERED},
    cut_the_end: {Kind.CUT},
    cut_the_end_and_go_on: {Kind.CUT},
    remove_a_head: {Kind.HEAD_MISSING, Kind.HEAD_ALTERED, Kind.FILE_ALTERED},
    change_a_head: {Kind.HEAD_ALTERED, Kind.UNSIGNED, Kind.FILE_ALTERED},
    change_what_names_the_lines: {Kind.HEAD_ALTERED},
    change_a_line_and_what_would_name_it: {Kind.UNEXPLAINED},
    change_the_tree: {Kind.HEAD_ALTERED},
    move_a_head_in_time: {Kind.HEAD_ALTERED, Kind.MISDATED},
    write_in_the_future: {Kind.FROM_THE_FUTURE},
    change_the_file: {Kind.FILE_ALTERED},
    remove_a_line_of_the_file: {Kind.FILE_ALTERED},
    add_to_the_file: {Kind.FILE_ALTERED},
    remove_the_file: {Kind.FILE_MISSING},
}


def test_every_tampering_is_seen_and_named(var: Path, promise: Promise) -> None:
    seen = 0
    for tamper, expected in TAMPERINGS.items():
        fresh(var)
        with superuser() as owner:
            tamper(owner, var)
        names = kinds()
        assert names, f"{tamper.__name__} is not seen"
        assert names & expected, f"{tamper.__name__} is named {names}"
        seen += 1
    promise("S5", f"{seen} falsifications sur {len(TAMPERINGS)} décelées et nommées", is_met=seen == len(TAMPERINGS))


def fresh(var: Path) -> None:
    """Begin a new journal, of which everything is in order."""
    with superuser() as owner:
        owner.execute("delete from kernel_journalentry; delete from kernel_journalhead")
    shutil.rmtree(var / "journal", ignore_errors=True)
    batches(BATCHES, LINES, PERSON)
    assert not found()


def test_the_changed_line_is_told_and_its_batch_dated(var: Path) -> None:
    fresh(var)
    with superuser() as owner:
        change_a_line(owner, var)
    (finding,) = found()
    assert (finding.kind, finding.head, finding.ids) == (Kind.CHANGED, 2, (str(ids()[8]),))
    assert finding.since < finding.until


def test_two_lines_exchanged_are_told_as_such(var: Path) -> None:
    fresh(var)
    with superuser() as owner:
        swap_two_lines(owner, var)
    (finding,) = found()
    assert (finding.kind, finding.ids) == (Kind.SWAPPED, (str(ids()[7]), str(ids()[9])))


def test_a_removed_line_is_told_by_its_neighbours(var: Path) -> None:
    fresh(var)
    before, removed, after = ids()[7:10]
    with superuser() as owner:
        owner.execute("delete from kernel_journalentry where id = %s", [removed])
    (finding,) = found()
    assert (finding.kind, finding.count, finding.ids) == (Kind.REMOVED, 1, (str(before), str(after)))


def test_the_end_cut_off_says_from_where(var: Path) -> None:
    fresh(var)
    with superuser() as owner:
        cut_the_end(owner, var)
    (finding,) = found()
    assert (finding.kind, finding.head, finding.count) == (Kind.CUT, 2, 2)
    assert finding.file.endswith("heads.jsonl")


def test_a_cut_of_the_table_and_of_its_file_is_seen_by_the_copy(var: Path, settings) -> None:
    settings.JOURNAL_COPY = var / "elsewhere"
    fresh(var)
    with superuser() as owner:
        cut_the_end(owner, var)
    path, lines = heads_file(var)
    path.write_text("".join(lines[:2]))
    (finding,) = found()
    assert (finding.kind, finding.file) == (Kind.CUT, str(var / "elsewhere" / "heads.jsonl"))


def test_a_file_left_behind_is_said_once_it_is_late(var: Path, time_machine_at) -> None:
    fresh(var)
    path, lines = heads_file(var)
    path.write_text("".join(lines[:-1]))
    assert not found()  # it may be for this minute
    with time_machine_at(clock.now() + dt.timedelta(hours=1)):
        assert kinds() == {Kind.FILE_BEHIND}


@pytest.fixture
def time_machine_at():
    import time_machine

    return lambda moment: time_machine.travel(moment, tick=False)


def test_a_part_may_be_verified_alone(var: Path) -> None:
    fresh(var)
    third = JournalHead.objects.get(number=3).at
    with superuser() as owner:
        change_a_line(owner, var)  # in the second batch
    assert not found(since=third)
    assert kinds(since=JournalHead.objects.get(number=2).at) == {Kind.CHANGED}
    with superuser() as owner:
        owner.execute("update kernel_journalentry set purpose = 'x' where id = %s", [ids()[-1]])
    (finding,) = found(since=third)
    assert (finding.kind, finding.head) == (Kind.CHANGED, 4)


def test_the_demonstration_tells_its_story_in_the_past(var: Path, settings) -> None:
    settings.DEMO = True
    fresh(var)
    insert_an_old_date_and_let_it_be_sealed(None, var)
    assert not found()


def test_progress_is_told(var: Path) -> None:
    fresh(var)
    steps: list[tuple[int, int]] = []
    found(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
