"""The follow-up of an offer: somebody presented, what the recruiter said, tasks, the alert when nobody comes."""

import datetime as dt

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.offers import actions, jobs_followup, queries_followup
from entremise.offers import actions_followup as followup
from entremise.offers import rules_followup as rules
from entremise.offers.actions import OfferRefused
from entremise.offers.enums_followup import Feedback, NotKept, TaskKind
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask, Introduction
from entremise.people.models import IntermediationAct
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.offers import OfferFactory, again
from tests.factories.people import PersonFactory
from tests.factories.promotions import World, world

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def small() -> World:
    return world()


@pytest.fixture
def offer(small: World) -> Offer:
    return OfferFactory(agency=small.agency, adviser=small.user, open=True)


def kinds(offer: Offer) -> list[str]:
    rows = FollowUpTask.objects.unscoped("test").filter(offer=offer, done_at=None).order_by("due_on", "kind")
    return list(rows.values_list("kind", flat=True))


def acts(person) -> list[str]:
    return sorted(IntermediationAct.objects.unscoped("test").filter(person=person).values_list("kind", flat=True))


class TestPresenting:
    def test_somebody_presented_is_a_fact_and_the_recruiter_will_be_asked(self, small, offer):
        made = followup.introduce(offer, actor=small.adviser, person=small.person, note=" Motivée. ")
        assert (made.feedback, made.note, made.agency) == (Feedback.WAITING, "Motivée.", small.agency)
        assert acts(small.person) == ["introduction"]
        (task,) = queries_followup.due_tasks(small.adviser, clock.today() + rules.FEEDBACK_DAYS * DAY)
        assert (task.kind, task.assigned_to_id) == (TaskKind.FEEDBACK, small.user.pk)

    def test_once_for_one_offer(self, small, offer):
        followup.introduce(offer, actor=small.adviser, person=small.person)
        with pytest.raises(OfferRefused, match="déjà été présentée"):
            followup.introduce(offer, actor=small.adviser, person=small.person)
        assert acts(small.person) == ["introduction"]

    def test_nobody_without_her_agreement_nor_for_an_offer_that_is_not_open(self, small, offer):
        silent = PersonFactory()
        with pytest.raises(OfferRefused, match="n'a pas donné son accord"):
            followup.introduce(offer, actor=small.adviser, person=silent)
        draft = OfferFactory(agency=small.agency, adviser=small.user)
        with pytest.raises(OfferRefused, match="n'est pas ouverte"):
            followup.introduce(draft, actor=small.adviser, person=small.person)
        assert acts(silent) == acts(small.person) == []

    def test_not_from_another_territory(self, small, offer):
        far = actor_of(professional(agency=AgencyFactory(department_code="38")))
        with pytest.raises(AccessDenied):
            followup.introduce(offer, actor=far, person=small.person)
        assert not Introduction.objects.visible_to(far).exists()


class TestFeedback:
    def test_a_hire_is_recorded_once_and_nothing_more_is_asked(self, small, offer):
        made = followup.introduce(offer, actor=small.adviser, person=small.person)
        for _twice in range(2):
            made = followup.note_feedback(made, actor=small.adviser, feedback=Feedback.HIRED)
        assert acts(small.person) == ["hire", "introduction"]
        assert kinds(offer) == []

    def test_a_refusal_has_a_reason_and_only_a_refusal(self, small, offer):
        made = followup.introduce(offer, actor=small.adviser, person=small.person)
        with pytest.raises(OfferRefused, match="elle a droit à une réponse") as unsaid:
            followup.note_feedback(made, actor=small.adviser, feedback=Feedback.NOT_KEPT)
        assert unsaid.value.field == "not_kept"
        with pytest.raises(OfferRefused, match="que pour un refus"):
            followup.note_feedback(made, actor=small.adviser, feedback=Feedback.HIRED, not_kept=NotKept.SKILLS)
        with pytest.raises(OfferRefused, match="Dites ce que le recruteur"):
            followup.note_feedback(made, actor=small.adviser, feedback="perhaps")
        with pytest.raises(OfferRefused, match="une des raisons proposées"):
            followup.note_feedback(made, actor=small.adviser, feedback=Feedback.NOT_KEPT, not_kept="look")
        kept = followup.note_feedback(
            made, actor=small.adviser, feedback=Feedback.NOT_KEPT, not_kept=NotKept.EXPERIENCE
        )
        assert (kept.feedback, kept.not_kept) == ("not_kept", "experience")

    def test_an_interview_keeps_the_question_open(self, small, offer):
        made = followup.introduce(offer, actor=small.adviser, person=small.person)
        followup.note_feedback(made, actor=small.adviser, feedback=Feedback.INTERVIEW)
        assert kinds(offer) == [TaskKind.FEEDBACK]


