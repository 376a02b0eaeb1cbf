"""The seals of the journal: every line once, whatever the order of commits; heads outside of the database."""

from __future__ import annotations

import dataclasses
import json
import stat
import threading
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction

from entremise.kernel import seal_checks, seal_files, seal_jobs, seal_proofs, seals
from entremise.kernel.models import JournalEntry
from entremise.kernel.models_seals import JournalHead
from entremise.lib import merkle
from entremise.lib import seals as formats
from tests.factories.journals import PERSON, batches, line, seal, superuser, wait_for_the_others

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR, settings.JOURNAL_KEY, settings.JOURNAL_COPY = tmp_path, None, None
    return tmp_path


def heads() -> list[formats.Head]:
    return [formats.Head.parse(text) for text in JournalHead.objects.order_by("number").values_list("text", flat=True)]


def own_file(var: Path) -> list[str]:
    return (var / "journal" / "heads.jsonl").read_text().splitlines()


def is_whole() -> bool:
    report = seal_checks.verify(seal_files.trusted_keys())
    assert report.line_count == sum(head.line_count for head in heads())
    return not report.findings


def test_each_line_is_sealed_once_in_batches(var: Path) -> None:
    lines = [line() for _ in range(7)]
    assert seal(7, batch_lines=3) == 7
    assert [head.line_count for head in heads()] == [3, 3, 1]
    assert heads()[-1].total_count == 7
    assert heads()[-1].last_id == lines[-1].pk
    assert seals.seal() == 0
    assert [formats.Head.parse(text) for text in own_file(var)] == heads()
    assert is_whole()


def test_nothing_is_sealed_twice_nor_missed_when_an_older_transaction_is_still_open() -> None:
    is_written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                line("slow.first")
                is_written.set()
                assert may_commit.wait(20)
                line("slow.last")
        finally:
            connection.close()

    line("before")
    writer = threading.Thread(target=slow)
    writer.start()
    assert is_written.wait(20)
    line("after")  # a greater number, written and committed while the older transaction is open
    assert seal(1) == 1
    may_commit.set()
    writer.join()
    line("later")
    assert seal(4) == 4
    assert seals.seal() == 0
    assert heads()[-1].total_count == JournalEntry.objects.count() == 5
    assert is_whole()


def test_a_line_taken_back_is_no_line(var: Path) -> None:
    line()
    with transaction.atomic():
        line()
        transaction.set_rollback(True)
    assert seal(1) == 1
    assert is_whole()


def test_the_job_seals() -> None:
    line()
    wait_for_the_others()
    seal_jobs.seal_journal(0)
    assert len(heads()) == 1


def test_one_transaction_may_fill_several_batches() -> None:
    with transaction.atomic():
        for _ in range(5):
            line()
    assert seal(5, batch_lines=2) == 5
    assert [head.line_count for head in heads()] == [2, 2, 1]
    assert len({head.last_transaction for head in heads()}) == 1
    assert is_whole()


def test_lines_follow_each_other_by_number_not_by_letter() -> None:
    with superuser() as owner:
        owner.execute("select setval(pg_get_serial_sequence('kernel_journalentry', 'id'), 99997)")
    with transaction.atomic():
        for _ in range(6):
            line()
    assert seal(6, batch_lines=2) == 6
    assert [head.last_id for head in heads()] == [99999, 100001, 100003]
    assert is_whole()


def test_a_crash_between_the_database_and_the_file_is_made_good(var: Path) -> None:
    batches(3)
    path = var / "journal" / "heads.jsonl"
    path.write_text(path.read_text()[:-30])  # the last line was being written
    line()
    assert seal(1) == 1
    assert [formats.Head.parse(text) for text in own_file(var)] == heads()


def test_a_copy_is_kept_elsewhere_and_catches_up_when_it_is_back(var: Path, settings, caplog) -> None:
    blocked = var / "elsewhere"
    blocked.write_text("a file where the folder should be")
    settings.JOURNAL_COPY = blocked
    batches(2)
    assert "cannot be written" in caplog.text
    blocked.unlink()
    batches(1)
    assert (blocked / "heads.jsonl").read_text().splitlines() == own_file(var)
    assert is_whole()


def test_the_key_is_made_once_for_this_account_only(var: Path) -> None:
    batches(1)
    path = var / "keys" / "journal.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    made = path.read_bytes()
    batches(1)
    assert path.read_bytes() == made


def test_a_chosen_key_that_is_not_there_is_said_rather_than_made(var: Path, settings, caplog) -> None:
    settings.JOURNAL_KEY = var / "nowhere.key"
    line()
    wait_for_the_others()
    with pytest.raises(seal_files.SealRefused, match="n'existe pas"):
        seals.seal()
    seal_jobs.seal_journal(0)
    assert "the journal is not sealed" in caplog.text
    assert not heads()


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_none_is_refused(var: Path, content: bytes) -> None:
    (var / "keys").mkdir()
    (var / "keys" / "journal.key").write_bytes(content)
    with pytest.raises(seal_files.SealRefused, match="ne peut pas être lue"):
        seal_files.private_key()


def test_a_new_key_signs_and_the_former_signatures_still_hold(var: Path) -> None:
    batches(1)
    seal_files.replace_key()
    batches(1)
    first, second = heads()
    assert first.key != second.key
    assert is_whole()


