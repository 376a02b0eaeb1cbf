"""Badges given to many in the background: the lines of a spreadsheet, the reminders of what nobody took."""

import logging
from collections.abc import Callable
from uuid import UUID

from entremise.credentials import actions_claims, actions_files, queries_issuing
from entremise.credentials.models import Award
from entremise.credentials.models_files import AwardFile
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, jobs, reminders
from entremise.kernel.actors import job_actor
from entremise.lib.reminders import Policy
from entremise.lib.workcalendar import SERVICE_HOURS, WorkCalendar, area_of_department

log = logging.getLogger(__name__)
ACTOR = job_actor("credentials.files")
REMINDERS = job_actor("credentials.claims")


def award_all(file_id: UUID) -> int:
    """Award every line of a file, some in each transaction; return how many were looked at this time."""
    return _each_batch(file_id, AwardFile.State.RUNNING, actions_files.award_batch)


def undo_all(file_id: UUID) -> int:
    """Take back every badge of a file; return how many this time."""
    return _each_batch(file_id, AwardFile.State.UNDOING, actions_files.undo_batch)


def remind_due() -> int:
    """Recall the badges that nobody took for some days; return how many."""
    count, now = 0, clock.now()
    known: dict[str, Policy] = {}
    for claim in queries_issuing.claims_to_remind(now):
        department = claim.award.badge_class.issuer.department_id or ""
        if department not in known:
            known[department] = reminders.policy("badges", department)
        policy = known[department]
        due = policy.next_reminder_at(
            claim.sent_at, claim.reminder_count, claim.sent_at, _calendar(department), claim.until
        )
        if due is None or due > now:
            continue
        count += _remind(claim.award)
    return count


@jobs.job(name=actions_files.AWARD_JOB, queue="imports")
def award_file(file_id: str) -> None:
    """Award a file."""
    award_all(UUID(file_id))


@jobs.job(name=actions_files.UNDO_JOB, queue="imports")
def undo_file(file_id: str) -> None:
    """Take a file back."""
    undo_all(UUID(file_id))


@jobs.periodic(name="credentials.claims", cron="41 * * * *")
def each_hour(timestamp: int) -> None:
    """Recall what waits."""
    remind_due()


def _remind(award: Award) -> int:
    try:
        actions_claims.remind(award, actor=REMINDERS)
    except CredentialRefused:  # taken meanwhile
        log.info("award %s was taken before its reminder", award.pk)
        return 0
    except reminders.PutOff:  # looked at again in an hour
        log.info("the reminder of award %s waits", award.pk)
        return 0
    return 1


def _calendar(department: str) -> WorkCalendar:
    return WorkCalendar(SERVICE_HOURS, area_of_department(department))


def _each_batch(file_id: UUID, state: str, act: Callable[..., int]) -> int:
    file = queries_issuing.file_for_job(file_id)
    if file is None or file.state != state:
        return 0
    total = 0
    while count := act(file, actor=ACTOR):
        total += count
    actions_files.finish(file, actor=ACTOR)
    return total
