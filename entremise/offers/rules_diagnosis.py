"""The questions of the shared diagnosis, level by level (PRODUCT.md O4): data, so that a team can change them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from entremise.lib.identifiers import gettext_noop
from entremise.offers.enums_followup import DiagnosisLevel

LONGEST_ANSWER: Final = 1_500
LINK_PURPOSE: Final = "offers.diagnosis"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its code, its level, its words, and whether the recruiter is the one who knows."""

    code: str
    level: DiagnosisLevel
    words: str  # to be translated
    is_recruiters: bool = True


R, M, P = DiagnosisLevel.RECRUITER, DiagnosisLevel.MARKET, DiagnosisLevel.POST
QUESTIONS: Final = (
    Question("activity", R, gettext_noop("Que fait l'entreprise, et comment va son activité ?")),
    Question("size", R, gettext_noop("Combien de personnes y travaillent, et où ?")),
    Question("hr", R, gettext_noop("Qui s'occupe de recruter et d'accueillir ?")),
    Question("experience", R, gettext_noop("Quelle habitude a-t-elle de recruter ?")),
    Question("history", R, gettext_noop("Comment se sont passés ses derniers recrutements ?")),
    Question("planning", R, gettext_noop("Pour quand, avec quelles étapes ?")),
    Question("local_market", M, gettext_noop("Que dit le marché du travail local sur ce métier ?"), False),
    Question("pool", M, gettext_noop("Combien de personnes correspondent, et comment en avoir plus ?"), False),
    Question("tension", M, gettext_noop("Le métier est-il en tension ?"), False),
    Question("competing", M, gettext_noop("Quelles offres font concurrence à celle-ci ?"), False),
    Question("attractiveness", M, gettext_noop("Comment l'offre se place-t-elle ?"), False),
    Question("reason", P, gettext_noop("Est-ce un nouveau poste ou un remplacement ?")),
    Question("skills", P, gettext_noop("Quelles compétences, dont lesquelles peuvent s'apprendre sur place ?")),
    Question("diploma", P, gettext_noop("Quel diplôme ou quelle expérience, et pourquoi ?")),
    Question("contract", P, gettext_noop("Quel contrat, quels horaires, quelle paie ?")),
    Question("integration", P, gettext_noop("Comment la personne sera-t-elle accueillie et formée ?")),
)
CODES: Final = frozenset(question.code for question in QUESTIONS)
RECRUITERS: Final = frozenset(question.code for question in QUESTIONS if question.is_recruiters)


def of_level(level: DiagnosisLevel) -> list[Question]:
    """Return the questions of one level, in their order."""
    return [question for question in QUESTIONS if question.level == level]


def changed(before: Mapping[str, str], after: Mapping[str, str], allowed: frozenset[str]) -> dict[str, str]:
    """Return the answers that say something new, among those that one may write; an empty one takes it back."""
    told = {
        code: "\n".join(text.strip().splitlines())[:LONGEST_ANSWER]  # browsers end lines their own way
        for code, text in after.items()
        if code in allowed
    }
    return {code: text for code, text in told.items() if text != before.get(code, "")}
