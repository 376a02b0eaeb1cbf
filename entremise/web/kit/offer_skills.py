"""The skills of an offer being entered: those ticked, then those that the job proposes, each with its need."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from entremise.offers import queries, rules
from entremise.offers.enums import Need
from entremise.passport.queries import known_skills
from entremise.skills.models import Occupation
from entremise.web.kit.typed import identifiers

TICKED, NEED = "skills", "need_"
MOST_READ = 2 * rules.MOST_SKILLS  # enough to say that there are too many


@dataclass(frozen=True, slots=True)
class SkillRow:
    """One line: a skill, whether the offer asks for it, how much."""

    pk: UUID
    label: str
    is_ticked: bool
    need: int

    @property
    def need_name(self) -> str:
        """Return the name of the field that holds its need."""
        return f"{NEED}{self.pk}"


def posted_needs(posted: QueryDict) -> dict[UUID, int]:
    """Return the skills ticked that the referential knows, with their needs."""
    ticked = identifiers(posted.getlist(TICKED)[:MOST_READ])
    known = known_skills(ticked)
    return {pk: _need(posted.get(f"{NEED}{pk}", "")) for pk in ticked if pk in known}


def rows(needs: Mapping[UUID, int], occupation: Occupation | None) -> list[SkillRow]:
    """Return the skills asked, the most needed first, then what else the occupation usually calls for."""
    labels = {pk: skill.label for pk, skill in known_skills(list(needs)).items()}
    asked = sorted(labels, key=lambda pk: (-needs[pk], labels[pk]))
    usual = queries.usual_needs(occupation) if occupation else []
    proposed = [SkillRow(skill.pk, skill.label, False, need) for skill, need in usual if skill.pk not in needs]
    return [SkillRow(pk, labels[pk], True, needs[pk]) for pk in asked] + proposed


def _need(text: str) -> int:
    return int(text) if text in {str(value) for value in Need.values} else Need.ASKED