def test_a_database_that_went_back_is_not_sealed_again(var: Path) -> None:
    batches(3)
    with superuser() as owner:
        owner.execute("delete from kernel_journalhead where number = 3")
    line()
    with pytest.raises(seal_files.SealRefused, match="revenue en arrière"):
        seals.seal()
    assert len(heads()) == 2
    assert len(own_file(var)) == 3
    (aside,) = seals.start_files_again()
    assert len(aside.read_text().splitlines()) == 3
    assert seal(6) == 6
    assert is_whole()


def test_a_logical_copy_whose_transactions_start_again_is_not_sealed(var: Path) -> None:
    batches(1)
    ahead = dataclasses.replace(heads()[0], last_transaction=10**15).text()
    with superuser() as owner:
        owner.execute("update kernel_journalhead set text = %s", [ahead])
    (var / "journal" / "heads.jsonl").write_text(ahead + "\n")
    with pytest.raises(seal_files.SealRefused, match="copie logique"):
        seals.seal()


@pytest.mark.parametrize(
    "statement",
    [
        "update kernel_journalhead set text = ''",
        "delete from kernel_journalhead",
        "update kernel_journalentry set verb = ''",
        "update kernel_journalentry set transaction_id = 0",
        "delete from kernel_journalentry",
    ],
)
def test_the_application_cannot_change_lines_nor_seals(statement: str) -> None:
    batches(1)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["kernel_journalhead", "kernel_journalentry"])
def test_the_owner_cannot_empty_the_journal_by_mistake(table: str) -> None:
    with superuser() as owner:
        owner.execute("set session_replication_role = origin")
        (state,) = owner.execute(
            "select count(*) from pg_trigger where tgname = 'journal_is_never_emptied' and tgrelid = %s::regclass",
            [table],
        ).fetchone()
        assert state == 1
        owner.execute(f"alter table {table} enable trigger journal_is_never_emptied")
        try:
            with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
                owner.execute(f"truncate {table}")
        finally:  # the flush between tests empties it
            owner.execute(f"alter table {table} disable trigger journal_is_never_emptied")


def test_a_person_s_lines_are_proved_without_the_database() -> None:
    batches(6, person=PERSON)
    line("test.not_sealed_yet", PERSON)
    proof = json.loads(json.dumps(seal_proofs.proof_about(PERSON)))
    checked = formats.check_proof(proof, seal_files.trusted_keys())
    assert [columns[3] for columns in checked] == [f"test.{number}.1" for number in range(6)]
    assert proof["unsealed_count"] == 1


def test_a_proof_of_somebody_without_lines_is_empty_and_good() -> None:
    batches(1)
    assert formats.check_proof(seal_proofs.proof_about(PERSON), seal_files.trusted_keys()) == []


def test_there_is_no_proof_before_the_first_seal() -> None:
    with pytest.raises(seal_files.SealRefused, match="Rien n'est encore scellé"):
        seal_proofs.proof_about(PERSON)


OTHER = "01930000-0000-7000-8000-00000000000f"
BENDS = {
    "word": lambda proof: proof["lines"][2]["columns"].__setitem__(3, "people.file_read"),
    "place": lambda proof: proof["lines"][2].update(place=proof["lines"][2]["place"] + 1),
    "path": lambda proof: proof["lines"][2]["path"].pop(),
    "person": lambda proof: proof.update(person=OTHER),
    "batch": lambda proof: proof["lines"][2].update(batch="1"),
    "root": lambda proof: proof["head"].update(root=proof["head"]["batch"]),
    "signature": lambda proof: proof["head"].update(signature=proof["batches"]["1"]["head"]["signature"]),
    "tree": lambda proof: proof["batches"]["2"].update(path=proof["batches"]["1"]["path"]),
    "shape": lambda proof: proof["lines"].append("?"),
    "field": lambda proof: proof["head"].pop("previous"),
}


def test_a_bent_proof_is_refused() -> None:
    batches(4, person=PERSON)
    proof, keys = json.dumps(seal_proofs.proof_about(PERSON)), seal_files.trusted_keys()
    for name, bend in BENDS.items():
        bent = json.loads(proof)
        formats.check_proof(bent, keys)
        bend(bent)
        with pytest.raises(formats.ProofRefused):
            pytest.fail(f"{name}: {formats.check_proof(bent, keys)}")


def test_a_proof_signed_by_somebody_else_is_refused() -> None:
    batches(2, person=PERSON)
    stranger = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(formats.ProofRefused, match="pas signée"):
        formats.check_proof(seal_proofs.proof_about(PERSON), {formats.key_id(stranger): stranger})


def test_a_proof_of_another_time_and_the_latest_head_hold_together() -> None:
    """What the tree is for: an old head is a beginning of the new one, and this can be shown."""
    batches(5)
    first = merkle.Peaks(5, seals.node_at).root()
    batches(4)
    tree = merkle.Peaks(9, seals.node_at)
    path = merkle.consistency_path(5, 9, tree.hash_of_range)
    assert merkle.is_consistent(5, 9, first, tree.root(), path)
    assert tree.root().hex() == heads()[-1].root
