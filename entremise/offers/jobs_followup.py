"""Each morning: what the offers opened the day before call for, and those for which nobody comes."""

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.offers import actions_followup as actions
from entremise.offers import queries_followup as queries

ACTOR = job_actor("offers.followup")


def tend_all() -> tuple[int, int]:
    """Plan what openings call for and alert about deserted offers; return how many of each. Twice changes nothing."""
    opened = [actions.plan_opening(offer, actor=ACTOR) for offer in queries.just_opened()]
    deserted = [actions.alert_deserted(offer, actor=ACTOR) for offer in queries.deserted(clock.today())]
    return len(opened), len(deserted)


@jobs.periodic(name="offers.followup", cron="35 5 * * *")
def tend(timestamp: int) -> None:
    """Tend the offers."""
    tend_all()
