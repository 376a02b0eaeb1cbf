"""Reminders and expiry, every ten minutes; running twice changes nothing more."""

import logging

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.kernel.reminders import PutOff
from entremise.kernel.workflow import TransitionRefused
from entremise.promotions import actions, actions_reminders, queries

log = logging.getLogger(__name__)


def run_due() -> tuple[int, int]:
    """Send the reminders that are due, stop waiting where it is too late; return how many of each."""
    now = clock.now()
    actor = job_actor("promotions.due")
    reminded = expired = 0
    for promotion in queries.due_reminders(now):
        try:
            actions.remind(promotion, actor=actor)
            reminded += 1
        except PutOff as later:
            actions_reminders.put_off(promotion, actor=actor, until_at=later.until_at)
        except TransitionRefused:
            log.info("reminder of promotion %s waits", promotion.pk)
    for promotion in queries.due_expiries(now):
        try:
            actions.expire(promotion, actor=actor)
            expired += 1
        except TransitionRefused:
            log.info("promotion %s moved before it expired", promotion.pk)
    return reminded, expired


@jobs.periodic(name="promotions.due", cron="*/10 * * * *")
def due(timestamp: int) -> None:
    """Remind and expire."""
    run_due()
