"""Suggestions that forgive what people type."""

import json
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import labels
from entremise.lib.typeahead import Entry, Hit, Index, IndexUnreadable
from entremise.lib.vocabulary import Vocabulary

TITLES = [
    "Conducteur / Conductrice d'engins agricoles",
    "Conducteur / Conductrice de poids lourd",
    "Boulanger / Boulangère",
    "Vendeur / Vendeuse en boulangerie-pâtisserie",
    "Aide-soignant / Aide-soignante",
    "Infirmier / Infirmière",
    "Agent / Agente d'entretien des espaces verts",
    "Agent / Agente d'accueil",
    "Développeur / Développeuse C++",
    "Maçon / Maçonne",
    "Technicien / Technicienne de maintenance",
    "Chef / Cheffe de cuisine",
]
INDEX = Index.build(
    [Entry(str(number), label) for number, label in enumerate(TITLES)]
    + [Entry("caisse", "Hôte / Hôtesse de caisse", synonyms=("Caissier / Caissière",))]
)


def first(typed: str, index: Index = INDEX) -> str:
    hits = index.search(typed)
    return hits[0].label if hits else ""


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("boulanger", "Boulanger / Boulangère"),
        ("BOULANGÈRE", "Boulanger / Boulangère"),
        ("boulangeres", "Boulanger / Boulangère"),
        ("boulagner", "Boulanger / Boulangère"),
        ("boullanger", "Boulanger / Boulangère"),
        ("bpulanger", "Boulanger / Boulangère"),
        ("vendeuses boulangerie", "Vendeur / Vendeuse en boulangerie-pâtisserie"),
        ("patisserie vendeur", "Vendeur / Vendeuse en boulangerie-pâtisserie"),
        ("conductrice engins", "Conducteur / Conductrice d'engins agricoles"),
        ("conductice d'engin agricol", "Conducteur / Conductrice d'engins agricoles"),
        ("poids lour", "Conducteur / Conductrice de poids lourd"),
        ("aide soignante", "Aide-soignant / Aide-soignante"),
        ("aidesoignante", "Aide-soignant / Aide-soignante"),
        ("agentdaccueil", "Agent / Agente d'accueil"),
        ("espace vert", "Agent / Agente d'entretien des espaces verts"),
        ("c++", "Développeur / Développeuse C++"),
        ("macon", "Maçon / Maçonne"),
        ("ma", "Maçon / Maçonne"),
        ("tech maint", "Technicien / Technicienne de maintenance"),
        ("cuisi", "Chef / Cheffe de cuisine"),
        ("l'accueil", "Agent / Agente d'accueil"),
        ("caissière", "Hôte / Hôtesse de caisse"),
    ],
)
def test_the_wanted_title_comes_first(typed: str, label: str) -> None:
    assert first(typed) == label


@pytest.mark.parametrize("typed", ["", "   ", "'", "!?", "zzzzzzzz", "\x00", "…"])
def test_nothing_sensible_gives_no_suggestion(typed: str) -> None:
    assert INDEX.search(typed) == []


def test_a_synonym_leads_to_the_label_and_says_what_matched() -> None:
    hit = INDEX.search("caissier")[0]
    assert (hit.id, hit.label, hit.matched) == ("caisse", "Hôte / Hôtesse de caisse", "Caissier / Caissière")


def test_an_entry_is_suggested_once_however_many_of_its_wordings_match() -> None:
    index = Index.build([Entry("a", "Vente", synonyms=("Vendre", "Ventes", "La vente")), Entry("b", "Vent")])
    assert sorted(hit.id for hit in index.search("vente")) == ["a", "b"]


def test_the_most_common_comes_first_when_spelling_does_not_decide() -> None:
    towns = [Entry("small", "Saint-Martin-le-Vieux", 300), Entry("big", "Saint-Martin-d'Hères", 38_000)]
    assert Index.build(towns, weight_share=0.2).search("saint martin")[0].id == "big"
    assert Index.build(towns, weight_share=0.2).search("saint martin le v")[0].id == "small"


