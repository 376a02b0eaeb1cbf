"""Profiles found, in words: a card each, and one sentence for each part of the score."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel import clock
from entremise.kernel.wording import once_per_language
from entremise.matching import rules
from entremise.matching.engine import score
from entremise.matching.enums import PartName
from entremise.matching.models import PoolEntry
from entremise.matching.queries import Found
from entremise.matching.queries_criteria import PoolCriteria

SHOWN_SKILLS = 3
SHOWN_REASONS = 3
LABELS = """
select rome_code, label from skills_occupation where rome_code = any(%(codes)s::text[])
union all select id::text, label from skills_skill where id = any(%(skills)s::uuid[])
union all select number::text, label from skills_skill where number = any(%(numbers)s::int[])
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a score, in words."""

    name: PartName
    points: int
    maximum: int
    sentence: str


@dataclass(frozen=True, slots=True)
class PoolCard:
    """What an adviser sees of a profile in a list: nothing that names the person."""

    person_id: UUID
    reference: str
    job: str
    place: str
    mobility_km: int
    available_on: dt.date | None
    is_available: bool
    skills: tuple[str, ...]
    validated_count: int
    last_promoted_at: dt.datetime | None
    score: int
    parts: tuple[Reason, ...]

    @property
    def reasons(self) -> list[str]:
        """Return the three sentences that count most."""
        kept = [part for part in self.parts if part.points > 0]
        best = sorted(kept, key=lambda part: -part.points / part.maximum)[:SHOWN_REASONS]
        return [part.sentence for part in self.parts if part in best]

    @property
    def hidden_skill_count(self) -> int:
        """Return how many proved skills the card does not name."""
        return self.validated_count - len(self.skills)


Labels = dict[str, str]


def cards(
    found: Sequence[Found], criteria: PoolCriteria, *, with_skills: bool = True
) -> tuple[list[PoolCard], Labels]:
    """Return the cards of a page, and the labels of what they and the search name."""
    codes = {_job(one.entry, criteria) for one in found}
    skills = {number for one in found for number in _named(one.entry, criteria)} if with_skills else set()
    known = labels(codes | set(criteria.occupations), set(criteria.skills), skills)
    today = clock.today()
    return [_card(one, criteria, known, today) for one in found], known


def labels(codes: Collection[str], skill_ids: Collection[UUID], numbers: Collection[int] = ()) -> Labels:
    """Return what occupations and skills are called, in one query: by code, by identifier, by number."""
    if not (codes or skill_ids or numbers):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LABELS, {"codes": list(codes), "skills": list(skill_ids), "numbers": list(numbers)})
        return dict(cursor.fetchall())


def proved(entry: PoolEntry) -> list[int]:
    """Return the numbers of the proved skills of a profile, the best proved first."""
    return entry.skill_numbers[: entry.validated_count]


def reasons(facts: rules.Facts, today: dt.date) -> tuple[Reason, ...]:
    """Say each part of a score in one sentence."""
    sentences = {
        PartName.SKILLS: _about_proofs(facts.all_validated_count)
        if facts.asked_count == 0
        else _about_skills(facts.asked_count, facts.held_count, facts.validated_count),
        PartName.OCCUPATION: _about_occupation(facts.occupation_points),
        PartName.DISTANCE: _about_distance(round((facts.distance_m or 0) / 1000), facts.mobility_km),
        PartName.AVAILABILITY: availability(facts.available_on, today),
    }
    parts = rules.parts(facts, today)
    return tuple(Reason(part.name, part.points, part.maximum, sentences[part.name]) for part in parts)


@once_per_language
def availability(available_on: dt.date | None, today: dt.date) -> str:
    """Say when a person is available."""
    if available_on is None:
        return _("Disponibilité à préciser")
    if available_on <= today:
        return _("Disponible maintenant")
    return _("Disponible le %(day)s") % {"day": formats.date_format(available_on, "j F Y")}


def _card(found: Found, criteria: PoolCriteria, known: Labels, today: dt.date) -> PoolCard:
    entry = found.entry
    person = entry.person
    return PoolCard(
        person_id=entry.person_id,
        reference=person.reference,
        job=known.get(_job(entry, criteria), ""),
        place=person.commune.name if person.commune else "",
        mobility_km=entry.mobility_km,
        available_on=entry.available_on,
        is_available=entry.available_on is not None and entry.available_on <= today,
        skills=_skills(entry, criteria, known),
        validated_count=entry.validated_count,
        last_promoted_at=entry.last_promoted_at,
        score=found.score,
        parts=reasons(found.facts, today),
    )


def _job(entry: PoolEntry, criteria: PoolCriteria) -> str:
    """Choose the occupation to show: the one asked for, else the first wished, else one exercised."""
    own = [*entry.occupation_codes, *entry.experience_codes]
    return next((code for code in own if code in criteria.occupations), own[0] if own else "")


def _named(entry: PoolEntry, criteria: PoolCriteria) -> list[int]:
    """Return the proved skills that a card may name: the best proved, or any when the search asks for some."""
    return proved(entry) if criteria.skills else proved(entry)[:SHOWN_SKILLS]


def _skills(entry: PoolEntry, criteria: PoolCriteria, known: Labels) -> tuple[str, ...]:
    """Name a few proved skills: those asked for, then the best proved."""
    asked = {known[str(pk)] for pk in criteria.skills if str(pk) in known}
    labels = [known[str(number)] for number in _named(entry, criteria) if str(number) in known]
    return tuple(sorted(labels, key=lambda label: label not in asked)[:SHOWN_SKILLS])


@once_per_language
def _about_proofs(count: int) -> str:
    if count == 0:
        return _("Compétences dites par la personne, pas encore confirmées")
    return ngettext("%(count)d compétence confirmée", "%(count)d compétences confirmées", count) % {"count": count}


@once_per_language
def _about_skills(asked: int, held: int, proved: int) -> str:
    if held == 0:
        return _("Compétences demandées : aucune pour l'instant")
    told = {"held": held, "asked": asked, "proved": proved}
    if proved == 0:
        return _("Compétences demandées : %(held)d sur %(asked)d, pas encore confirmées") % told
    if proved == held:
        return _("Compétences demandées : %(held)d sur %(asked)d, toutes confirmées") % told
    return (
        ngettext(
            "Compétences demandées : %(held)d sur %(asked)d, dont %(proved)d confirmée",
            "Compétences demandées : %(held)d sur %(asked)d, dont %(proved)d confirmées",
            proved,
        )
        % told
    )


@once_per_language
def _about_occupation(points: int | None) -> str:
    if points == score.WISHED:
        return _("Cherche ce métier")
    if points == score.EXERCISED:
        return _("A déjà exercé ce métier")
    return _("Cherche un métier proche") if points == score.NEAR else _("Cherche un autre métier")


@once_per_language
def _about_distance(km: int, mobility_km: int) -> str:
    if km < 1:
        return _("Habite sur place")
    told = {"km": km, "mobility": mobility_km}
    return _("À %(km)d km du lieu de travail, accepte d'aller jusqu'à %(mobility)d km") % told
