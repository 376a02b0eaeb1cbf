"""Each night the labels and the pauses; each week the question to who leaves people without any answer."""

import logging
from collections.abc import Callable

from django.db.models import Model

from entremise.employers.queries import establishments_of
from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.reciprok import actions_label
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as following
from entremise.reciprok.actions_label import Computed
from entremise.reciprok.actions_label_following import LabelRefused

log = logging.getLogger(__name__)
CLERK = job_actor("reciprok.label")


def compute_labels() -> Computed:
    """Recompute every label. Twice changes nothing."""
    computed = actions_label.compute_all()
    log.info("labels: %s written, %s labelled, %s moved", computed.written, computed.labelled, len(computed.moved))
    return computed


def tend_pauses() -> tuple[int, int]:
    """End the pauses that are over or have no reason any more, announce new ones; return how many of each."""
    now = clock.now()
    over = [*following.ended(now), *following.answered_meanwhile()]
    lifted = sum(_quietly(actions.lift_pause, one) for one in over)
    announced = 0
    for place in establishments_of(following.long_silent_ids(now)):
        announced += _quietly(actions.announce_pause, place)
    return lifted, announced


def ask_the_silent() -> int:
    """Ask each employer without the label who left people waiting; return how many were asked."""
    return sum(_quietly(actions.ask_silence, inbox) for inbox in following.to_ask(clock.now()))


def _quietly(act: Callable[..., object], thing: Model) -> int:
    try:
        act(thing, actor=CLERK)
    except LabelRefused as refusal:  # somebody was quicker
        log.info("nothing to do any more for %s: %s", thing.pk, refusal.reason)
        return 0
    return 1


@jobs.periodic(name="reciprok.labels", cron="10 1 * * *")
def labels(timestamp: int) -> None:
    """Recompute the labels in the night."""
    compute_labels()


@jobs.periodic(name="reciprok.pauses", cron="25 5 * * *")
def pauses(timestamp: int) -> None:
    """Tend the pauses."""
    tend_pauses()


@jobs.periodic(name="reciprok.silences", cron="15 8 * * 2")
def silences(timestamp: int) -> None:
    """Ask those who stay silent, on Tuesdays."""
    ask_the_silent()
