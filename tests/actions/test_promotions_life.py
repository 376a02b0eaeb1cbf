"""The life of a promotion after it was sent: answers, reminders, expiry, outcome, what stops it."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection

from entremise.employers import actions as employers
from entremise.kernel import journal, links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import job_actor
from entremise.kernel.erasure import declarations
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.people import actions as people
from entremise.people import queries as people_queries
from entremise.people.enums import ActKind, Visibility
from entremise.people.models import IntermediationAct
from entremise.promotions import actions, actions_segments, jobs, queries
from entremise.promotions.enums import Answer, PromotionState
from entremise.promotions.links import ANSWER
from entremise.promotions.models import Promotion, Segment
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import ContactFactory
from tests.factories.people import owner
from tests.factories.promotions import MONDAY, World, again, employer, link_of, world

pytestmark = pytest.mark.django_db
SYSTEM = job_actor("test")


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small(clock) -> World:
    return world()


@pytest.fixture
def sent(small) -> Promotion:
    return small.send()[0]


def test_the_person_reads_that_an_employer_saw_her_name(small) -> None:
    named = small.send(visibility=Visibility.NAMED)[0]
    actions.open_(named, actor=employer(named))
    (look,) = people_queries.access_history(small.person)
    assert look.what == "Votre nom et vos coordonnées"


def test_the_person_reads_that_an_employer_saw_her_profile_without_her_name(small, sent) -> None:
    actions.open_(sent, actor=employer(sent))
    (look,) = people_queries.access_history(small.person)
    assert look.what == "Votre profil, sans votre nom"


def at(clock, *, days: float) -> None:
    clock.move_to(MONDAY + dt.timedelta(days=days))


def mails(kind: str) -> int:
    return OutboxMessage.objects.filter(kind=f"promotions.{kind}").count()


def acts(kind: ActKind) -> int:
    return IntermediationAct.objects.unscoped("test").filter(kind=kind).count()


def test_an_employer_answers_and_everybody_is_told(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING, word="Plutôt le matin.")
    answered = again(sent)
    assert (answered.state, answered.answer, answered.answer_channel) == ("answered", "meeting", "link")
    assert answered.next_reminder_at is None
    assert answered.opened_at is not None
    receipt = OutboxMessage.objects.get(kind="promotions.receipt")
    assert receipt.recipient == small.first.email
    assert "Nadia Ferrand (Agence de Valence) vous appelle" in receipt.text
    assert OutboxMessage.objects.get(kind="promotions.answer_notice").recipient == small.user.email
    told = OutboxMessage.objects.get(kind="promotions.answered")
    assert "Cet employeur souhaite vous rencontrer." in told.text
    assert "Plutôt le matin" not in told.text  # the word is for the team
    assert acts(ActKind.MEETING) == 1


def test_a_refusal_is_told_kindly_with_its_reason(sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.NO, no_reason="distance", word="Vraiment trop loin !")
    told = OutboxMessage.objects.get(kind="promotions.answered").text
    assert "Cet employeur cherche un autre profil. Le trajet lui semble trop long." in told
    assert "Vraiment" not in told
    assert again(sent).answer_word == "Vraiment trop loin !"


def test_a_no_needs_a_reason(sent) -> None:
    with pytest.raises(actions.PromotionRefused) as refusal:
        actions.answer(sent, actor=employer(sent), answer=Answer.NO)
    assert refusal.value.reason == "Dites-nous pourquoi ce profil ne convient pas : choisissez une raison."
    assert again(sent).state == PromotionState.SENT
    assert not link_of(sent).used_at


def test_an_unknown_answer_is_refused(sent) -> None:
    with pytest.raises(actions.PromotionRefused, match="Choisissez une réponse"):
        actions.answer(sent, actor=employer(sent), answer="perhaps")


def test_an_employer_cannot_answer_twice(sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)
    with pytest.raises(TransitionRefused, match="a déjà répondu"):
        actions.answer(sent, actor=employer(sent), answer=Answer.NOT_NOW)
    assert again(sent).answer == Answer.KEPT


def test_the_link_of_one_promotion_does_not_answer_another(small) -> None:
    first, second = small.send(small.first, small.second)
    with pytest.raises(AccessDenied, match="ne concerne pas cette page"):
        actions.answer(first, actor=employer(second), answer=Answer.KEPT)


def test_an_answer_may_be_changed_for_thirty_days(clock, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)
    at(clock, days=30)
    actions.rectify(sent, actor=employer(sent), answer=Answer.MEETING)
    changed = again(sent)
    assert (changed.answer, changed.answered_at) == ("meeting", MONDAY)
    assert (
        "a changé sa réponse"
        in OutboxMessage.objects.filter(kind="promotions.answer_notice").latest("created_at").text
    )
    at(clock, days=31)
    with pytest.raises(TransitionRefused, match="se modifie pendant 30 jours"):
        actions.rectify(sent, actor=employer(sent), answer=Answer.NOT_NOW)


def test_nothing_changes_once_the_outcome_is_known(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    actions.record_outcome(sent, actor=small.adviser, outcome="meeting", on=MONDAY.date())
    with pytest.raises(TransitionRefused, match="La suite de cette promotion est déjà connue"):
        actions.rectify(sent, actor=employer(sent), answer=Answer.NO, no_reason="other")


def test_changing_back_and_forth_counts_one_meeting(sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    actions.rectify(sent, actor=employer(sent), answer=Answer.KEPT)
    actions.rectify(sent, actor=employer(sent), answer=Answer.MEETING)
    assert acts(ActKind.MEETING) == 1


def test_an_answer_heard_on_the_telephone_is_logged(small, sent) -> None:
    actions.log_answer(sent, actor=small.adviser, answer=Answer.IMMERSION, word="Dès lundi")
    logged = again(sent)
    assert (logged.state, logged.answer_channel, logged.answer) == ("answered", "phone", "immersion")
    assert mails("receipt") == mails("answer_notice") == 0
    assert mails("answered") == 1
    assert acts(ActKind.INTRODUCTION) == 1


def test_an_adviser_of_another_territory_writes_nothing(sent) -> None:
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    for verb, facts in [
        ("log_answer", {"answer": Answer.KEPT}),
        ("withdraw", {}),
        ("record_outcome", {"outcome": "none", "on": MONDAY.date()}),
    ]:
        with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
            getattr(actions, verb)(sent, actor=stranger, **facts)
    assert again(sent).state == PromotionState.SENT


def test_opening_is_noted_and_shown_to_the_person(small, sent) -> None:
    actions.open_(sent, actor=employer(sent))
    assert again(sent).state == PromotionState.OPENED
    (look,) = people_queries.access_history(small.person)
    assert "employeur" in look.who


def test_an_answer_without_javascript_counts_as_one_look(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)
    assert len(people_queries.access_history(small.person)) == 1


def test_reminders_leave_on_time_with_the_same_link(clock, sent) -> None:
    at(clock, days=6.9)
    assert jobs.run_due() == (0, 0)
    at(clock, days=7)
    assert jobs.run_due() == (1, 0)
    assert jobs.run_due() == (0, 0)
    at(clock, days=14)
    assert jobs.run_due() == (1, 0)
    first, last = OutboxMessage.objects.filter(kind="promotions.reminder").order_by("created_at")
    assert links.token(link_of(sent)) in first.text
    assert links.token(link_of(sent)) in last.text
    assert "dernier rappel" in last.text
    assert "dernier rappel" not in first.text
    at(clock, days=20)
    assert jobs.run_due() == (0, 0)
    assert MailLink.objects.count() == 1


def test_no_reminder_leaves_at_night(clock, sent) -> None:
    at(clock, days=7.5)
    assert jobs.run_due() == (0, 0)
    with pytest.raises(TransitionRefused, match="Aucun rappel"):
        actions.remind(sent, actor=SYSTEM)
    at(clock, days=8)
    assert jobs.run_due() == (1, 0)


def test_a_late_worker_does_not_send_two_reminders_in_a_row(clock, sent) -> None:
    at(clock, days=15)
    assert jobs.run_due() == (1, 0)
    assert again(sent).next_reminder_at >= MONDAY + dt.timedelta(days=18)
    assert jobs.run_due() == (0, 0)


def test_nobody_is_reminded_after_answering(clock, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)
    at(clock, days=7)
    assert jobs.run_due() == (0, 0)


def test_silence_expires_and_a_late_answer_is_still_welcome(clock, sent) -> None:
    at(clock, days=27)
    with pytest.raises(TransitionRefused, match="pas encore atteint sa date d'expiration"):
        actions.expire(sent, actor=SYSTEM)
    at(clock, days=28)
    assert jobs.run_due() == (0, 1)
    assert again(sent).state == PromotionState.EXPIRED
    at(clock, days=57)
    actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)
    assert again(sent).answer == Answer.KEPT


def test_a_month_after_expiry_it_is_too_late(clock, sent) -> None:
    at(clock, days=28)
    jobs.run_due()
    at(clock, days=60)
    with pytest.raises(TransitionRefused, match="Le délai pour répondre est passé"):
        actions.answer(sent, actor=employer(sent), answer=Answer.KEPT)


def test_a_hire_is_recorded_with_its_contract_and_date(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.OFFER)
    actions.record_outcome(
        sent, actor=small.adviser, outcome="hired", on=dt.date(2026, 12, 1), contract="cdi", word="Bravo"
    )
    closed = again(sent)
    assert (closed.state, closed.outcome, closed.outcome_contract) == ("closed", "hired", "cdi")
    assert closed.outcome_on == dt.date(2026, 12, 1)
    actions.record_outcome(sent, actor=small.adviser, outcome="hired", on=dt.date(2026, 12, 2), contract="cdd")
    assert acts(ActKind.HIRE) == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"outcome": "hired", "on": dt.date(2026, 12, 1)}, "Pour une embauche, précisez le contrat."),
        ({"outcome": "hired", "on": dt.date(2026, 12, 1), "contract": "xyz"}, "précisez le contrat"),
        ({"outcome": "none", "on": dt.date(2026, 11, 22)}, "doit suivre l'envoi"),
        ({"outcome": "none", "on": dt.date(2028, 1, 1)}, "rester dans l'année à venir"),
        ({"outcome": "rich", "on": dt.date(2026, 12, 1)}, "Choisissez la suite"),
    ],
)
def test_an_impossible_outcome_is_refused_with_a_sentence(small, sent, facts, sentence) -> None:
    with pytest.raises(actions.PromotionRefused, match=sentence):
        actions.record_outcome(sent, actor=small.adviser, **facts)
    assert again(sent).state == PromotionState.SENT


def test_withdrawing_the_consent_stops_everything_at_once(small) -> None:
    answered, waiting = small.send(small.first, small.second)
    actions.answer(answered, actor=employer(answered), answer=Answer.KEPT)
    people.withdraw_consent(small.person, actor=owner(small.person))
    assert (again(answered).state, again(waiting).state) == ("answered", "withdrawn")
    for promotion in (answered, waiting):
        with pytest.raises(links.LinkRefused) as refusal:
            links.read(ANSWER, links.token(link_of(promotion)))
        assert refusal.value.reason == links.Refusal.REVOKED
    waiting_mail = OutboxMessage.objects.get(kind="promotions.profile", recipient=small.second.email)
    assert waiting_mail.state == OutboxMessage.State.CANCELLED
    stopped = OutboxMessage.objects.get(kind="promotions.stopped_notice")
    assert "la personne a retiré son accord" in stopped.text


def test_the_bearer_of_a_revoked_link_cannot_act_any_more(small, sent) -> None:
    bearer = employer(sent)
    people.withdraw_consent(small.person, actor=owner(small.person))
    with pytest.raises(AccessDenied):
        actions.answer(sent, actor=bearer, answer=Answer.KEPT)


def test_a_closure_stops_what_waits_and_tells_the_adviser(small, sent) -> None:
    employers.close(small.first.establishment, actor=small.adviser, closed_on=MONDAY.date())
    assert again(sent).state == PromotionState.WITHDRAWN
    assert "l'établissement a fermé" in OutboxMessage.objects.get(kind="promotions.stopped_notice").text


def test_an_adviser_withdraws_without_a_message_to_themselves(small, sent) -> None:
    actions.withdraw(sent, actor=small.adviser)
    assert again(sent).state == PromotionState.WITHDRAWN
    assert mails("stopped_notice") == 0
    with pytest.raises(TransitionRefused, match="Cette promotion a été retirée"):
        actions.log_answer(sent, actor=small.adviser, answer=Answer.KEPT)


def test_an_opposition_stops_every_promotion_to_that_address(small) -> None:
    same_person = ContactFactory(email=small.first.email.upper())
    first, other, elsewhere = small.send(small.first, same_person, small.second)
    actions.oppose(first, actor=employer(first))
    assert [again(p).state for p in (first, other, elsewhere)] == ["withdrawn", "withdrawn", "sent"]
    small.first.refresh_from_db()
    assert small.first.opposed_at == MONDAY


def test_an_opposition_needs_the_link_of_that_promotion(small) -> None:
    first, second = small.send(small.first, small.second)
    with pytest.raises(AccessDenied):
        actions.oppose(first, actor=employer(second))


def test_the_timeline_says_who_has_the_ball_and_what_comes_next(clock, small, sent) -> None:
    moments = [(m.kind, m.state) for m in queries.timeline(again(sent))]
    assert moments == [("sent", "done"), ("waiting", "current"), ("reminder", "next"), ("expiry", "next")]
    assert queries.ball(again(sent)) == "employer"
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    assert queries.ball(again(sent)) == "adviser"
    assert [m.kind for m in queries.timeline(again(sent))][-1] == "follow_up"
    assert list(queries.waiting_for_adviser(small.adviser, MONDAY)) == [sent]


def test_a_list_goes_on_after_its_last_row(clock, small) -> None:
    many = []
    for minute in range(queries.PAGE + 2):
        clock.move_to(MONDAY + dt.timedelta(minutes=minute))
        many += small.send(acknowledged=True)
    first = queries.listed(queries.Filters(), small.adviser)
    second = queries.listed(queries.Filters(), small.adviser, after=first.next_key)
    assert [*first.rows, *second.rows] == many[::-1]
    assert (first.total, second.next_key) == (len(many), "")


def test_stages_count_what_they_list(small) -> None:
    kept, met = small.send(small.first, small.second)
    actions.answer(kept, actor=employer(kept), answer=Answer.KEPT)
    actions.answer(met, actor=employer(met), answer=Answer.MEETING)
    counts = queries.stage_counts(small.adviser)
    assert {name: n for name, n in counts.items() if n} == {"good": 1, "answered": 1}
    for stage, count in counts.items():
        assert queries.listed(queries.Filters(stage), small.adviser).total == count
    found = queries.listed(queries.Filters(text="ALPES"), small.adviser)
    assert [p.pk for p in found.rows] == [met.pk]


def test_a_good_answer_left_aside_is_overdue_after_a_week(clock, small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    assert queries.stage_counts(small.adviser)["overdue"] == 0
    at(clock, days=7.01)
    assert queries.stage_counts(small.adviser)["overdue"] == 1


def test_a_person_sees_her_own_promotions_and_nobody_else_s(small, sent) -> None:
    assert list(queries.of_person(small.person, owner(small.person))) == [sent]
    assert not queries.of_person(small.person, owner(world().person))


def test_segments_are_saved_shared_and_removed(small) -> None:
    saved = actions_segments.save_segment(small.agency, actor=small.adviser, name=" Cuisine  ", query="metier=G1602")
    colleague = actor_of(professional(agency=AgencyFactory()))
    assert [s.name for s in queries.segments(colleague)] == ["Cuisine"]
    with pytest.raises(AccessDenied, match="appartient à une autre agence"):
        actions_segments.remove_segment(saved, actor=colleague)
    actions_segments.remove_segment(saved, actor=small.adviser)
    assert not Segment.objects.unscoped("test").exists()


@pytest.mark.parametrize(
    ("name", "query"), [(" ", "a=1"), ("x" * 121, "a=1"), ("Cuisine", ""), ("Cuisine", "a" * 2001)]
)
def test_an_empty_segment_is_refused(small, name, query) -> None:
    with pytest.raises(actions.PromotionRefused):
        actions_segments.save_segment(small.agency, actor=small.adviser, name=name, query=query)


def test_erasing_a_person_forgets_the_words_and_keeps_bare_facts(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.NO, no_reason="other", word="Un mot")
    (mine,) = [d for d in declarations() if d.domain == "promotions"]
    assert mine.export(small.person.pk)[0]["establishment__name"] == "Les Jardins de Flore"
    assert mine.erase(small.person.pk) > 0
    erased = again(sent)
    assert (erased.message, erased.answer_word, erased.answer) == ("", "", "no")
    assert not OutboxMessage.objects.filter(about_type="promotions.promotion").exists()
    assert not MailLink.objects.exists()


def test_the_journal_holds_codes_and_no_words(small, sent) -> None:
    actions.answer(sent, actor=employer(sent), answer=Answer.NO, no_reason="other", word="Un mot")
    assert all("Un mot" not in str(line.data) for line in journal.history(sent))
    assert journal.history(sent).filter(verb="promotions.answer").get().data == {"answer": "no", "no_reason": "other"}


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_answers_give_one_accepted(small, sent) -> None:
    barrier, outcomes = threading.Barrier(2), []

    def submit(answer: Answer) -> None:
        bearer = employer(sent)
        barrier.wait()
        try:
            actions.answer(sent, actor=bearer, answer=answer)
            outcomes.append(str(answer))
        except TransitionRefused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[answer]) for answer in (Answer.KEPT, Answer.MEETING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert again(sent).answer in outcomes
    assert "L'employeur a déjà répondu." in outcomes
    assert mails("receipt") == 1
