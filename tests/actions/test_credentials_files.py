"""Badges from a spreadsheet: tried first, given batch by batch, stopped and resumed, taken back, forgotten."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from openpyxl import Workbook

from entremise.credentials import (
    actions_claims,
    actions_files,
    actions_issuers,
    jobs,
    jobs_files,
    queries_issuing,
    rules_issuing,
)
from entremise.credentials.enums import AwardState
from entremise.credentials.models import Award
from entremise.credentials.models_files import AwardFile, Claim
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, erasure, retention
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role, job_actor
from entremise.kernel.models import OutboxMessage
from entremise.kernel.spreadsheets import SpreadsheetRefused
from tests.factories.accounts import actor_of, professional
from tests.factories.issuing import HEADER, House, claimer, house, people, spreadsheet

pytestmark = pytest.mark.django_db
S = AwardFile.State


@pytest.fixture
def desk() -> House:
    return house()


def receive(desk: House, content: io.BytesIO, name: str = "promotion.csv") -> AwardFile:
    file: AwardFile = actions_files.receive(desk.badge, actor=desk.actor, filename=name, content=content)
    return file


def given(desk: House, content: io.BytesIO) -> AwardFile:
    file = actions_files.start(receive(desk, content), actor=desk.actor)
    jobs_files.award_all(file.pk)
    return fresh(file)


def fresh(file: AwardFile) -> AwardFile:
    return AwardFile.objects.unscoped("a test's row").select_related("badge_class__issuer").get(pk=file.pk)


def awards() -> Any:
    return Award.objects.unscoped("a test")


def test_nothing_is_given_before_the_file_is_started(desk: House) -> None:
    file = receive(desk, spreadsheet(*people(3)))
    assert (file.state, len(file.rows), file.faults) == (S.CHECKED, 3, {})
    assert not awards().exists()
    assert not OutboxMessage.objects.exists()


def test_each_good_line_gives_a_badge_and_its_reference_is_in_the_report(desk: House) -> None:
    file = given(desk, spreadsheet(*people(3), "Karim;Benali;karim;20/11/2026;"))
    assert (file.state, file.awarded_count, file.skipped_count) == (S.DONE, 3, 0)
    assert awards().count() == Claim.objects.count() == 3
    assert all(rules_issuing.is_reference(said) for said in file.results.values())
    assert file.faults == {"5": ["Adresse électronique : L'adresse « karim » n'est pas complète."]}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (";;awa@exemple.fr;;", "Nom : Le nom manque."),
        ("Awa;Diallo;;;", "Adresse électronique : L'adresse électronique manque."),
        ("Awa;Diallo;awa@exemple;;", "L'adresse « awa@exemple » n'est pas complète."),
        ("Awa;Diallo;awa@exemple.fr;hier;", "Date : La date « hier » n'est pas comprise"),
        ("Awa;Diallo;awa@exemple.fr;20/11/2126;", "Date : Cette date est dans le futur."),
        ("Awa;Diallo;awa@exemple.fr;20/11/1926;", "Date : Cette date est trop ancienne."),
        ('Awa;"=HYPERLINK(""http://mal.example"")";awa@exemple.fr;;', "Nom : Cette cellule contient une formule"),
        ("Awa;Diallo;awa@exemple.fr;;@SUM(A1)", "Comment : Cette cellule contient une formule"),
        (f"Awa;{'x' * 161};awa@exemple.fr;;", "Nom : Ce nom est trop long : 160 caractères au plus."),
        (f"Awa;Diallo;awa@exemple.fr;;{'x' * 1001}", "Comment : Cette note est trop longue"),
    ],
)
def test_a_bad_line_is_named_with_its_number(desk: House, line: str, sentence: str) -> None:
    file = receive(desk, spreadsheet(*people(1), line))
    assert len(file.rows) == 1
    assert sentence in " ".join(file.faults["3"])


def test_the_same_address_twice_and_an_address_already_waiting_are_left(desk: House) -> None:
    desk.offer("awa1@exemple.fr")
    file = receive(desk, spreadsheet(*people(2), "Awa;Encore;AWA0@exemple.fr;;"))
    assert [row["email"] for row in file.rows] == ["awa0@exemple.fr"]
    assert file.faults["3"] == ["Ce badge attend déjà cette personne à cette adresse."]
    assert file.faults["4"] == ["La ligne 2 donne déjà cette adresse."]


def test_an_address_that_began_to_wait_meanwhile_is_skipped_and_said(desk: House) -> None:
    file = receive(desk, spreadsheet(*people(2)))
    desk.offer("awa0@exemple.fr")
    actions_files.start(file, actor=desk.actor)
    jobs_files.award_all(file.pk)
    done = fresh(file)
    assert (done.awarded_count, done.skipped_count) == (1, 1)
    assert done.results["2"] == "Ce badge attend déjà cette personne à cette adresse."


def test_a_workbook_is_read_too_with_its_dates_and_without_its_formulas(desk: House) -> None:
    book = Workbook()
    book.active.append(["Nom complet", "E-mail", "Obtenu le"])
    book.active.append(["Awa Diallo", "awa@exemple.fr", dt.date(2026, 11, 20)])
    book.active.append(["=1+1", "deux@exemple.fr", ""])  # a formula nobody computed: an empty cell
    out = io.BytesIO()
    book.save(out)
    file = receive(desk, out, "promotion.xlsx")
    assert [(row["name"], row["awarded_on"]) for row in file.rows] == [("Awa Diallo", "2026-11-20")]
    assert file.faults["3"] == ["Nom : Le nom manque."]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (spreadsheet(header="Prénom;Ville"), "a.csv", "Il manque une colonne : « Nom », « Adresse électronique »"),
        (spreadsheet(), "a.csv", "aucune ligne sous ses titres"),
        (io.BytesIO(b""), "a.csv", "vide"),
        (io.BytesIO(b"\x00\x01\x02"), "a.csv", "ni un tableau CSV ni un classeur"),
        (spreadsheet("a;b;c@d.fr;;"), "a.xlsx", "ne dit pas ce qu'il contient"),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused(
    desk: House, content: io.BytesIO, name: str, sentence: str
) -> None:
    with pytest.raises(SpreadsheetRefused, match=sentence):
        receive(desk, content, name)
    assert not AwardFile.objects.unscoped("a test").exists()


def test_fifty_thousand_and_one_lines_are_refused_whole(desk: House) -> None:
    with pytest.raises(SpreadsheetRefused, match="plus de 50 000 lignes"):
        receive(desk, spreadsheet(*(f"A;B;{n}" for n in range(50_001))))


def test_a_file_without_a_good_line_a_stopped_issuer_and_a_second_click_start_nothing(desk: House) -> None:
    with pytest.raises(CredentialRefused, match="Aucune ligne de ce fichier"):
        actions_files.start(receive(desk, spreadsheet(";;;;x")), actor=desk.actor)
    file = receive(desk, spreadsheet(*people(1)))
    actions_files.start(file, actor=desk.actor)
    with pytest.raises(CredentialRefused, match="en cours de traitement"):
        actions_files.start(fresh(file), actor=desk.actor)
    other = receive(desk, spreadsheet(*people(1)))
    actions_issuers.stop(desk.issuer, actor=actor_of(professional(Role.TEAM_LEAD)))
    with pytest.raises(CredentialRefused, match="Cet émetteur est arrêté"):
        actions_files.start(fresh(other), actor=desk.actor)


def test_another_organisation_does_nothing_with_our_file(desk: House) -> None:
    file, other = receive(desk, spreadsheet(*people(1))), house("Autre organisme")
    with pytest.raises(AccessDenied, match="autre organisation"):
        actions_files.start(file, actor=other.actor)
    assert queries_issuing.file_for(file.pk, other.actor) is None
    assert not AwardFile.objects.visible_to(other.actor).exists()


def test_a_killed_run_goes_on_where_it_was_and_gives_nobody_two(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules_issuing, "ROWS_AT_ONCE", 2)
    file = actions_files.start(receive(desk, spreadsheet(*people(5))), actor=desk.actor)
    actions_files.award_batch(file, actor=job_actor("test"))
    assert (fresh(file).next_row, awards().count()) == (2, 2)  # the worker dies here
    jobs_files.award_all(file.pk)
    jobs_files.award_all(file.pk)  # and is run once more
    done = fresh(file)
    assert (done.state, done.awarded_count, awards().count()) == (S.DONE, 5, 5)


def test_a_whole_file_is_taken_back_within_a_week(desk: House) -> None:
    file = given(desk, spreadsheet(*people(3)))
    person, actor = claimer("awa0@exemple.fr")
    taken = awards().get(claim__email="awa0@exemple.fr")
    actions_claims.take(taken, actor=actor, person=person)
    jobs.sign_all()
    actions_files.undo(file, actor=desk.actor)
    jobs_files.undo_all(file.pk)
    done = fresh(file)
    assert (done.state, done.undone_count) == (S.UNDONE, 3)
    assert set(awards().values_list("state", flat=True)) == {AwardState.REVOKED}
    assert not Claim.objects.exists()
    assert OutboxMessage.objects.filter(kind="credentials.badge_moved").count() == 1


def test_after_a_week_a_file_is_not_taken_back_at_once(desk: House) -> None:
    file = given(desk, spreadsheet(*people(1)))
    with (
        time_machine.travel(clock.now() + dt.timedelta(days=8)),
        pytest.raises(CredentialRefused, match="Plus de sept jours ont passé"),
    ):
        actions_files.undo(file, actor=desk.actor)


def test_the_names_of_a_file_are_forgotten_after_a_month_its_counts_stay(desk: House) -> None:
    file = given(desk, spreadsheet(*people(2)))
    held = next(one for one in retention.classes() if one.code == "credentials.award_files")
    assert held.count(clock.now()) == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=31)):
        assert held.apply(clock.now()) == 1
        assert held.count(clock.now()) == 0
    kept = fresh(file)
    assert (kept.rows, kept.results, kept.name, kept.awarded_count) == ([], {}, "", 2)


def test_who_is_erased_leaves_the_lines_of_a_file(desk: House) -> None:
    file = given(desk, spreadsheet(*people(2)))
    person, _actor = claimer("awa1@exemple.fr")
    erasure.erase_all(person.pk)
    kept = fresh(file)
    assert [row["email"] for row in kept.rows] == ["awa0@exemple.fr", ""]
    assert set(kept.results) == {"2"}


def test_the_model_s_titles_are_all_understood() -> None:
    assert set(rules_issuing.columns_of(HEADER.split(";"))) == set(rules_issuing.Cell)
