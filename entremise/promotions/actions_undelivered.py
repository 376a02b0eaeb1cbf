"""What happens to a promotion whose message cannot reach the employer."""

from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.promotions.enums import Verb
from entremise.promotions.models import Promotion


@action(Verb.UNDELIVERED, may="promotions.remind")
def note_undelivered(promotion: Promotion, *, actor: Actor) -> Done:
    """Stop the reminders to an address that takes no message; the adviser reads it on the promotion's page."""
    rows = Promotion.objects.unscoped("notice: its own message came back")
    locked = rows.select_for_update(of=("self",)).get(pk=promotion.pk)
    locked.next_reminder_at = None
    locked.save(update_fields=["next_reminder_at"])
    return Done(locked)
