"""The stock files of SIRENE: what they change in the directory, what they leave aside, what they raise."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine

from entremise.employers import actions, actions_sirene, queries
from entremise.employers.models import Establishment
from entremise.employers.models_events import DirectoryImport, EstablishmentEvent
from entremise.kernel import clock
from entremise.kernel.models import JournalEntry
from entremise.kernel.reference_files import SourceRefused
from entremise.lib.identifiers import siret_with_key
from entremise.lib.sirene import Reason
from entremise.promotions.enums import PromotionState
from entremise.territories.models import Commune
from tests.factories.accounts import actor_of, professional
from tests.factories.employers import EstablishmentFactory, commune, naf
from tests.factories.promotions import MONDAY, again, world
from tests.factories.sirene import HEADER, UNIT_HEADER, line, siret, stock, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _moment():
    with time_machine.travel(MONDAY, tick=False):
        commune()
        naf()
        yield


def place(number: int = 1) -> Establishment:
    return Establishment.objects.get(siret=siret(number))


def events(number: int = 1) -> list[str]:
    rows = EstablishmentEvent.objects.unscoped("test").filter(establishment=place(number))
    return [row.kind for row in rows.order_by("at", "pk")]


def counts(report: actions_sirene.StockReport) -> dict[str, int]:
    return {name: count for name, count in report.counts.items() if count}


@pytest.mark.parametrize("kind", ["csv", "gz", "zip"])
def test_a_file_fills_the_directory_and_once_more_changes_nothing(tmp_path: Path, kind: str) -> None:
    units = stock(tmp_path, unit(1, denomination="GARANCE SARL"), header=UNIT_HEADER, kind=kind)
    source = stock(tmp_path, line(1), line(2, enseigne1="", etatAdministratif="F", dateDebut="2020-03-31"), kind=kind)
    assert counts(actions_sirene.load_stock(source, units=units)) == {"created": 2}
    first, closed = place(1), place(2)
    assert (first.name, first.legal_name) == ("L'ATELIER DE GARANCE", "GARANCE SARL")
    assert (first.address, first.postcode) == ("12 avenue VICTOR HUGO", "26000")
    assert (first.naf_id, first.size_band, first.is_head) == ("56.10A", "11", True)
    assert (first.opened_on, first.closed_on, first.checked_at) == (dt.date(2012, 4, 2), None, clock.now())
    assert (closed.closed_on, closed.name) == (dt.date(2020, 3, 31), f"Entreprise {siret(2)[:9]}")
    actor = actor_of(professional())
    assert queries.search("atelier garance", actor) == [first]
    assert queries.search("garance sarl valence", actor) == [first]
    before = list(Establishment.objects.order_by("siret").values())
    assert counts(actions_sirene.load_stock(source, units=units)) == {"unchanged": 2}
    assert list(Establishment.objects.order_by("siret").values()) == before
    assert not events(1)
    lines = JournalEntry.objects.filter(verb="employers.directory_imported")
    assert [entry.data["created"] for entry in lines.order_by("pk")] == [2, 0]
    assert DirectoryImport.objects.get(created_count=2).ended_at == clock.now()


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    report = actions_sirene.load_stock(stock(tmp_path, line(1), line(2)), dry_run=True)
    assert counts(report) == {"created": 2}
    assert report.examples["created"] == sorted([siret(1), siret(2)])
    assert not Establishment.objects.exists()
    assert not DirectoryImport.objects.exists()


def test_a_closure_stops_what_is_under_way_and_a_reopening_is_told(tmp_path: Path) -> None:
    small = world()
    (sent,) = small.send()
    where = small.first.establishment
    Establishment.objects.filter(pk=where.pk).update(siret=siret(1))
    shut = {"etatAdministratif": "F", "dateDebut": "2026-10-31"}
    assert counts(actions_sirene.load_stock(stock(tmp_path, line(1, **shut)))) == {"closed": 1}
    where.refresh_from_db()
    assert where.closed_on == dt.date(2026, 10, 31)
    assert again(sent).state == PromotionState.WITHDRAWN
    assert "closed" in events()
    reopened = {"etatAdministratif": "A", "dateDebut": "2026-11-15"}
    assert counts(actions_sirene.load_stock(stock(tmp_path, line(1, **reopened)))) == {"reopened": 1}
    where.refresh_from_db()
    assert where.closed_on is None
    assert events().count("reopened") == 1
    assert again(sent).state == PromotionState.WITHDRAWN


def test_a_closure_that_an_adviser_noted_holds_until_sirene_knows_better(tmp_path: Path) -> None:
    source = stock(tmp_path, line(1, dateDebut="2012-04-02"))
    actions_sirene.load_stock(source)
    actions.close(place(), actor=actor_of(professional()), closed_on=dt.date(2026, 11, 20))
    assert counts(actions_sirene.load_stock(source)) == {"unchanged": 1}
    assert place().closed_on == dt.date(2026, 11, 20)
    later = stock(tmp_path, line(1, dateDebut="2026-11-21"))
    assert counts(actions_sirene.load_stock(later)) == {"reopened": 1}


def test_what_changed_is_told_with_what_it_was(tmp_path: Path) -> None:
    actions_sirene.load_stock(stock(tmp_path, line(1)))
    commune("26281", "Romans-sur-Isère")
    naf("56.10B", "Cafétérias")
    other = {
        "enseigne1": "LA TABLE DE GARANCE", "trancheEffectifs": "21", "activitePrincipale": "56.10B",
        "codeCommune": "26281", "codePostal": "26100", "numeroVoie": "3", "indiceRepetition": "B",
    }  # fmt: skip
    assert counts(actions_sirene.load_stock(stock(tmp_path, line(1, **other)))) == {"changed": 1}
    told = {row.kind: (row.before, row.after) for row in EstablishmentEvent.objects.unscoped("test")}
    assert told == {
        "renamed": ("L'ATELIER DE GARANCE", "LA TABLE DE GARANCE"),
        "size": ("11", "21"),
        "activity": ("56.10A", "56.10B"),
        "moved": ("12 avenue VICTOR HUGO, 26000 Valence", "3 bis avenue VICTOR HUGO, 26100 Romans-sur-Isère"),
    }
    assert queries.search("table romans", actor_of(professional())) == [place()]


def test_capitals_a_silence_or_a_new_place_of_an_old_company_are_no_news(tmp_path: Path) -> None:
    EstablishmentFactory(siret=siret(1), name="L'Atelier de Garance", size_band="11", legal_name="Garance SARL")
    quiet = {"trancheEffectifs": "NN", "activitePrincipale": "56.10B", "nomenclatureActivitePrincipale": "NAF2025"}
    actions_sirene.load_stock(stock(tmp_path, line(1, **quiet)))
    kept = place()
    assert (kept.name, kept.legal_name, kept.size_band) == ("L'Atelier de Garance", "Garance SARL", "11")
    assert kept.naf_id == "56.10A"  # of another edition of the nomenclature: says nothing
    assert not events()


def test_a_new_establishment_of_a_known_company_is_told(tmp_path: Path) -> None:
    sister = siret_with_key(siret(1)[:9], 2).value
    actions_sirene.load_stock(stock(tmp_path, line(1)))
    with time_machine.travel(MONDAY + dt.timedelta(days=30), tick=False):
        actions_sirene.load_stock(stock(tmp_path, line(1), line(2, siret=sister, dateCreation="2026-12-01"), line(3)))
    found = EstablishmentEvent.objects.unscoped("test").get()
    assert (found.kind, found.establishment.siret) == ("created", sister)


def test_who_asked_not_to_be_shown_loses_name_and_address_here_too(tmp_path: Path) -> None:
    units = stock(tmp_path, unit(1, nom="MARTIN", prenomUsuel="DOMINIQUE"), header=UNIT_HEADER)
    actions_sirene.load_stock(stock(tmp_path, line(1, enseigne1="")), units=units)
    assert place().name == "DOMINIQUE MARTIN"
    actions_sirene.load_stock(stock(tmp_path, line(1, enseigne1="CHEZ DOM", numeroVoie="14")))
    assert sorted(events()) == ["moved", "renamed"]
    hidden = line(
        1, statutDiffusion="P", enseigne1="[ND]", numeroVoie="[ND]", typeVoie="[ND]", libelleVoie="[ND]"
    )  # fmt: skip
    actions_sirene.load_stock(stock(tmp_path, hidden))
    kept = place()
    assert (kept.name, kept.legal_name, kept.address, kept.is_private) == ("Nom non diffusé", "", "", True)
    assert kept.search_name == "valence"
    rows = EstablishmentEvent.objects.unscoped("test")
    assert {(row.before, row.after) for row in rows} == {("", "")}
    assert not queries.search("dominique martin", actor_of(professional()))


def test_a_commune_that_merged_is_found_and_is_no_move(tmp_path: Path) -> None:
    old = commune("26999", "Vieux-Bourg")
    EstablishmentFactory(siret=siret(1), commune=old, name="L'ATELIER DE GARANCE")
    Commune.objects.filter(pk="26999").update(retired_on=dt.date(2026, 1, 1))
    Commune.objects.filter(pk="26362").update(postcodes=["26000"])
    actions_sirene.load_stock(stock(tmp_path, line(1, codeCommune="26999")))
    assert place().commune_id == "26362"
    assert not events()


def test_lines_left_aside_are_counted_with_their_reason_and_the_good_ones_kept(tmp_path: Path) -> None:
    lines = [
        line(1, enseigne1="PREMIÈRE FOIS"), line(2, siret="12345678901234"), line(3, etatAdministratif="X"),
        line(4, codePaysEtranger="99109"), line(5, codeCommune="01999"), line(6, dateDebut="hier"),
        line(1, enseigne1="DEUXIÈME FOIS"), '"jamais fermé' + line(7), line(8), line(9)[:40],
    ]  # fmt: skip
    report = actions_sirene.load_stock(stock(tmp_path, *lines))
    assert counts(report) == {"created": 2}
    assert place(1).name == "DEUXIÈME FOIS"
    assert place(8).is_open
    assert report.ignored == {
        Reason.SIRET: 1, Reason.STATE: 1, Reason.ABROAD: 1, Reason.COMMUNE: 1, Reason.DATE: 1, Reason.TWICE: 1,
        Reason.SHORT: 2,
    }  # fmt: skip
    told = " ".join(report.sentences())
    assert "laissés de côté : 1 (numéro SIRET faux) ; par exemple 12345678901234." in told
    assert "commune inconnue ici" in told


def test_only_the_departments_asked_for_are_taken(tmp_path: Path) -> None:
    commune("38185", "Grenoble", "38")
    source = stock(tmp_path, line(1), line(2, codeCommune="38185"), line(3, etatAdministratif="F"))
    report = actions_sirene.load_stock(source, departments=["26"], open_only=True)
    assert counts(report) == {"created": 1}
    assert report.ignored == {Reason.DEPARTMENT: 1, Reason.CLOSED: 1}


def test_a_file_of_other_columns_is_refused_by_name_and_changes_nothing(tmp_path: Path) -> None:
    wrong = stock(tmp_path, "1;2", header="SIRET;NOM")
    with pytest.raises(SourceRefused, match="n'est pas le fichier StockEtablissement de l'Insee : il y manque siret"):
        actions_sirene.load_stock(wrong)
    with pytest.raises(SourceRefused, match="introuvable"):
        actions_sirene.load_stock(tmp_path / "absent.csv")
    broken = tmp_path / "stock.zip"
    broken.write_bytes(stock(tmp_path, line(1), kind="zip").read_bytes()[:-30])
    with pytest.raises(SourceRefused, match="abîmé ou incomplet"):
        actions_sirene.load_stock(broken)
    assert not DirectoryImport.objects.exists()


def test_a_file_cut_in_the_middle_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    whole = stock(tmp_path, *(line(n) for n in range(1, 40)), kind="gz")
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(whole.read_bytes()[:-200])
    report = actions_sirene.load_stock(cut)
    assert report.is_cut
    assert 10 < report.counts["created"] < 39
    assert "s'arrête avant sa fin" in report.cut_sentence()
    assert counts(actions_sirene.load_stock(whole))["unchanged"] == report.counts["created"]
    assert Establishment.objects.count() == 39


def test_accents_are_read_in_either_encoding_and_columns_in_any_order(tmp_path: Path) -> None:
    turned = ",".join(reversed(HEADER.split(",")))
    accented = ",".join(reversed(line(1, enseigne1="CRÊPERIE DE L'ÉVÊCHÉ").split(",")))
    actions_sirene.load_stock(stock(tmp_path, accented, header=turned, encoding="cp1252"))
    assert place().name == "CRÊPERIE DE L'ÉVÊCHÉ"
