"""Tiny universes for the search engine: communes, rows and requests full of extremes.

Hypothesis draws how many there are, one number for what the rows hold (drawing each field would cost more than the
searches themselves) and every part of the request. A row does not change when there are fewer of them.
"""

from random import Random

from hypothesis import strategies as st

from entremise.matching.engine.geography import Place
from entremise.matching.engine.search import Request
from tests.factories.engine import TODAY, Row

LAST_DAY = 65_535  # the last that two bytes can say
NUMBERS = (0, 1, 2, 2**31, 2**32 - 1)
# Same place, next door, the next town, another region, across the world.
POINTS = ((48.85, 2.35), (48.85, 2.35), (48.852, 2.36), (48.80, 2.13), (45.76, 4.83), (-21.11, 55.53))
FILTERS = ((0, 1, 2), (3,), (20, 47), (62,), (63,))
BITS = [bit for filter_ in FILTERS for bit in filter_]
ALL_SKILLS = 200


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """Draw one to twelve communes in one to four departments, some at the very same place."""
    department_count = draw(st.integers(1, 4))
    return [
        Place(f"C{rank:02}", f"D{draw(st.integers(1, department_count))}", *draw(st.sampled_from(POINTS)))
        for rank in range(draw(st.integers(1, 12)))
    ]


@st.composite
def rows(draw: st.DrawFn, places: list[Place], *, offers: bool = False, least: int = 0) -> list[Row]:
    """Draw some rows, profiles or offers."""
    seed = draw(st.integers(0, 10_000))
    return [_row(Random(f"{seed} {rank}"), rank, places, offers) for rank in range(draw(st.integers(least, 60)))]


def _row(chance: Random, rank: int, places: list[Place], offers: bool) -> Row:
    count = chance.choice((0, 1, 3, 6, 6, 12)) if chance.random() < 0.95 else ALL_SKILLS
    kept = range(1, ALL_SKILLS + 1) if count == ALL_SKILLS else chance.sample(range(1, 15), count)
    skills = {skill: chance.choice((1, 2, 3) if offers else (1, 4, 6, 9, 12, 12)) for skill in kept}
    return Row(
        number=NUMBERS[rank] if rank < len(NUMBERS) else 1000 + rank * 7919,
        commune=chance.choice(places).code,
        km=chance.choice((0, 1, 5, 20, 50, 500, LAST_DAY)),
        bits=chance.getrandbits(48) | chance.getrandbits(48),
        available=chance.choice((0, 1, TODAY - 1, TODAY, TODAY + 1, TODAY + 30, TODAY + 31, LAST_DAY)),
        promoted=chance.choice((0, 0, TODAY - 30, TODAY - 1, TODAY)),
        confirmed=chance.choice((0, TODAY - 181, TODAY - 180, TODAY, LAST_DAY)),
        proved=chance.choice((0, 1, 4, 5, 255)),
        need=sum(skills.values()) if offers else None,
        skills=skills,
        wished=frozenset(chance.sample(range(1, 6), chance.choice((0, 1, 2)))),
        exercised=frozenset(chance.sample(range(1, 6), chance.choice((0, 1, 2)))),
    )


@st.composite
def requests(draw: st.DrawFn, places: list[Place], *, offers: bool = False) -> Request:
    """Draw what is searched for: from nothing at all to all filters at once."""
    codes, departments = [place.code for place in places], sorted({place.department for place in places})
    day = st.sampled_from((0, 0, 1, TODAY - 1, TODAY, TODAY + 30, LAST_DAY))
    own = {"own_km": draw(_optional(0, 1, 30, 500)), "own_proved": draw(st.integers(0, 7))} if offers else {}
    return Request(
        today=TODAY,
        departments=draw(st.none() | st.frozensets(st.sampled_from([*departments, "D99"]))),
        communes=draw(st.none() | st.none() | st.frozensets(st.sampled_from([*codes, "unknown"]))),
        commune=draw(st.sampled_from(("", *codes, *codes, "unknown"))),
        radius_km=draw(_optional(0, 1, 20, 50, 20_000)),
        skills=draw(_skills(offers=offers)),
        skill_mode=draw(st.integers(0, 2)),
        wished=draw(_links()),
        exercised=draw(_links()),
        occupation_required=draw(st.booleans()),
        asked={bit: sum(1 << other for other in filter_) for filter_, bit in draw(_facts())},
        forbidden=draw(st.lists(st.sampled_from(BITS), max_size=2, unique=True)),
        available_by=draw(day),
        promoted_before=draw(day),
        excluded=draw(st.lists(st.sampled_from((*NUMBERS, 1000 + 5 * 7919, 77)), max_size=4)),
        order=draw(st.sampled_from((0, 0, 1, 2))),
        wanted=draw(st.sampled_from((0, 1, 3, 50))),
        seed=draw(st.sampled_from((0, 1, 2**32 - 1))),
        with_counts=draw(st.sampled_from((True, True, False))),
        **own,
    )


def _optional(*values: int) -> st.SearchStrategy[int | None]:
    return st.none() | st.sampled_from(values)


def _links() -> st.SearchStrategy[dict[int, int]]:
    return st.dictionaries(st.integers(1, 8), st.sampled_from((12, 20, 30)), max_size=3)


def _skills(*, offers: bool) -> st.SearchStrategy[dict[int, int]]:
    most = 12 if offers else 3  # among offers, what is asked is what the person holds: a weight and not a need
    every = st.integers(1, most).map(lambda need: dict.fromkeys(range(1, ALL_SKILLS + 1), need))
    some = st.dictionaries(st.integers(1, 16), st.integers(1, most), max_size=8)
    return st.one_of(some, some, some, every)


@st.composite
def _facts(draw: st.DrawFn) -> list[tuple[tuple[int, ...], int]]:
    chosen = draw(st.lists(st.sampled_from(BITS), max_size=3, unique=True))
    return [(filter_, bit) for bit in chosen for filter_ in FILTERS if bit in filter_]
