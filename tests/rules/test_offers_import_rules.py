"""What a spreadsheet of offers means: columns, contracts, schedules, licences, languages, skills."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.offers.enums_import import OfferField
from entremise.offers.rules_cells import (
    parse_contract,
    parse_languages,
    parse_licences,
    parse_radius,
    parse_schedules,
    parse_skills,
    parse_working_time,
    read_line,
)
from entremise.offers.rules_import import mapping_faults, proposed_mapping

GOOD = {"reference": "A-1", "title": "Cuisinier", "siret": "73282932000074", "contract": "CDI"}
MAPPING = {name: name for name in OfferField.values}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            ["Réf.", "Intitulé du poste", "N° SIRET", "Type de contrat", "Ville"],
            {"reference": "Réf.", "title": "Intitulé du poste", "siret": "N° SIRET", "contract": "Type de contrat",
             "city": "Ville"},
        ),
        (
            ["N° offre", "Métier", "Code ROME", "CP", "Commune", "Code commune INSEE"],
            {"reference": "N° offre", "title": "Métier", "rome": "Code ROME", "postcode": "CP", "city": "Commune",
             "insee": "Code commune INSEE"},
        ),
        (
            ["Temps de travail", "Horaires de travail", "Permis exigés", "Langues", "Rayon (km)", "Savoir-faire"],
            {"working_time": "Temps de travail", "schedules": "Horaires de travail", "licences": "Permis exigés",
             "languages": "Langues", "radius_km": "Rayon (km)", "skills": "Savoir-faire"},
        ),
        (["Couleur", "Humeur"], {}),
    ],
)  # fmt: skip
def test_columns_are_recognised_by_their_names(columns: list[str], expected: dict[str, str]) -> None:
    assert proposed_mapping(columns) == expected


def test_the_names_of_our_model_are_all_recognised() -> None:
    labels = {str(name.label): str(name) for name in OfferField}
    assert proposed_mapping(list(labels)) == {name: label for label, name in labels.items()}


def test_what_was_chosen_last_time_comes_first() -> None:
    assert proposed_mapping(["Clé", "Référence"], {"reference": "Clé"}) == {"reference": "Clé"}


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ("reference", "met les offres à jour au lieu de les doubler"),
        ("siret", "le SIRET de l'établissement"),
        ("contract", "quelle colonne donne le contrat"),
    ],
)
def test_what_a_file_must_tell_is_asked_for(lacking: str, sentence: str) -> None:
    (fault,) = mapping_faults({name: name for name in GOOD if name != lacking})
    assert (fault.field, sentence in fault.message) == (lacking, True)


def test_a_job_is_told_by_its_title_or_its_code() -> None:
    (fault,) = mapping_faults({name: name for name in GOOD if name != "title"})
    assert "son intitulé ou son code ROME" in fault.message
    assert mapping_faults({name: name for name in GOOD if name != "title"} | {"rome": "rome"}) == []


def test_a_column_tells_one_thing() -> None:
    faults = mapping_faults({name: name for name in GOOD} | {"description": "title"})
    assert {fault.field for fault in faults} == {"title", "description"}


@pytest.mark.parametrize(
    ("parse", "text", "meaning"),
    [
        (parse_contract, "CDD saisonnier", "seasonal"),
        (parse_contract, "C.D.I. / CDI", "cdi"),
        (parse_contract, "Mission d'intérim", "temporary"),
        (parse_contract, "contrat à durée déterminée", "cdd"),
        (parse_contract, "contrat d'apprentissage", "apprenticeship"),
        (parse_working_time, "", "any"),
        (parse_working_time, "Temps plein ou partiel", "any"),
        (parse_working_time, "Mi-temps", "part"),
        (parse_working_time, "35 h", "full"),
        (parse_working_time, "temps complet", "full"),
        (parse_schedules, "Week-end, nuit et tôt le matin", ("weekend", "night", "early")),
        (parse_schedules, "En journée\nle soir", ("day", "evening")),
        (parse_schedules, "néant", ()),
        (parse_licences, "Permis B ; CACES R489 1A, 3 et 5", ("b", "caces")),
        (parse_licences, "B / poids lourd", ("b", "c")),
        (parse_licences, "CACES R489 chariot", ("caces",)),
        (parse_licences, "permis de conduire", ("b",)),
        (parse_languages, "Anglais courant, es et dari", ("en", "es", "fa")),
        (parse_languages, None, ()),
        (parse_radius, "25 km", 25),
        (parse_radius, 25.0, 25),
        (parse_radius, "", None),
        (
            parse_skills,
            "Cuisiner (indispensable); Dresser une assiette",
            (("Cuisiner", 3), ("Dresser une assiette", 2)),
        ),
        (parse_skills, "Tenir un ERP (SAP) (souhaité)|Peser, doser", (("Tenir un ERP (SAP)", 1), ("Peser, doser", 2))),
        (parse_skills, "Tenir un ERP (SAP)", (("Tenir un ERP (SAP)", 2),)),
        (parse_skills, " ; ", ()),
    ],
)
def test_everyday_words_are_understood(parse: Any, text: Any, meaning: Any) -> None:
    assert parse(text) == meaning


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("reference", "", "La référence manque"),
        ("reference", "x" * 61, "La référence compte au plus 60 caractères."),
        ("contract", "", "Le contrat manque."),
        ("contract", "bénévolat", "Le contrat « bénévolat » n'est pas compris"),
        ("working_time", "parfois", "Le temps de travail « parfois » n'est pas compris"),
        ("schedules", "journée, quand il pleut", "L'horaire « quand il pleut » n'est pas compris"),
        ("licences", "avion", "Le permis « avion » n'est pas compris"),
        ("languages", "klingon", "La langue « klingon » n'est pas connue"),
        ("radius_km", "loin", "La distance « loin » n'est pas comprise"),
        ("radius_km", "2,5", "La distance « 2,5 » n'est pas comprise"),
        ("siret", "", "Le SIRET de l'établissement manque."),
        ("siret", "123", "Un numéro SIRET compte 14 chiffres"),
        ("siret", "7,3282932E+13", "Le tableur a abîmé ce SIRET"),
        ("rome", "cuisine", "Un code ROME s’écrit avec une lettre"),
        ("insee", "26", "Un code commune de l’INSEE compte 5 chiffres"),
        ("postcode", "2600", "Un code postal compte 5 chiffres"),
        ("title", "", "Le poste manque : donnez son intitulé ou son code ROME."),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(name: str, text: str, sentence: str) -> None:
    told, faults = read_line(GOOD | {name: text}, MAPPING)
    assert told is None
    (fault,) = faults
    assert fault.field == name
    assert sentence in (fault.message % fault.params if fault.params else fault.message)


def test_everything_wrong_in_a_line_is_told_at_once() -> None:
    _told, faults = read_line({"contract": "jadis", "licences": "avion"}, MAPPING)
    assert {fault.field for fault in faults} == {"reference", "siret", "contract", "licences"}


def test_codes_that_the_spreadsheet_took_for_numbers_are_read() -> None:
    told, faults = read_line(GOOD | {"insee": 1053, "postcode": 1000, "siret": 73282932000074}, MAPPING)
    assert (told is not None, faults) == (True, [])
    assert told is not None
    assert (told.insee, told.postcode, told.siret) == ("01053", "01000", "73282932000074")


@given(st.dictionaries(st.sampled_from(OfferField.values), st.text() | st.integers() | st.floats() | st.none()))
def test_whatever_is_in_a_line_it_is_told_or_explained(cells: dict[str, Any]) -> None:
    told, faults = read_line(cells, MAPPING)
    assert (told is None) == bool(faults)
    assert all((fault.message % fault.params) if fault.params else fault.message for fault in faults)
