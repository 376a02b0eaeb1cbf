"""Meetings proposed after a favourable opinion: moments, one chosen, none suiting, cancelled; both sides are told."""

import datetime as dt

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.reciprok import actions, actions_meetings, queries_meetings, queries_team
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import Meeting
from entremise.reciprok.rules import ApplicationRefused
from tests.factories.applications import MONDAY, Recruitment, fresh, recruitment
from tests.factories.people import owner, set_identity

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def here() -> Recruitment:
    return recruitment()


@pytest.fixture
def favourable(here: Recruitment) -> Application:
    return here.favour(here.apply(), step="meeting")


def propose(here: Recruitment, application: Application, **facts: object) -> Meeting:
    told = {"kind": "meeting", "slots": [clock.now() + DAY, clock.now() + 2 * DAY], "place": "12 rue des Lilas"}
    return actions_meetings.propose_meeting(application, actor=here.recruiter, **told | facts)


def one_to(address: str, words: str) -> OutboxMessage:
    """Return the one message to this address that says these words."""
    (found,) = [one for one in OutboxMessage.objects.filter(recipient=address) if words in one.subject + one.text]
    return found


def recruiter_email(here: Recruitment) -> str:
    return here.link.recipient


def test_the_persons_word_on_a_proposal_makes_the_opinion_count_and_the_journal_says_so(here, favourable) -> None:
    made = propose(here, favourable)
    assert fresh(favourable).count == ""
    assert queries_meetings.current(fresh(favourable)) == made
    actions_meetings.choose_slot(made, actor=owner(favourable.person), slot=made.slots[0])
    assert fresh(favourable).count == "answered"
    assert fresh(favourable).counted_at == clock.now()
    (entry,) = JournalEntry.objects.filter(verb="reciprok.meeting_chosen")
    assert entry.subject_id == str(favourable.pk)
    assert entry.data["count"] == "answered"
    assert entry.data["establishment"] == str(favourable.establishment_id)


def test_a_second_word_counts_nothing_more(here, favourable) -> None:
    made = propose(here, favourable)
    actions_meetings.choose_slot(made, actor=owner(favourable.person), slot=made.slots[0])
    actions_meetings.decline_slots(made, actor=owner(favourable.person))
    (entry,) = JournalEntry.objects.filter(verb="reciprok.meeting_declined")
    assert "count" not in entry.data


def test_the_person_receives_the_moments_and_chooses_one(here, favourable) -> None:
    made = propose(here, favourable, words="Demandez Marc.")
    person = favourable.person
    told = one_to(person.user.email, "vous propose un rendez-vous")
    assert "mardi 24 novembre 2026, 10 h 00" in told.text
    assert "Demandez Marc." in told.text
    chosen = actions_meetings.choose_slot(made, actor=owner(person), slot=made.slots[1])
    assert (chosen.state, chosen.chosen_at) == ("chosen", made.slots[1])
    assert "12 rue des Lilas" in one_to(person.user.email, "est fixé").text
    news = one_to(recruiter_email(here), "Rendez-vous fixé")
    assert person.reference in news.text
    assert "Diallo" not in news.text
    assert "rendez-vous.ics" in news.text


def test_who_has_no_mailbox_is_told_by_sms(here) -> None:
    person = here.someone()
    set_identity(person, email="")
    propose(here, here.favour(here.apply(person), step="meeting"))
    assert "/candidatures/" in one_to("+33612345678", "Choisissez un créneau").text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"slots": []}, "Proposez au moins un créneau : la personne choisira."),
        ({"slots": [MONDAY - HOUR]}, "Chaque créneau doit être à venir, et dans les deux mois."),
        ({"slots": [MONDAY + 90 * DAY]}, "Chaque créneau doit être à venir, et dans les deux mois."),
        ({"slots": [MONDAY + n * HOUR for n in range(1, 7)]}, "Proposez 5 créneaux au plus."),
        ({"minutes": 37}, "Choisissez une des durées proposées."),
        ({"kind": "dance"}, "Dites ce que vous proposez : un entretien, un appel, un essai…"),
        ({"place": " "}, "Dites où la personne doit venir, ou à quelle adresse se connecter."),
        ({"words": "Venez, espèce d'idiote"}, "Ces mots peuvent blesser"),
        ({"words": "a" * 501}, "Ce message est trop long : 500 caractères au plus."),
    ],
)
def test_a_proposal_that_cannot_be_kept_is_refused_with_a_sentence(here, favourable, facts, sentence) -> None:
    with pytest.raises(ApplicationRefused) as refusal:
        propose(here, favourable, **facts)
    assert refusal.value.reason.startswith(sentence)
    assert fresh(favourable).count == ""


def test_a_call_needs_no_place(here, favourable) -> None:
    assert propose(here, favourable, kind="call", place="").place == ""


def test_without_a_favourable_opinion_nothing_is_proposed(here) -> None:
    with pytest.raises(ApplicationRefused) as refusal:
        propose(here, here.apply())
    assert refusal.value.reason == "Donnez d'abord un avis favorable à cette candidature."


def test_one_proposal_at_a_time(here, favourable) -> None:
    propose(here, favourable)
    with pytest.raises(ApplicationRefused) as refusal:
        propose(here, favourable)
    assert refusal.value.reason == "Un rendez-vous est déjà proposé à cette personne. Annulez-le d'abord."


def test_a_moment_that_was_not_proposed_or_is_past_is_not_chosen(here, favourable, moment) -> None:
    made, her = propose(here, favourable), owner(favourable.person)
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.choose_slot(made, actor=her, slot=made.slots[0] + HOUR)
    assert refusal.value.reason == "Choisissez un des créneaux proposés."
    moment.move_to(made.slots[0])
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.choose_slot(made, actor=her, slot=made.slots[0])
    assert refusal.value.reason.startswith("Ce créneau est passé.")


