"""The built-in referential is complete, coherent and free of duplicates (plain files: no Django, no database)."""

import csv
import io
import os
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

import entremise

FOLDER = Path(entremise.__file__).parent / "skills" / "builtin"
SHARED = Path(os.environ.get("ENTREMISE_SHARED") or Path(entremise.__file__).parents[2] / "shared")
HEADERS = {
    "families": ["letter", "label"],
    "occupations": ["rome", "label", "family", "definition"],
    "job_titles": ["id", "rome", "label", "synonyms"],
    "skills": ["id", "kind", "label", "synonyms", "family"],
    "occupation_skills": ["rome", "skill_id", "weight"],
    "mobilities": ["from_rome", "to_rome", "kind"],
    "mappings": ["skill_id", "system", "code", "relation"],
}
SKILL_FAMILIES = {
    *("arts", "building", "care", "cooking", "digital", "industry", "logistics"),
    *("nature", "office", "people", "safety", "sales", "transport"),
}
INFINITIVE = re.compile(r"(?:S'|Se )?\w+(?:er|ir|re|oir)\b")


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";", strict=True))


def normalised(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))


def repeated(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def kinds_by_skill() -> dict[str, str]:
    return {row["id"]: row["kind"] for row in rows_of("skills")}


@pytest.mark.parametrize("name", HEADERS)
def test_a_file_has_its_columns_and_no_ragged_or_untidy_cell(name: str) -> None:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines, delimiter=";", strict=True)
    assert header == HEADERS[name]
    assert [row for row in rows if len(row) != len(header)] == []
    assert [cell for row in rows for cell in row if cell != " ".join(cell.split())] == []


@pytest.mark.parametrize("name", HEADERS)
def test_only_synonyms_may_be_empty(name: str) -> None:
    empty = [row for row in rows_of(name) if any(not value for column, value in row.items() if column != "synonyms")]
    assert empty == []


def test_there_is_enough_for_a_first_run() -> None:
    skills = rows_of("skills")
    assert 55 <= len(rows_of("occupations")) <= 70
    assert 550 <= len(skills) <= 700
    assert sum(row["kind"] == "soft_skill" for row in skills) == 16
    assert len(rows_of("job_titles")) >= 350


def test_the_14_rome_families_all_have_occupations() -> None:
    assert {row["letter"] for row in rows_of("families")} == set("ABCDEFGHIJKLMN")
    assert {row["family"] for row in rows_of("occupations")} == set("ABCDEFGHIJKLMN")


def test_an_occupation_has_a_rome_code_of_its_family_and_a_definition_in_one_sentence() -> None:
    for row in rows_of("occupations"):
        assert re.fullmatch(r"[A-N]\d{4}", row["rome"]), row
        assert row["rome"].startswith(row["family"]), row
        assert re.fullmatch(r"[A-ZÀ-Ý][^.]+\.", row["definition"]), row


@pytest.mark.parametrize(("name", "column"), [("skills", "id"), ("job_titles", "id"), ("occupations", "rome")])
def test_an_identifier_is_given_once(name: str, column: str) -> None:
    assert repeated(row[column] for row in rows_of(name)) == []


@pytest.mark.parametrize(("name", "shape"), [("skills", r"sk-\d{4}"), ("job_titles", r"jt-\d{4}")])
def test_an_identifier_keeps_its_shape(name: str, shape: str) -> None:
    assert [row["id"] for row in rows_of(name) if not re.fullmatch(shape, row["id"])] == []


@pytest.mark.parametrize("name", ["families", "occupations", "job_titles", "skills"])
def test_no_label_is_there_twice_whatever_its_case_and_accents(name: str) -> None:
    assert repeated(normalised(row["label"]) for row in rows_of(name)) == []


@pytest.mark.parametrize("name", ["job_titles", "skills"])
def test_a_synonym_says_something_else_than_the_label_and_its_other_synonyms(name: str) -> None:
    for row in rows_of(name):
        words = row["synonyms"].split("|") if row["synonyms"] else []
        assert repeated(normalised(word) for word in [row["label"], *words]) == [], row
        assert all(normalised(word) for word in words), row


