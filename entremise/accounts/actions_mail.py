"""What a manager decides about messages, and what the owner of an address stops or puts off."""

from django.utils.translation import gettext as _

from entremise.accounts.enums import Verb
from entremise.accounts.models import User
from entremise.kernel import clock, mail, suppression
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.kernel.models import OutboxMessage
from entremise.kernel.models_mail import MailPause, Suppression
from entremise.kernel.suppression import PAUSES, Reason, Stop

State = OutboxMessage.State
UNDECIDED = {State.HELD, State.FAILED}


class MailRefused(Exception):
    """A message cannot be changed like that any more; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@action(Verb.MAIL_SENT_AGAIN, may="mail.manage")
def send_again(message: OutboxMessage, *, actor: Actor) -> Done:
    """Let a message held or given up leave again, with the same Message-ID."""
    locked, before = _undecided(message, UNDECIDED)
    OutboxMessage.objects.filter(pk=locked.pk).update(
        state=State.WAITING, attempt_count=locked.attempt_count + 1, not_before_at=clock.now(), last_error=""
    )
    return Done(locked, data={"before": before, "kind": locked.kind})


@action(Verb.MAIL_TAKEN_AS_SENT, may="mail.manage")
def take_as_sent(message: OutboxMessage, *, actor: Actor) -> Done:
    """Note that a message in doubt did arrive, as somebody found out."""
    locked, before = _undecided(message, {State.HELD})
    OutboxMessage.objects.filter(pk=locked.pk).update(state=State.SENT, sent_at=clock.now())
    return Done(locked, data={"before": before, "kind": locked.kind})


@action(Verb.MAIL_SEARCHED, may="mail.manage")
def search(user: User, *, actor: Actor, recipient: str) -> Done:
    """Find the messages to one address typed in full; the search itself is journaled."""
    found = list(OutboxMessage.objects.filter(recipient__iexact=recipient.strip()).order_by("-created_at")[:50])
    return Done(found, data={"address": suppression.address_hash(recipient)[:16], "count": len(found)}, subject=user)


@action(Verb.MAIL_ADDRESS_RESTORED, may="mail.manage")
def restore_address(stopped: Suppression, *, actor: Actor) -> Done:
    """Let messages leave again for an address that was repaired; what its owner stopped stays stopped."""
    if stopped.reason != Reason.BOUNCE:
        raise MailRefused(_("La personne a choisi de ne plus recevoir ces messages : elle seule peut revenir dessus."))
    suppression.resume(stopped.address_hash, family=stopped.family, reason=Reason.BOUNCE)
    return Done(stopped, data={"since": stopped.since_at.isoformat()})


@action(Verb.MAIL_STOPPED, may="mail.stop")
def stop_messages(stop: Stop, *, actor: Actor) -> Done:
    """Stop a family of messages for the address that received one."""
    row, is_new = suppression.stop(stop.address_hash, reason=Reason.OPPOSITION, family=stop.family)
    return Done(row, data={"family": stop.family, "is_new": is_new})


@action(Verb.MAIL_RESUMED, may="mail.stop")
def resume_messages(stop: Stop, *, actor: Actor) -> Done:
    """Let a family of messages leave again for the address that stopped it."""
    was_stopped = suppression.resume(stop.address_hash, family=stop.family)
    return Done(None, data={"family": stop.family, "was_stopped": was_stopped}, subject=Suppression(id=stop.bearer))


@action(Verb.MAIL_PAUSED, may="mail.stop")
def pause_messages(stop: Stop, *, actor: Actor, weeks: str) -> Done:
    """Let the reminders and the profiles for an address wait some weeks; everything leaves again by itself."""
    if weeks not in {str(one) for one in PAUSES}:
        raise MailRefused(_("Choisissez une pause de 2, 4 ou 8 semaines."))
    row = suppression.pause(stop.address_hash, until_at=suppression.pause_end(int(weeks)))
    return Done(row, data={"weeks": int(weeks), "until": row.until_at.isoformat()})


@action(Verb.MAIL_PAUSE_ENDED, may="mail.stop")
def end_pause(stop: Stop, *, actor: Actor) -> Done:
    """End a pause at once: what waited for its end leaves."""
    until_at = suppression.pause_of(stop.address_hash)
    released = 0
    if until_at is not None and suppression.end_pause(stop.address_hash):
        released = mail.release(stop.address_hash, until_at)
    return Done(None, data={"was_paused": until_at is not None, "released": released}, subject=MailPause(stop.bearer))


def _undecided(message: OutboxMessage, states: set[OutboxMessage.State]) -> tuple[OutboxMessage, str]:
    locked = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if locked.state not in states:
        raise MailRefused(_("Une décision a déjà été prise pour ce message."))
    return locked, locked.state
