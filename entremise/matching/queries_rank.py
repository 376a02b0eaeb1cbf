"""Why a profile has its rank in a search: its exact place, who stands beside it, what would bring it points."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.matching import queries_feed as feed
from entremise.matching import rules, rules_gains
from entremise.matching.engine import ranking, score
from entremise.matching.engine.index import Index
from entremise.matching.engine.search import Hit, Request
from entremise.matching.enums import PoolSort
from entremise.matching.models import PoolEntry
from entremise.matching.queries import RELAXED, Cursor, Found, Search, facts_of, found_of, prepare, request_of
from entremise.matching.queries_cards import PoolCard, Reason, cards
from entremise.matching.queries_criteria import PoolCriteria
from entremise.matching.queries_held import SkillHeld, skills_asked
from entremise.matching.queries_words import gain_sentence, part_title

LOTS = (1_000, 9_000, 90_000)  # profiles read one lot after the other: nearly every place is in the first
COUNTED = sum(LOTS)  # a place beyond is not counted: nobody reads that far
MOST_GAINS = 6


class RankRefused(Exception):
    """There is no rank to explain; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class NotInPool(RankRefused):
    """The profile left the pool, or is of another territory."""


class NotInSearch(RankRefused):
    """The search leaves the profile out; `missing` names the filters any of which, once left out, lets it in."""

    def __init__(self, card: PoolCard, missing: list[str]) -> None:
        super().__init__(_("Ce profil n'est pas parmi ceux que cette recherche trouve."))
        self.card = card
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Beside:
    """Who stands just before or just after: points, and the way to compare."""

    person_id: UUID
    score: int
    parts: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the score, beside those of the neighbours."""

    title: str
    reason: Reason
    above: int | None
    below: int | None


@dataclass(frozen=True, slots=True)
class GainTold:
    """What would bring points, in words, and the place it would give (None when that is not known)."""

    sentence: str
    points: int
    position: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a profile stands in a search, and why."""

    card: PoolCard
    total: int
    position: int | None  # None beyond `COUNTED`
    above: Beside | None
    below: Beside | None
    rows: list[PartRow]
    skills: list[SkillHeld]
    gains: list[GainTold]
    order: PoolSort  # the one in force

    @property
    def is_by_points(self) -> bool:
        """Tell whether points decide of the rank, rather than the distance or a date."""
        return self.order == PoolSort.RELEVANCE

    @property
    def is_drawn_above(self) -> bool:
        """Tell whether only the draw puts the one before in front."""
        return self.is_by_points and self.above is not None and self.above.score == self.card.score

    @property
    def is_drawn_below(self) -> bool:
        """Tell whether only the draw puts the one after behind."""
        return self.is_by_points and self.below is not None and self.below.score == self.card.score


@dataclass(frozen=True, slots=True)
class _Walk:
    """What reading the results from the first one met: the keys before the profile, and its neighbours."""

    keys: list[Cursor]
    above: int | None
    below: int | None
    is_met: bool
    is_far: bool  # met nowhere although there were more to read


def standing(pk: UUID, criteria: PoolCriteria, *, actor: Actor) -> Standing:
    """Explain the rank of a profile in a search, or refuse with a sentence."""
    rows = PoolEntry.objects.visible_to(actor).select_related("person__commune")
    entry = rows.filter(pk=pk).first()
    if entry is None:
        raise NotInPool(_("Ce profil n'est plus dans le vivier, ou relève d'un autre territoire que le vôtre."))
    (search,) = prepare([criteria])
    request, index = request_of(search, actor), feed.PEOPLE.current()
    total = index.search(replace(request, wanted=0, with_counts=False)).total
    walk = _walked(index, request, entry.number)
    if not walk.is_met and not (walk.is_far and _is_in(index, entry, search, actor)):
        raise NotInSearch(cards([found_of(entry, search)], criteria)[0][0], _missing(index, entry, search, actor))
    numbers = [number for number in (walk.above, walk.below) if number is not None]
    beside = {row.number: row for row in rows.filter(number__in=numbers)} if numbers else {}
    return _told(entry, search, walk, beside, total, score.tie(entry.number, request.seed))


