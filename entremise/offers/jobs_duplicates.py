"""The pass that signs what has no signature: offers from before, or from before a change of the signatures."""

from entremise.kernel import jobs
from entremise.offers.actions_signatures import sign_missing


@jobs.periodic(name="offers.sign_missing", cron="35 * * * *")
def sign_offers_missing(timestamp: int) -> None:
    """Sign the offers that could not be recognised under another form."""
    sign_missing()
