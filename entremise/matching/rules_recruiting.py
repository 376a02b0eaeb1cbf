"""What tells that an establishment recruits people like somebody, and what it is worth: whole points, of 100."""

from dataclasses import dataclass

from entremise.matching.engine.score import DISTANCE_POINTS, OCCUPATION_POINTS, distance_points

EVIDENCE_POINTS = 55
OPEN_OFFER, HIRE, FILLED_OFFER, PAST_OFFER, WELCOME = 20, 15, 10, 5, 5  # points of each
MAXIMUM = EVIDENCE_POINTS + OCCUPATION_POINTS + DISTANCE_POINTS


@dataclass(frozen=True, slots=True)
class Evidence:
    """What happened in two years, counted, for the occupations of the person and those near them."""

    open_count: int = 0  # offers open now
    filled_count: int = 0  # offers closed with somebody found
    past_count: int = 0  # offers closed otherwise
    hired_count: int = 0  # people hired after a promotion
    welcomed_count: int = 0  # promoted profiles that were to be met, taken in immersion or kept

    @property
    def points(self) -> int:
        """Return what all this is worth."""
        told = OPEN_OFFER * self.open_count + HIRE * self.hired_count + FILLED_OFFER * self.filled_count
        return min(told + PAST_OFFER * self.past_count + WELCOME * self.welcomed_count, EVIDENCE_POINTS)


def score(evidence: Evidence, link_points: int, metres: int, mobility_km: int) -> int:
    """Return the sum: what happened, the closest occupation recruited, the distance."""
    return evidence.points + link_points + distance_points(metres, mobility_km)
