"""The person asks: preparing, sending, its limits, reminding, withdrawing."""

import datetime as dt

import pytest
import time_machine

from entremise.kernel import clock
from entremise.kernel import links as kernel_links
from entremise.kernel.access import AccessDenied
from entremise.kernel.journal import about
from entremise.kernel.models import OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.people.models import Identity
from entremise.validations import actions, links, queries, rules
from entremise.validations.enums import Refusal, RequestState
from entremise.validations.models import Opposition, Request
from entremise.validations.rules import ValidationRefused
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.people import PersonFactory, in_vault, owner
from tests.factories.validations import asked, experience, facts, skill, validator

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def refused(code: Refusal) -> pytest.RaisesExc[ValidationRefused]:
    return pytest.raises(ValidationRefused, match=f"^{code.value}$")


def test_preparing_sends_nothing_and_declares_the_skills() -> None:
    request = asked()
    assert request.state == RequestState.DRAFT
    assert not OutboxMessage.objects.exists()
    assert request.person.held_skills.count() == 4
    latest = about(request.person_id).first()
    assert latest is not None
    assert latest.verb == "validations.prepared"


def test_sending_writes_one_mail_with_the_first_name_only() -> None:
    request = asked(sent=True)
    message = OutboxMessage.objects.get()
    assert (message.recipient, message.kind) == ("marc@garance.example", "validations.request")
    assert message.subject == "Awa dit avoir travaillé avec vous : pouvez-vous confirmer ?"
    assert "Awa dit avoir travaillé avec vous" in message.text
    assert "de mars 2021 à juin 2023" in message.text
    assert "Respecter les règles d'hygiène" in message.text
    for secret in ("Diallo", request.person.reference, str(request.person_id), "+336"):
        assert secret not in message.text + message.html + message.subject


def test_the_mail_s_link_leads_to_the_request() -> None:
    request = asked(sent=True)
    text = OutboxMessage.objects.get().text
    token = next(word for word in text.split() if "/valider/" in word).rstrip("/").rsplit("/", 1)[1]
    assert kernel_links.read(links.ANSWER, token).target_id == request.pk


@time_machine.travel(MONDAY, tick=False)
def test_sending_says_when_we_remind_and_when_it_ends() -> None:
    request = asked(sent=True)
    assert request.next_reminder_at == dt.datetime(2026, 11, 30, 9, 30, tzinfo=dt.UTC)
    assert request.expires_at == MONDAY + dt.timedelta(days=30)
    kinds = [(m.kind, m.state) for m in queries.timeline(request, clock.now())]
    assert kinds == [("sent", "done"), ("waiting", "current"), ("reminder", "next"), ("end", "next")]


def test_the_sixteenth_skill_is_refused() -> None:
    with refused(Refusal.TOO_MANY_SKILLS):
        asked(skill_ids=[skill(n).pk for n in range(16)])
    assert not Request.objects.unscoped("test").exists()


def test_a_request_without_skill_is_refused() -> None:
    with refused(Refusal.NO_SKILL):
        asked(skill_ids=[])


def test_an_unknown_skill_is_refused() -> None:
    with refused(Refusal.UNKNOWN_SKILL):
        asked(skill_ids=[experience().pk])


def test_the_person_s_own_address_is_refused() -> None:
    person = PersonFactory()
    with pytest.raises(ValidationRefused) as caught:
        asked(about=experience(person), contact_email=f"+{person.user.email}".replace("@", "+chef@").lstrip("+"))
    assert caught.value.reason.startswith("Cette adresse est la vôtre.")


def test_the_address_of_the_account_is_the_person_s_too() -> None:
    person = PersonFactory(identity__email="autre@example.org")
    with refused(Refusal.OWN_ADDRESS):
        asked(about=experience(person), contact_email=person.user.email.upper())


def test_a_disposable_address_is_refused() -> None:
    with refused(Refusal.DISPOSABLE):
        asked(contact_email="marc@yopmail.com")


def test_a_person_without_first_name_is_asked_for_it() -> None:
    person = PersonFactory(identity=None)
    with in_vault(person):
        assert not Identity.objects.unscoped("test").filter(person=person).exists()
    with refused(Refusal.NAME_MISSING):
        asked(about=experience(person))


def test_a_closed_establishment_is_refused_when_asked_with_the_other_ways() -> None:
    with pytest.raises(ValidationRefused) as caught:
        asked(about=experience(establishment=EstablishmentFactory(closed=True, name="Chez Rose")))
    assert "« Chez Rose » est fermé depuis le 31 mars 2025" in caught.value.reason
    assert "organisme de formation" in caught.value.reason


def test_an_establishment_closed_meanwhile_is_refused_when_sent_and_nothing_leaves() -> None:
    request = asked()
    request.establishment.closed_on = dt.date(2026, 1, 1)
    request.establishment.save()
    with refused(Refusal.ESTABLISHMENT_CLOSED):
        actions.send(request, actor=owner(request.person))
    request.refresh_from_db()
    assert request.state == RequestState.DRAFT
    assert not OutboxMessage.objects.exists()


