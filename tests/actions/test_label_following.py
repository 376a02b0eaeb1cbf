"""What follows the label: contested counts, employers asked why they stay silent, advice, pauses."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.reciprok import actions_label, jobs, jobs_label, queries_label
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as queries
from entremise.reciprok import rules_label_following as rules
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.enums import AsideReason, Count
from entremise.reciprok.models_label import Pause, Silence
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.labels import applied, counted, history, inbox_at
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
WHY = "a test"
WORDS = "Nous avions répondu par téléphone."


@pytest.fixture
def small() -> Iterator[Recruitment]:
    with time_machine.travel(MONDAY, tick=False):
        yield recruitment()


def after(days: float) -> time_machine.travel:
    return time_machine.travel(MONDAY + dt.timedelta(days=days), tick=False)


def refused(act: Any, *args: Any, **facts: Any) -> str:
    with pytest.raises((LabelRefused, AccessDenied)) as found:
        act(*args, **facts)
    return found.value.reason


def stranger() -> Any:
    return actor_of(professional(agency=AgencyFactory(department_code="38")))


def test_an_accepted_contest_leaves_the_label_at_once_and_the_recruiter_is_told(small: Recruitment) -> None:
    place = small.offer.establishment
    history(place, 5, 0)
    silent = [counted(place, hours=None) for _ in range(2)]
    actions_label.compute_all()
    contest = actions.contest_count(silent[0], actor=small.recruiter, words=WORDS)
    assert contest.due_on == dt.date(2026, 12, 7)  # ten working days after Monday 23 November
    assert list(queries.contests_due(small.adviser)) == [contest]
    assert list(queries.contests_due(stranger())) == []
    actions.judge_count(contest, actor=small.adviser, is_accepted=True, outcome="La personne le confirme.")
    kept = fresh(silent[0])
    assert (kept.count, kept.aside_reason) == (Count.ASIDE, AsideReason.CONTEST)
    score = queries_label.score_of(place.pk)
    assert score is not None
    assert (score.counted_count, score.level) == (6, 2)
    told = OutboxMessage.objects.get(kind="reciprok.count_judged")
    assert "Un conseiller vous donne raison" in told.text
    assert "La personne le confirme." in told.text
    line = JournalEntry.objects.get(verb="reciprok.count_judged")
    assert (line.subject_id, line.data["count"], line.data["verdict"]) == (str(kept.pk), "aside", "accepted")
    assert list(queries.contests_due(small.adviser)) == []


def test_a_refused_contest_keeps_the_silence_and_says_why(small: Recruitment) -> None:
    silent = counted(small.offer.establishment, hours=None)
    contest = actions.contest_count(silent, actor=small.recruiter, words=WORDS)
    actions.judge_count(contest, actor=small.adviser, is_accepted=False, outcome="Aucune trace d'un appel.")
    assert fresh(silent).count == Count.SILENT
    assert "count" not in JournalEntry.objects.get(verb="reciprok.count_judged").data
    assert "elle reste comptée" in OutboxMessage.objects.get(kind="reciprok.count_judged").text
    again = {"actor": small.adviser, "is_accepted": True, "outcome": "Après réflexion, oui."}
    assert refused(actions.judge_count, contest, **again) == "Un collègue a déjà répondu à cette contestation."
    assert fresh(silent).count == Count.SILENT


def test_only_who_it_concerns_contests_and_judges(small: Recruitment) -> None:
    place = small.offer.establishment
    silent, answered = counted(place, hours=None), counted(place, hours=5)
    elsewhere = counted(EstablishmentFactory(), hours=None)
    told = {"actor": small.recruiter, "words": WORDS}
    reason = "Votre espace recruteur n'est pas certifié pour cet établissement."
    assert refused(actions.contest_count, elsewhere, **told) == reason
    only = "Seule une candidature comptée « restée sans réponse » se conteste."
    assert refused(actions.contest_count, answered, **told) == only
    empty = {"actor": small.recruiter, "words": " non "}
    assert "Expliquez-vous en une phrase" in refused(actions.contest_count, silent, **empty)
    contest = actions.contest_count(silent, **told)
    verdict = {"is_accepted": True, "outcome": "La personne le confirme."}
    far = "Cet établissement relève d'un autre territoire que le vôtre."
    assert refused(actions.judge_count, contest, actor=stranger(), **verdict) == far
    assert refused(actions.judge_count, contest, actor=small.recruiter, **verdict) != ""
    assert fresh(silent).count == Count.SILENT


def test_who_leaves_three_people_waiting_without_the_label_is_asked_once_in_two_months() -> None:
    with after(0):
        silent, few, labelled, closed = (EstablishmentFactory() for _ in range(4))
        for place, many in ((silent, 3), (few, 2), (labelled, 3), (closed, 3)):
            ContactFactory(establishment=place, privileged=True)
            for _ in range(many):
                counted(place, hours=None, ago_days=80)
        history(labelled, 15, 0)
        type(closed).objects.filter(pk=closed.pk).update(closed_on=clock.today())
        actions_label.compute_all()
        assert jobs_label.ask_the_silent() == 1
        assert jobs_label.ask_the_silent() == 0
        rows: Any = Silence.objects.unscoped(WHY)
        assert [row.establishment for row in rows.all()] == [silent]
        assert OutboxMessage.objects.filter(kind="reciprok.why_silent").count() == 1
    with after(61):
        assert jobs_label.ask_the_silent() == 1


def test_advice_that_is_wanted_is_a_task_until_somebody_gives_it(small: Recruitment) -> None:
    place = small.offer.establishment
    for _ in range(3):
        counted(place, hours=None, ago_days=80)
    assert jobs_label.ask_the_silent() == 1
    inbox = inbox_at(place)
    told = {"actor": small.recruiter, "reason": "too_many"}
    assert refused(actions.explain_silence, inbox, actor=small.recruiter, reason="non") == (
        "Choisissez la raison la plus proche."
    )
    silence = actions.explain_silence(inbox, **told, is_advice_wanted=True)
    assert silence.due_on == dt.date(2026, 12, 7)
    assert list(queries.advice_due(small.adviser)) == [silence]
    assert list(queries.advice_due(stranger())) == []
    outcome = "Nous avons relu l'offre ensemble."
    assert "autre territoire" in refused(actions.advice_done, silence, actor=stranger(), outcome=outcome)
    actions.advice_done(silence, actor=small.adviser, outcome=outcome)
    assert list(queries.advice_due(small.adviser)) == []
    already = "Ce conseil est déjà donné, ou n'est plus demandé."
    assert refused(actions.advice_done, silence, actor=small.adviser, outcome=outcome) == already
    assert "déjà rappelé" in refused(actions.explain_silence, inbox, **told)


def test_another_employer_does_not_answer_in_their_place(small: Recruitment) -> None:
    inbox = inbox_at(EstablishmentFactory())
    told = {"actor": small.recruiter, "reason": "too_many"}
    assert refused(actions.explain_silence, inbox, **told) == "Ces candidatures ne vous sont pas adressées."


def silent_for_months(small: Recruitment, many: int = rules.CONTACTS, days: int = 160) -> Any:
    place = small.offer.establishment
    person = PersonFactory()
    for rank in range(many):
        applied(place, person=person, sent_at=clock.now() - dt.timedelta(days=days - rank), state="unanswered")
    return place


def pauses() -> list[Pause]:
    rows: Any = Pause.objects.unscoped(WHY)
    return list(rows.order_by("announced_at"))


def test_five_months_of_silence_are_announced_a_week_before_new_applications_stop(small: Recruitment) -> None:
    place = silent_for_months(small)
    assert jobs_label.tend_pauses() == (0, 1)
    assert jobs_label.tend_pauses() == (0, 0)
    told = OutboxMessage.objects.get(kind="reciprok.pause_announced")
    assert "à partir du lundi 30 novembre" in told.text
    assert queries_label.pause_of(place.pk, clock.now()) is None
    with after(7.1):
        found = queries_label.pause_of(place.pk, clock.now(), to_offer=True)
        assert found is not None
        assert refused(actions.lift_pause, found, actor=small.recruiter) == (
            "Seul un conseiller lève cette pause : appelez votre agence."
        )
        assert refused(actions.lift_pause, found, actor=small.adviser) == "Dites pourquoi vous levez cette pause."
        actions.lift_pause(found, actor=small.adviser, words="Ils ont recruté une assistante.")
        assert queries_label.pause_of(place.pk, clock.now()) is None
        assert jobs_label.tend_pauses() == (0, 0)  # the silence is counted anew from there


def test_a_pause_of_ones_own_does_not_count_the_silence_anew(small: Recruitment) -> None:
    place = silent_for_months(small)
    actions.pause(place, actor=small.recruiter, weeks=2)
    (own,) = pauses()
    actions.lift_pause(own, actor=small.recruiter)
    assert jobs_label.tend_pauses() == (0, 1)


def test_one_answer_before_the_day_lifts_the_pause_by_itself(small: Recruitment) -> None:
    place = silent_for_months(small)
    late = small.apply()
    jobs_label.tend_pauses()
    with after(3):
        small.refuse(fresh(late))
    with after(7.1):
        assert queries_label.pause_of(place.pk, clock.now()) is None
        assert jobs_label.tend_pauses() == (1, 0)
        (pause,) = pauses()
        assert pause.lifted_at is not None
        assert pause.lifted_by is None


@pytest.mark.parametrize(("many", "days"), [(49, 160), (50, 120)])
def test_fewer_people_or_fewer_months_announce_nothing(small: Recruitment, many: int, days: int) -> None:
    silent_for_months(small, many, days)
    assert jobs_label.tend_pauses() == (0, 0)
    assert pauses() == []


def test_one_answer_in_the_five_months_announces_nothing(small: Recruitment) -> None:
    place = silent_for_months(small)
    counted(place, hours=24, ago_days=30)
    assert jobs_label.tend_pauses() == (0, 0)


def test_ones_own_pause_ends_by_itself_spares_offers_and_reminders(small: Recruitment) -> None:
    place = small.offer.establishment
    small.apply()
    assert refused(actions.pause, place, actor=small.recruiter, weeks=3) == (
        "Une pause dure deux, quatre ou huit semaines."
    )
    actions.pause(place, actor=small.recruiter, weeks=2)
    twice = "Une pause est déjà annoncée ou en cours pour cet établissement."
    assert refused(actions.pause, place, actor=small.recruiter, weeks=2) == twice
    assert "pas certifié" in refused(actions.pause, EstablishmentFactory(), actor=small.recruiter, weeks=2)
    assert queries_label.pause_of(place.pk, clock.now()) is not None
    assert queries_label.pause_of(place.pk, clock.now(), to_offer=True) is None
    with after(10):
        assert jobs.run_due()["reminded"] == 0
    with after(14.1):
        assert queries_label.pause_of(place.pk, clock.now()) is None
        assert jobs_label.tend_pauses() == (1, 0)
        assert jobs.run_due()["reminded"] == 1
        actions.pause(place, actor=small.recruiter, weeks=4)


def test_months_are_counted_on_the_calendar() -> None:
    assert rules.months_before(dt.date(2026, 7, 31), 5) == dt.date(2026, 2, 28)
    assert rules.months_before(dt.date(2026, 3, 15), 5) == dt.date(2025, 10, 15)
