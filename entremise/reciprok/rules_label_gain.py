"""What would raise a label: how many more answers, how much faster, how many more people."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from entremise.reciprok.enums import LabelLevel
from entremise.reciprok.rules_label import FEWEST_COUNTED, THRESHOLDS, Figures

UPWARDS = (LabelLevel.ONE, LabelLevel.TWO, LabelLevel.THREE)


@dataclass(frozen=True, slots=True)
class Gain:
    """The next level and what is missing for it; nought means that this part is reached."""

    level: LabelLevel
    more_people: int  # different people to answer before there is a label at all
    more_answers: int  # in a row, for the rate
    longest_hours: int | None  # the median delay to come down to, when it is too long


def next_gain(figures: Figures) -> Gain | None:
    """Return what the next level asks for; nothing above the highest."""
    above = next((level for level in UPWARDS if level > figures.level), None)
    if above is None:
        return None
    lowest, longest = THRESHOLDS[above]
    too_long = figures.median_hours is not None and figures.median_hours > longest
    return Gain(
        above,
        max(0, FEWEST_COUNTED - min(figures.counted, figures.people)),
        more_answers(figures, lowest),
        longest if too_long else None,
    )


def more_answers(figures: Figures, lowest: Fraction) -> int:
    """Return how many answers in a row bring the rate there, when nothing else changes."""
    missing = lowest * figures.counted - figures.answered
    return max(0, ceil(missing / (1 - lowest)))


def median_rank(answered: int) -> int:
    """Return which delay is the median, from the quickest: the lower middle; nought without any answer."""
    return (answered + 1) // 2