def _told(
    entry: PoolEntry, search: Search, walk: _Walk, beside: dict[int, PoolEntry], total: int, draw: int
) -> Standing:
    mine = found_of(entry, search)
    others = {number: found_of(row, search) for number, row in beside.items()}
    shown, known = cards([mine, *others.values()], search.criteria)
    by_number = dict(zip([entry.number, *others], shown, strict=True))
    above, below = (_beside(by_number.get(number)) for number in (walk.above or 0, walk.below or 0))
    asked = skills_asked(entry, search, known)
    order = _order(search)
    keys = walk.keys if order == PoolSort.RELEVANCE and walk.is_met else None
    return Standing(
        card=shown[0],
        total=total,
        position=len(walk.keys) + 1 if walk.is_met else None,
        above=above,
        below=below,
        rows=[
            PartRow(part_title(part.name), part, _points(above, part), _points(below, part)) for part in shown[0].parts
        ],
        skills=asked,
        gains=_gains(mine, search, asked, keys, draw),
        order=order,
    )


def _beside(card: PoolCard | None) -> Beside | None:
    return Beside(card.person_id, card.score, card.parts) if card else None


def _points(beside: Beside | None, part: Reason) -> int | None:
    return next((one.points for one in beside.parts if one.name == part.name), None) if beside else None


def _gains(
    mine: Found, search: Search, asked: list[SkillHeld], keys: list[Cursor] | None, draw: int
) -> list[GainTold]:
    """Say what would bring points, and what place each gain would give, by counting who would still be before."""
    labels = {skill.number: skill.label for skill in asked}
    found_gains = rules_gains.gains(mine.facts, search.needs, mine.entry.held, search.today)
    real = [gain for gain in found_gains if not gain.skill or gain.skill in labels]
    return [
        GainTold(
            gain_sentence(gain, labels),
            gain.points,
            None if keys is None else 1 + sum(key > (mine.score + gain.points, draw) for key in keys),
        )
        for gain in real[:MOST_GAINS]
    ]


def _walked(index: Index, request: Request, number: int) -> _Walk:
    """Read the results from the first one until the profile, lot by lot."""
    keys: list[Cursor] = []
    before, below = None, None
    for wanted in LOTS:
        answer = index.search(replace(request, wanted=wanted, below=below, with_counts=False))
        at = next((rank for rank, hit in enumerate(answer.hits) if hit.number == number), None)
        if at is not None:
            hits = answer.hits
            after = hits[at + 1].number if at + 1 < len(hits) else _first_below(index, request, hits[at])
            keys += [_key(hit) for hit in hits[:at]]
            return _Walk(keys, hits[at - 1].number if at else before, after, is_met=True, is_far=False)
        keys += [_key(hit) for hit in answer.hits]
        if len(answer.hits) < wanted:
            return _Walk(keys, None, None, is_met=False, is_far=False)
        before, below = answer.hits[-1].number, keys[-1]
    return _Walk(keys, None, None, is_met=False, is_far=True)


def _first_below(index: Index, request: Request, hit: Hit) -> int | None:
    answer = index.search(replace(request, wanted=1, below=_key(hit), with_counts=False))
    return answer.hits[0].number if answer.hits else None


def _missing(index: Index, entry: PoolEntry, search: Search, actor: Actor) -> list[str]:
    """Name the filters any of which, left out alone, would let the profile in."""
    criteria = search.criteria
    names = [name for name in RELAXED if getattr(criteria, name)] + sorted(criteria.toggles)
    return [name for name in names if _is_in(index, entry, search.without(name), actor)]


def _is_in(index: Index, entry: PoolEntry, search: Search, actor: Actor) -> bool:
    """Tell whether a search finds a profile: the first one at or below its own key is itself."""
    request = request_of(search, actor)
    draw = score.tie(entry.number, request.seed) + 1  # at its own key, not only below
    below = (_rank(entry, search) + (draw >> 32), draw & 0xFFFFFFFF)
    answer = index.search(replace(request, wanted=1, below=below, with_counts=False))
    return bool(answer.hits) and answer.hits[0].number == entry.number


def _rank(entry: PoolEntry, search: Search) -> int:
    """Return what orders a profile in a search before the draw."""
    order, facts = _order(search), facts_of(entry, search)
    if order == PoolSort.NEAREST:
        return ranking.FARTHEST - (facts.distance_m or 0)
    if order == PoolSort.RECENT:
        return rules.day_number(clock.local(entry.confirmed_at).date()) if entry.confirmed_at else 0
    return rules.score(facts, search.today)


def _order(search: Search) -> PoolSort:
    """Return the order in force: without a place, the nearest first means nothing."""
    order = PoolSort(search.criteria.sort)
    return PoolSort.RELEVANCE if order == PoolSort.NEAREST and search.commune is None else order


def _key(hit: Hit) -> Cursor:
    return hit.rank, hit.draw
