"""A message that does not arrive is told by the act that caused it."""

import pytest
import time_machine
from django.urls import reverse

from entremise.kernel import delivery, mail_returns, suppression
from entremise.kernel.mail_families import Family
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.suppression import Reason
from entremise.promotions import queries as promotions
from entremise.promotions.models import Promotion
from entremise.validations import queries as validations
from entremise.validations.enums import RequestState
from tests.factories.accounts import sign_in
from tests.factories.promotions import MONDAY, world
from tests.factories.validations import asked
from tests.kernel.test_suppression_and_returns import report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(settings, tmp_path):
    settings.DEMO, settings.SMTP_CONFIGURED, settings.SPOOL = False, True, tmp_path / "spool"
    with time_machine.travel(MONDAY, tick=False):
        yield


def written(kind: str) -> OutboxMessage:
    return OutboxMessage.objects.get(kind=kind)


def test_a_returned_request_is_closed_at_once_and_the_person_told() -> None:
    request = asked(sent=True)
    delivery.deliver_due()
    mail_returns.note(report(written("validations.request")))
    request.refresh_from_db()
    assert request.state == RequestState.BOUNCED
    assert "l'adresse ne fonctionne pas" in written("validations.bounced").text
    assert validations.has_opposed(request.contact_email)  # the next person is told before writing


def test_a_return_after_the_answer_changes_nothing() -> None:
    request = asked(sent=True)
    delivery.deliver_due()
    type(request)._base_manager.filter(pk=request.pk).update(state=RequestState.ANSWERED)
    mail_returns.note(report(written("validations.request")))
    request.refresh_from_db()
    assert request.state == RequestState.ANSWERED
    assert not OutboxMessage.objects.filter(kind="validations.bounced").exists()


def test_a_request_to_an_address_that_wants_none_is_closed() -> None:
    request = asked(sent=True)
    hashed = suppression.address_hash(request.contact_email)
    suppression.stop(hashed, reason=Reason.OPPOSITION, family=Family.VALIDATION_REQUEST)
    delivery.deliver_due()
    request.refresh_from_db()
    assert (request.state, written("validations.request").state) == (RequestState.BOUNCED, "suppressed")


def test_a_returned_promotion_says_so_to_the_adviser_and_reminds_no_more(client) -> None:
    small = world()
    (sent,) = small.send(small.first)
    delivery.deliver_due()
    assert promotions.undelivered_at(sent) is None
    mail_returns.note(report(written("promotions.profile")))
    again = Promotion.objects.unscoped("test").get(pk=sent.pk)
    assert again.next_reminder_at is None
    assert [moment.kind for moment in promotions.timeline(again)] == ["sent", "undelivered", "expiry"]
    assert JournalEntry.objects.filter(verb="promotions.undelivered", subject_id=str(sent.pk)).count() == 1
    page = sign_in(client, small.user).get(reverse("promotion", args=[sent.pk])).content.decode()
    assert "Adresse en erreur" in page
