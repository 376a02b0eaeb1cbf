"""Two profiles of the pool side by side for one search: points, skills, conditions, and who is better on what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel.actors import Actor
from entremise.matching import rules_traits
from entremise.matching.enums import PartName
from entremise.matching.models import PoolEntry
from entremise.matching.queries import Search, found_of, prepare
from entremise.matching.queries_cards import PoolCard, Reason, cards, labels
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_held import SkillHeld, skills_asked, told
from entremise.matching.queries_rank import NotInPool
from entremise.matching.queries_words import part_title
from entremise.people.models import Person

SIDES = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two profiles: its card, and what only it has."""

    person: Person
    card: PoolCard
    only: list[SkillHeld]  # skills that the other does not hold, those asked for left out
    distance_km: int | None
    traits: dict[str, list[str]]  # values accepted, by filter

    @property
    def mobility_km(self) -> int:
        """Return how far the person accepts to go."""
        return self.card.mobility_km


@dataclass(frozen=True, slots=True)
class PartPair:
    """One part of the score for both; None where it does not apply."""

    title: str
    left: Reason | None
    right: Reason | None


@dataclass(frozen=True, slots=True)
class SkillPair:
    """One skill, as each holds it."""

    label: str
    left: SkillHeld
    right: SkillHeld


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page of a comparison shows."""

    left: Side
    right: Side
    parts: list[PartPair]
    asked: list[SkillPair]
    shared: list[SkillPair]  # held by both, without being asked for
    verdicts: list[str]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Return both, in the order in which they were chosen."""
        return self.left, self.right


def comparison(chosen: Sequence[UUID], criteria: PoolCriteria, *, actor: Actor) -> Comparison:
    """Compare two profiles of the pool that the actor may see, or refuse with a sentence."""
    rows = PoolEntry.objects.visible_to(actor).select_related("person__commune")
    entries = rows.in_bulk(list(chosen))
    if len(entries) < SIDES:
        raise NotInPool(
            _("L'un de ces deux profils n'est plus dans le vivier, ou relève d'un autre territoire que le vôtre.")
        )
    (search,) = prepare([criteria])
    pair = [entries[pk] for pk in chosen]
    both = [found_of(entry, search) for entry in pair]
    shown, known = cards(both, criteria, with_skills=False)
    named = labels((), (), {number for entry in pair for number in entry.skill_numbers})
    left, right = (_side(pair, shown, rank, search, named, both[rank].distance_km) for rank in range(SIDES))
    return Comparison(
        left=left,
        right=right,
        parts=_parts(left.card, right.card),
        asked=_asked(pair, search, known),
        shared=_shared(pair, search, named),
        verdicts=_verdicts(left.card, right.card),
    )


def _side(
    pair: Sequence[PoolEntry],
    shown: Sequence[PoolCard],
    rank: int,
    search: Search,
    named: Mapping[str, str],
    distance_km: float | None,
) -> Side:
    entry, other = pair[rank], pair[1 - rank]
    held, left_out = entry.held, {*other.skill_numbers, *search.skills.values()}
    return Side(
        person=entry.person,
        card=shown[rank],
        only=[
            told(number, named[str(number)], skill)
            for number, skill in held.items()
            if number not in left_out and str(number) in named
        ],
        distance_km=None if distance_km is None else round(distance_km),
        traits=_traits(entry.traits),
    )


def _traits(bits: int) -> dict[str, list[str]]:
    """Return the filter values of a row, by filter."""
    values: dict[str, list[str]] = {}
    for name in filter(None, rules_traits.TRAITS):
        kind, _sign, value = name.partition(":")
        if bits & rules_traits.bit(name):
            values.setdefault(kind, []).append(value)
    return values


def _parts(left: PoolCard, right: PoolCard) -> list[PartPair]:
    mine, other = ({part.name: part for part in card.parts} for card in (left, right))
    return [
        PartPair(part_title(name), mine.get(name), other.get(name))
        for name in PartName
        if name in mine or name in other
    ]


def _asked(pair: Sequence[PoolEntry], search: Search, known: Mapping[str, str]) -> list[SkillPair]:
    mine, other = (skills_asked(entry, search, known) for entry in pair)
    return [SkillPair(left.label, left, right) for left, right in zip(mine, other, strict=True)]


def _shared(pair: Sequence[PoolEntry], search: Search, named: Mapping[str, str]) -> list[SkillPair]:
    mine, other = (entry.held for entry in pair)
    asked = set(search.skills.values())
    both = [number for number in mine if number in other and number not in asked and str(number) in named]
    return [SkillPair(named[str(n)], told(n, named[str(n)], mine[n]), told(n, named[str(n)], other[n])) for n in both]


def _verdicts(left: PoolCard, right: PoolCard) -> list[str]:
    """Say in words who is better on what, the whole first."""
    return [_whole(left, right), *_by_part(left, right), *_proofs(left, right)]


def _whole(left: PoolCard, right: PoolCard) -> str:
    if left.score == right.score:
        return _("Pour cette recherche, les deux profils ont le même nombre de points : %(points)d.") % {
            "points": left.score
        }
    first, second = sorted((left, right), key=lambda card: -card.score)
    return ngettext(
        "Pour cette recherche, %(first)s a %(gap)d point de plus que %(second)s (%(more)d contre %(less)d).",
        "Pour cette recherche, %(first)s a %(gap)d points de plus que %(second)s (%(more)d contre %(less)d).",
        first.score - second.score,
    ) % {
        "first": first.reference, "second": second.reference, "gap": first.score - second.score,
        "more": first.score, "less": second.score,
    }  # fmt: skip


def _by_part(left: PoolCard, right: PoolCard) -> list[str]:
    sentences = {
        PartName.SKILLS: _("Compétences : avantage à %(reference)s, %(more)d contre %(less)d."),
        PartName.OCCUPATION: _("Métier : avantage à %(reference)s, %(more)d contre %(less)d."),
        PartName.DISTANCE: _("Distance : avantage à %(reference)s, %(more)d contre %(less)d."),
        PartName.AVAILABILITY: _("Disponibilité : avantage à %(reference)s, %(more)d contre %(less)d."),
    }
    told_parts, equal = [], []
    mine, other = ({part.name: part.points for part in card.parts} for card in (left, right))
    for name in PartName:
        if name not in mine and name not in other:
            continue
        points, against = mine.get(name, 0), other.get(name, 0)
        if points == against:
            equal.append(part_title(name))
            continue
        best = left if points > against else right
        told_parts.append(
            sentences[name] % {"reference": best.reference, "more": max(points, against), "less": min(points, against)}
        )
    if equal:
        told_parts.append(_("À égalité : %(parts)s.") % {"parts": ", ".join(equal)})
    return told_parts


def _proofs(left: PoolCard, right: PoolCard) -> list[str]:
    if left.validated_count == right.validated_count:
        return []
    first, second = sorted((left, right), key=lambda card: -card.validated_count)
    sentence = ngettext(
        "Toutes compétences comprises, %(reference)s en a %(more)d de confirmée, contre %(less)d.",
        "Toutes compétences comprises, %(reference)s en a %(more)d de confirmées, contre %(less)d.",
        first.validated_count,
    )
    return [sentence % {"reference": first.reference, "more": first.validated_count, "less": second.validated_count}]
