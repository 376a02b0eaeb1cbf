"""Geography first: who accepts to come is a list of runs of rows, found without looking at a row."""

import numpy as np

from entremise.matching.engine import score
from entremise.matching.engine.compiled import inlined, kernel
from entremise.matching.engine.geography import CHUNK
from entremise.matching.engine.terms import first_from

distance_points = kernel(score.distance_points)


@inlined
def find_ranges(segment, geography, query, scratch):
    """Write the runs of rows that the place and the departments keep; return how many."""
    runs = (scratch.start, scratch.end, scratch.points, scratch.metres)
    groups = (segment.group_at, segment.group_row, segment.group_km)
    if query.place >= 0:
        return _around(groups, geography, query, scratch.allowed, runs)
    if len(query.communes):
        return _communes(segment.group_at, segment.group_row, query.communes, runs)
    return _departments(segment.department_row, scratch.allowed, runs)


@kernel
def _communes(group_at, group_row, communes, runs):
    count = 0
    for commune in communes:
        start, end = group_row[group_at[commune]], group_row[group_at[commune + 1]]
        if start < end:
            count = _add(runs, count, start, end, 0, 0)
    return count


@kernel
def _departments(department_row, departments, runs):
    count = 0
    for department in range(len(department_row) - 1):
        start, end = department_row[department], department_row[department + 1]
        if departments[department] and start < end:
            count = _add(runs, count, start, end, 0, 0)
    return count


@inlined
def _around(groups, geography, query, allowed, runs):
    """Go through the chunks of communes whose sphere touches the circle, then their communes.

    Squares are compared first: whole metres, rounded down, are within a reach when their square is below that of the
    next whole number.
    """
    count = 0
    x, y, z = geography.x, geography.y, geography.z
    here = (np.int64(x[query.place]), np.int64(y[query.place]), np.int64(z[query.place]))
    chunk_x, chunk_y, chunk_z = geography.chunk_x, geography.chunk_y, geography.chunk_z
    departments, communes, radius = geography.department, query.communes, geography.chunk_radius
    within = (query.reach_m + 1) * (query.reach_m + 1)
    for chunk in range(len(chunk_x)):
        near = query.reach_m + 1 + np.int64(radius[chunk])
        if _square(here, chunk_x[chunk], chunk_y[chunk], chunk_z[chunk]) >= near * near:
            continue
        for commune in range(chunk * CHUNK, min(chunk * CHUNK + CHUNK, len(x))):
            square = _square(here, x[commune], y[commune], z[commune])
            if square < within and allowed[departments[commune]] and _is_asked(communes, commune):
                count = _commune(groups, query.own_km, runs, count, commune, _root(square))
    return count


@kernel
def _is_asked(communes, commune):
    """Tell whether a commune is among those asked for; all are when none is named."""
    if not len(communes):
        return True
    at = first_from(communes, 0, len(communes), commune)
    return at < len(communes) and communes[at] == commune


@kernel
def _commune(groups, own_km, runs, count, commune, metres):
    """Add the groups of a commune that reach this far: they come first, the widest mobility leading."""
    group_at, group_row, group_km = groups
    for group in range(group_at[commune], group_at[commune + 1]):
        km = np.int64(group_km[group])
        if metres > 1000 * km:
            break
        points = distance_points(metres, own_km if own_km >= 0 else km)
        count = _add(runs, count, group_row[group], group_row[group + 1], points, metres)
    return count


@kernel
def _add(runs, count, start, end, points, metres):
    """Append a run, or lengthen the one before when it goes on with the same points at the same distance."""
    starts, ends, run_points, run_metres = runs
    before = count - 1
    if count and ends[before] == start and run_points[before] == points and run_metres[before] == metres:
        ends[before] = end
        return count
    starts[count], ends[count] = start, end
    run_points[count], run_metres[count] = points, metres
    return count + 1


@kernel
def _square(here, x, y, z):
    dx, dy, dz = here[0] - np.int64(x), here[1] - np.int64(y), here[2] - np.int64(z)
    return dx * dx + dy * dy + dz * dz


@kernel
def _root(square):
    """Return whole metres: the root of a whole number below 2^52 is exact, rounded down."""
    return np.int64(np.sqrt(np.float64(square)))
