"""The label is reproducible: recounted from the journal's lines alone, it is what the table says."""

import datetime as dt
import random
from collections.abc import Callable

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.reciprok import actions, actions_label, actions_meetings, actions_voice, jobs, queries_label
from entremise.reciprok import actions_label_following as following
from entremise.reciprok.enums import Count
from entremise.reciprok.models import Application
from entremise.reciprok.rules import ApplicationRefused
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.people import owner

pytestmark = pytest.mark.django_db
Act = Callable[[Recruitment, Application], object]


def propose(small: Recruitment, one: Application) -> object:
    slots = [clock.now() + dt.timedelta(days=3)]
    return actions_meetings.propose_meeting(one, actor=small.recruiter, kind="call", slots=slots)


def report(small: Recruitment, one: Application) -> object:
    words = "Cette réponse ne veut rien dire du tout."
    made = actions_voice.report(one, actor=owner(one.person), kind="nonsense", words=words)
    return actions_voice.judge_report(made, actor=small.adviser, upheld=True, outcome="Vérifié avec la personne.")


def contest(small: Recruitment, one: Application) -> object:
    made = following.contest_count(one, actor=small.recruiter, words="Nous avions répondu de vive voix.")
    return following.judge_count(made, actor=small.adviser, is_accepted=True, outcome="La personne confirme.")


ACTS: tuple[Act, ...] = (
    lambda small, one: small.refuse(one),
    lambda small, one: small.favour(one),
    lambda small, one: actions.hire(one, actor=small.recruiter),
    lambda small, one: actions.withdraw(one, actor=owner(one.person)),
    lambda small, one: actions_voice.reply(one, actor=owner(one.person), words="Merci, je suis disponible lundi."),
    lambda small, one: jobs.run_due(),
    propose,
    report,
    contest,
)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_drawn_history_recounted_from_the_journal_is_the_table(seed: int) -> None:
    rng = random.Random(seed)
    with time_machine.travel(MONDAY, tick=False):
        small = recruitment(expires_on=MONDAY.date() + dt.timedelta(days=300))
        applications = [small.apply() for _ in range(8)]
    done: set[str] = set()
    for day in sorted(rng.uniform(0, 90) for _ in range(45)):
        with time_machine.travel(MONDAY + dt.timedelta(days=day), tick=False):
            one, act = fresh(rng.choice(applications)), rng.choice(ACTS)
            try:
                act(small, one)
            except (ApplicationRefused, TransitionRefused, following.LabelRefused) as refused:
                done.add(type(refused).__name__)
    with time_machine.travel(MONDAY + dt.timedelta(days=91), tick=False):
        jobs.run_due()
        actions_label.compute_all()
        place = small.offer.establishment
        written = queries_label.figures_of(queries_label.score_of(place.pk))
        assert queries_label.recount_from_journal(place) == written
        assert written.counted > 0
        counts = {fresh(one).count for one in applications}
        assert counts <= {Count.ANSWERED, Count.SILENT, Count.ASIDE}
        assert len(counts) > 1


def test_the_journal_of_another_establishment_changes_nothing() -> None:
    with time_machine.travel(MONDAY, tick=False):
        small, other = recruitment(), recruitment()
        small.refuse(small.apply())
        other.refuse(other.apply())
        assert queries_label.recount_from_journal(small.offer.establishment).counted == 1
