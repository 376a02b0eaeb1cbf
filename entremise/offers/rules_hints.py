"""Advice on an offer: what is missing, what would attract, what asks for more than the post needs (PRODUCT.md O2)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from entremise.lib.identifiers import gettext_noop

SHORT_DESCRIPTION = 300  # characters under which nobody can imagine their day
MANY_ESSENTIALS = 6  # skills without which one may not come
LONG_EXPERIENCE_MONTHS = 36
HIGH_LEVEL = 6  # of the national framework: bachelor's degree
_MISSION = re.compile(
    r"(?m)^\s*[-•*–]\s|\b(vous (?:assurez|gérez|participez|réalisez|préparez|accueillez|êtes)|missions?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class HintFacts:
    """What advice looks at."""

    description: str = ""
    company: str = ""
    has_pay: bool = False
    benefit_count: int = 0
    evolution: str = ""
    has_hours: bool = False
    has_start: bool = False
    experience_months: int | None = None
    training_level: int | None = None
    essential_count: int = 0
    skill_count: int = 0
    licence_count: int = 0


@dataclass(frozen=True, slots=True)
class Hint:
    """One piece of advice: which part of the offer, and a sentence."""

    code: str
    part: str
    sentence: str  # to be translated


_HINTS: Final[dict[str, tuple[str, str]]] = {
    "pay": (
        "pay",
        gettext_noop("Dites le salaire, même une fourchette : c'est ce que l'on cherche d'abord dans une offre."),
    ),
    "benefits": ("benefits", gettext_noop("Dites ce qui vient en plus : repas, mutuelle, primes, télétravail…")),
    "evolution": ("evolution", gettext_noop("Dites ce que le poste peut devenir : une évolution, une formation.")),
    "hours": ("weekly_hours", gettext_noop("Dites combien d'heures par semaine, et si possible quels jours.")),
    "start": ("starts_on", gettext_noop("Dites quand le poste commence.")),
    "missions": (
        "description",
        gettext_noop("Décrivez une journée : trois ou quatre missions concrètes, avec des verbes."),
    ),
    "short": (
        "description",
        gettext_noop("La description est courte : deux ou trois phrases de plus aident à s'imaginer au travail."),
    ),
    "company": (
        "company",
        gettext_noop("Présentez l'entreprise en une phrase : que fait-elle, avec combien de personnes ?"),
    ),
    "experience": (
        "experience_months",
        gettext_noop("Plus de trois ans d'expérience : est-ce nécessaire, ou une formation suffirait-elle ?"),
    ),
    "level": (
        "training_level",
        gettext_noop("Un diplôme est exigé : s'il n'est pas obligatoire, demandez plutôt les compétences."),
    ),
    "essentials": (
        "skills",
        gettext_noop("Beaucoup de compétences sont indispensables : gardez celles qu'il faut dès le premier jour."),
    ),
    "no_skills": (
        "skills",
        gettext_noop("Dites deux ou trois compétences : les profils confirmés dans celles-ci viendront en premier."),
    ),
}
_MISSING: Final = ("pay", "missions", "short", "hours", "start", "benefits", "company", "evolution", "no_skills")


def hints(facts: HintFacts) -> list[Hint]:
    """Return advice, the most useful first: what is missing, then what asks for too much."""
    missing = [
        ("pay", not facts.has_pay),
        ("missions", _MISSION.search(facts.description) is None),
        ("short", len(facts.description.strip()) < SHORT_DESCRIPTION),
        ("hours", not facts.has_hours),
        ("start", not facts.has_start),
        ("benefits", facts.benefit_count == 0),
        ("company", not facts.company.strip()),
        ("evolution", not facts.evolution.strip()),
        ("no_skills", facts.skill_count == 0),
    ]
    too_much = [
        ("experience", (facts.experience_months or 0) > LONG_EXPERIENCE_MONTHS),
        ("level", (facts.training_level or 0) >= HIGH_LEVEL),
        ("essentials", facts.essential_count > MANY_ESSENTIALS),
    ]
    return [_hint(code) for code, is_said in (*missing, *too_much) if is_said]


def completeness(found: Sequence[Hint]) -> int:
    """Return how complete an offer is, of 100: each thing missing takes its share."""
    absent = {hint.code for hint in found} & set(_MISSING)
    return round(100 * (1 - len(absent) / len(_MISSING)))


def _hint(code: str) -> Hint:
    part, sentence = _HINTS[code]
    return Hint(code, part, sentence)
