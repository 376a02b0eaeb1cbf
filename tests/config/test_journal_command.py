"""`entremise journal`, as an operator types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entremise.config import cli
from tests.factories.journals import batches, line, superuser
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, settings, monkeypatch) -> None:
    settings.VAR, settings.JOURNAL_KEY, settings.JOURNAL_COPY, settings.DEMO = tmp_path, None, None, False
    monkeypatch.chdir(tmp_path)


def test_an_intact_journal_is_said_to_be(capsys) -> None:
    batches(2)
    line()
    assert cli.main(["journal", "verify"]) == 0
    said = capsys.readouterr().out
    assert "10 lignes vérifiées dans 2 lots" in said
    assert "En attente de leur scellé : 1." in said
    assert "Le journal est intact." in said


def test_a_changed_line_is_named_and_the_code_says_so(capsys) -> None:
    batches(2)
    with superuser() as owner:
        (changed,) = owner.execute("update kernel_journalentry set verb = 'x' where id = (select min(id) from "
                                   "kernel_journalentry) returning id").fetchone()  # fmt: skip
    assert cli.main(["journal", "verify"]) == 1
    said = capsys.readouterr().out
    assert f"la ligne n° {changed} a été modifiée" in said
    assert "Le journal n'est pas intact." in said


def test_a_part_is_verified_from_a_day(capsys) -> None:
    batches(1)
    assert cli.main(["journal", "verify", "--since", "2200-01-01"]) == 0
    assert cli.main(["journal", "verify", "--since", "hier"]) == 1
    assert "n'est pas une date" in capsys.readouterr().err


def test_a_key_kept_elsewhere_is_the_only_one_believed(capsys) -> None:
    batches(1)
    assert cli.main(["journal", "key"]) == 0
    kept = capsys.readouterr().out.strip()
    assert cli.main(["journal", "verify", "--key", kept]) == 0
    assert cli.main(["journal", "key", "--new"]) == 0
    batches(1)
    assert cli.main(["journal", "verify"]) == 0
    assert cli.main(["journal", "verify", "--key", kept]) == 1
    assert "n'est signée par aucune clé" in capsys.readouterr().out
    assert cli.main(["journal", "verify", "--key", "zz"]) == 1


def test_a_person_s_proof_is_written_and_checked_without_the_database(tmp_path: Path, capsys) -> None:
    person = PersonFactory()
    batches(3, person=person.pk)
    assert cli.main(["journal", "key"]) == 0
    public = capsys.readouterr().out.strip()
    assert cli.main(["journal", "proof", person.reference.lower()]) == 0
    path = tmp_path / f"preuve-{person.reference}.json"
    assert path.stat().st_mode & 0o077 == 0
    assert cli.main(["journal", "check", str(path), "--key", public]) == 0
    assert "La preuve tient" in capsys.readouterr().out
    proof = json.loads(path.read_text())
    proof["lines"][0]["columns"][3] = "people.other"
    path.write_text(json.dumps(proof))
    assert cli.main(["journal", "check", str(path), "--key", public]) == 1
    assert "Cette preuve ne tient pas." in capsys.readouterr().err


def test_what_cannot_be_proved_is_refused_with_a_sentence(tmp_path: Path, capsys) -> None:
    assert cli.main(["journal", "proof", "ZZZZ-ZZZZ"]) == 1
    assert cli.main(["journal", "check", str(tmp_path / "nothing.json"), "--key", "00" * 32]) == 1
    said = capsys.readouterr().err
    assert "Aucun profil" in said
    assert "ne peut pas être lu" in said


def test_a_restored_backup_is_resumed(tmp_path: Path, capsys) -> None:
    batches(2)
    with superuser() as owner:
        owner.execute("delete from kernel_journalhead where number = 2")
    assert cli.main(["journal", "verify"]) == 1
    assert "La fin du journal a été coupée" in capsys.readouterr().out
    assert cli.main(["journal", "resume"]) == 0
    assert cli.main(["journal", "verify"]) == 0
