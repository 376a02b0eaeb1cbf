"""Reminders, expiry, undelivered messages, closures, erasure: what happens without anyone at the keyboard."""

import datetime as dt

import pytest
import time_machine

from entremise.employers import actions as employers
from entremise.kernel import clock, erasure
from entremise.kernel.actors import job_actor
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.validations import actions, jobs
from entremise.validations.enums import RequestState
from entremise.validations.models import Request
from tests.factories.people import owner
from tests.factories.validations import answered, asked

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def run_at(days: float) -> None:
    with time_machine.travel(MONDAY + dt.timedelta(days=days), tick=False):
        jobs.follow_up(0)


def kinds() -> list[str]:
    return list(OutboxMessage.objects.order_by("created_at", "pk").values_list("kind", flat=True))


@pytest.fixture
def request_of_monday() -> Request:
    with time_machine.travel(MONDAY, tick=False):
        return asked(sent=True)


def test_the_ladder_sends_two_reminders_then_expires(request_of_monday: Request) -> None:
    for day in (1, 6.9, 7, 7.1, 13.9, 14, 14.1, 29.9, 30, 30.1, 60):
        run_at(day)
    assert kinds() == ["validations.request", "validations.reminder", "validations.reminder", "validations.expired"]
    request_of_monday.refresh_from_db()
    assert (request_of_monday.state, request_of_monday.reminder_count) == (RequestState.EXPIRED, 2)


def test_running_a_job_twice_sends_nothing_twice(request_of_monday: Request) -> None:
    run_at(7)
    run_at(7)
    assert kinds().count("validations.reminder") == 1


def test_a_reminder_falling_on_a_sunday_waits_for_monday_morning() -> None:
    sunday = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
    with time_machine.travel(sunday, tick=False):
        request = asked(sent=True)
    assert request.next_reminder_at == dt.datetime(2026, 11, 30, 8, 0, tzinfo=dt.UTC)


def test_nobody_who_answered_is_reminded() -> None:
    with time_machine.travel(MONDAY, tick=False):
        answered()
    run_at(8)
    assert "validations.reminder" not in kinds()


def test_an_early_expiry_is_refused(request_of_monday: Request) -> None:
    with time_machine.travel(MONDAY, tick=False), pytest.raises(TransitionRefused) as caught:
        actions.expire(request_of_monday, actor=job_actor("test"))
    assert caught.value.reason == "Cette demande attend encore une réponse."


def test_an_undelivered_message_closes_the_request_and_tells_the_person(request_of_monday: Request) -> None:
    OutboxMessage.objects.update(state=OutboxMessage.State.FAILED)
    run_at(0.1)
    request_of_monday.refresh_from_db()
    assert request_of_monday.state == RequestState.BOUNCED
    assert "l'adresse ne fonctionne pas" in OutboxMessage.objects.get(kind="validations.bounced").text


def test_a_closure_stops_what_waits_there_and_names_the_other_ways(request_of_monday: Request) -> None:
    done = answered(about=request_of_monday.experience, contact_email="autre@garance.example")
    employers.close(request_of_monday.establishment, actor=job_actor("test"), closed_on=clock.today())
    request_of_monday.refresh_from_db()
    done.refresh_from_db()
    assert (request_of_monday.state, done.state) == (RequestState.WITHDRAWN, RequestState.ANSWERED)
    notice = OutboxMessage.objects.get(kind="validations.establishment_closed")
    assert "un organisme de formation" in notice.text
    assert "restent acquises" in notice.text


def test_a_withdrawn_request_is_left_alone_by_the_jobs(request_of_monday: Request) -> None:
    actions.withdraw(request_of_monday, actor=owner(request_of_monday.person))
    run_at(40)
    assert kinds() == ["validations.request"]


def test_a_person_s_requests_are_exported_then_erased() -> None:
    request = answered()
    declaration = next(d for d in erasure.declarations() if d.domain == "validations")
    exported = declaration.export(request.person_id)
    assert exported[0]["contact_name"] == "Marc Lemoine"
    assert len([row for row in exported if "verdict" in row]) == 4
    assert declaration.erase(request.person_id) == 1
    assert not Request.objects.unscoped("test").exists()
    assert not MailLink.objects.exists()
    assert "Awa" not in "".join(OutboxMessage.objects.values_list("text", flat=True))
