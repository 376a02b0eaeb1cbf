"""The validator answers, rectifies, declines, hands over, opposes; an adviser checks or proves a fraud."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection

from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, ActorKind, Role, link_actor
from entremise.kernel.models import JournalEntry, MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.passport import queries as passport
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from entremise.validations import actions, links, queries, rules
from entremise.validations.enums import DeclineReason, Refusal, RequestState, Verdict
from entremise.validations.models import Opposition, Request
from entremise.validations.rules import Answer, ValidationRefused
from tests.factories.employers import EstablishmentFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.validations import answered, asked, experience, sheet, skill, validator

pytestmark = pytest.mark.django_db
YES, NO, UNSURE = Verdict.CONFIRMED, Verdict.NOT_CONFIRMED, Verdict.CANNOT_JUDGE
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def refused(code: Refusal) -> pytest.RaisesExc[ValidationRefused]:
    return pytest.raises(ValidationRefused, match=f"^{code.value}$")


def shown(person: Person) -> dict[str, int]:
    return {held.skill.label: held.assurance for held in passport.shown_skills(person)}


def adviser(*departments: str) -> Actor:
    roles = frozenset({Role.PLACEMENT_ADVISER})
    where = frozenset(departments or {"26"})
    return Actor(ActorKind.USER, str(PersonFactory().user_id), roles, where, second_factor=True)


def test_three_confirmed_one_unsure_one_added_as_in_the_story() -> None:
    request = answered(YES, YES, YES, UNSURE, added={skill(5).pk: Answer(YES, "Elle formait nos apprentis.")})
    person = request.person
    assert shown(person) == {skill(n).label: Assurance.COMPANY for n in (0, 1, 2, 5)}
    person.refresh_from_db()
    assert person.validated_skill_count == 4
    proof = passport.proof_wall(person)[0]
    assert (proof.origin, proof.witness_role) == (request.establishment.name, "chef de cuisine")
    assert proof.given_on == clock.today()


def test_what_is_not_confirmed_stays_with_the_person_alone() -> None:
    request = answered(YES, NO, UNSURE)
    hers = {held.skill.label: held.is_shown for held in passport.held_skills(request.person)}
    assert hers == {skill(0).label: True, skill(1).label: False, skill(2).label: False, skill(3).label: False}
    assert set(shown(request.person)) == {skill(0).label}


def test_a_free_mailbox_gives_level_one() -> None:
    request = answered(YES, contact_email="marc.lemoine@gmail.com")
    assert set(shown(request.person).values()) == {Assurance.ANSWERED}


def test_an_answer_from_the_person_s_own_device_is_checked_and_stays_at_level_one() -> None:
    request = asked(sent=True)
    done = actions.answer(request, actor=validator(request), sheet=sheet(request), is_same_device=True)
    assert done.to_check
    assert set(shown(request.person).values()) == {Assurance.ANSWERED}


def test_the_validator_gets_a_receipt_and_the_person_a_notice() -> None:
    request = answered(YES, NO)
    receipt = OutboxMessage.objects.get(kind="validations.receipt")
    notice = OutboxMessage.objects.get(kind="validations.answered")
    assert receipt.recipient == "marc@garance.example"
    assert skill(0).label in receipt.text
    assert skill(1).label not in receipt.text
    assert "rectifier votre réponse" in receipt.text
    assert notice.recipient == request.person.user.email
    assert "Une de vos compétences est confirmée." in notice.text


def test_a_person_without_mailbox_gets_an_sms() -> None:
    person = PersonFactory(user__email=None, user__phone="+33698765432", identity__email="", identity__phone="")
    answered(YES, about=experience(person))
    sms = OutboxMessage.objects.get(channel="sms")
    assert (sms.recipient, sms.kind) == ("+33698765432", "validations.notice_sms")


def test_a_line_without_answer_is_refused_and_nothing_is_kept() -> None:
    request = asked(sent=True)
    with refused(Refusal.LINE_MISSING):
        actions.answer(request, actor=validator(request), sheet=rules.AnswerSheet({skill(0).pk: Answer(YES)}))
    request.refresh_from_db()
    assert request.state == RequestState.SENT


def test_the_journal_holds_counts_and_no_words() -> None:
    request = answered(YES, NO, added={skill(5).pk: Answer(YES, "un exemple secret")})
    line = JournalEntry.objects.get(verb="validations.answer")
    assert line.data == {"confirmed_count": 2, "not_confirmed_count": 3}
    assert (line.before, line.after, line.person_id) == ("sent", "answered", request.person_id)
    everything = str(list(JournalEntry.objects.values("data", "purpose")))
    for secret in ("secret", "Lemoine", "garance", "Awa"):
        assert secret not in everything


def test_the_bearer_of_another_link_may_not_answer() -> None:
    request, other = asked(sent=True), asked(sent=True, contact_email="autre@garance.example")
    with pytest.raises(AccessDenied) as caught:
        actions.answer(request, actor=validator(other), sheet=sheet(request))
    assert caught.value.reason == "Ce lien ne concerne pas cette demande."
    with pytest.raises(AccessDenied):
        actions.answer(request, actor=owner(request.person), sheet=sheet(request))


def test_a_second_answer_is_refused_with_a_sentence() -> None:
    request = answered(YES)
    with pytest.raises(TransitionRefused) as caught:
        actions.answer(request, actor=validator(request), sheet=sheet(request, NO))
    assert caught.value.reason == "Cette demande a déjà reçu une réponse."
    assert len(shown(request.person)) == 4


def test_an_answer_after_the_end_is_refused_even_before_the_job_ran() -> None:
    with time_machine.travel(MONDAY, tick=False):
        request = asked(sent=True)
        bearer = validator(request)
    with time_machine.travel(MONDAY + dt.timedelta(days=30), tick=False), pytest.raises(TransitionRefused) as caught:
        actions.answer(request, actor=bearer, sheet=sheet(request))
    assert caught.value.reason == "Le délai pour répondre à cette demande est passé."


def test_an_answer_from_an_establishment_closed_since_is_refused() -> None:
    request = asked(sent=True)
    request.establishment.closed_on = dt.date(2026, 1, 1)
    request.establishment.save()
    with pytest.raises(TransitionRefused) as caught:
        actions.answer(request, actor=validator(request), sheet=sheet(request))
    assert caught.value.reason.startswith("Cet établissement est fermé depuis la demande")


def test_rectifying_moves_the_proofs_both_ways() -> None:
    request = answered(YES, NO, UNSURE, YES)
    changed = actions.rectify(request, actor=validator(request), sheet=sheet(request, NO, YES, YES, YES))
    assert set(shown(request.person)) == {skill(1).label, skill(2).label, skill(3).label}
    assert not passport.held_skills(request.person)[-1].is_shown
    back = actions.rectify(changed, actor=validator(request), sheet=sheet(request, YES))
    assert len(shown(back.person)) == 4
    request.person.refresh_from_db()
    assert request.person.validated_skill_count == 4


def test_rectifying_after_thirty_days_is_refused() -> None:
    with time_machine.travel(MONDAY, tick=False):
        request = answered(YES)
        bearer = validator(request)
    with time_machine.travel(MONDAY + dt.timedelta(days=30), tick=False):
        actions.rectify(request, actor=bearer, sheet=sheet(request, NO))
    with time_machine.travel(MONDAY + dt.timedelta(days=30, minutes=1), tick=False):
        with pytest.raises(ValidationRefused) as caught:
            actions.rectify(request, actor=bearer, sheet=sheet(request, YES))
        assert "30 jours" in caught.value.reason


def test_declining_tells_the_person_without_the_reason() -> None:
    request = asked(sent=True)
    done = actions.decline(request, actor=validator(request), reason=DeclineReason.ABUSE)
    assert (done.state, done.to_check) == (RequestState.DECLINED, True)
    notice = OutboxMessage.objects.get(kind="validations.declined")
    assert "abus" not in notice.text
    assert "ne répondra pas" in notice.text
    assert set(shown(request.person)) == {skill(n).label for n in range(4)}  # said, and nothing against her


def test_forwarding_kills_the_first_link_and_raises_the_check() -> None:
    request = asked(sent=True)
    first = validator(request)
    moved = actions.forward(request, actor=first, name="Lina Roux", email="lina@garance.example", role="gérante")
    assert (moved.contact_name, moved.to_check, moved.forwarded_count) == ("Lina Roux", True, 1)
    with pytest.raises(AccessDenied):
        actions.answer(moved, actor=first, sheet=sheet(moved))
    mail = OutboxMessage.objects.get(recipient="lina@garance.example")
    assert "Marc Lemoine nous a indiqué que vous étiez la bonne personne" in mail.text
    done = actions.answer(moved, actor=validator(moved), sheet=sheet(moved))
    assert done.to_check


@pytest.mark.parametrize(
    ("email", "code"),
    [("MARC+2@garance.example", Refusal.FORWARD_SAME), ("x@yopmail.com", Refusal.DISPOSABLE)],
)
def test_forwarding_to_a_useless_address_is_refused(email: str, code: Refusal) -> None:
    request = asked(sent=True)
    with refused(code):
        actions.forward(request, actor=validator(request), name="X", email=email)
    assert MailLink.objects.get().revoked_at is None


def test_forwarding_to_the_person_herself_is_refused() -> None:
    request = asked(sent=True)
    with refused(Refusal.OWN_ADDRESS):
        actions.forward(request, actor=validator(request), name="Awa", email=request.person.user.email)


def test_a_third_forwarding_is_refused() -> None:
    request = asked(sent=True)
    for n in range(rules.MAX_FORWARDS):
        request = actions.forward(request, actor=validator(request), name=f"N{n}", email=f"n{n}@garance.example")
    with refused(Refusal.FORWARDED_ENOUGH):
        actions.forward(request, actor=validator(request), name="Z", email="z@garance.example")


def test_opposing_closes_everything_at_that_address_and_keeps_only_a_hash() -> None:
    first, second = asked(sent=True), asked(sent=True)
    actions.oppose(first, actor=validator(first))
    states = Request.objects.unscoped("test").filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert set(states) == {RequestState.DECLINED}
    assert "garance" not in Opposition.objects.get().address_hash
    with refused(Refusal.ADDRESS_UNAVAILABLE):
        asked()


def test_an_adviser_of_the_territory_checks_and_the_proofs_rise() -> None:
    request = answered(YES, NO)
    checked = actions.check(request, actor=adviser())
    assert not checked.to_check
    assert shown(request.person) == {skill(0).label: Assurance.CHECKED}
    with pytest.raises(AccessDenied) as caught:
        actions.check(request, actor=adviser("07"))
    assert caught.value.reason == "Ce dossier relève d'un autre territoire que le vôtre."


def test_rectifying_a_checked_answer_asks_for_another_check() -> None:
    request = answered(YES)
    actions.check(request, actor=adviser())
    changed = actions.rectify(request, actor=validator(request), sheet=sheet(request, YES, NO))
    assert (changed.to_check, changed.checked_at) == (True, None)
    assert shown(request.person) == {skill(0).label: Assurance.COMPANY}


def test_a_proved_fraud_revokes_everything_from_that_address() -> None:
    request, other = answered(YES), answered(YES)
    waiting = asked(sent=True)
    innocent = answered(YES, contact_email="lina@garance.example")
    actions.prove_fraud(request, actor=adviser())
    bearer = validator(request)
    with refused(Refusal.SET_ASIDE):
        actions.rectify(request, actor=bearer, sheet=sheet(request, YES))
    with refused(Refusal.SET_ASIDE):
        actions.check(request, actor=adviser())
    with refused(Refusal.ADDRESS_UNAVAILABLE):
        asked(contact_email="MARC@garance.example")
    for victim in (request, other):
        assert passport.proof_wall(victim.person) == []
        victim.person.refresh_from_db()
        assert victim.person.validated_skill_count == 0
    waiting.refresh_from_db()
    assert waiting.state == RequestState.WITHDRAWN
    assert len(passport.proof_wall(innocent.person)) == 4


def test_a_reported_answer_comes_back_to_the_advisers() -> None:
    request = answered(YES)
    actions.report(request, actor=validator(request))
    assert request in queries.to_check(adviser())
    assert request not in queries.to_check(adviser("07"))


def test_a_dead_link_is_sent_again_to_its_own_address_only_while_it_is_useful() -> None:
    from entremise.kernel import links as kernel_links

    request = asked(sent=True)
    link = links.current(request.pk)
    assert link is not None
    kernel_links.send_again(link)
    assert OutboxMessage.objects.filter(kind="validations.request", recipient="marc@garance.example").count() == 2
    moved = actions.forward(request, actor=validator(request), name="Lina", email="lina@garance.example")
    kernel_links.send_again(link)
    assert OutboxMessage.objects.filter(recipient="marc@garance.example").count() == 2
    actions.withdraw(moved, actor=owner(moved.person))
    kernel_links.send_again(link)
    assert OutboxMessage.objects.filter(kind="validations.request").count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_answers_one_is_accepted() -> None:
    request = asked(sent=True)
    bearer, ready, outcomes = validator(request), threading.Barrier(2), []

    def submit(verdict: Verdict) -> None:
        try:
            ready.wait(timeout=10)
            actions.answer(request, actor=bearer, sheet=sheet(request, verdict))
            outcomes.append(verdict)
        except TransitionRefused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[verdict]) for verdict in (YES, NO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert "Cette demande a déjà reçu une réponse." in outcomes
    accepted = next(one for one in outcomes if isinstance(one, Verdict))
    assert set(request.skills.values_list("verdict", flat=True)) == {accepted}
    assert OutboxMessage.objects.filter(kind="validations.receipt").count() == 1


def test_a_link_of_another_role_is_not_enough() -> None:
    request = asked(sent=True)
    link = links.current(request.pk)
    assert link is not None
    with pytest.raises(AccessDenied):
        actions.answer(request, actor=link_actor(link.pk, Role.EMPLOYER_CONTACT), sheet=sheet(request))


def test_an_establishment_elsewhere_is_the_origin_that_is_shown() -> None:
    elsewhere = EstablishmentFactory(name="Centre de formation Rhône")
    request = answered(YES, establishment=elsewhere)
    assert passport.proof_wall(request.person)[0].origin == "Centre de formation Rhône"
