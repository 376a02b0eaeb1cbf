"""The passes over an imported file of offers, in the background; each may be killed and run again without harm."""

from uuid import UUID

from entremise.kernel import jobs
from entremise.kernel.import_passes import Passes
from entremise.offers import actions_import as actions
from entremise.offers import queries_import as queries
from entremise.offers.rules_import import KEPT_DAYS

PASSES = Passes("offers", actions, queries, queries.refused_lines, KEPT_DAYS)
run_check, run_import, forget_old = PASSES.run_check, PASSES.run_import, PASSES.forget_old


@jobs.job(name=actions.CHECK_JOB, queue="imports")
def import_check(file_id: str) -> None:
    """Check every line of a file."""
    run_check(UUID(file_id))


@jobs.job(name=actions.IMPORT_JOB, queue="imports")
def import_lines(file_id: str) -> None:
    """Import the lines that the check accepted."""
    run_import(UUID(file_id))


@jobs.periodic(name="offers.import_forget", cron="25 3 * * *")
def import_forget(timestamp: int) -> None:
    """Throw away the files received a month ago."""
    forget_old()
