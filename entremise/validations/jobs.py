"""Reminders, expiry and undelivered messages, every ten minutes; each can run twice without harm."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.kernel.reminders import PutOff
from entremise.kernel.workflow import TransitionRefused
from entremise.validations import actions, actions_reminders, queries
from entremise.validations.models import Request
from entremise.validations.rules import ValidationRefused

log = logging.getLogger(__name__)


def remind_due(now: dt.datetime) -> int:
    """Send the reminders that are due; return how many requests were looked at."""
    return _each(queries.due_reminders(now), lambda asked: _remind(asked, now))


def expire_due(now: dt.datetime) -> int:
    """Close the requests whose time is over; return how many were looked at."""
    actor = job_actor("validations.expire")
    return _each(queries.overdue(now), lambda asked: actions.expire(asked, actor=actor))


def bounce_undelivered() -> int:
    """Close the requests whose message could not be delivered; return how many were looked at."""
    actor = job_actor("validations.bounce")
    return _each(queries.undelivered(), lambda asked: actions.bounce(asked, actor=actor))


@jobs.periodic(name="validations.follow_up", cron="*/10 * * * *")
def follow_up(timestamp: int) -> None:
    """Remind, expire and close what could not be delivered."""
    now = clock.now()
    remind_due(now)
    expire_due(now)
    bounce_undelivered()


def _remind(asked: Request, now: dt.datetime) -> None:
    actor = job_actor("validations.remind")
    try:
        actions.remind(asked, actor=actor, now=now)
    except PutOff as later:
        actions_reminders.put_off(asked, actor=actor, until_at=later.until_at)


def _each(rows: Iterable[Request], act: Callable[[Request], Any]) -> int:
    count = 0
    for count, asked in enumerate(list(rows), start=1):  # noqa: B007 the count is the result
        try:
            act(asked)
        except (TransitionRefused, ValidationRefused):  # answered or withdrawn in the meantime
            log.info("request %s moved meanwhile", asked.pk)
    return count
