"""The deadlines of the recruiter spaces, every ten minutes; the looks at them, every night."""

import logging

from entremise.employers import actions_certification, actions_space_checks, actions_vigilance, queries_vigilance
from entremise.employers import queries_certification as queries
from entremise.employers import rules_certification as rules
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.enums_spaces import RecheckReason
from entremise.kernel import jobs
from entremise.kernel.actors import job_actor
from entremise.kernel.workflow import TransitionRefused

log = logging.getLogger(__name__)
CLERK = job_actor("employers.certification")


def follow_deadlines() -> tuple[int, int]:
    """Remind the companies that nobody reminded in time, refuse those that nobody reached; return how many of each."""
    reminded = lapsed = 0
    for space in queries.to_remind():
        try:
            actions_space_checks.remind(space, actor=CLERK)
            reminded += 1
        except CertificationRefused:  # a colleague was quicker
            log.info("space %s needs no reminder any more", space.pk)
    for space in queries.lapsing():
        try:
            actions_certification.lapse(space, actor=CLERK)
            lapsed += 1
        except TransitionRefused:  # decided meanwhile
            log.info("space %s was decided meanwhile", space.pk)
    return reminded, lapsed


def look_again() -> int:
    """Examine every living space, and ask that some certified ones be certified again; return how many are."""
    for space in queries_vigilance.worth_examining().iterator(chunk_size=500):
        actions_vigilance.examine(space)
    count = 0
    for space in queries.certified().iterator(chunk_size=500):
        if rules.is_drawn(queries_vigilance.chance_of(space)):
            actions_vigilance.recheck(space, actor=CLERK, reason=RecheckReason.RANDOM)
            count += 1
    return count


@jobs.periodic(name="employers.spaces_deadlines", cron="*/10 * * * *")
def spaces_deadlines(timestamp: int) -> None:
    """Send the reminders that are due, refuse what was never reached."""
    follow_deadlines()


@jobs.periodic(name="employers.spaces_look", cron="40 1 * * *")
def spaces_look(timestamp: int) -> None:
    """Look at every space again, in the night."""
    look_again()
