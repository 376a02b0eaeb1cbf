"""The index of the pool is written again each night: weights of proofs age, and what changed is merged."""

import logging

from entremise.kernel import jobs
from entremise.matching import actions

log = logging.getLogger(__name__)


@jobs.periodic(name="matching.write_index", cron="30 3 * * *")
def write_index(timestamp: int) -> None:
    """Write the index; the web processes open it at their next search."""
    log.info("index of the pool written, %s rows", actions.write_index())
