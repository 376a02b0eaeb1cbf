"""From the outbox to the world: lease waiting messages, send each with a stable Message-ID, retry patiently.

In the demonstration nothing leaves: its mailbox page shows what is noted as sent. Elsewhere a message waits as long
as there is no way out for it (no mail server, no SMS gateway), rather than being noted as sent.
"""

import datetime as dt
import logging
import smtplib
from email.header import Header

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from entremise.kernel import clock, jobs, sms
from entremise.kernel.models import OutboxMessage
from entremise.kernel.outside import OutsideUnavailable

log = logging.getLogger(__name__)
LEASE = dt.timedelta(minutes=5)
BATCH = 50
MAX_ATTEMPTS = 8


def lease() -> list[OutboxMessage]:
    """Take a batch of due messages for this process; others skip them until the lease ends."""
    now = clock.now()
    with transaction.atomic():
        due = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(state=OutboxMessage.State.WAITING, not_before_at__lte=now, channel__in=open_channels())
            .exclude(leased_until_at__gt=now)
            .order_by("not_before_at")[:BATCH]
        )
        OutboxMessage.objects.filter(pk__in=[m.pk for m in due]).update(leased_until_at=now + LEASE)
    return due


def deliver(message: OutboxMessage) -> bool:
    """Send one leased message and note the result; a failure is retried later, with growing delays."""
    now = clock.now()
    try:
        _hand_over(message)
    except (OSError, smtplib.SMTPException, OutsideUnavailable, ValueError) as error:
        # ValueError: an address or a header nobody can send. Only a gateway's reason is known to name nobody.
        message.attempt_count += 1
        message.last_error = str(error) if isinstance(error, OutsideUnavailable) else type(error).__name__
        message.leased_until_at = None
        message.not_before_at = now + dt.timedelta(minutes=2**message.attempt_count)
        if message.attempt_count >= MAX_ATTEMPTS:
            message.state = OutboxMessage.State.FAILED
        message.save(update_fields=["attempt_count", "last_error", "leased_until_at", "not_before_at", "state"])
        log.warning("message %s not delivered: %s", message.pk, message.last_error)
        return False
    message.state = OutboxMessage.State.SENT
    message.sent_at = now
    message.save(update_fields=["state", "sent_at"])
    return True


def deliver_due() -> int:
    """Deliver what is due now; return how many left."""
    sent = 0
    while batch := lease():
        sent += sum(deliver(message) for message in batch)
    return sent


def open_channels() -> list[str]:
    """Return the channels that lead somewhere from this installation; letters are printed from the desk."""
    channel = OutboxMessage.Channel
    if settings.DEMO:
        return list(channel.values)
    has_way_out = {channel.EMAIL: settings.SMTP_CONFIGURED, channel.SMS: settings.SMS is not None}
    return [*(one for one, is_open in has_way_out.items() if is_open), channel.LETTER]


def has_way_out(channel: str) -> bool:
    """Tell whether messages of a channel leave this installation."""
    return channel in open_channels()


def _hand_over(message: OutboxMessage) -> None:
    if message.channel == OutboxMessage.Channel.SMS:
        sms.gateway().send(to=message.recipient, text=message.text.strip(), reference=str(message.pk))
    elif message.channel == OutboxMessage.Channel.EMAIL and not settings.DEMO:
        _hand_over_mail(message)


def _hand_over_mail(message: OutboxMessage) -> None:
    mail = EmailMultiAlternatives(
        _header(message.subject),
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.recipient],
        headers={
            "Message-ID": f"<{message.pk.hex}@{settings.MAIL_DOMAIN}>",  # so that a repeat can be recognised
            "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday answer to a machine
            "Content-Language": message.language,
        },
        connection=get_connection(),
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()


def _header(subject: str) -> str:
    """Encode a subject (RFC 2047) from its first line on: some readers show no subject when that line is empty."""
    if subject.isascii():
        return subject
    return Header(subject, "utf-8", header_name="Subject").encode(linesep="")


@jobs.periodic(name="kernel.deliver", cron="* * * * * */5")
def deliver_outbox(timestamp: int) -> None:
    """Deliver the outbox every five seconds."""
    deliver_due()
