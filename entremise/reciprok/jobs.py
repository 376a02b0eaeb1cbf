"""News, reminders, help and closures, every ten minutes; running twice changes nothing more."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.kernel.workflow import TransitionRefused
from entremise.reciprok import actions, actions_inbox, queries

log = logging.getLogger(__name__)


def run_due() -> dict[str, int]:
    """Tell, remind, help and close what is due; return how many of each."""
    now = clock.now()
    return {
        "told": _each(queries.untold(now), actions_inbox.tell),
        "reminded": _each(queries.due_reminders(now), actions_inbox.remind),
        "asked": _each(queries.to_close(now), actions_inbox.ask_closing),
        "helped": _each(queries.to_help(now), actions_inbox.offer_help),
        "closed": _each(queries.due_expiries(now), actions.close_unanswered),
    }


def _each(found: Iterable[Any], act: Callable[..., Any]) -> int:
    count = 0
    for thing in found:
        try:
            act(thing, actor=job_actor("reciprok.due"))
            count += 1
        except TransitionRefused:
            log.info("%s of %s waits", act.__name__, thing.pk)
    return count


@jobs.periodic(name="reciprok.due", cron="*/10 * * * *")
def due(timestamp: int) -> None:
    """Do what is due."""
    run_due()
