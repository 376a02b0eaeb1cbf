"""Each night the indexes are written again and the whole country is matched; by day a sample of them is checked.

Applications are scored for the boards of employers: the new ones every ten minutes, those that run once a night.
"""

import functools
import logging
import os

from entremise.kernel import jobs
from entremise.matching import actions_fits, actions_nightly, queries_feed
from entremise.matching import clients_workers as workers

log = logging.getLogger(__name__)


@jobs.periodic(name="matching.check_index", cron="15 5,11,17 * * *")
def check_index(timestamp: int) -> None:
    """Compare a sample of each index with the database; what differs makes all processes open a new one."""
    for feed in queries_feed.ALL:
        log.info("index of %s compared, %s rows differed", feed.source.name, len(feed.heal()))


@jobs.periodic(name="matching.match_everything", cron="30 3 * * *")
def match_everything(timestamp: int) -> None:
    """Write the indexes, which the web processes open at their next search, then match with all the processors."""
    count = os.cpu_count() or 1
    run = actions_nightly.match_everything(functools.partial(workers.processes, count))
    log.info("%s offers and %s people matched", run.offer_count, run.person_count)


@jobs.periodic(name="matching.score_new_applications", cron="5-59/10 * * * *")
def score_new_applications(timestamp: int) -> None:
    """Keep how the applications sent since the last pass fit their offers."""
    log.info("%s new applications scored", actions_fits.score_new())


@jobs.periodic(name="matching.score_applications_again", cron="5 3 * * *")
def score_applications_again(timestamp: int) -> None:
    """Bring the fits of the applications that run up to date."""
    log.info("%s applications scored again", actions_fits.score_again())
