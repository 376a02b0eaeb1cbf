"""From the outbox to the world, exactly accounted: lease, hand over to the relay, note what became of each message.

The worker leases a row, puts the complete message in the spool under the name of the attempt, and notes what the
relay answers; each step may be done twice without a second message. What may have left without a proof is sent again
with the same Message-ID when it is somebody's own news, held for a person's decision when it is not.

In the demonstration nothing leaves: its mailbox page shows what is noted as sent. Elsewhere a message waits as long
as there is no way out for it (no mail server, no SMS gateway), rather than being noted as sent.
"""

import datetime as dt
import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from entremise.kernel import clock, jobs, mail, mail_failures, sms, suppression
from entremise.kernel.mail_compose import composed
from entremise.kernel.mail_families import handling
from entremise.kernel.models import OutboxMessage
from entremise.kernel.outside import OutsideInDoubt, OutsideUnavailable
from entremise.kernel.spool import Entry, Outcome, Result, Spool

log = logging.getLogger(__name__)
State = OutboxMessage.State
LEASE = dt.timedelta(minutes=5)
HANDED_LEASE = dt.timedelta(minutes=15)  # then we look whether the relay still has it
BATCH = 50
DEPTH = 200  # messages in the spool: more wait in the database, where they can still be stopped
MAX_ATTEMPTS = 8
IN_DOUBT = "in doubt"


def spool() -> Spool:
    """Return the spool of this installation."""
    return _spool(settings.SPOOL)


@lru_cache(maxsize=8)
def _spool(root: Path) -> Spool:
    return Spool(root)


def lease() -> list[OutboxMessage]:
    """Take a batch of due messages for this process; others skip them until the lease ends."""
    now = clock.now()
    with transaction.atomic():
        due = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(_may_go(), state=State.WAITING, not_before_at__lte=now, channel__in=open_channels())
            .exclude(leased_until_at__gt=now)
            .order_by("rank", "not_before_at")[:BATCH]
        )
        OutboxMessage.objects.filter(pk__in=[m.pk for m in due]).update(leased_until_at=now + LEASE)
    return due


def deliver(message: OutboxMessage) -> bool:
    """Hand over one leased message; return whether it left this process."""
    now = clock.now()
    family = mail.family_of(message.kind)
    later = mail.earliest(message.kind, message.recipient, now, message.department)
    if later > now:
        _keep(message, not_before_at=later, leased_until_at=None)
        return False
    if reason := suppression.reason_against(message.recipient, family):
        _give_up(message, reason)
        return False
    if settings.DEMO or message.channel == OutboxMessage.Channel.LETTER:
        return _conclude(message, Outcome(Result.SENT))
    if message.channel == OutboxMessage.Channel.SMS:
        return _text(message)
    return _put_in_spool(message)


def deliver_due() -> int:
    """Note the relay's answers, then hand over what is due now; return how many messages left this process."""
    collect()
    settle_lost()
    left = 0
    while batch := lease():
        left += sum(deliver(message) for message in batch)
    return left


def collect() -> int:
    """Note in the outbox what the relay answered; an answer is taken away once it is noted."""
    count = 0
    for entry, outcome in spool().answers():
        with transaction.atomic():
            rows = OutboxMessage.objects.select_for_update().filter(pk=entry.message, attempt_count=entry.attempt)
            message = rows.filter(state__in=[State.WAITING, State.HANDED, State.CANCELLED]).first()
            if message is not None:
                _conclude(message, outcome)
                count += 1
        spool().forget(entry)
    return count


def settle_lost() -> int:
    """Decide about messages handed over of which nothing is known any more; return how many."""
    count, now = 0, clock.now()
    for message in OutboxMessage.objects.filter(state=State.HANDED, leased_until_at__lte=now)[:BATCH]:
        if message.channel == OutboxMessage.Channel.EMAIL and spool().knows(_entry(message)):
            _keep(message, leased_until_at=now + HANDED_LEASE)
            continue
        with transaction.atomic():  # read again: the answer is noted before it is taken away
            rows = OutboxMessage.objects.select_for_update(skip_locked=True)
            lost = rows.filter(pk=message.pk, state=State.HANDED, attempt_count=message.attempt_count).first()
            if lost is not None:
                _conclude(lost, Outcome(Result.DOUBT))
                count += 1
    return count


def sweep() -> int:
    """Take out of the spool the messages whose row was erased since; return how many."""
    spool().clear_drafts()
    waiting = spool().entries()
    known = OutboxMessage.objects.filter(pk__in=[e.message for e in waiting]).values_list("pk", flat=True)
    names = {pk.hex for pk in known}
    gone = [entry for entry in waiting if entry.message not in names]
    for entry in gone:
        spool().withdraw(entry)
    return len(gone)


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


