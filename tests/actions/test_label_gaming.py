"""Nobody gets the label without answering people: what was tried, through the real actions, and what defeats it.

The public page shows the same list (`rules_label_gaming`); each of its keys has its test here.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from entremise.employers import actions_spaces
from entremise.kernel.models import JournalEntry
from entremise.offers import actions as offers
from entremise.offers.enums import CloseReason
from entremise.reciprok import (
    actions,
    actions_apply,
    actions_label,
    actions_meetings,
    actions_voice,
    jobs,
    queries_label,
)
from entremise.reciprok import actions_label_following as following
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.enums import AsideReason, Count, LabelLevel
from entremise.reciprok.models import Application
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.rules_label import Figures, level
from entremise.reciprok.rules_label_gaming import ATTEMPTS
from tests.factories.applications import MONDAY, PARTS, Recruitment, fresh, recruitment
from tests.factories.labels import counted
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, owner, set_identity
from tests.factories.spaces import RecruiterSpaceFactory

pytestmark = pytest.mark.django_db
DEFEATED: set[str] = set()
ENOUGH = 5


def defeats(key: str) -> Callable[[Any], Any]:
    """Say which attempt of the public page a test plays."""

    def decorate(test: Any) -> Any:
        DEFEATED.add(key)
        return test

    return decorate


@pytest.fixture
def small() -> Iterator[Recruitment]:
    with time_machine.travel(MONDAY, tick=False):
        yield recruitment(expires_on=MONDAY.date() + dt.timedelta(days=300))


def after(days: float) -> time_machine.travel:
    return time_machine.travel(MONDAY + dt.timedelta(days=days), tick=False)


def received(small: Recruitment, many: int = ENOUGH) -> list[Application]:
    return [small.apply() for _ in range(many)]


def figures(small: Recruitment) -> Figures:
    """Return what the night computes."""
    actions_label.compute_all()
    found = queries_label.figures_of(queries_label.score_of(small.offer.establishment_id))
    assert found == queries_label.figures_now(small.offer.establishment_id, dt.datetime.now(dt.UTC))
    return found


def closed_by_time(days: float = 61) -> None:
    """Let two months go by: what nobody answered is closed, with honest words."""
    with after(days):
        jobs.run_due()


def test_every_attempt_told_on_the_public_page_is_played_here() -> None:
    assert {attempt.key for attempt in ATTEMPTS} == DEFEATED
    assert len(DEFEATED) >= 12


def test_who_answers_everybody_quickly_has_the_label(small: Recruitment) -> None:
    for one in received(small):
        small.refuse(one)
    assert figures(small).level == LabelLevel.THREE


@defeats("nonsense")
def test_nonsense_to_everybody_is_refused_or_counts_as_a_silence_once_reported(small: Recruitment) -> None:
    applications = received(small)
    with pytest.raises(ApplicationRefused) as refused:
        small.refuse(applications[0], words="azertyuiop qsdfghjklm")
    assert "Ces mots ne disent rien à la personne." in refused.value.reason
    with pytest.raises(ApplicationRefused) as unexplained:
        small.refuse(applications[0], reason="other")
    assert unexplained.value.reason == "Expliquez cette raison en quelques mots à la personne."
    for one in applications:
        small.refuse(one)
    assert figures(small).level == LabelLevel.THREE
    for one in applications:
        told = "Cette réponse est la même pour tous et ne veut rien dire."
        report = actions_voice.report(fresh(one), actor=owner(one.person), kind="nonsense", words=told)
        actions_voice.judge_report(report, actor=small.adviser, upheld=True, outcome="Vérifié avec la personne.")
    assert figures(small) == Figures(counted=5, answered=0, people=5, median_hours=None)


@defeats("hiring")
def test_a_hire_told_to_everybody_counts_as_a_silence_once_reported(small: Recruitment) -> None:
    applications = [fresh(actions.hire(one, actor=small.recruiter)) for one in received(small)]
    assert figures(small).level == LabelLevel.THREE
    for one in applications:
        told = "Je ne travaille pas là, personne ne m'a appelée."
        report = actions_voice.report(one, actor=owner(one.person), kind="nonsense", words=told)
        actions_voice.judge_report(report, actor=small.adviser, upheld=True, outcome="Vérifié avec la personne.")
    assert figures(small) == Figures(counted=5, answered=0, people=5, median_hours=None)


@defeats("own")
def test_applying_to_oneself_counts_for_nothing(small: Recruitment) -> None:
    member = small.space.members.unscoped("a test").get()
    for _ in range(ENOUGH):
        accomplice = small.someone()
        set_identity(accomplice, email=member.email)
        answered = small.refuse(small.apply(accomplice))
        assert (answered.count, answered.aside_reason) == (Count.ASIDE, AsideReason.OWN)
    assert figures(small).counted == 0


@defeats("same_person")
def test_one_person_five_times_is_one_person(small: Recruitment) -> None:
    friend = small.someone()
    for _ in range(ENOUGH):
        offer = OfferFactory(
            open=True, channel="recruiter", space=small.space, agency=small.offer.agency,
            establishment=small.offer.establishment,
        )  # fmt: skip
        small.refuse(small.apply(friend, offer=offer))
    found = figures(small)
    assert (found.counted, found.people, found.level) == (5, 1, LabelLevel.NONE)
    small.apply(friend)
    with pytest.raises(ApplicationRefused) as twice:
        small.apply(friend)
    assert twice.value.reason == "Vous avez déjà postulé : votre candidature est bien partie."


@pytest.mark.parametrize("reason", [CloseReason.ABANDONED, CloseReason.MISTAKEN])
@defeats("mistake")
@defeats("reopening")
def test_closing_an_offer_closes_no_application(small: Recruitment, reason: str) -> None:
    received(small)
    offers.close(small.offer, actor=small.adviser, reason=reason)
    assert figures(small).counted == 0
    if reason == CloseReason.ABANDONED:
        offers.reopen(small.offer, actor=small.adviser)
    closed_by_time()
    with after(62):
        assert figures(small) == Figures(counted=5, answered=0, people=5, median_hours=None)


@defeats("unread")
def test_nobody_is_refused_unread(small: Recruitment) -> None:
    one = small.apply()
    with pytest.raises(ApplicationRefused) as unread:
        small.refuse(one, reason="skills", has_seen=False)
    assert "on ne refuse pas une personne sans avoir lu son profil" in unread.value.reason
    with pytest.raises(ApplicationRefused):
        actions.refuse_many(small.inbox, actor=small.recruiter, ids=[one.pk], reason="skills")
    offers.close(small.offer, actor=small.adviser, reason=CloseReason.FILLED_ELSEWHERE)
    with pytest.raises(ApplicationRefused):
        small.refuse(fresh(one), reason="experience", has_seen=False)
    assert small.refuse(fresh(one), reason="filled", has_seen=False).count == Count.ANSWERED


@defeats("late")
def test_an_answer_after_two_months_reaches_the_person_and_leaves_the_silence(small: Recruitment) -> None:
    applications = received(small)
    closed_by_time()
    with after(62):
        for one in applications:
            answered = small.refuse(fresh(one))
            assert (answered.state, answered.count) == ("refused", Count.SILENT)
        assert figures(small) == Figures(counted=5, answered=0, people=5, median_hours=None)


@defeats("closing")
def test_answering_all_at_the_closing_reminder_has_its_true_delay(small: Recruitment) -> None:
    applications = received(small)
    with after(46):
        jobs.run_due()
        for one in applications:
            small.refuse(fresh(one), reason="filled")
        found = figures(small)
        assert (found.percent, found.median_hours, found.level) == (100, 46 * 24, LabelLevel.NONE)


@defeats("changing")
def test_a_quick_yes_that_becomes_a_late_no_is_a_late_answer(small: Recruitment) -> None:
    applications = received(small)
    for one in applications:
        small.favour(one)
    with after(40):
        for one in applications:
            small.refuse(fresh(one))
        found = figures(small)
        assert (found.answered, found.median_hours, found.level) == (5, 40 * 24, LabelLevel.NONE)
        assert queries_label.recount_from_journal(small.offer.establishment) == found


@defeats("changing")
def test_correcting_a_counted_answer_changes_neither_its_delay_nor_its_count(small: Recruitment) -> None:
    one = small.apply()
    with after(20):
        late = small.refuse(fresh(one))
    with after(25):
        small.favour(fresh(one))
        changed = small.refuse(fresh(one))
        assert (changed.answered_at, changed.counted_at) == (late.answered_at, late.counted_at)
        assert figures(small).median_hours == 20 * 24


@defeats("empty_favour")
def test_favourable_to_everybody_and_nothing_after_is_silence(small: Recruitment) -> None:
    for one in received(small):
        small.favour(one)
    assert figures(small).counted == 0
    closed_by_time(61)
    with after(62):
        assert figures(small) == Figures(counted=5, answered=0, people=5, median_hours=None)


@defeats("cancelling")
def test_a_meeting_cancelled_before_the_person_answers_is_no_answer(small: Recruitment) -> None:
    made = small.favour(small.apply(), step="meeting")
    meeting = actions_meetings.propose_meeting(made, actor=small.recruiter, kind="call", slots=[in_days(2)])
    actions_meetings.cancel_meeting(meeting, actor=small.recruiter)
    with time_machine.travel(MONDAY + dt.timedelta(days=61), tick=False):
        jobs.run_due()
    assert fresh(made).count == Count.SILENT


def in_days(count: int) -> dt.datetime:
    return MONDAY + dt.timedelta(days=count)


@defeats("withdrawing")
def test_people_tired_of_waiting_who_withdraw_were_not_answered(small: Recruitment) -> None:
    tired, quick = received(small, 2)
    with after(5):
        early = fresh(actions.withdraw(fresh(quick), actor=owner(quick.person)))
        assert (early.count, early.aside_reason) == (Count.ASIDE, AsideReason.WITHDRAWN)
    with after(31):
        late = fresh(actions.withdraw(fresh(tired), actor=owner(tired.person)))
        assert late.count == Count.SILENT
        assert figures(small).counted == 1


@defeats("new_space")
def test_a_new_space_has_the_past_of_its_establishment(small: Recruitment) -> None:
    received(small)
    closed_by_time()
    with after(62):
        actions_spaces.close_space(small.space, actor=small.recruiter)
        space = RecruiterSpaceFactory(certified=True, establishment=small.offer.establishment)
        other = recruitment(establishment=space.establishment)
        for one in received(other):
            other.refuse(one)
        found = figures(small)
        assert (found.counted, found.answered, found.level) == (10, 5, LabelLevel.NONE)


@defeats("pausing")
def test_a_pause_stops_what_would_come_and_not_what_came(small: Recruitment) -> None:
    received(small)
    following.pause(small.offer.establishment, actor=small.recruiter, weeks=8)
    person = small.someone()
    with pytest.raises(ApplicationRefused) as paused:
        actions_apply.apply(
            person, actor=owner(person), establishment=small.offer.establishment, parts=PARTS
        )  # a spontaneous one
    assert "ne reçoit pas de nouvelle candidature" in paused.value.reason
    small.apply()  # the offer stays open
    closed_by_time()
    with after(62):
        assert figures(small).counted == 6
        assert figures(small).answered == 0


@defeats("contesting")
def test_contesting_everything_changes_nothing_before_an_adviser_decides(small: Recruitment) -> None:
    applications = received(small)
    closed_by_time()
    with after(62):
        words = "Nous avions répondu de vive voix."
        contests = [following.contest_count(fresh(one), actor=small.recruiter, words=words) for one in applications]
        assert figures(small).counted == 5
        with pytest.raises(LabelRefused) as twice:
            following.contest_count(fresh(applications[0]), actor=small.recruiter, words=words)
        assert twice.value.reason == "Ce compte a déjà été contesté : il ne l'est qu'une fois."
        for contest in contests[1:]:
            following.judge_count(contest, actor=small.adviser, is_accepted=False, outcome="La personne dit non.")
        assert figures(small).counted == 5
        following.judge_count(contests[0], actor=small.adviser, is_accepted=True, outcome="La personne confirme.")
        assert figures(small).counted == 4


@defeats("rounding")
def test_nothing_is_rounded_before_it_is_compared(small: Recruitment) -> None:
    assert Figures(1_000, 599, 800, 24).percent == 59
    assert level(Figures(1_000, 599, 800, 24)) == LabelLevel.NONE
    assert level(Figures(1_000, 600, 800, 24)) == LabelLevel.ONE
    assert level(Figures(19, 18, 19, 24)) == LabelLevel.TWO  # 94.7 %
    people = [PersonFactory() for _ in range(ENOUGH)]
    for rank in range(17):  # 10 of 17: 58.8 %, which is 59 to who rounds
        hours = 24.0 if rank < 10 else None
        counted(small.offer.establishment, hours=hours, person=people[rank % ENOUGH], inbox=None)
    assert figures(small).level == LabelLevel.NONE
    for rank in range(20):  # 719 hours and 59 minutes are within thirty days, 720 h 59 too, 721 h are not
        counted(small.offer.establishment, hours=720 + 59 / 60, person=people[rank % ENOUGH])
    assert (figures(small).median_hours, figures(small).level) == (720, LabelLevel.ONE)


@defeats("backdating")
def test_an_answer_is_dated_by_its_arrival_and_its_trace_cannot_be_changed(small: Recruitment) -> None:
    applications = received(small)
    with after(50):
        for one in applications:  # « nous l'avions appelée le premier jour », says the employer
            noted = fresh(actions.refuse(fresh(one), actor=small.adviser, reason="other_kept"))
            assert (noted.answered_at, noted.channel) == (MONDAY + dt.timedelta(days=50), "phone")
        found = figures(small)
        assert (found.median_hours, found.level) == (50 * 24, LabelLevel.NONE)
        lines = JournalEntry.objects.filter(subject_id=str(applications[0].pk))
        with pytest.raises(DatabaseError), transaction.atomic():
            lines.update(at=MONDAY)
        assert queries_label.recount_from_journal(small.offer.establishment) == found