def test_a_skill_has_a_known_kind_and_a_known_family() -> None:
    skills = rows_of("skills")
    assert {row["kind"] for row in skills} == {"know_how", "knowledge", "soft_skill"}
    assert {row["family"] for row in skills} == SKILL_FAMILIES


def test_know_how_begins_with_an_infinitive() -> None:
    know_how = [row["label"] for row in rows_of("skills") if row["kind"] == "know_how"]
    assert len(know_how) > 400
    assert [label for label in know_how if not INFINITIVE.match(label)] == []


def test_a_job_title_names_women_and_men_on_each_side_of_the_slash() -> None:
    for row in rows_of("job_titles"):
        sides = row["label"].split(" / ")
        assert len(sides) <= 2, row
        assert "/" not in row["label"].replace(" / ", ""), row
        assert all(side[0].isupper() for side in sides), row


def test_links_point_at_lines_that_exist_and_are_there_once() -> None:
    codes = {row["rome"] for row in rows_of("occupations")}
    links, moves = rows_of("occupation_skills"), rows_of("mobilities")
    assert {row["rome"] for row in rows_of("job_titles")} == codes
    assert {row["rome"] for row in links} == codes
    assert {row["skill_id"] for row in links} == {row["id"] for row in rows_of("skills")}
    assert {row["from_rome"] for row in moves} == codes
    assert {row["to_rome"] for row in moves} <= codes
    assert repeated((row["rome"], row["skill_id"]) for row in links) == []
    assert repeated((row["from_rome"], row["to_rome"]) for row in moves) == []


def test_a_correspondence_joins_a_known_skill_to_one_of_another_referential_once() -> None:
    mappings = rows_of("mappings")
    assert {row["skill_id"] for row in mappings} <= kinds_by_skill().keys()
    assert {row["system"] for row in mappings} == {"rome"}
    assert {row["relation"] for row in mappings} <= {"exact", "broader", "narrower", "related"}
    assert repeated((row["skill_id"], row["code"]) for row in mappings) == []
    assert repeated(row["code"] for row in mappings if row["relation"] == "exact") == []


def test_weights_and_mobilities_stay_in_their_lists() -> None:
    assert {row["weight"] for row in rows_of("occupation_skills")} == {"1", "2", "3"}
    assert {row["kind"] for row in rows_of("mobilities")} == {"close", "possible"}
    assert [row for row in rows_of("mobilities") if row["from_rome"] == row["to_rome"]] == []


def test_every_occupation_has_enough_skills_soft_skills_and_job_titles() -> None:
    kinds = kinds_by_skill()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for link in rows_of("occupation_skills"):
        counts[link["rome"]]["soft" if kinds[link["skill_id"]] == "soft_skill" else "hard"] += 1
        counts[link["rome"]]["core"] += link["weight"] == "3"
    for title in rows_of("job_titles"):
        counts[title["rome"]]["titles"] += 1
    for row in rows_of("occupations"):
        found = counts[row["rome"]]
        assert 10 <= found["hard"] <= 16, (row["rome"], found)
        assert 3 <= found["soft"] <= 5, (row["rome"], found)
        assert found["titles"] >= 5, (row["rome"], found)
        assert found["core"] >= 3, (row["rome"], found)


@pytest.mark.parametrize(
    ("word", "rome"),
    [
        ("caissière", "D1505"),
        ("cariste", "N1101"),
        ("femme de ménage", "K1304"),
        ("nounou", "K1303"),
        ("vigile", "K2503"),
    ],
)
def test_a_word_people_say_leads_to_its_occupation(word: str, rome: str) -> None:
    said = {
        normalised(name)
        for row in rows_of("job_titles")
        if row["rome"] == rome
        for name in [row["label"], *row["synonyms"].split("|")]
    }
    assert normalised(word) in said


def test_codes_and_names_are_those_of_rome() -> None:
    archive = SHARED / "data" / "rome_v460_csv.zip"
    if not archive.exists():
        pytest.skip("The official ROME files are not here (set ENTREMISE_SHARED to the folder that holds data/).")
    with zipfile.ZipFile(archive) as files, files.open("unix_referentiel_code_rome_v460_utf8.csv") as raw:
        official = {
            row["code_rome"]: row["libelle_rome"]
            for row in csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig"))
        }
    for row in rows_of("occupations"):
        assert normalised(row["label"]) == normalised(official[row["rome"]])