def test_a_colleague_now_elsewhere_may_answer_for_a_closed_establishment() -> None:
    closed = experience(establishment=EstablishmentFactory(closed=True))
    request = asked(about=closed, establishment=EstablishmentFactory(), sent=True)
    assert request.state == RequestState.SENT


def test_an_experience_without_establishment_needs_one() -> None:
    somewhere = experience()
    somewhere.establishment = None
    somewhere.save()
    with refused(Refusal.NO_ESTABLISHMENT):
        asked(about=somewhere)


def test_an_opposed_address_is_refused_with_the_same_words_as_a_busy_one() -> None:
    Opposition.objects.create(address_hash=rules.address_hash("Marc+x@garance.example"), opposed_at=clock.now())
    with pytest.raises(ValidationRefused) as opposed:
        asked()
    Opposition.objects.all().delete()
    for _ in range(rules.ADDRESS_PER_DAY):
        asked(sent=True)
    with pytest.raises(ValidationRefused) as busy:
        asked(sent=True)
    assert opposed.value.reason == busy.value.reason
    assert "oppos" not in opposed.value.reason


def test_a_contact_who_opposed_to_advisers_is_not_asked_either() -> None:
    ContactFactory(opposed=True, email="marc@garance.example")
    with refused(Refusal.ADDRESS_UNAVAILABLE):
        asked()


def test_one_open_request_per_address_and_person() -> None:
    first = asked(sent=True)
    with refused(Refusal.ALREADY_OPEN):
        asked(sent=True, about=first.experience, contact_email="MARC@garance.example")


def test_five_requests_a_day_per_person_and_the_draft_stays() -> None:
    about_it = experience()
    for n in range(rules.PERSON_PER_DAY):
        asked(sent=True, about=about_it, contact_email=f"contact{n}@garance.example")
    sixth = asked(about=about_it)
    with pytest.raises(ValidationRefused) as caught:
        actions.send(sixth, actor=owner(about_it.person))
    assert "5 demandes aujourd'hui" in caught.value.reason
    sixth.refresh_from_db()
    assert sixth.state == RequestState.DRAFT


def test_somebody_else_may_neither_prepare_send_see_nor_withdraw() -> None:
    request = asked()
    stranger = owner(PersonFactory())
    with pytest.raises(AccessDenied):
        actions.prepare(request.experience, actor=stranger, **facts())
    for act in (actions.send, actions.withdraw, actions.remind_once):
        with pytest.raises(AccessDenied):
            act(request, actor=stranger)
    with pytest.raises(Request.DoesNotExist):
        queries.request(request.pk, stranger)


def test_a_draft_may_be_changed_and_a_sent_request_may_not() -> None:
    request = asked()
    changed = actions.change(request, actor=owner(request.person), **facts(2, contact_name="Lina Roux"))
    assert (changed.contact_name, changed.skills.count()) == ("Lina Roux", 2)
    actions.send(changed, actor=owner(request.person))
    with refused(Refusal.NOT_DRAFT):
        actions.change(changed, actor=owner(request.person), **facts())


def test_sending_twice_is_refused_with_the_state_in_words() -> None:
    request = asked(sent=True)
    with pytest.raises(TransitionRefused) as caught:
        actions.send(request, actor=owner(request.person))
    assert caught.value.reason == "Cette demande est partie : elle attend une réponse."
    assert OutboxMessage.objects.count() == 1


def test_withdrawing_closes_and_the_validator_cannot_answer_any_more() -> None:
    from tests.factories.validations import sheet

    request = asked(sent=True)
    actions.withdraw(request, actor=owner(request.person))
    with pytest.raises(TransitionRefused) as caught:
        actions.answer(request, actor=validator(request), sheet=sheet(request))
    assert caught.value.reason == "Cette demande a été retirée : il n'y a plus rien à faire."


def test_the_person_reminds_once_with_the_same_link() -> None:
    with time_machine.travel(MONDAY, tick=False):
        request = asked(sent=True)
        with refused(Refusal.REMINDED_RECENTLY):
            actions.remind_once(request, actor=owner(request.person))
    with time_machine.travel(MONDAY + dt.timedelta(days=6), tick=False):
        reminded = actions.remind_once(request, actor=owner(request.person))
        with refused(Refusal.REMINDED_ALREADY):
            actions.remind_once(request, actor=owner(request.person))
    assert reminded.next_reminder_at == MONDAY + dt.timedelta(days=9)
    first, second = OutboxMessage.objects.order_by("created_at")
    assert "se permet de vous relancer" in second.text
    assert [w for w in first.text.split() if "/valider/" in w] == [w for w in second.text.split() if "/valider/" in w]
