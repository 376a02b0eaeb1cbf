"""What a match is worth: a sum of named whole points, of 100. The only place that says so.

Every function takes and returns integers, so that anyone can recompute a score by hand; the search kernels compile
these very functions, and the explanations call them. Nothing here can look at a name, sex, age, origin, address beyond
a distance, disability or family: no argument carries them.
"""

VERSION = 2  # written in each index: a change of any line below changes it

SKILL_POINTS = 40
OCCUPATION_POINTS = 30
DISTANCE_POINTS = 15
AVAILABILITY_POINTS = 15

WISHED, EXERCISED, NEAR = 30, 20, 12  # occupation: wished, already exercised, near a wished one

FULL_WEIGHT = 12  # a skill proved as well as can be
# By assurance: said by the person, answered from her own address book, by the company, checked, signed.
PROOF_WEIGHTS = (6, 9, 10, 11, 12)
OLD_PROOF_DAYS, VERY_OLD_PROOF_DAYS = 3 * 365, 6 * 365  # each costs a proof one
BEGINNER, EXPERT = 1, 3  # levels of mastery; 0 is unknown, 2 autonomous

LEAST_NEED, USUAL_NEED, MOST_NEED = 1, 2, 3  # of a skill, for an offer: useful, asked, essential
PROVED_SKILL_POINTS = 8  # each proved skill, when the search asks for none in particular

SOON_DAYS = 30
SOON_POINTS = 8


def skill_weight(assurance: int, level: int, proof_age_days: int) -> int:
    """Return what holding one skill weighs, from 1 to 12: proof first, its age, then mastery."""
    weight = PROOF_WEIGHTS[assurance]
    if assurance > 0:
        weight -= (proof_age_days > OLD_PROOF_DAYS) + (proof_age_days > VERY_OLD_PROOF_DAYS)
    if level == BEGINNER:
        weight -= 2
    elif level == EXPERT:
        weight += 1
    return min(weight, FULL_WEIGHT)


def skill_points(covered: int, need_total: int) -> int:
    """Return the points of skills: `covered` sums need × weight over the skills held, `need_total` the needs."""
    return SKILL_POINTS * covered // (FULL_WEIGHT * need_total)


def proof_points(proved_count: int) -> int:
    """Return the points of skills when none is asked for: proofs count by themselves."""
    return min(SKILL_POINTS, PROVED_SKILL_POINTS * proved_count)


def distance_points(metres: int, mobility_km: int) -> int:
    """Return all points next door, none at the edge of the person's own mobility."""
    reach = max(1000 * mobility_km, 1000)
    return max(DISTANCE_POINTS * (reach - metres) // reach, 0)


def availability_points(available_day: int, today: int) -> int:
    """Return all points for today or before, some within thirty days, none later or when unknown (day 0)."""
    if available_day == 0:
        return 0
    if available_day <= today:
        return AVAILABILITY_POINTS
    return SOON_POINTS if available_day <= today + SOON_DAYS else 0


def tie(number: int, seed: int) -> int:
    """Return who comes first at equal points: a draw (32 bits), the same for the same search, fair between searches.

    A one-to-one mixing of bits (the finalizer of MurmurHash3), so that two profiles are never equal.
    """
    mixed = (number ^ seed) & 0xFFFFFFFF
    mixed ^= mixed >> 16
    mixed = (mixed * 0x85EBCA6B) & 0xFFFFFFFF
    mixed ^= mixed >> 13
    mixed = (mixed * 0xC2B2AE35) & 0xFFFFFFFF
    return mixed ^ (mixed >> 16)