def test_digits_are_never_guessed() -> None:
    index = Index.build([Entry("1", "Valence 26000"), Entry("2", "Loriol 26270")])
    assert [hit.id for hit in index.search("26000")] == ["1"]
    assert index.search("26001") == []
    assert [hit.id for hit in index.search("262")] == ["2"]


def test_no_more_than_the_limit_and_best_first() -> None:
    hits = INDEX.search("a", limit=3)
    assert len(hits) <= 3
    assert INDEX.search("agent", limit=0) == []
    scores = [hit.score for hit in INDEX.search("conducteur")]
    assert scores == sorted(scores, reverse=True)


def test_an_empty_index_answers_nothing() -> None:
    empty = Index.build([])
    assert len(empty) == 0
    assert empty.search("boulanger") == []


def test_a_label_of_small_words_only_is_still_found() -> None:
    assert first("les", Index.build([Entry("x", "Les Uns et les Autres"), Entry("y", "Le Les")])) == "Le Les"


def test_a_very_long_query_is_answered() -> None:
    assert first("boulanger " * 500) == "Boulanger / Boulangère"


def test_an_index_saved_and_loaded_gives_the_same_answers(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces é"
    INDEX.save(folder)
    loaded = Index.load(folder)
    for typed in ("boulagner", "caissier", "poids lour", "a"):
        assert loaded.search(typed) == INDEX.search(typed)


@pytest.mark.parametrize("damage", ["missing", "format", "text", "mixed"])
def test_a_damaged_folder_is_refused(tmp_path: Path, damage: str) -> None:
    INDEX.save(tmp_path)
    listing = tmp_path / "index.json"
    texts = json.loads(listing.read_text(encoding="utf-8"))
    if damage == "missing":
        (tmp_path / "index.npz").unlink()
    elif damage == "format":
        listing.write_text(json.dumps({**texts, "format": 99}), encoding="utf-8")
    elif damage == "text":
        listing.write_text("{", encoding="utf-8")
    else:
        listing.write_text(json.dumps({**texts, "wordings": texts["wordings"][1:]}), encoding="utf-8")
    with pytest.raises(IndexUnreadable):
        Index.load(tmp_path)


def test_many_threads_get_the_same_answers() -> None:
    expected = INDEX.search("conductrice engin")
    answers: list[list[Hit]] = []
    threads = [threading.Thread(target=lambda: answers.append(INDEX.search("conductrice engin"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(typed: str) -> None:
    assert len(INDEX.search(typed, limit=5)) <= 5


@given(st.sampled_from(TITLES))
def test_a_label_typed_in_full_finds_itself(label: str) -> None:
    assert first(label) == label


@given(st.sampled_from(TITLES), st.integers(1, 6))
def test_the_same_question_always_has_the_same_answer(label: str, length: int) -> None:
    assert INDEX.search(label[:length]) == INDEX.search(label[:length])


def test_a_vocabulary_gives_its_words_from_the_least_to_the_most_similar() -> None:
    words = Vocabulary(["boulanger", "boulangere", "boulangerie", "boucher"])
    found = words.matches("boulanger", may_be_begun=True)
    assert words.words[found.words[-1]] == "boulanger"
    assert found.best == 1.0
    assert list(found.similarities) == sorted(found.similarities)
    assert words.matches("zzz", may_be_begun=True).best == 0.0
    assert words.knows("boulangeres")
    assert not words.knows("zzz")


@pytest.mark.skipif(not labels.available(), reason="ROME and ESCO are not beside the checkout (ENTREMISE_SHARED)")
def test_mistyped_job_titles_are_found_among_sixty_thousand_labels() -> None:
    index = Index.build(labels.all_entries())
    queries = labels.queries([label for _, label in labels.job_titles()], count=60, seed=7)
    found = sum(
        any(hit.label.casefold() == query.label.casefold() for hit in index.search(query.text, limit=5))
        for query in queries
    )
    assert found >= 0.8 * len(queries)
