"""What links an occupation to others: the short moves of the ROME, in both directions."""

from collections.abc import Collection

from entremise.matching import rules
from entremise.matching.engine.score import EXERCISED, NEAR, WISHED
from entremise.matching.models import PoolEntry
from entremise.skills.enums import MobilityKind
from entremise.skills.models import Mobility


def near_of(codes: Collection[str]) -> dict[str, list[str]]:
    """Return the occupations that are a short move away from each of these."""
    return _moves(codes, "source__rome_code", "target__rome_code")


def near_to(codes: Collection[str]) -> dict[str, list[str]]:
    """Return the occupations from which each of these is a short move away."""
    return _moves(codes, "target__rome_code", "source__rome_code")


def links_of(entry: PoolEntry) -> dict[int, int]:
    """Return the points that an offer of each occupation brings to a profile, by the number of the occupation."""
    near = near_to(entry.occupation_codes)
    points = {code: NEAR for codes in near.values() for code in codes}
    points |= dict.fromkeys(entry.experience_codes, EXERCISED) | dict.fromkeys(entry.occupation_codes, WISHED)
    return {rules.occupation_number(code): worth for code, worth in points.items()}


def _moves(codes: Collection[str], asked: str, told: str) -> dict[str, list[str]]:
    moves = Mobility.objects.filter(**{f"{asked}__in": list(codes)}, kind=MobilityKind.CLOSE)
    found: dict[str, list[str]] = {}
    for code, other in moves.values_list(asked, told) if codes else ():
        found.setdefault(code, []).append(other)
    return found
