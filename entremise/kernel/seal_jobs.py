"""The journal is sealed every ten seconds."""

import logging

from entremise.kernel import jobs, seals
from entremise.kernel.seal_files import SealRefused

log = logging.getLogger(__name__)


@jobs.periodic(name="kernel.seal_journal", cron="* * * * * */10")
def seal_journal(timestamp: int) -> None:
    """Seal what may be sealed; a refusal is for the operator, who is told at each turn."""
    try:
        seals.seal()
    except SealRefused as refusal:
        log.error("the journal is not sealed: %s", refusal)
