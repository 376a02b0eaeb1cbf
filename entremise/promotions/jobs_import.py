"""The passes over an imported file, in the background; each may be killed and run again without harm."""

from uuid import UUID

from django.db import transaction

from entremise.kernel import jobs
from entremise.kernel.import_passes import Passes
from entremise.promotions import actions_import as actions
from entremise.promotions import queries_import as queries
from entremise.promotions.rules_import import KEPT_DAYS

PEOPLE_AT_ONCE = 100

PASSES = Passes("promotions", actions, queries, queries.wrong_lines, KEPT_DAYS)
run_check, run_import, forget_old = PASSES.run_check, PASSES.run_import, PASSES.forget_old


@jobs.job(name=actions.CHECK_JOB, queue="imports")
def import_check(file_id: str) -> None:
    """Check every line of a file."""
    run_check(UUID(file_id))


@jobs.job(name=actions.IMPORT_JOB, queue="imports")
def import_lines(file_id: str) -> None:
    """Import the lines that the check accepted."""
    run_import(UUID(file_id))


@jobs.job(name=actions.SETTLE_JOB)
def import_settle(person_ids: list[str]) -> None:
    """Show in the pool that people were promoted."""
    for start in range(0, len(person_ids), PEOPLE_AT_ONCE):
        with transaction.atomic():
            actions.settle(person_ids[start : start + PEOPLE_AT_ONCE])


@jobs.periodic(name="promotions.import_forget", cron="20 3 * * *")
def import_forget(timestamp: int) -> None:
    """Throw away the files received a month ago."""
    forget_old()
