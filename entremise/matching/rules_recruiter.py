"""What a recruiter who is not certified may ask and see: little, rounded, and never twice the same way elsewhere."""

from enum import StrEnum

LINK_PURPOSE = "matching.profiles"
PAGE = 20  # cards on a page
PAGES = 5  # of one search
MOST_CARDS = PAGE * PAGES
MOST_LOOKED_AT = 10 * MOST_CARDS  # the best rows: those of people who agreed to this search are kept
UNUSUAL_SEARCHES_A_DAY = 30  # of one space: the vigilance is told
SEARCHES_A_DAY = 60  # by one link: more is a copy of the pool, not a recruitment
WAITING_WISHES = 10  # of one link, not followed yet: the adviser must be able to answer
RADII_KM = (5, 10, 20, 30, 50)
MOST_SKILLS = 5
SHOWN_SKILLS = 6
STEP_M = 5_000  # distances are told by steps, so that nobody's home is found
SOON_DAYS = 30
CLOSE, FAIR = 75, 45  # of 100 points: from there a profile is very near the search, then near


class Closeness(StrEnum):
    """How near a profile is to a search, instead of its points."""

    CLOSE = "close"
    FAIR = "fair"
    FAR = "far"


class Readiness(StrEnum):
    """When a person is available, instead of the day."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"
    UNKNOWN = "unknown"


def closeness(points: int, maximum: int) -> Closeness:
    """Say a score in three words."""
    share = 100 * points // maximum if maximum else 0
    if share >= CLOSE:
        return Closeness.CLOSE
    return Closeness.FAIR if share >= FAIR else Closeness.FAR


def rounded_km(metres: int) -> int:
    """Return the first step that holds a distance: 5, 10, 15… kilometres, never less."""
    return max(1, -(-metres // STEP_M)) * STEP_M // 1000


def readiness(available_day: int, today: int) -> Readiness:
    """Say when a person is available, from days as the engine counts them (0 is unknown)."""
    if available_day == 0:
        return Readiness.UNKNOWN
    if available_day <= today:
        return Readiness.NOW
    return Readiness.SOON if available_day <= today + SOON_DAYS else Readiness.LATER