def test_nobody_else_chooses_for_her(here, favourable) -> None:
    made, other = propose(here, favourable), here.someone()
    with pytest.raises(AccessDenied) as refusal:
        actions_meetings.choose_slot(made, actor=owner(other), slot=made.slots[0])
    assert refusal.value.reason == "Cette candidature n'est pas la vôtre."


def test_when_no_moment_suits_the_employer_reads_why_and_proposes_others(here, favourable) -> None:
    made, her = propose(here, favourable), owner(favourable.person)
    actions_meetings.decline_slots(made, actor=her, words="Je travaille le matin.")
    assert "Je travaille le matin." in one_to(recruiter_email(here), "ne conviennent pas").text
    assert "Rendez-vous : aucun créneau ne convient" in [one.title for one in queries_team.moments(fresh(favourable))]
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.choose_slot(made, actor=her, slot=made.slots[0])
    assert refusal.value.reason == "Vous avez déjà répondu à cette proposition."
    assert propose(here, favourable).state == "proposed"


def test_a_fixed_meeting_may_still_be_given_up_by_her(here, favourable) -> None:
    made, her = propose(here, favourable), owner(favourable.person)
    actions_meetings.choose_slot(made, actor=her, slot=made.slots[0])
    assert actions_meetings.decline_slots(made, actor=her, words="Mon fils est malade.").state == "declined"
    assert queries_meetings.current(fresh(favourable)) is None
    told = one_to(recruiter_email(here), "Rendez-vous annulé par la personne")
    assert "ne viendra pas le mardi 24 novembre 2026, 10 h 00" in told.text
    assert "Mon fils est malade." in told.text
    assert "Aucun de vos créneaux" not in told.text
    titles = [one.title for one in queries_team.moments(fresh(favourable))]
    assert "Rendez-vous : le moment fixé ne convient plus" in titles


def test_a_cancelled_meeting_is_told_once_and_chosen_by_nobody(here, favourable) -> None:
    made, her = propose(here, favourable), owner(favourable.person)
    cancelled = actions_meetings.cancel_meeting(made, actor=here.recruiter, words="Le chef est retenu.")
    assert (cancelled.state, cancelled.sequence) == ("cancelled", 1)
    assert "Le chef est retenu." in one_to(favourable.person.user.email, "annule le rendez-vous").text
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.choose_slot(made, actor=her, slot=made.slots[0])
    assert refusal.value.reason == "L'employeur a annulé ce rendez-vous."
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.cancel_meeting(made, actor=here.recruiter)
    assert refusal.value.reason == "Ce rendez-vous n'est plus prévu : il n'y a rien à annuler."


def test_words_too_long_cancel_and_decline_nothing(here, favourable) -> None:
    made, long = propose(here, favourable), "Je travaille ce jour-là. " * 25
    for act, actor in (
        (actions_meetings.cancel_meeting, here.recruiter),
        (actions_meetings.decline_slots, owner(favourable.person)),
    ):
        with pytest.raises(ApplicationRefused) as refusal:
            act(made, actor=actor, words=long)
        told = (refusal.value.reason, refusal.value.field)
        assert told == ("Ce message est trop long : 500 caractères au plus.", "words")
    assert queries_meetings.current(fresh(favourable)) == made
    kept = long[: actions_meetings.LONGEST_WORDS]
    assert actions_meetings.decline_slots(made, actor=owner(favourable.person), words=kept).state == "declined"


@pytest.mark.parametrize(("minutes", "words"), [(15, "15 min"), (60, "1 h"), (90, "1 h 30"), (420, "7 h")])
def test_the_message_says_how_long_as_a_clock_does(here, favourable, minutes, words) -> None:
    propose(here, favourable, minutes=minutes)
    assert f", {words}. Choisissez" in one_to(favourable.person.user.email, "vous propose un rendez-vous").text


def test_who_withdrew_meets_nobody(here, favourable) -> None:
    made, her = propose(here, favourable), owner(favourable.person)
    actions.withdraw(favourable, actor=her)
    assert queries_meetings.current(fresh(favourable)) is None
    with pytest.raises(ApplicationRefused) as refusal:
        actions_meetings.choose_slot(made, actor=her, slot=made.slots[0])
    assert refusal.value.reason == "Cette candidature est terminée : ce rendez-vous n'a plus lieu d'être."


def test_another_employer_proposes_nothing(here, favourable) -> None:
    with pytest.raises(AccessDenied) as refusal:
        actions_meetings.propose_meeting(
            favourable, actor=recruitment().recruiter, kind="call", slots=[clock.now() + DAY]
        )
    assert refusal.value.reason == "Ces candidatures ne vous sont pas adressées."


def test_the_bearer_of_the_link_proposes_too(here, favourable) -> None:
    made = actions_meetings.propose_meeting(favourable, actor=here.by_link, kind="call", slots=[clock.now() + DAY])
    assert made.state == "proposed"


def test_who_withdraws_after_a_moment_was_chosen_is_not_waited_for(here, favourable) -> None:
    made = propose(here, favourable)
    actions_meetings.choose_slot(made, actor=owner(favourable.person), slot=made.slots[0])
    actions.withdraw(fresh(favourable), actor=owner(favourable.person))
    told = one_to(recruiter_email(here), "a retiré sa candidature")
    assert "La personne a retiré sa candidature." in told.text
    assert fresh(favourable).count == "answered"
