"""The label's figures: one pass in the database, equal to the public formula, with its history."""

import datetime as dt
import random

import pytest
import time_machine

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import job_actor
from entremise.kernel.models import JournalEntry
from entremise.reciprok import actions_label, jobs_label, queries_label
from entremise.reciprok.enums import LabelLevel
from entremise.reciprok.models_label import LabelMove, LabelScore
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import applied, counted, drawn, history
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
JOB = job_actor("test")


def level_of(place: Establishment) -> int:
    score = queries_label.score_of(place.pk)
    return int(score.level) if score else 0


@pytest.mark.parametrize("seed", range(3))
def test_one_pass_equals_the_public_formula_on_drawn_histories(seed: int) -> None:
    rng, now = random.Random(seed), clock.now()
    people = [PersonFactory() for _ in range(8)]
    places = [EstablishmentFactory() for _ in range(25)]
    for place in places:
        for facts in drawn(people, rng, now):
            applied(place, **facts)
    actions_label.compute_all()
    levels = set()
    for place in places:
        expected = queries_label.figures_now(place.pk, clock.now())
        assert queries_label.figures_of(queries_label.score_of(place.pk)) == expected
        assert level_of(place) == expected.level
        levels.add(expected.level)
    assert len(levels) > 1


def test_one_establishment_on_demand_gets_what_the_night_gives() -> None:
    place, other = EstablishmentFactory(), EstablishmentFactory()
    history(place, 5, 1, hours=100)
    history(other, 5, 0)
    score = actions_label.compute(place, actor=JOB)
    assert (score.level, score.counted_count, score.answered_count, score.median_hours) == (LabelLevel.TWO, 6, 5, 100)
    assert queries_label.score_of(other.pk) is None
    by_demand = LabelScore.objects.get(pk=place.pk)
    computed = actions_label.compute_all()
    assert (computed.written, computed.labelled, computed.moved) == (2, 2, (other.pk,))
    assert queries_label.figures_of(LabelScore.objects.get(pk=place.pk)) == queries_label.figures_of(by_demand)


def test_a_change_of_level_enters_the_history_and_the_journal_once() -> None:
    place = EstablishmentFactory()
    history(place, 5, 0)
    jobs_label.compute_labels()
    jobs_label.compute_labels()
    assert [(move.level, move.counted_count) for move in queries_label.moves_of(place.pk)] == [(3, 5)]
    told = JournalEntry.objects.filter(verb="reciprok.label_moved", subject_id=str(place.pk))
    assert [entry.data for entry in told] == [{"level": 3}]


def test_a_level_that_comes_back_on_the_same_day_has_not_moved() -> None:
    place = EstablishmentFactory()
    first = history(place, 5, 0)[0]
    actions_label.compute(place, actor=JOB)
    with time_machine.travel(clock.now() + dt.timedelta(days=1), tick=False):
        first.__class__.objects.unscoped("a test").filter(pk=first.pk).update(count="aside")
        actions_label.compute(place, actor=JOB)
        assert level_of(place) == 0
        first.__class__.objects.unscoped("a test").filter(pk=first.pk).update(count="answered")
        actions_label.compute(place, actor=JOB)
    assert level_of(place) == 3
    assert [move.level for move in LabelMove.objects.filter(establishment=place)] == [3]


def test_what_leaves_the_twelve_months_leaves_the_label() -> None:
    place = EstablishmentFactory()
    history(place, 6, 0)
    actions_label.compute_all()
    assert level_of(place) == LabelLevel.THREE
    with time_machine.travel(clock.now() + dt.timedelta(days=400), tick=False):
        actions_label.compute_all()
        score = queries_label.score_of(place.pk)
        assert score is not None
        figures = (score.level, score.counted_count, score.answered_count, score.person_count, score.median_hours)
        assert figures == (LabelLevel.NONE, 0, 0, 0, None)
        assert [move.level for move in queries_label.moves_of(place.pk)] == [0, 3]
        assert actions_label.compute_all().written == 0


def test_the_first_day_of_the_window_is_the_one_of_the_calendar_here() -> None:
    """Twelve months before 23 November end at midnight in Paris, an hour before the one of UTC."""
    place = EstablishmentFactory()
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        assert queries_label.since(clock.now()).isoformat() == "2025-11-24T00:00:00+01:00"
        inside, outside = "2025-11-23T23:00:00+00:00", "2025-11-23T22:59:59+00:00"
        for moment in (inside, outside):
            at = dt.datetime.fromisoformat(moment)
            counted(place, hours=1, counted_at=at, answered_at=at, sent_at=at - dt.timedelta(hours=1))
        actions_label.compute_all()
        score = queries_label.score_of(place.pk)
        assert score is not None
        assert score.counted_count == 1


def test_an_establishment_that_only_has_silences_has_no_median() -> None:
    place = EstablishmentFactory()
    history(place, 0, 6)
    actions_label.compute_all()
    score = queries_label.score_of(place.pk)
    assert score is not None
    assert (score.level, score.counted_count, score.median_hours) == (0, 6, None)
    assert queries_label.moves_of(place.pk) == []
