"""The inbox of an offer: its readers are told, reminded with the same link, helped, asked to answer everybody."""

import datetime as dt
import re

import pytest
import time_machine

from entremise.kernel import mail
from entremise.kernel.access import AccessDenied
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions as offers
from entremise.reciprok import actions, jobs, queries
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.mails import InboxReminder
from entremise.reciprok.receivers import close_the_door
from entremise.reciprok.rules import ApplicationRefused
from tests.factories.accounts import actor_of
from tests.factories.applications import MONDAY, WHY, Recruitment, fresh, recruitment
from tests.factories.employers import ContactFactory
from tests.factories.offers import OfferFactory
from tests.factories.spaces import RecruiterSpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Recruitment:
    return recruitment()


def written(kind: str = "reciprok.inbox_reminder") -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("created_at", "pk"))


def run(day: float) -> dict[str, int]:
    with time_machine.travel(MONDAY + dt.timedelta(days=day), tick=False):
        return jobs.run_due()


def address(message: OutboxMessage) -> str:
    found = re.search(r"https?://\S+/candidatures/\S+", message.text)
    assert found is not None
    return found[0]


def test_readers_are_reminded_twice_by_the_same_link_then_left_alone(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        small.apply()
    assert [run(day)["reminded"] for day in (6, 7.2, 8, 21.2, 30)] == [0, 1, 0, 1, 0]
    first, last = written()
    assert "C'est notre dernier rappel" not in first.text
    assert "C'est notre dernier rappel" in last.text
    assert address(first) == address(last) == address(written("reciprok.inbox")[0])


def test_nobody_is_reminded_of_what_is_answered(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        small.refuse(small.apply())
    assert run(8)["reminded"] == 1  # the inbox is looked at, and nothing is written
    assert written() == []
    assert small.inbox.next_reminder_at is None


def test_news_wait_for_the_next_day_and_are_told_together(small: Recruitment) -> None:
    for hours in (0, 1, 2, 3):
        with time_machine.travel(MONDAY + dt.timedelta(hours=hours), tick=False):
            small.apply()
    assert run(0.2)["told"] == 0
    assert run(1)["told"] == 1
    assert run(1.1)["told"] == 0
    first, together = written("reciprok.inbox")
    assert first.subject.startswith("1 nouvelle candidature")
    assert together.subject.startswith("3 nouvelles candidatures")


def test_help_is_offered_after_forty_five_days(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        small.apply()
    assert (run(44)["helped"], run(45.2)["helped"], run(46)["helped"]) == (0, 1, 0)
    assert "plus de 45 jours" in written()[-1].text


def test_the_end_of_an_offer_asks_to_answer_all_who_remain(small: Recruitment) -> None:
    small.refuse(small.apply())
    for _ in range(2):
        small.apply()
    offers.close(small.offer, actor=small.recruiter, reason="applied")
    assert [jobs.run_due()["asked"] for _twice in range(2)] == [1, 0]
    closing = written("reciprok.inbox")[-1]
    assert closing.subject.startswith("Répondez à tous en une minute")
    assert "2 personnes attendent encore" in closing.text


def test_an_offer_without_anybody_waiting_asks_nothing(small: Recruitment) -> None:
    small.refuse(small.apply())
    late = small.apply()
    before = len(written("reciprok.inbox"))
    offers.close(small.offer, actor=small.recruiter, reason="applied")
    small.refuse(late)  # who closes and answers in one gesture is asked for nothing
    assert jobs.run_due()["asked"] == 0
    assert len(written("reciprok.inbox")) == before


def test_everybody_left_is_answered_at_once(small: Recruitment) -> None:
    waiting = [small.apply() for _ in range(4)]
    offers.close(small.offer, actor=small.recruiter, reason="applied")
    actions.withdraw(waiting[0], actor=actor_of(waiting[0].person.user))
    done = actions.refuse_many(
        small.inbox, actor=small.recruiter, ids=[one.pk for one in waiting], reason="filled", words=""
    )
    assert (done.done, done.skipped) == (3, 1)
    assert fresh(waiting[0]).state == ApplicationState.WITHDRAWN
    with pytest.raises(ApplicationRefused, match="au moins une"):
        actions.refuse_many(small.inbox, actor=small.recruiter, ids=[], reason="filled")


def test_the_second_recruiter_learns_that_the_first_answered(small: Recruitment) -> None:
    made = small.apply()
    stale = fresh(made)
    small.refuse(made)
    with pytest.raises(TransitionRefused, match="déjà été donnée"):
        actions.refuse(stale, actor=small.by_link, reason="filled", has_seen=True)


def test_a_colleagues_answer_given_meanwhile_is_not_replaced_unread(small: Recruitment) -> None:
    made = small.apply()
    small.favour(made)
    with pytest.raises(TransitionRefused, match="Quelqu'un vient de répondre"):
        actions.refuse(fresh(made), actor=small.by_link, reason="filled", seen="read")
    small.refuse(small.apply(made.person, offer=None), reason="no_need")
    assert fresh(made).state == ApplicationState.FAVOURABLE
    known = actions.refuse(fresh(made), actor=small.by_link, reason="filled", seen="favourable")
    assert known.state == ApplicationState.REFUSED


def test_who_was_told_yes_after_the_list_was_read_keeps_it(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        early, late = small.read(small.apply()), small.read(small.apply())
        small.favour(early)
    with time_machine.travel(MONDAY + dt.timedelta(minutes=5), tick=False):
        small.favour(late)
    done = actions.refuse_many(
        small.inbox, actor=small.recruiter, ids=[early.pk, late.pk], reason="filled",
        seen_at=MONDAY + dt.timedelta(minutes=1),
    )  # fmt: skip
    assert (done.done, done.skipped) == (1, 1)
    assert [fresh(one).state for one in (early, late)] == [ApplicationState.REFUSED, ApplicationState.FAVOURABLE]


def test_the_note_of_an_adviser_is_not_the_employers(small: Recruitment) -> None:
    made = small.apply()
    actions.favour(made, actor=small.adviser, step="call", note="Le chef hésite encore.")
    small.refuse(fresh(made), note="Vu en équipe.")
    assert (fresh(made).team_note, fresh(made).note) == ("Le chef hésite encore.", "Vu en équipe.")


def test_an_answer_on_a_withdrawn_application_is_refused(small: Recruitment) -> None:
    made = small.apply()
    actions.withdraw(made, actor=actor_of(made.person.user))
    with pytest.raises(TransitionRefused, match="a retiré sa candidature"):
        small.refuse(fresh(made))


def test_who_left_the_space_answers_no_more(small: Recruitment) -> None:
    made = small.apply()
    small.space.members.unscoped(WHY).update(left_at=MONDAY)
    with pytest.raises(AccessDenied, match="ne vous sont pas adressées"):
        small.refuse(made)


def test_the_loss_of_the_certification_closes_the_door_and_the_links(small: Recruitment) -> None:
    made = small.apply()
    by_link = small.by_link
    small.space.__class__._base_manager.filter(pk=small.space.pk).update(state="under_review")
    with pytest.raises(AccessDenied, match="pas certifié"):
        small.refuse(fresh(made))
    close_the_door(small.space.pk)
    assert MailLink.objects.get(pk=by_link.id).revoked_at is not None
    with pytest.raises(AccessDenied):
        actions.refuse(fresh(made), actor=by_link, reason="filled", has_seen=True)


def test_a_link_opens_its_own_inbox_only(small: Recruitment) -> None:
    mine, other = small.apply(), recruitment()
    elsewhere = other.apply()
    assert mine.inbox != elsewhere.inbox
    with pytest.raises(AccessDenied, match="ne concerne pas cette page"):
        actions.refuse(elsewhere, actor=small.by_link, reason="filled", has_seen=True)


def test_a_false_space_on_the_same_siret_reads_nothing(small: Recruitment) -> None:
    made = small.apply()
    impostor = RecruiterSpaceFactory(establishment=small.offer.establishment, agency=small.space.agency)
    actor = actor_of(impostor.members.unscoped(WHY).get().user)
    assert not queries.Application.objects.visible_to(actor).exists()
    with pytest.raises(AccessDenied):
        actions.refuse(made, actor=actor, reason="filled", has_seen=True)


def test_the_contacts_of_an_advisers_offer_receive_its_applications(small: Recruitment) -> None:
    offer = OfferFactory(open=True, agency=small.offer.agency)
    ContactFactory(establishment=offer.establishment, email="chef@ailleurs.example", name="Marc Lemoine")
    small.apply(offer=offer, establishment=offer.establishment)
    assert written("reciprok.inbox")[-1].recipient == "chef@ailleurs.example"


def test_a_reader_who_had_enough_this_week_is_reminded_later(small: Recruitment) -> None:
    with time_machine.travel(MONDAY, tick=False):
        small.apply()
    to = written("reciprok.inbox")[0].recipient
    with time_machine.travel(MONDAY + dt.timedelta(days=6), tick=False):
        for _ in range(3):
            mail.send(InboxReminder.example(), to=to, department="26")
    assert run(7.2)["reminded"] == 1
    assert len(written()) == 3
    assert run(14.1)["reminded"] == 1
    assert len(written()) == 4
