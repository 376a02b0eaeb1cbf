"""Reads of the badges that end soon."""

import datetime as dt

from entremise.credentials import rules
from entremise.credentials.enums import AwardState
from entremise.credentials.models import Award
from entremise.kernel import clock


def ending() -> list[tuple[Award, int]]:
    """Return the badges whose holder is due a reminder, with how many days before."""
    now = clock.now()
    last = now + dt.timedelta(days=max(rules.REMINDER_DAYS))
    rows = Award.objects.unscoped("the platform's own reminders").filter(
        state=AwardState.ISSUED, valid_until__gt=now, valid_until__lte=last, person__isnull=False
    )
    found = rows.select_related("badge_class__issuer", "person__user").order_by("valid_until")
    due = [(one, rules.reminder_due(one.valid_until, one.reminded_days, now)) for one in found if one.valid_until]
    return [(award, days) for award, days in due if days is not None]
