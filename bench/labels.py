"""The labels of ROME v460 and ESCO, and the ways people mistype them."""

import csv
import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from entremise.lib.text import SMALL_WORDS, normalise
from entremise.lib.typeahead import Entry

SHARED = Path(os.environ.get("ENTREMISE_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ROME = SHARED / "data" / "rome_v460_csv.zip"
ESCO = SHARED / "data" / "esco_v121_fr_labels_csv.zip"
# Neighbours on a French keyboard (AZERTY).
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")


@dataclass(frozen=True, slots=True)
class Query:
    """A mistyped job title and the label it was made from."""

    kind: str
    text: str
    label: str


def available() -> bool:
    """Say whether the two data sets are beside the checkout."""
    return ROME.exists() and ESCO.exists()


def all_entries() -> list[Entry]:
    """Return every label of ROME (job titles, skills, knowledge) and of ESCO (occupations, skills)."""
    entries = [Entry(f"title:{code}", label) for code, label in job_titles()]
    rome = ("referentiel_competence", "libelle_competence"), ("referentiel_savoir", "libelle_savoir")
    for table, column in rome:
        with zipfile.ZipFile(ROME) as archive:
            for row in _rows(archive, f"unix_{table}_v460_utf8.csv"):
                entries.append(Entry(f"{table}:{row.get('code_ogr') or row['code_ogr_savoir']}", row[column]))
    with zipfile.ZipFile(ESCO) as archive:
        for name in ("occupations_fr.csv", "skills_fr.csv"):
            entries.extend(Entry(row["conceptUri"], row["preferredLabel"]) for row in _rows(archive, name))
    return entries


def job_titles() -> list[tuple[str, str]]:
    """Return the code and the long label of every ROME job title."""
    with zipfile.ZipFile(ROME) as archive:
        rows = _rows(archive, "unix_referentiel_appellation_v460_utf8.csv")
        return [(row["code_ogr"], row["libelle_appellation_long"]) for row in rows]


def queries(titles: list[str], *, count: int, seed: int) -> list[Query]:
    """Return that many mistyped job titles, each kind of mistake in turn."""
    chance = random.Random(seed)
    kinds = list(MISTAKES)
    made: list[Query] = []
    while len(made) < count:
        kind, label = kinds[len(made) % len(kinds)], chance.choice(titles)
        text = MISTAKES[kind](label, chance)
        if text is not None:
            made.append(Query(kind, text, label))
    return made


def masculine(label: str) -> str:
    """Return the first form of a paired label: "Vendeur / Vendeuse en boulangerie" gives "Vendeur en boulangerie"."""
    return _one_gender(label, first=True)


def feminine(label: str) -> str:
    """Return the second form of a paired label."""
    return _one_gender(label, first=False)


def _one_gender(label: str, *, first: bool) -> str:
    left, slash, right = label.partition(" / ")
    if not slash:
        return label
    pair, rest = right.split(), len(left.split())
    return " ".join([left, *pair[rest:]]) if first else right


def _on_a_letter(change: Callable[[str, int, random.Random], str]) -> Callable[[str, random.Random], str | None]:
    def mistake(label: str, chance: random.Random) -> str | None:
        text = chance.choice((masculine, feminine))(label)
        places = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha() and _word_at(text, i) >= 5]
        return change(text, chance.choice(places), chance) if places else None

    return mistake


def _word_at(text: str, place: int) -> int:
    start, end = place, place
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return end - start


def _swap(text: str, place: int, chance: random.Random) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _drop(text: str, place: int, chance: random.Random) -> str:
    return text[:place] + text[place + 1 :]


def _double(text: str, place: int, chance: random.Random) -> str:
    return text[:place] + text[place] + text[place:]


def _neighbour(text: str, place: int, chance: random.Random) -> str:
    letter = normalise(text[place])[:1]
    for row in _ROWS:
        if letter in row:
            at = row.index(letter)
            near = [row[i] for i in (at - 1, at + 1) if 0 <= i < len(row)]
            return text[:place] + chance.choice(near) + text[place + 1 :]
    return _drop(text, place, chance)


def _no_accent(label: str, chance: random.Random) -> str | None:
    text = chance.choice((masculine, feminine))(label)
    return normalise(text) if normalise(text) != text.casefold() else None


def _plural(label: str, chance: random.Random) -> str | None:
    words = masculine(label).split()
    return " ".join(w + "s" if len(w) > 3 and w[-1] not in "sxz" and w.isalpha() else w for w in words)


def _feminine_only(label: str, chance: random.Random) -> str | None:
    return feminine(label) if " / " in label else None


def _reordered(label: str, chance: random.Random) -> str | None:
    words = masculine(label).split()
    if len(words) < 3:
        return None
    chance.shuffle(words)
    return " ".join(words)


def _no_small_words(label: str, chance: random.Random) -> str | None:
    words = masculine(label).replace("d'", "").replace("l'", "").split()
    kept = [word for word in words if normalise(word) not in SMALL_WORDS]
    return " ".join(kept) if len(kept) < len(masculine(label).split()) else None


def _begun(label: str, chance: random.Random) -> str | None:
    text = chance.choice((masculine, feminine))(label)
    return text[: max(5, round(len(text) * 0.7))] if len(text) >= 8 else None


MISTAKES: dict[str, Callable[[str, random.Random], str | None]] = {
    "two letters swapped": _on_a_letter(_swap),
    "letter dropped": _on_a_letter(_drop),
    "letter doubled": _on_a_letter(_double),
    "neighbour key": _on_a_letter(_neighbour),
    "no accents": _no_accent,
    "plural": _plural,
    "feminine only": _feminine_only,
    "words reordered": _reordered,
    "no small words": _no_small_words,
    "beginning only (70 %)": _begun,
}


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    with archive.open(name) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig", newline=""))
