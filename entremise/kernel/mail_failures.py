"""What follows when a message does not arrive: the address is left alone, and the act that caused it knows."""

from entremise.kernel import journal, notices, suppression
from entremise.kernel.actors import job_actor
from entremise.kernel.models import OutboxMessage

ACTOR = job_actor("kernel.mail_failures")
STOPPED = "mail.address_stopped"  # a verb of the journal: the platform acts, no domain does


def note(message: OutboxMessage, *, is_address: bool, code: str) -> None:
    """Note that a message is given up; an address that the server refuses is stopped."""
    if is_address:
        report = f"{message.pk.hex}-{message.attempt_count}"
        suppression.note_failure(
            message.recipient, is_final=True, code=code[:20], report=report, message_id=message.pk
        )
        stop(message)
    tell(message)


def stop(message: OutboxMessage, reason: suppression.Reason = suppression.Reason.BOUNCE) -> None:
    """Let nothing more leave for the address of this message, but what is asked for."""
    hashed, hint = suppression.address_hash(message.recipient), suppression.masked(message.recipient)
    found, is_new = suppression.stop(hashed, reason=reason, hint=hint)
    if is_new:
        journal.append(STOPPED, found, ACTOR, data={"reason": str(reason), "message": str(message.pk)})


def tell(message: OutboxMessage) -> None:
    """Tell the domains that a message will not arrive."""
    notices.message_undeliverable.fire(message.kind, message.about_type, message.about_id)
