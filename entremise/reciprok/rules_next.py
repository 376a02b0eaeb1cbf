"""What a candidate can do after a no, or after a silence: one step, the most useful one for the reason given."""

from enum import StrEnum


class NextStep(StrEnum):
    """The one step that is proposed."""

    CALL = "call"  # the agency calls the employer
    PROVE = "prove"  # ask somebody who saw her work to confirm what she says
    LEARN = "learn"  # an adviser finds a training, or an immersion where it is learnt
    MOVE = "move"  # look again at how far she can go
    ARRANGE = "arrange"  # look again at days and hours
    IMMERSION = "immersion"  # a few days in a company show more than years told
    OFFERS = "offers"  # the offers near her, and what would open others
    ADVISER = "adviser"  # where she lives is not known: talk it over


BY_REASON = {"experience": NextStep.IMMERSION, "distance": NextStep.MOVE, "availability": NextStep.ARRANGE}


def next_step(reason: str, *, is_silence: bool, to_prove_count: int, missing_count: int, has_place: bool) -> NextStep:
    """Choose the one step to propose: what the reason calls for, else what helps anybody."""
    if is_silence:
        return NextStep.CALL
    if reason == "skills" and to_prove_count:
        return NextStep.PROVE
    if reason == "skills":
        return NextStep.LEARN if missing_count else NextStep.IMMERSION
    if reason in BY_REASON:
        return BY_REASON[reason]
    return NextStep.OFFERS if has_place else NextStep.ADVISER