class TestTasks:
    def test_an_opening_plans_its_life_once(self, small):
        today = clock.today()
        offer = OfferFactory(agency=small.agency, adviser=small.user, promised_on=today + 3 * DAY)
        actions.open_offer(offer, actor=small.adviser)
        assert jobs_followup.tend_all() == (1, 0)
        assert jobs_followup.tend_all() == (0, 0)
        assert kinds(offer) == [TaskKind.CANDIDATES, TaskKind.CALL, TaskKind.CLOSING]
        followup.introduce(offer, actor=small.adviser, person=small.person)
        assert TaskKind.CANDIDATES not in kinds(offer)

    def test_nobody_for_ten_days_alerts_once_and_somebody_stops_it(self, small):
        now = clock.now()
        offer = OfferFactory(agency=small.agency, adviser=small.user, open=True)
        with time_machine.travel(now + (rules.NOBODY_DAYS - 1) * DAY, tick=False):
            jobs_followup.tend_all()
            assert TaskKind.NOBODY_CAME not in kinds(offer)
        with time_machine.travel(now + rules.NOBODY_DAYS * DAY, tick=False):
            assert jobs_followup.tend_all() == (0, 1)
            assert jobs_followup.tend_all() == (0, 0)
            assert TaskKind.NOBODY_CAME in kinds(offer)
            followup.introduce(again(offer), actor=small.adviser, person=small.person)
            assert TaskKind.NOBODY_CAME not in kinds(offer)

    def test_a_task_is_done_once_and_put_off_within_the_year(self, small, offer):
        today = clock.today()
        task = followup.plan_task(
            offer, actor=small.adviser, kind=TaskKind.CALL, due_on=today + DAY, words=" Pour le planning "
        )
        assert (task.words, task.assigned_to_id) == ("Pour le planning", small.user.pk)
        with pytest.raises(OfferRefused, match="à partir d'aujourd'hui"):
            followup.put_off(task, actor=small.adviser, due_on=today - DAY)
        with pytest.raises(OfferRefused, match="dans l'année"):
            followup.plan_task(offer, actor=small.adviser, kind=TaskKind.CALL, due_on=today + 400 * DAY)
        with pytest.raises(OfferRefused, match="Dites quoi faire"):
            followup.plan_task(offer, actor=small.adviser, kind="dance", due_on=today)
        assert followup.put_off(task, actor=small.adviser, due_on=today + 9 * DAY).due_on == today + 9 * DAY
        first = followup.do_task(task, actor=small.adviser, outcome="Vu avec lui.")
        assert followup.do_task(task, actor=small.adviser, outcome="Encore").outcome == first.outcome
        with pytest.raises(OfferRefused, match="déjà faite"):
            followup.put_off(task, actor=small.adviser, due_on=today + DAY)

    def test_a_closed_offer_asks_for_nothing_more(self, small, offer):
        followup.plan_task(offer, actor=small.adviser, kind=TaskKind.CALL, due_on=clock.today())
        assert len(queries_followup.due_tasks(small.adviser, clock.today())) == 1
        actions.close(offer, actor=small.adviser, reason="abandoned")
        assert not queries_followup.due_tasks(small.adviser, clock.today())