@transaction.atomic
def _give_up(message: OutboxMessage, reason: str) -> None:
    if _keep(message, state=State.SUPPRESSED, last_error=reason, leased_until_at=None):
        mail_failures.tell(message)


def _may_go() -> Q:
    """Keep the spool short; codes always pass."""
    if settings.DEMO or not settings.SMTP_CONFIGURED or spool().depth() < DEPTH:
        return Q()
    return Q(rank=0) | ~Q(channel=OutboxMessage.Channel.EMAIL)


def _put_in_spool(message: OutboxMessage) -> bool:
    try:
        envelope, whole = composed(message)
    except ValueError as error:  # an address or a header nobody can send
        return _conclude(message, Outcome(Result.REFUSED, type(error).__name__))
    try:
        spool().offer(_entry(message), envelope, whole)
    except OSError as error:  # a full disk: nothing left, nothing is lost
        log.warning("the spool refuses message %s: %s", message.pk, type(error).__name__)
        _keep(message, not_before_at=clock.now() + dt.timedelta(minutes=1), leased_until_at=None)
        return False
    _keep(message, state=State.HANDED, leased_until_at=clock.now() + HANDED_LEASE)
    return True


def _text(message: OutboxMessage) -> bool:
    """Post an SMS; it is noted as handed over before, so that a killed worker leaves a doubt and not a double."""
    if not _keep(message, state=State.HANDED, leased_until_at=clock.now() + LEASE):
        return False
    message.state = State.HANDED
    try:
        sms.gateway().send(to=message.recipient, text=message.text.strip(), reference=str(message.pk))
    except OutsideInDoubt as doubt:
        return _conclude(message, Outcome(Result.DOUBT, str(doubt)))
    except OutsideUnavailable as refusal:
        return _conclude(message, Outcome(Result.LATER, str(refusal)))
    return _conclude(message, Outcome(Result.SENT))


def _entry(message: OutboxMessage) -> Entry:
    return Entry(message.rank, message.pk.hex, message.attempt_count)


def _keep(message: OutboxMessage, **fields: object) -> bool:
    """Write some fields unless somebody else concluded this attempt meanwhile."""
    rows = OutboxMessage.objects.filter(pk=message.pk, attempt_count=message.attempt_count, state=message.state)
    return bool(rows.update(**fields))


@transaction.atomic
def _conclude(message: OutboxMessage, outcome: Outcome) -> bool:
    """Note the result of an attempt; return whether the message left."""
    now, attempt, is_cancelled = clock.now(), message.attempt_count, message.state == State.CANCELLED
    rows = OutboxMessage.objects.filter(pk=message.pk, attempt_count=attempt, state=message.state)
    if outcome.result is Result.SENT:
        return bool(rows.update(state=State.SENT, sent_at=now, last_error="", leased_until_at=None))
    if is_cancelled:  # it did not leave, and must not
        return False
    log.warning("message %s not delivered: %s", message.pk, outcome.code or outcome.result)
    error = outcome.code or IN_DOUBT
    if outcome.result is Result.DOUBT and not _resends(message):
        rows.update(state=State.HELD, last_error=error, leased_until_at=None)
        return False
    wait = dt.timedelta(0) if outcome.result is Result.DOUBT else dt.timedelta(minutes=2 ** (attempt + 1))
    is_over = outcome.result in (Result.REFUSED, Result.BAD_ADDRESS) or attempt + 1 >= MAX_ATTEMPTS
    state = State.FAILED if is_over else State.WAITING
    changed = rows.update(
        state=state, attempt_count=attempt + 1, last_error=error, leased_until_at=None, not_before_at=now + wait
    )
    if changed and is_over:
        mail_failures.note(message, is_address=outcome.result is Result.BAD_ADDRESS, code=outcome.code)
    return False


def _resends(message: OutboxMessage) -> bool:
    if message.channel == OutboxMessage.Channel.SMS:
        return bool(settings.MAILING.sms_knows_repeats)
    return handling(mail.family_of(message.kind)).resends_in_doubt


@jobs.periodic(name="kernel.deliver", cron="* * * * * */5")
def deliver_outbox(timestamp: int) -> None:
    """Deliver the outbox every five seconds."""
    deliver_due()


@jobs.periodic(name="kernel.sweep_spool", cron="*/10 * * * *")
def sweep_spool(timestamp: int) -> None:
    """Forget in the spool what was erased in the database."""
    if not settings.DEMO:
        sweep()
