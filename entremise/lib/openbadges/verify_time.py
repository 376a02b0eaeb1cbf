"""Whether a credential holds today: its own dates, those of its proof."""

from __future__ import annotations

import datetime as dt

from entremise.lib.openbadges.claims import written
from entremise.lib.openbadges.reasons import Step
from entremise.lib.openbadges.verify_inquiry import SKEW, Inquiry


def check_dates(inquiry: Inquiry, begins: dt.datetime | None, ends: dt.datetime | None) -> None:
    """Note whether now is between the two."""
    if begins is not None and begins > inquiry.now + SKEW:
        inquiry.failed(Step.TIME, "not_yet_valid", begins=written(begins))
    elif ends is not None and ends <= inquiry.now:
        inquiry.failed(Step.TIME, "expired", ended=written(ends))
    elif ends is not None:
        inquiry.passed(Step.TIME, "valid_until", ends=written(ends))
    else:
        inquiry.passed(Step.TIME, "valid_without_end")
