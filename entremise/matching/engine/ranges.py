"""Geography first: who accepts to come is a list of runs of rows, found without looking at a row."""

import numpy as np

from entremise.matching.engine import score
from entremise.matching.engine.compiled import kernel
from entremise.matching.engine.geography import CHUNK
from entremise.matching.engine.terms import first_from

distance_points = kernel(score.distance_points)


@kernel
def find_ranges(segment, geography, query, scratch):
    """Write the runs of rows that the place and the departments keep; return how many."""
    if query.has_place:
        return _around(segment, geography, query, scratch)
    if len(query.communes):
        return _communes(segment, query, scratch)
    return _departments(segment, query, scratch)


@kernel
def _communes(segment, query, scratch):
    count = 0
    for commune in query.communes:
        start = segment.group_row[segment.group_at[commune]]
        end = segment.group_row[segment.group_at[commune + 1]]
        if start < end:
            count = _add(scratch, count, start, end, 0, 0)
    return count


@kernel
def _departments(segment, query, scratch):
    count = 0
    for department in range(len(segment.department_row) - 1):
        start, end = segment.department_row[department], segment.department_row[department + 1]
        if query.departments[department] and start < end:
            count = _add(scratch, count, start, end, 0, 0)
    return count


@kernel
def _around(segment, geography, query, scratch):
    """Go through the chunks of communes whose sphere touches the circle, then their communes."""
    count = 0
    for chunk in range(len(geography.chunk_x)):
        far = _metres(
            query.x, query.y, query.z, geography.chunk_x[chunk], geography.chunk_y[chunk], geography.chunk_z[chunk]
        )
        if far > query.reach_m + geography.chunk_radius[chunk]:
            continue
        for commune in range(chunk * CHUNK, min(chunk * CHUNK + CHUNK, len(geography.x))):
            if not query.departments[geography.department[commune]] or not _is_asked(query.communes, commune):
                continue
            metres = _metres(
                query.x, query.y, query.z, geography.x[commune], geography.y[commune], geography.z[commune]
            )
            if metres <= query.reach_m:
                count = _commune(segment, query, scratch, count, commune, metres)
    return count


@kernel
def _is_asked(communes, commune):
    """Tell whether a commune is among those asked for; all are when none is named."""
    if not len(communes):
        return True
    at = first_from(communes, 0, len(communes), commune)
    return at < len(communes) and communes[at] == commune


@kernel
def _commune(segment, query, scratch, count, commune, metres):
    """Add the groups of a commune that reach this far: they come first, the widest mobility leading."""
    for group in range(segment.group_at[commune], segment.group_at[commune + 1]):
        if metres > 1000 * np.int64(segment.group_km[group]):
            break
        mobility = query.own_km if query.own_km >= 0 else np.int64(segment.group_km[group])
        points = distance_points(metres, mobility)
        count = _add(scratch, count, segment.group_row[group], segment.group_row[group + 1], points, metres)
    return count


@kernel
def _add(scratch, count, start, end, points, metres):
    """Append a run, or lengthen the one before when it goes on with the same points at the same distance."""
    if count and _continues(scratch, count - 1, start, points, metres):
        scratch.end[count - 1] = end
        return count
    scratch.start[count] = start
    scratch.end[count] = end
    scratch.points[count] = points
    scratch.metres[count] = metres
    return count + 1


@kernel
def _continues(scratch, run, start, points, metres):
    return scratch.end[run] == start and scratch.points[run] == points and scratch.metres[run] == metres


@kernel
def _metres(x, y, z, other_x, other_y, other_z):
    """Return the whole metres between two points: the root of a whole number below 2^52 is exact, rounded down."""
    dx, dy, dz = x - np.int64(other_x), y - np.int64(other_y), z - np.int64(other_z)
    return np.int64(np.sqrt(np.float64(dx * dx + dy * dy + dz * dz)))
