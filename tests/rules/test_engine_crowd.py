"""A crowd of 150 000, in three blocks: the short cuts of the search engine lose nobody."""

from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pytest

from entremise.matching.engine import rows as engine_rows
from entremise.matching.engine import search
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import BLOCK
from entremise.matching.engine.ranking import BY_POINTS
from entremise.matching.engine.search import Living, Request
from tests.factories import engine_crowd as crowds
from tests.factories.engine import TODAY, engine_answer, living

PLACES = crowds.places()
ATLAS = Atlas.drawn(PLACES)


@dataclass(frozen=True)
class Crowd:
    """Rows laid out for search, and the same rows to be read from one end to the other."""

    columns: crowds.Columns
    part: Living

    @property
    def numbers(self) -> list[int]:
        return self.columns.rows.number.tolist()


def laid_out(count: int, *, offers: bool = False) -> Crowd:
    rows = crowds.crowd(count, ATLAS, offers=offers)
    columns = crowds.Columns(rows, ATLAS, {place.code: place for place in PLACES})
    return Crowd(columns, living(build(rows, ATLAS.geography)))


@pytest.fixture(scope="module")
def people() -> Crowd:
    return laid_out(150_000)


@pytest.fixture(scope="module")
def offers() -> Crowd:
    return laid_out(80_000, offers=True)


def some_request(chance: Random, numbers: list[int], *, offers: bool = False) -> Request:
    """Return a search as people do them: everywhere or around, precise or vague."""
    around = chance.random() < 0.4
    known = chance.choice((59, 399))  # the first skills are those of most rows
    skills = chance.sample(range(1, known + 1), min(known, chance.choice((0, 1, 3, 8, 8, 30, 120, 250))))
    return Request(
        TODAY,
        departments=frozenset(chance.sample(ATLAS.departments, 6)) if chance.random() < 0.2 else None,
        commune=chance.choice(ATLAS.codes[:400]) if around else "",
        radius_km=chance.choice((None, 0, 10, 60, 300)),
        own_km=chance.choice((10, 30, 100)) if offers else None,
        own_proved=chance.choice((0, 2, 6)) if offers else 0,
        skills={skill: chance.choice((6, 9, 12) if offers else (1, 2, 3)) for skill in skills},
        skill_mode=chance.choice((0, 0, 0, 1, 2 if len(skills) <= 3 else 0)),
        wished={code: chance.choice((30, 12)) for code in chance.sample(range(1, 101), chance.choice((0, 1, 4)))},
        exercised=dict.fromkeys(chance.sample(range(1, 101), chance.choice((0, 1))), 20),
        occupation_required=chance.random() < 0.2,
        asked={bit: 0b111 << bit // 3 * 3 for bit in chance.sample(range(48), chance.choice((0, 0, 1, 2, 4)))},
        forbidden=chance.sample(range(48), chance.choice((0, 0, 1))),
        available_by=chance.choice((0, 0, 0, TODAY, TODAY + 20)),
        promoted_before=chance.choice((0, 0, 0, TODAY - 30)),
        excluded=chance.sample(numbers, chance.choice((0, 0, 3, 500))),
        order=chance.choice((0, 0, 0, 0, 1, 2)),
        wanted=chance.choice((0, 1, 3, 50, 50)),
        seed=chance.getrandbits(32),
    )


def test_sixty_searches_in_a_crowd_lose_nobody(people: Crowd) -> None:
    assert len(people.part.segment.number) > 2 * BLOCK
    chance, shown = Random(5), 0
    for _turn in range(60):
        request = some_request(chance, people.numbers)
        answer = engine_answer(request, ATLAS, people.part)
        assert answer == people.columns.answer(request), request
        shown += bool(answer.hits)
    assert shown > 35  # the requests are not so precise that they prove nothing


def test_national_searches_look_at_few_rows_and_still_show_the_best(people: Crowd) -> None:
    """Once the short list is full, most rows cannot enter it: they are left aside, and none should not have been."""
    chance, looked_at, found = Random(6), 0, 0
    for _turn in range(20):
        skills = {skill: chance.choice((1, 2, 3)) for skill in chance.sample(range(1, 200), 8)}
        wished = dict.fromkeys(chance.sample(range(1, 101), 2), 30)
        asked = {bit: 1 << bit for bit in chance.sample(range(48), chance.choice((0, 1)))}
        request = Request(TODAY, skills=skills, wished=wished, asked=asked, seed=chance.getrandbits(32), wanted=20)
        answer = engine_answer(request, ATLAS, people.part)
        looked_at, found = looked_at + int(search._own.workspace.scratch.total[1]), found + answer.total
        assert answer == people.columns.answer(request), request
    assert looked_at < found / 2


def test_searches_among_many_offers_lose_none(offers: Crowd) -> None:
    chance = Random(7)
    for _turn in range(25):
        request = some_request(chance, offers.numbers, offers=True)
        assert engine_answer(request, ATLAS, offers.part) == offers.columns.answer(request), request


def test_the_pages_of_a_crowd_follow_each_other(people: Crowd) -> None:
    chance = Random(8)
    for _turn in range(4):
        request = replace(some_request(chance, people.numbers), skill_mode=0, asked={}, order=BY_POINTS, wanted=150)
        whole = people.columns.answer(request).hits
        pages: list[search.Hit] = []
        for _page in range(3):
            below = (pages[-1].rank, pages[-1].draw) if pages else None
            pages += engine_answer(replace(request, wanted=50, below=below), ATLAS, people.part).hits
        assert pages == whole


def test_a_crowd_in_three_segments_some_of_it_replaced_since(people: Crowd) -> None:
    """As in service: a large segment whose rows are buried when they change, and small ones with what changed."""
    chance, rows = Random(9), people.columns.rows
    part_of = np.array([chance.choices((0, 1, 2), (90, 9, 1))[0] for _row in rows.number])
    segments = [build(engine_rows.kept(rows, part_of == part), ATLAS.geography) for part in range(3)]
    gone = chance.sample(people.numbers, 2_000)
    parts = [living(segment, gone) for segment in segments]
    for _turn in range(12):
        request = some_request(chance, people.numbers)
        assert engine_answer(request, ATLAS, *parts) == people.columns.answer(request, gone), request
