"""A reminder that waits: its reader had enough this week, or wants a pause."""

import datetime as dt
from typing import Any

from entremise.accounts.queries import calendar_for_agency
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.reminders import is_worth
from entremise.promotions.enums import Verb
from entremise.promotions.models import Promotion
from entremise.promotions.workflow import OPEN


@action(Verb.PUT_OFF, may="promotions.remind")
def put_off(promotion: Promotion, *, actor: Actor, until_at: dt.datetime) -> Done:
    """Move the next reminder to the first opening after a moment; one too near the end is given up."""
    rows: Any = Promotion.objects.unscoped("the row is read again to lock it")
    locked: Promotion = rows.select_for_update(of=("self",), no_key=True).get(pk=promotion.pk)
    if locked.state in OPEN and locked.next_reminder_at is not None:
        later = calendar_for_agency(promotion.agency).next_opening(until_at)
        locked.next_reminder_at = later if is_worth(later, locked.expires_at) else None
        locked.save(update_fields=["next_reminder_at"])
    return Done(locked, data={"until": until_at.isoformat()})
