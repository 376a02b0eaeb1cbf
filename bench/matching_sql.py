"""The search in SQL: the same profiles in tables, the same whole score, one sentence a search."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entremise.matching.engine import score
from entremise.matching.engine.geography import Atlas
from entremise.matching.engine.layout import Rows
from entremise.matching.engine.ranking import FARTHEST, NEAREST_FIRST
from entremise.matching.engine.search import Answer, Request

CHUNK = 50_000
EXERCISED = 100_000  # added to an occupation that was exercised; the others are wished
TABLES = """
create table place (number int primary key, x bigint, y bigint, z bigint, at point);
create table profile (number int, commune int, km int, bits bigint, available int, proved int, occupations int[],
  skills int[], weights bytea);
create function draw(number bigint, seed bigint) returns bigint language plpgsql immutable as $$
declare mixed bigint := (number # seed) & 4294967295;
begin  -- the product of two words of 32 bits, modulo 2^32, by halves
  mixed := mixed # (mixed >> 16);
  mixed := (mixed * 51819 + (((mixed * 34283) & 65535) << 16)) & 4294967295;
  mixed := mixed # (mixed >> 13);
  mixed := (mixed * 44597 + (((mixed * 49842) & 65535) << 16)) & 4294967295;
  return mixed # (mixed >> 16);
end $$
"""


def lines(rows: Rows, atlas: Atlas) -> dict[str, Iterator[str]]:
    """Return what to copy in each table, by parts; profiles in the order of places."""
    return {"place": _places(atlas), "profile": _profiles(rows)}


def _places(atlas: Atlas) -> Iterator[str]:
    points = zip(*(axis.tolist() for axis in (atlas.geography.x, atlas.geography.y, atlas.geography.z)), strict=True)
    yield "".join(f"{number}\t{x}\t{y}\t{z}\t({y},{z})\n" for number, (x, y, z) in enumerate(points))


def _profiles(rows: Rows) -> Iterator[str]:
    order = np.lexsort([-rows.km.astype(np.int64), rows.commune])
    words = np.array([str(number) for number in range(int(rows.skill.max(initial=0)) + 1)], dtype=object)
    octets = np.array([f"{number:02x}" for number in range(256)], dtype=object)
    for start in range(0, len(order), CHUNK):
        chosen = order[start : start + CHUNK]
        plain = (rows.number, rows.commune, rows.km, rows.bits, rows.available, rows.proved)
        links = zip(
            _lists(rows.wished_at, rows.wished, chosen),
            _lists(rows.exercised_at, rows.exercised + EXERCISED, chosen),
            strict=True,
        )
        columns = zip(
            zip(*(column[chosen].tolist() for column in plain), strict=True),
            (",".join(map(str, [*wished.tolist(), *done.tolist()])) for wished, done in links),
            (",".join(words[held]) for held in _lists(rows.skill_at, rows.skill, chosen)),
            ("".join(octets[weights]) for weights in _lists(rows.skill_at, rows.weight, chosen)),
            strict=True,
        )
        yield "".join(
            f"{number}\t{commune}\t{km}\t{bits}\t{available}\t{proved}\t{{{links}}}\t{{{skills}}}\t\\\\x{weights}\n"
            for (number, commune, km, bits, available, proved), links, skills, weights in columns
        )


def _lists(at: NDArray[np.int64], values: NDArray[Any], chosen: NDArray[np.int64]) -> Iterator[NDArray[Any]]:
    return (values[start:end] for start, end in zip(at[chosen].tolist(), at[chosen + 1].tolist(), strict=True))


def sentence(request: Request, atlas: Atlas, facts: Sequence[int] = ()) -> str:
    """Return the search in SQL: first the best rows and all who tie with the last, then the draw among them.

    With facts, a last line has the total and how many rows found have each, those of a filter in use left out.
    """
    mask = sum(1 << bit for bit in request.asked)
    kept = [f"p.bits & {mask} = {mask}"] if mask else []
    if request.occupation_required:
        kept.append(f"p.occupations && {_array([code for _points, code in _links(request)])}")
    place = atlas.point(request.commune)
    near = ""
    if place is not None and request.radius_km is not None:
        near = f"({_near(place, 1000 * request.radius_km)}) near join "
        kept.append("near.number = p.commune and near.metres <= 1000 * p.km")
    rank = f"{FARTHEST} - near.metres" if near and request.order == NEAREST_FIRST else _points(request, bool(near))
    where = f"{'on' if near else 'where'} {' and '.join(kept)}" if kept else ""
    found = f"select p.number, {rank} as rank{', p.bits' if facts else ''} from {near}profile p {where}"
    best = f"order by rank desc fetch first {request.wanted} rows with ties"
    drawn = f"order by rank desc, draw(number, {request.seed}) desc limit {request.wanted}"
    if not facts:
        return f"select number, rank from ({found} {best}) best {drawn}"
    counts = ", ".join(f"count(*) filter (where bits & {1 << bit} <> 0)" for bit in _free(request, facts))
    return (
        f"with found as materialized ({found}) "
        f"(select number, rank, null from (select number, rank from found {best}) best {drawn}) "
        f"union all select null, null, array[count(*), {counts}] from found"
    )


def expected(request: Request, answer: Answer, facts: Sequence[int] = ()) -> list[tuple[object, ...]]:
    """Return what PostgreSQL should answer, from what the engine does."""
    if not facts:
        return [(hit.number, hit.rank) for hit in answer.hits]
    counts = [answer.total, *(answer.counts[bit] for bit in _free(request, facts))]
    return [*((hit.number, hit.rank, None) for hit in answer.hits), (None, None, counts)]


def _free(request: Request, facts: Sequence[int]) -> list[int]:
    """Return the facts that belong to no filter in use: the engine counts the others without that filter."""
    used = 0
    for siblings in request.asked.values():
        used |= siblings
    return [bit for bit in facts if not used >> bit & 1]


def _near(place: tuple[int, int, int], reach: int) -> str:
    """Return the communes within reach: a circle of the index seen from afar, then whole metres."""
    x, y, z = place
    square = f"(x - {x}) * (x - {x}) + (y - {y}) * (y - {y}) + (z - {z}) * (z - {z})"
    seen = (
        f"select number, floor(sqrt({square}))::int as metres from place where at <@ circle '(({y},{z}),{reach + 1})'"
    )
    return f"select number, metres from ({seen}) seen where metres <= {reach}"


def _points(request: Request, is_near: bool) -> str:
    parts = [
        f"case when p.available = 0 then 0 when p.available <= {request.today} then {score.AVAILABILITY_POINTS} "
        f"when p.available <= {request.today + score.SOON_DAYS} then {score.SOON_POINTS} else 0 end"
    ]
    if request.skills:
        covered = " + ".join(
            f"{need} * coalesce(get_byte(p.weights, array_position(p.skills, {skill}) - 1), 0)"
            for skill, need in request.skills.items()
        )
        parts.append(f"{score.SKILL_POINTS} * ({covered}) / {score.FULL_WEIGHT * sum(request.skills.values())}")
    else:
        parts.append(f"least({score.SKILL_POINTS}, {score.PROVED_SKILL_POINTS} * p.proved)")
    by_points: dict[int, list[int]] = {}
    for points, code in _links(request):
        by_points.setdefault(points, []).append(code)
    if by_points:
        cases = (
            f"when p.occupations && {_array(by_points[points])} then {points}" for points in sorted(by_points)[::-1]
        )
        parts.append(f"case {' '.join(cases)} else 0 end")
    if is_near:
        most, reach = score.DISTANCE_POINTS, "greatest(1000 * p.km, 1000)"
        parts.append(f"greatest({most} * ({reach} - near.metres) / {reach}, 0)")
    return " + ".join(parts)


def _links(request: Request) -> list[tuple[int, int]]:
    exercised = [(points, EXERCISED + code) for code, points in request.exercised.items()]
    return [(points, code) for code, points in request.wished.items()] + exercised


def _array(codes: Iterable[int]) -> str:
    return f"'{{{','.join(map(str, codes))}}}'::int[]"
