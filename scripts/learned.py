"""Learn `entremise/lib/fairwording/learned.tsv` from the sentences of the tests; `--apart` says what it is worth.

    .venv/bin/python scripts/learned.py            write the table
    .venv/bin/python scripts/learned.py --apart    learn from four fifths, judge the last fifth, five times

A logistic regression over the traits of a sentence (`learned.traits`), in numpy: the same sentences give the same
table. The blind corpus (`fairwording_held_out.csv`) is never read here. What figures decide (a pay, a trial, a
number) is left to the rules; the labels of our own skills and trades are sentences with nothing wrong in them.
"""

import csv
import hashlib
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from entremise.lib.fairwording.codes import Code  # noqa: E402
from entremise.lib.fairwording.learned import BIAS, TABLE, THRESHOLD, share, traits  # noqa: E402
from entremise.lib.fairwording.reading import read  # noqa: E402
from entremise.lib.fairwording.tables import FAMILIES  # noqa: E402

CORPUS: Final = ROOT / "tests" / "lib" / "fairwording_dev.csv"
PLAIN: Final = (
    ("entremise/skills/builtin/skills.csv", "label"), ("entremise/skills/builtin/job_titles.csv", "label"),
)  # fmt: skip
# What offers ask for lawfully, in the words that refusals and preferences use: they are not what makes a fault.
THINGS: Final = (
    "un diplôme du métier", "le CACES 3", "une habilitation électrique", "le permis B", "le permis C et la FIMO",
    "une première expérience", "trois ans d'expérience", "la carte professionnelle", "la formation HACCP",
    "une certification de soudage", "la maîtrise du tableur", "le BAFA", "le diplôme d'État", "un CAP ou un BEP",
    "un niveau bac + 2", "l'attestation de sécurité", "un bon niveau d'anglais", "la connaissance des normes",
    "le travail en hauteur", "la ponctualité", "une qualification reconnue", "le sens du service",
)  # fmt: skip
FRAMES: Final = (
    "Pour ce poste, {} est obligatoire.", "Pour exercer ce métier, il faut {}.", "Nous exigeons {}.",
    "Avoir {} est indispensable.", "{} serait un plus mais n'est pas obligatoire.", "Idéalement, vous avez {}.",
    "{} peut être demandé par certains employeurs.", "De préférence avec {}.", "{} est souhaité.", "{} est exigé.",
    "Aucune autre condition n'est exigée que {}.", "Vous avez impérativement {}.", "{} est apprécié sans être requis.",
    "Sans {}, vous serez formé chez nous.", "{} n'est pas nécessaire, nous vous formons.", "{} uniquement si besoin.",
    "Bien que non obligatoire, {} peut être un atout.", "Merci de préciser si vous avez {}.",
    "{} recherché en priorité.", "Avez-vous {} ?", "Quelle est votre expérience : {} ?",
    "Quel est votre parcours, {} ?",
    "Parlez-nous de votre parcours et de {}.", "Peut être demandé : {}.", "{} peut être exigé.", "Il faut {}.",
)  # fmt: skip
BY_FIGURES: Final = {
    Code.PAY_BELOW_MINIMUM, Code.TRIAL_TOO_LONG, Code.PREMIUM_NUMBER, Code.FOREIGN_TEXT, Code.EXCESSIVE_HOURS,
    Code.GENDERED_TITLE,
}  # fmt: skip
REGULAR: Final = 10.0  # how far weights may go
ROUNDS: Final = 400
FEWEST: Final = 2  # sentences that must have a trait
LEAST_WEIGHT: Final = 0.15  # below it a trait is left out of the table
EMPTY: Final = "\t"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sentence:
    """What a sentence has, and the codes it is labelled with."""

    traits: frozenset[str]
    codes: frozenset[Code]


def sentences() -> list[Sentence]:
    """Return what is learned from."""
    explained = {family.code for family in FAMILIES} - BY_FIGURES
    found = []
    with CORPUS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter=";"):
            codes = frozenset(Code(one) for one in (row["labels"] or "").replace(";", " ").split())
            if row["field"] != "title" and not row["facts"] and codes <= explained:
                found.append(Sentence(frozenset(traits(read(row["text"]).words)), codes))
    for path, column in PLAIN:
        with (ROOT / path).open(encoding="utf-8", newline="") as lines:
            labels = [row[column] for row in csv.DictReader(lines, delimiter=";")]
        found += [Sentence(frozenset(traits(read(label).words)), frozenset()) for label in labels]
    asked = (frame.format(thing) for frame in FRAMES for thing in THINGS)
    return found + [Sentence(frozenset(traits(read(one).words)), frozenset()) for one in asked]


