"""Words brought to a form that can be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.text import euros, normalise, singular, sort_key, stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élève-ingénieur  ÉTÉ", "eleve-ingenieur ete"),
        ("Œuvre d’art", "oeuvre d'art"),
        ("ex æquo", "ex aequo"),
        ("Straße", "strasse"),
        ("  ", ""),
        ("ﬁn", "fin"),
    ],
)
def test_normalised_text_has_no_case_accent_or_ligature(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Conducteur / Conductrice d'engins", ["conducteur", "conductrice", "engins"]),
        ("Développeur C++ et C#", ["developpeur", "c++", "et", "c#"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("L’accueil qu’il faut", ["accueil", "il", "faut"]),
        ("2A004", ["2a004"]),
    ],
)
def test_words_lose_their_elisions_and_keep_their_signs(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "family",
    [
        ("conducteur", "conductrice", "conducteurs", "conductrices"),
        ("vendeur", "vendeuse", "vendeuses"),
        ("boulanger", "boulangere", "boulangers", "boulangeres"),
        ("infirmier", "infirmiere"),
        ("aide", "aides"),
        ("soignant", "soignante", "soignants", "soignantes"),
        ("gardien", "gardienne"),
        ("animal", "animaux"),
        ("chapeau", "chapeaux"),
        ("sportif", "sportifs", "sportive"),
        ("professionnel", "professionnelle", "professionnels"),
        ("macon", "maconne"),
        ("operateur", "operatrice"),
    ],
)
def test_one_stem_for_singular_plural_masculine_and_feminine(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("vente", "ventilation"), ("bus", "bue"), ("bois", "boire"), ("or", "ors")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_codes_are_their_own_stem() -> None:
    assert [stem(word) for word in ("c++", "26000", "2a004")] == ["c++", "26000", "2a004"]


def test_sorting_ignores_accents_and_case() -> None:
    assert sorted(["Zoo", "éclair", "Abri", "Eau"], key=sort_key) == ["Abri", "Eau", "éclair", "Zoo"]


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_stem_is_never_empty_nor_longer_than_a_plural_allows(word: str) -> None:
    assert 1 <= len(stem(word)) <= len(word)
    assert singular(word)


def test_cents_are_written_in_euros() -> None:
    told = {
        0: "0",
        5: "0,05",
        1_250: "12,50",
        182_303: "1\u202f823,03",
        185_000: "1\u202f850",
        1_234_567_00: "1\u202f234\u202f567",
    }
    assert {cents: euros(cents) for cents in told} == told
