"""What a match is worth: a sum of named whole points, of 100. The only place that says so.

How much each is worth is in `weights.toml`, dated; what is counted, and how, is here.

Every function takes and returns integers, so that anyone can recompute a score by hand; the search kernels compile
these very functions, and the explanations call them. Nothing here can look at a name, sex, age, origin, address beyond
a distance, disability or family: no argument carries them.
"""

from entremise.matching.engine import weights

SECTIONS = weights.read()
IN_FORCE = SECTIONS[-1]
EARLIER = 1  # ways of scoring before the first section; one more at each change of a function below
VERSION = EARLIER + len(SECTIONS)  # kept with what was decided by a score
MARK = f"{VERSION}-{IN_FORCE.version}"  # written in each index: one made with other weights is made again

SKILL_POINTS = IN_FORCE.skills
OCCUPATION_POINTS = IN_FORCE.occupation
DISTANCE_POINTS = IN_FORCE.distance
AVAILABILITY_POINTS = IN_FORCE.availability

WISHED, EXERCISED, NEAR = IN_FORCE.wished, IN_FORCE.exercised, IN_FORCE.near  # occupation: the best of these

FULL_WEIGHT = weights.FULL  # a skill proved as well as can be
PROOF_WEIGHTS = IN_FORCE.proofs  # by assurance: said, answered from her address book, by the company, checked, signed
OLD_PROOF_DAYS, VERY_OLD_PROOF_DAYS = 365 * IN_FORCE.old_proof_years, 365 * IN_FORCE.very_old_proof_years
OLD_PROOF_COSTS = IN_FORCE.old_proof_costs  # after each of these two ages
BEGINNER, EXPERT = 1, 3  # levels of mastery; 0 is unknown, 2 autonomous
BEGINNER_COSTS, EXPERT_BRINGS = IN_FORCE.beginner_costs, IN_FORCE.expert_brings

LEAST_NEED, USUAL_NEED, MOST_NEED = 1, 2, 3  # of a skill, for an offer: useful, asked, essential
PROVED_SKILL_POINTS = IN_FORCE.proved_skill  # each proved skill, when the search asks for none in particular

SOON_DAYS = IN_FORCE.soon_days
SOON_POINTS = IN_FORCE.soon


def skill_weight(assurance: int, level: int, proof_age_days: int) -> int:
    """Return what holding one skill weighs, from 1 to 12: proof first, its age, then mastery."""
    weight = PROOF_WEIGHTS[assurance]
    if assurance > 0:
        weight -= OLD_PROOF_COSTS * ((proof_age_days > OLD_PROOF_DAYS) + (proof_age_days > VERY_OLD_PROOF_DAYS))
    if level == BEGINNER:
        weight -= BEGINNER_COSTS
    elif level == EXPERT:
        weight += EXPERT_BRINGS
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
