"""A reminder that waits: its reader had enough this week, or wants a pause."""

from datetime import datetime
from typing import Any

from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.reminders import is_worth
from entremise.validations import queries
from entremise.validations.enums import Verb
from entremise.validations.models import Request


@action(Verb.PUT_OFF, may="validations.remind")
def put_off(asked: Request, *, actor: Actor, until_at: datetime) -> Done:
    """Move the next reminder to the first opening after a moment; one too near the end is given up."""
    rows: Any = Request.objects.unscoped("the action's own row, locked")
    locked: Request = rows.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    if locked.is_open and locked.next_reminder_at is not None:
        later = queries.calendar(locked.establishment).next_opening(until_at)
        locked.next_reminder_at = later if is_worth(later, locked.expires_at) else None
        locked.save(update_fields=["next_reminder_at"])
    return Done(locked, data={"until": until_at.isoformat()})
