"""What an office's spreadsheet means: columns, dates, answers, outcomes."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.cells import CellRefused, text_of
from entremise.promotions.enums_import import ImportField
from entremise.promotions.rules_cells import parse_answer, parse_date, parse_outcome, read_line
from entremise.promotions.rules_import import identity_of, mapping_faults, proposed_mapping

TODAY = dt.date(2026, 11, 20)
MAPPING = {
    "email": "Mail", "siret": "SIRET", "sent_on": "Date", "answer": "Réponse", "answered_on": "Date réponse",
    "outcome": "Suite", "outcome_on": "Date suite", "phone": "Tél", "reference": "Réf", "employer": "Société",
    "city": "Ville",
}  # fmt: skip
SIRET = "73282932000074"


def read(**cells: Any) -> tuple[Any, list[str]]:
    line = {"Mail": "awa@exemple.fr", "SIRET": SIRET, "Date": "12/03/2026", **cells}
    told, faults = read_line(line, MAPPING, TODAY)
    return told, [fault.message % fault.params for fault in faults]


def test_the_columns_of_an_office_are_recognised() -> None:
    columns = [
        "N°", "Date", "Nom du conseiller", "Mail DE", "Mail entreprise", "Raison sociale", "Ville de l'entreprise",
        "N° SIRET", "Retour de l'employeur", "Date du retour", "Suite donnée", "Date d'embauche", "Observations",
    ]  # fmt: skip
    assert proposed_mapping(columns) == {
        "email": "Mail DE", "siret": "N° SIRET", "employer": "Raison sociale", "city": "Ville de l'entreprise",
        "sent_on": "Date", "adviser": "Nom du conseiller", "answer": "Retour de l'employeur",
        "answered_on": "Date du retour", "outcome": "Suite donnée", "outcome_on": "Date d'embauche",
        "comment": "Observations",
    }  # fmt: skip


def test_what_the_agency_chose_last_time_comes_first() -> None:
    columns = ["Date", "Jour", "SIRET", "Courriel"]
    assert proposed_mapping(columns, {"sent_on": "Jour", "email": "Disparue"}) == {
        "email": "Courriel", "siret": "SIRET", "sent_on": "Jour",
    }  # fmt: skip


def test_a_birth_date_is_not_the_date_of_the_promotion() -> None:
    assert "sent_on" not in proposed_mapping(["Date de naissance", "SIRET", "Mail"])


@given(st.lists(st.text(max_size=20), max_size=12, unique=True))
def test_a_column_serves_once_and_a_field_has_one_column(columns: list[str]) -> None:
    mapping = proposed_mapping(columns)
    assert len(set(mapping.values())) == len(mapping)
    assert set(mapping) <= set(ImportField.values)
    assert set(mapping.values()) <= set(columns)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"siret": "S", "sent_on": "D"}, "Dites quelle colonne désigne la personne"),
        ({"email": "M", "sent_on": "D", "employer": "E"}, "Dites quelle colonne désigne l'établissement"),
        ({"email": "M", "siret": "S"}, "Dites quelle colonne donne la date de la promotion."),
        ({"email": "M", "siret": "M", "sent_on": "D"}, "ne peut pas servir deux fois"),
    ],
)
def test_a_missing_column_is_asked_for(mapping: dict[str, str], sentence: str) -> None:
    assert any(sentence in fault.message for fault in mapping_faults(mapping))


def test_a_name_and_a_city_stand_for_the_siret() -> None:
    assert mapping_faults({"phone": "T", "employer": "E", "city": "V", "sent_on": "D"}) == []


@pytest.mark.parametrize(
    "written",
    [
        "12/03/2026", "12-03-26", "12.3.2026", "2026-03-12", "2026-03-12 00:00:00", "12 mars 2026",
        "jeudi 12 mars 2026", "12-mars-26", "12/03/2026 14:30", 46093, "46093", 46093.5, dt.date(2026, 3, 12),
        dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC),
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_french_spelling(written: Any) -> None:
    assert parse_date(written) == dt.date(2026, 3, 12)


def test_the_first_of_the_month_is_read() -> None:
    assert parse_date("1er févr. 2026") == dt.date(2026, 2, 1)


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d"]))
def test_a_written_date_is_read_back(day: dt.date, spelling: str) -> None:
    assert parse_date(day.strftime(spelling)) == day


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_an_excel_serial_is_read_back(day: dt.date) -> None:
    assert parse_date((day - dt.date(1899, 12, 30)).days) == day


@given(st.one_of(st.text(max_size=20), st.integers(), st.floats(allow_nan=False)))
def test_any_cell_is_a_date_nothing_or_refused(cell: Any) -> None:
    try:
        read = parse_date(cell)
    except CellRefused as refusal:
        read = None
        sentence = refusal.message % refusal.params
    else:
        sentence = "."
    assert read is None or read.year >= 1
    assert sentence.endswith(".")


@pytest.mark.parametrize("written", ["31/02/2026", "03/25/2026", "mars 2026", "hier"])
def test_a_date_that_means_nothing_is_refused_with_the_cell(written: str) -> None:
    with pytest.raises(CellRefused) as caught:
        parse_date(written)
    assert f"« {written} »" in caught.value.message % caught.value.params


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Souhaite rencontrer", "meeting"), ("RDV le 3", "meeting"), ("OUI", "meeting"), ("pas intéressé", "no"),
        ("Refus", "no"), ("Garde en vivier", "kept"), ("pas de besoin actuellement", "not_now"),
        ("PMSMP", "immersion"), ("poste à pourvoir", "offer"), ("Sans réponse", ""),
        ("NR", ""), ("pas répondu", ""), (None, ""),
        ("kept", "kept"),
    ],
)  # fmt: skip
def test_an_answer_is_read_in_everyday_words(written: Any, answer: str) -> None:
    assert parse_answer(written) == answer


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("Embauche en CDD", ("hired", "cdd")), ("CDI signé", ("hired", "cdi")), ("non retenu", ("none", "")),
        ("Entretien sans suite", ("meeting", "")), ("sans suite", ("none", "")), ("AFPR", ("training", "")),
        ("immersion", ("immersion", "")), ("en cours", ("", "")), ("", ("", "")),
    ],
)  # fmt: skip
def test_an_outcome_is_read_in_everyday_words(written: str, outcome: tuple[str, str]) -> None:
    assert parse_outcome(written) == outcome


def test_a_line_is_read_whole() -> None:
    told, faults = read(**{"Réponse": "rdv", "Date réponse": "20/03/2026", "Suite": "CDI", "Date suite": "1/4/2026"})
    assert faults == []
    assert (told.email, told.siret, told.sent_on) == ("awa@exemple.fr", SIRET, dt.date(2026, 3, 12))
    assert (told.answer, told.answered_on, told.outcome, told.contract) == (
        "meeting", dt.date(2026, 3, 20), "hired", "cdi",
    )  # fmt: skip


def test_numbers_that_lost_their_zeros_are_read() -> None:
    told, faults = read(Mail="", Tél=612345678.0, SIRET=5520137802316)
    assert told is None
    assert faults == ["Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié."]
    told, faults = read(Mail="", Tél=612345678.0)
    assert (told.phone, faults) == ("+33612345678", [])


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Mail": ""}, "La personne manque"),
        ({"SIRET": ""}, "L'établissement manque"),
        ({"Date": ""}, "La date de la promotion manque."),
        ({"Mail": "awa"}, "Ce n'est pas une adresse électronique."),
        ({"SIRET": "73282932000075"}, "un chiffre est sans doute mal recopié"),
        ({"SIRET": "7,32829E+13"}, "Le tableur a abîmé ce SIRET (« 7,32829E+13 »)"),
        ({"Date": "12/03/1926"}, "entre 2000 et aujourd'hui"),
        ({"Date": "21/11/2026"}, "entre 2000 et aujourd'hui"),
        ({"Réponse": "bof"}, "La réponse « bof » n'est pas comprise."),
        ({"Réponse": "oui", "Date réponse": "11/03/2026"}, "avant la promotion"),
        ({"Suite": "??"}, "La suite « ?? » n'est pas comprise."),
        ({"Suite": "CDI", "Date suite": "11/03/2026"}, "La suite ne peut pas être datée avant"),
    ],
)
def test_a_wrong_cell_gets_its_sentence(cells: dict[str, str], sentence: str) -> None:
    _told, faults = read(**cells)
    assert any(sentence in fault for fault in faults)


def test_every_fault_of_a_line_is_said_at_once() -> None:
    _told, faults = read(Date="hier", SIRET="123", Réponse="bof")
    assert len(faults) == 3


def test_an_apostrophe_that_protects_a_formula_is_taken_off() -> None:
    assert text_of("'=cmd") == "=cmd"
    assert text_of(" l'\u00a0école ") == "l' école"


@given(st.uuids(), st.uuids(), st.dates(), st.dates())
def test_a_promotion_is_known_by_person_employer_and_day(person: Any, place: Any, day: Any, other: Any) -> None:
    assert (identity_of(person, place, day) == identity_of(person, place, other)) == (day == other)
