"""A line of the stock files of SIRENE: what it says, what it hides, why it is left aside."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib import sirene
from entremise.lib.identifiers import IdentifierRefused, parse_siret, siren_with_key, siret_with_key
from entremise.lib.sirene import ColumnsMissing, LineRefused, Reason

COLUMNS = sirene.ESTABLISHMENT_COLUMNS
SIRET = siret_with_key(siren_with_key("73282932").value, 7).value
USUAL = {
    "siret": SIRET, "statutDiffusionEtablissement": "O", "dateCreationEtablissement": "2012-04-02",
    "trancheEffectifsEtablissement": "11", "etablissementSiege": "true", "numeroVoieEtablissement": "12",
    "indiceRepetitionEtablissement": "B", "typeVoieEtablissement": "BD", "libelleVoieEtablissement": "VAUBAN",
    "codePostalEtablissement": "26000", "libelleCommuneEtablissement": "VALENCE", "codeCommuneEtablissement": "26362",
    "dateDebut": "2019-01-01", "etatAdministratifEtablissement": "A", "enseigne1Etablissement": "CHEZ GARANCE",
    "activitePrincipaleEtablissement": "56.10A", "nomenclatureActivitePrincipaleEtablissement": "NAFRev2",
}  # fmt: skip
HIDDEN = dict.fromkeys(
    ("enseigne1Etablissement", "numeroVoieEtablissement", "typeVoieEtablissement", "libelleVoieEtablissement"), "[ND]"
)


def read(**changed: str) -> sirene.EstablishmentFacts:
    told = USUAL | changed
    return sirene.read_establishment([told.get(name, "") for name in COLUMNS], sirene.layout(COLUMNS, COLUMNS))


def refusal(**changed: str) -> tuple[Reason, str]:
    with pytest.raises(LineRefused) as caught:
        read(**changed)
    return caught.value.reason, caught.value.found


def test_a_line_says_everything_about_an_establishment() -> None:
    assert read() == sirene.EstablishmentFacts(
        siret=SIRET, is_private=False, is_head=True, is_closed=False, state_on=dt.date(2019, 1, 1),
        opened_on=dt.date(2012, 4, 2), name="CHEZ GARANCE", naf="56.10A", naf_edition="NAFRev2", staff="11",
        address="12 bis boulevard VAUBAN", postcode="26000", commune="26362", commune_name="VALENCE",
    )  # fmt: skip
    closed = read(etatAdministratifEtablissement="F", dateDebut="2026-10-31")
    assert (closed.is_closed, closed.state_on) == (True, dt.date(2026, 10, 31))


def test_small_differences_of_the_file_are_understood() -> None:
    assert read(denominationUsuelleEtablissement="GARANCE").name == "GARANCE"
    assert read(trancheEffectifsEtablissement="NN").staff == ""
    assert read(activitePrincipaleEtablissement="5610A").naf == "56.10A"
    assert read(nomenclatureActivitePrincipaleEtablissement="NAF2025").naf == ""
    assert read(dateCreationEtablissement="").opened_on is None
    assert read(dateDebut="2019-01-01T00:00:00").state_on == dt.date(2019, 1, 1)
    assert read(complementAdresseEtablissement="BAT C").address == "BAT C, 12 bis boulevard VAUBAN"
    assert read(numeroVoieEtablissement="", indiceRepetitionEtablissement="").address == "boulevard VAUBAN"
    assert read(typeVoieEtablissement="ZA", indiceRepetitionEtablissement="").address == "12 za VAUBAN"


@pytest.mark.parametrize("status", ["P", "N"])
def test_who_asked_not_to_be_shown_has_neither_name_nor_address(status: str) -> None:
    facts = read(statutDiffusionEtablissement=status, **HIDDEN)
    assert (facts.is_private, facts.name, facts.address, facts.postcode) == (True, "", "", "")
    assert facts.commune == "26362"
    leaking = read(statutDiffusionEtablissement=status)  # the file should not say them: we do not take them anyway
    assert (leaking.name, leaking.address) == ("", "")
    assert read(**HIDDEN).name == ""  # hidden in a line said to be public


def test_a_line_that_cannot_be_used_says_why() -> None:
    assert refusal(siret="12345678901234") == (Reason.SIRET, "12345678901234")
    assert refusal(siret="") == (Reason.SIRET, "")
    assert refusal(etatAdministratifEtablissement="C") == (Reason.STATE, "C")
    assert refusal(codePaysEtrangerEtablissement="99109") == (Reason.ABROAD, "99109")
    assert refusal(codeCommuneEtablissement="") == (Reason.ABROAD, SIRET)
    assert refusal(dateDebut="31/10/2026") == (Reason.DATE, "31/10/2026")
    with pytest.raises(LineRefused) as caught:
        sirene.read_establishment([SIRET], sirene.layout(COLUMNS, COLUMNS))
    assert caught.value.reason is Reason.SHORT


def test_columns_are_found_by_name_wherever_they_are_and_named_when_missing() -> None:
    turned = [f'"{name.upper()}"' for name in reversed(COLUMNS)]
    where = sirene.layout(["autre", *turned], COLUMNS)
    cells = ["", *reversed([USUAL.get(name, "") for name in COLUMNS])]
    assert sirene.read_establishment(cells, where) == read()
    with pytest.raises(ColumnsMissing) as caught:
        sirene.layout(COLUMNS[1:], COLUMNS)
    assert caught.value.missing == ("siret",)


def test_a_legal_unit_has_the_name_of_its_company_or_of_its_owner() -> None:
    where = sirene.layout(sirene.UNIT_COLUMNS, sirene.UNIT_COLUMNS)
    siren = SIRET[:9]
    names = {
        (siren, "O", "", "", "", "GARANCE SARL", "CHEZ GARANCE"): "GARANCE SARL",
        (siren, "O", "", "", "", "", "CHEZ GARANCE"): "CHEZ GARANCE",
        (siren, "O", "DOMINIQUE", "MARTIN", "", "", ""): "DOMINIQUE MARTIN",
        (siren, "O", "DOMINIQUE", "MARTIN", "DUVAL", "", ""): "DOMINIQUE DUVAL",
        (siren, "P", "[ND]", "[ND]", "", "", ""): "",
    }
    assert {cells: sirene.read_unit(cells, where).name for cells in names} == names
    with pytest.raises(LineRefused):
        sirene.read_unit(("12", "O", "", "", "", "", ""), where)


@given(
    st.one_of(st.integers(0, 10**14 - 1).map("{:014d}".format), st.integers(0, 99_999).map("356000000{:05d}".format))
)
def test_a_siret_is_known_as_by_the_rule_that_explains(digits: str) -> None:
    try:
        parse_siret(digits)
        is_good = True
    except IdentifierRefused:
        is_good = False
    assert sirene.is_siret(digits) is is_good


@given(st.integers(1, 10**8 - 1), st.integers(0, 9_999))
def test_every_siret_made_with_its_key_is_known(root: int, number: int) -> None:
    assert sirene.is_siret(siret_with_key(siren_with_key(f"{root:08d}").value, number).value)
    assert not sirene.is_siret("")
    assert not sirene.is_siret("١٢٣٤٥٦٧٨٩٠١٢٣٤")


@given(st.lists(st.text(max_size=20), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_no_line_breaks_the_reader(cells: list[str]) -> None:
    with pytest.raises(LineRefused):
        sirene.read_establishment(cells, sirene.layout(COLUMNS, COLUMNS))
