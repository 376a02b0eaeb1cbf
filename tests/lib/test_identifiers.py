"""Identifiers as people type them, and the sentence they read when something is wrong."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.identifiers import (
    Fault,
    IdentifierRefused,
    Siret,
    department_of,
    parse_commune,
    parse_naf,
    parse_phone,
    parse_postcode,
    parse_rome,
    parse_siren,
    parse_siret,
    phone_in_pairs,
    siren_with_key,
    siret_with_key,
)

LA_POSTE = "35600000000048"


@pytest.mark.parametrize(
    "typed", ["73282932000074", "732 829 320 00074", "732-829-320-00074", "732.829.320\u202f00074"]
)
def test_a_siret_is_read_however_it_is_spaced(typed: str) -> None:
    siret = parse_siret(typed)
    assert siret == Siret("73282932000074")
    assert str(siret) == "732\u202f829\u202f320\u202f00074"
    assert siret.siren.value == "732829320"


@pytest.mark.parametrize("typed", [LA_POSTE, "35600000049837", "356 000 000 49837"])
def test_establishments_of_la_poste_follow_their_own_rule(typed: str) -> None:
    assert parse_siret(typed).siren.value == "356000000"


@pytest.mark.parametrize(
    ("typed", "key", "sentence"),
    [
        ("", "siret.empty", "Indiquez le numéro SIRET : 14 chiffres."),
        ("   ", "siret.empty", "Indiquez le numéro SIRET : 14 chiffres."),
        ("7328293200007A", "siret.characters", "Un numéro SIRET ne contient que des chiffres."),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "siret.characters", "Un numéro SIRET ne contient que des chiffres."),
        ("732829320", "siret.too_short", "Un numéro SIRET compte 14 chiffres ; il en manque 5."),
        ("732829320000741", "siret.too_long", "Un numéro SIRET compte 14 chiffres ; il y en a 1 de trop."),
        (
            "73282932000075",
            "siret.checksum",
            "Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié.",
        ),
        ("35600000049838", "siret.checksum", "Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié."),
        ("00000000000000", "siret.checksum", "Ce numéro SIRET n’existe pas : un chiffre est sans doute mal recopié."),
    ],
)
def test_a_wrong_siret_is_refused_with_what_is_wrong(typed: str, key: str, sentence: str) -> None:
    with pytest.raises(IdentifierRefused) as refusal:
        parse_siret(typed)
    assert refusal.value.key == key
    assert refusal.value.message % refusal.value.params == sentence
    assert str(refusal.value) == sentence


@given(st.integers(10_000_000, 99_999_999), st.integers(1, 9999))
def test_a_siret_built_with_its_key_is_read_back(root: int, establishment: int) -> None:
    siren = siren_with_key(f"{root}")
    assert parse_siren(siren.value) == siren
    siret = siret_with_key(siren.value, establishment)
    assert parse_siret(str(siret)) == siret
    assert siret.siren == siren


@given(st.integers(1, 9999))
def test_la_poste_keys_are_computed_too(establishment: int) -> None:
    assert parse_siret(siret_with_key("356000000", establishment).value)


@given(st.integers(10_000_000, 99_999_999), st.integers(1, 9999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(root: int, establishment: int, place: int, shift: int) -> None:
    value = siret_with_key(siren_with_key(f"{root}").value, establishment).value
    wrong = value[:place] + str((int(value[place]) + shift) % 10) + value[place + 1 :]
    if wrong.startswith("356000000"):
        return
    with pytest.raises(IdentifierRefused) as refusal:
        parse_siret(wrong)
    assert refusal.value.fault is Fault.CHECKSUM


def test_a_siren_root_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="eight digits"):
        siren_with_key("1234567")


@pytest.mark.parametrize(
    ("parse", "typed", "value"),
    [
        (parse_rome, " k1304 ", "K1304"),
        (parse_rome, "N4105", "N4105"),
        (parse_naf, "4711f", "47.11F"),
        (parse_naf, "47.11F", "47.11F"),
        (parse_commune, "26362", "26362"),
        (parse_commune, "2a004", "2A004"),
        (parse_commune, "97105", "97105"),
        (parse_commune, "01001", "01001"),
        (parse_commune, "98818", "98818"),
        (parse_postcode, "26 000", "26000"),
        (parse_postcode, "20090", "20090"),
    ],
)
def test_codes_are_read_and_written_in_one_form(parse: Callable[[str], str], typed: str, value: str) -> None:
    assert parse(typed) == value


@pytest.mark.parametrize(
    ("parse", "typed", "sentence"),
    [
        (parse_rome, "", "Indiquez un code ROME, par exemple K1304."),
        (parse_rome, "O1304", "Un code ROME s’écrit avec une lettre de A à N et quatre chiffres, par exemple K1304."),
        (parse_rome, "K13", "Un code ROME s’écrit avec une lettre de A à N et quatre chiffres, par exemple K1304."),
        (parse_naf, "", "Indiquez un code NAF, par exemple 47.11F."),
        (parse_naf, "47.1", "Un code NAF s’écrit avec quatre chiffres et une lettre, par exemple 47.11F."),
        (parse_commune, "", "Indiquez un code commune de l’INSEE : 5 caractères, par exemple 26362."),
        (
            parse_commune,
            "20004",
            "Un code commune de l’INSEE compte 5 chiffres (en Corse, il commence par 2A ou 2B), par exemple 26362.",
        ),
        (parse_postcode, "", "Indiquez un code postal : 5 chiffres."),
        (parse_postcode, "2600", "Un code postal compte 5 chiffres, par exemple 26000."),
        (parse_siren, "", "Indiquez le numéro SIREN : 9 chiffres."),
        (parse_siren, "73282932", "Un numéro SIREN compte 9 chiffres ; il en manque 1."),
        (parse_siren, "732829321", "Ce numéro SIREN n’existe pas : un chiffre est sans doute mal recopié."),
    ],
)
def test_a_wrong_code_is_refused_with_an_example(parse: Callable[[str], object], typed: str, sentence: str) -> None:
    with pytest.raises(IdentifierRefused) as refusal:
        parse(typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("code", ["00001", "96001", "99001", "2C001", "263620", "2636", "é6362"])
def test_what_is_not_a_commune_code_is_refused(code: str) -> None:
    with pytest.raises(IdentifierRefused):
        parse_commune(code)


@pytest.mark.parametrize(
    ("code", "department"), [("26362", "26"), ("2B033", "2B"), ("97411", "974"), ("98818", "988")]
)
def test_the_department_is_read_from_the_commune(code: str, department: str) -> None:
    assert department_of(code) == department


@pytest.mark.parametrize(
    ("typed", "e164", "shown", "is_mobile"),
    [
        ("06 12 34 56 78", "+33612345678", "06 12 34 56 78", True),
        ("06.12.34.56.78", "+33612345678", "06 12 34 56 78", True),
        ("+33 (0)6 12 34 56 78", "+33612345678", "06 12 34 56 78", True),
        ("0033612345678", "+33612345678", "06 12 34 56 78", True),
        ("04 75 00 00 00", "+33475000000", "04 75 00 00 00", False),
        ("06 39 98 00 01", "+33639980001", "06 39 98 00 01", True),  # kept for fiction, never allocated
        ("04 65 71 00 00", "+33465710000", "04 65 71 00 00", False),
        ("0692 12 34 56", "+262692123456", "0692 12 34 56", True),
        ("0694 20 12 34", "+594694201234", "0694 20 12 34", True),
        ("0690 00 12 34", "+590690001234", "0690 00 12 34", True),
        ("+687 75 12 34", "+687751234", "+687 75.12.34", True),
        ("+44 20 7946 0958", "+442079460958", "+44 20 7946 0958", False),
    ],
)
def test_a_telephone_number_is_read_in_france_overseas_and_abroad(
    typed: str, e164: str, shown: str, is_mobile: bool
) -> None:
    phone = parse_phone(typed)
    assert (phone.e164, str(phone), phone.is_mobile) == (e164, shown, is_mobile)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Indiquez un numéro de téléphone, par exemple 06 12 34 56 78."),
        ("appelez-moi", "Un numéro de téléphone ne contient que des chiffres, et parfois un + au début."),
        ("()", "Un numéro de téléphone ne contient que des chiffres, et parfois un + au début."),
        ("06 12", "Ce numéro de téléphone est trop court : il manque des chiffres."),
        ("06 12 34 56 78 90", "Ce numéro de téléphone est trop long : il y a des chiffres en trop."),
        ("00 00 00 00 00", "Ce numéro de téléphone n’existe pas : vérifiez les premiers chiffres."),
    ],
)
def test_a_wrong_telephone_number_is_refused_with_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(IdentifierRefused) as refusal:
        parse_phone(typed)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("given", "shown"), [("+33612345678", "06 12 34 56 78"), ("12 poste 4", "12 poste 4"), ("", "")]
)
def test_a_telephone_number_is_written_as_it_is_dialled_and_anything_else_as_it_came(given: str, shown: str) -> None:
    assert phone_in_pairs(given).replace("\u202f", " ").replace("\xa0", " ") == shown


PARSERS = (parse_siren, parse_siret, parse_rome, parse_naf, parse_commune, parse_postcode, parse_phone)


@given(st.text(max_size=30) | st.text(alphabet="0123456789 +()", max_size=20), st.sampled_from(PARSERS))
def test_any_text_is_read_or_refused_with_a_sentence_never_worse(text: str, parse: Callable[[str], object]) -> None:
    try:
        outcome = str(parse(text))
    except IdentifierRefused as refusal:
        outcome = refusal.message % refusal.params
    assert outcome
