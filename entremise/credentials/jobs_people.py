"""Work in the background for the holders of badges: reminders, badges from elsewhere verified each week."""

import logging

from entremise.credentials import actions_foreign, actions_people, queries_foreign, queries_people
from entremise.credentials.clients import Busy
from entremise.kernel import jobs
from entremise.kernel.actors import job_actor

log = logging.getLogger(__name__)
ACTOR = job_actor("credentials.people")
AT_ONCE = 500  # badges from elsewhere verified in one night: the others wait for the next one


def remind_all() -> int:
    """Remind the holders of badges that end soon; return how many."""
    due = queries_people.ending()
    for award, days in due:
        actions_people.remind(award, actor=ACTOR, days=days)
    return len(due)


def check_foreign() -> int:
    """Verify again the badges from elsewhere that were not for a week; return how many."""
    count = 0
    for badge in queries_foreign.stale()[:AT_ONCE]:
        try:
            report = actions_foreign.verified_again(badge)
        except Busy:
            log.info("badges from elsewhere: the site is busy, %s verified", count)
            break
        actions_foreign.note_check(badge, actor=ACTOR, report=report)
        count += 1
    return count


@jobs.periodic(name="credentials.reminders", cron="25 6 * * *")
def remind(timestamp: int) -> None:
    """Remind each morning."""
    remind_all()


@jobs.periodic(name="credentials.check_foreign", cron="50 3 * * *")
def check(timestamp: int) -> None:
    """Verify each night what is due."""
    check_foreign()
