"""Each night the indexes are written again, then the whole country is matched."""

import functools
import logging
import os

from entremise.kernel import jobs
from entremise.matching import actions, actions_nightly, queries_feed
from entremise.matching import clients_workers as workers

log = logging.getLogger(__name__)


@jobs.periodic(name="matching.write_index", cron="30 3 * * *")
def write_index(timestamp: int) -> None:
    """Write the indexes; the web processes open them at their next search. Weights of proofs age by the day."""
    log.info("index of the pool written, %s rows", actions.write_index())


@jobs.periodic(name="matching.check_index", cron="15 5,11,17 * * *")
def check_index(timestamp: int) -> None:
    """Compare a sample of each index with the database; what differs makes all processes open a new one."""
    for feed in queries_feed.ALL:
        log.info("index of %s compared, %s rows differed", feed.source.name, len(feed.heal()))


@jobs.periodic(name="matching.match_everything", cron="0 4 * * *")
def match_everything(timestamp: int) -> None:
    """Match offers and people of the whole country with all the processors of this machine."""
    count = os.cpu_count() or 1
    run = actions_nightly.match_everything(functools.partial(workers.processes, count))
    log.info("%s offers and %s people matched", run.offer_count, run.person_count)