def fingerprint() -> str:
    """Return what changes when the sentences do: the table is then to be written again."""
    texts = [CORPUS.read_bytes(), *((ROOT / path).read_bytes() for path, _column in PLAIN)]
    return hashlib.sha256(b"".join([*texts, repr((THINGS, FRAMES)).encode()])).hexdigest()[:16]


def learn(given: list[Sentence]) -> dict[str, float]:
    """Return the weight of each trait, and the bias: both kinds of sentences count as much as the other."""
    often = Counter(trait for one in given for trait in one.traits)
    place = {trait: at for at, trait in enumerate(sorted(trait for trait, n in often.items() if n >= FEWEST))}
    rows = np.repeat(np.arange(len(given)), [sum(trait in place for trait in one.traits) for one in given])
    columns = np.array([place[trait] for one in given for trait in sorted(one.traits) if trait in place])
    values = (1 / np.sqrt([max(len(one.traits), 1) for one in given]))[rows]
    wrong = np.array([bool(one.codes) for one in given])
    counts = np.where(wrong, len(given) / (2 * wrong.sum()), len(given) / (2 * (~wrong).sum()))
    weights, bias = _descend(rows, columns, values, wrong.astype(float), counts, len(place))
    return {BIAS: bias, **{trait: float(weights[at]) for trait, at in place.items()}}


def _descend(
    rows: NDArray[np.int64], columns: NDArray[np.int64], values: Floats, wrong: Floats, counts: Floats, width: int
) -> tuple[Floats, float]:
    """Minimise the loss by accelerated gradient: its steps are known beforehand, nothing is drawn at random."""
    size = len(wrong)
    decay = 1 / (REGULAR * size)
    step = 1 / (0.25 * 2 * counts.max() + decay)  # a row and the bias: a square length of 2 at most
    weights, ahead, bias, bias_ahead = np.zeros(width), np.zeros(width), 0.0, 0.0
    for turn in range(1, ROUNDS + 1):
        score = np.bincount(rows, values * ahead[columns], minlength=size) + bias_ahead
        error = counts * (1 / (1 + np.exp(-score)) - wrong) / size
        new = ahead - step * (np.bincount(columns, values * error[rows], minlength=width) + decay * ahead)
        new_bias = bias_ahead - step * error.sum()
        momentum = (turn - 1) / (turn + 2)
        ahead, bias_ahead = new + momentum * (new - weights), new_bias + momentum * (new_bias - bias)
        weights, bias = new, new_bias
    return weights, float(bias)


def write(given: list[Sentence], weights: dict[str, float]) -> int:
    """Write the table; return how many traits it has."""
    codes: dict[str, Counter[Code]] = defaultdict(Counter)
    for one in given:
        for trait in one.traits:
            codes[trait].update(one.codes)
    kept = {trait: weight for trait, weight in weights.items() if abs(weight) >= LEAST_WEIGHT or trait == BIAS}
    with TABLE.open("w", encoding="utf-8", newline="\n") as out:
        out.write("# Written by scripts/learned.py: a trait of a sentence, what it weighs, the criterion it tells.\n")
        out.write(f"# from {fingerprint()}\n")
        for trait, weight in sorted(kept.items()):
            out.write(f"{trait}\t{weight:.2f}\t{_told(codes[trait]) if weight > 0 else EMPTY}\n")
    return len(kept)


def _told(codes: Counter[Code]) -> str:
    """Return the criterion that a trait tells, and its share of the forbidden sentences that have it."""
    if not codes:
        return EMPTY
    code, count = min(codes.items(), key=lambda pair: (-pair[1], pair[0]))
    return f"{code}\t{count / codes.total():.2f}"


def apart(given: list[Sentence], parts: int = 5) -> None:
    """Print what is found of sentences that were not learned from, and how many lawful ones are held."""
    found = []
    for part in range(parts):
        weights = learn([one for at, one in enumerate(given) if at % parts != part])
        for one in given[part::parts]:
            total = sum(weights.get(trait, 0.0) for trait in one.traits)
            found.append((share(total, len(one.traits), weights[BIAS]), bool(one.codes)))
    for threshold in (0.4, 0.5, THRESHOLD, 0.7, 0.8):
        right = np.mean([likely >= threshold for likely, is_wrong in found if is_wrong])
        held = np.mean([likely >= threshold for likely, is_wrong in found if not is_wrong])
        print(f"threshold {threshold}: {right:.3f} of the forbidden found, {held:.4f} of the lawful held")


if __name__ == "__main__":
    every = sentences()
    if "--apart" in sys.argv:
        apart(every)
    else:
        print(f"{write(every, learn(every))} traits from {len(every)} sentences")
