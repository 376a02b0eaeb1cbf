"""What follows when a message does not arrive: the address is left alone, and the act that caused it knows."""

from entremise.kernel import notices, suppression
from entremise.kernel.actors import job_actor
from entremise.kernel.models import OutboxMessage

ACTOR = job_actor("kernel.mail_failures")


def note(message: OutboxMessage, *, is_address: bool, code: str) -> None:
    """Note that a message is given up; an address that the server refuses is stopped."""
    if is_address:
        report = f"{message.pk.hex}-{message.attempt_count}"
        suppression.note_failure(
            message.recipient, is_final=True, code=code[:20], report=report, message_id=message.pk
        )
        stop(message)
    tell(message)


def stop(message: OutboxMessage) -> None:
    """Let nothing more leave for the address of this message, but what is asked for."""
    suppression.stop(
        suppression.address_hash(message.recipient),
        reason=suppression.Reason.BOUNCE,
        actor=ACTOR,
        hint=suppression.masked(message.recipient),
    )


def tell(message: OutboxMessage) -> None:
    """Tell the domains that a message will not arrive."""
    notices.message_undeliverable.fire(message.kind, message.about_type, message.about_id)
