"""Sending a promotion: to all or to nobody, with the reason."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection

from entremise.employers import actions as employers
from entremise.employers.models import Establishment
from entremise.kernel import clock, journal
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.models_vault import Cut, Disclosure
from entremise.matching.models import PoolEntry
from entremise.people import actions as people
from entremise.people.enums import ActKind, Visibility
from entremise.people.models import IntermediationAct
from entremise.promotions import actions, queries, queries_draft
from entremise.promotions.enums import PromotionState
from entremise.promotions.models import Promotion
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.employers import ContactFactory
from tests.factories.passport import HeldSkillFactory, evidence
from tests.factories.people import PersonFactory, identity_of, owner, set_identity
from tests.factories.promotions import MESSAGE, MONDAY, World, again, link_of, world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def small() -> World:
    return world()


def nothing_left() -> bool:
    return not (
        Promotion.objects.unscoped("test").exists()
        or MailLink.objects.exists()
        or OutboxMessage.objects.exclude(kind="people.consent_receipt").exists()
        or IntermediationAct.objects.unscoped("test").exists()
    )


def refused(small: World, *contacts: object, **facts: object) -> str:
    with pytest.raises(actions.PromotionRefused) as refusal:
        small.send(*contacts, **facts)
    assert nothing_left()
    return refusal.value.reason


def test_two_employers_receive_the_profile_in_one_sending(small) -> None:
    first, second = small.send(small.first, small.second)
    assert first.state == second.state == PromotionState.SENT
    assert first.batch_id == second.batch_id is not None
    to = OutboxMessage.objects.filter(kind="promotions.profile").values_list("recipient", flat=True)
    assert set(to) == {small.first.email, small.second.email}
    assert (first.next_reminder_at.date(), first.expires_at.date()) == (dt.date(2026, 11, 30), dt.date(2026, 12, 21))
    assert IntermediationAct.objects.unscoped("test").filter(kind=ActKind.PROMOTION).count() == 2


def test_the_person_is_told_once_for_the_whole_sending(small) -> None:
    small.send(small.first, small.second)
    told = OutboxMessage.objects.get(kind="promotions.promoted")
    assert told.recipient == identity_of(small.person).email
    assert "Les Jardins de Flore" in told.text
    assert "Hôtel des Alpes" in told.text


def test_a_person_without_an_address_is_told_by_sms(small) -> None:
    set_identity(small.person, email="")
    small.send()
    told = OutboxMessage.objects.get(kind="promotions.promoted_text")
    assert (told.channel, told.recipient) == ("sms", "+33612345678")


def test_every_sending_leaves_its_lines_in_the_person_s_journal(small) -> None:
    small.send(small.first, small.second)
    verbs = [line.verb for line in journal.about(small.person.pk)]
    assert verbs.count("promotions.send") == 2
    assert verbs.count("promotions.batch_sent") == 1


def test_the_message_never_names_who_wants_to_stay_anonymous(small) -> None:
    small.send()
    sent = OutboxMessage.objects.get(kind="promotions.profile")
    assert "Diallo" not in sent.text + sent.html + sent.subject
    assert small.person.reference in sent.text


def test_who_agreed_to_be_named_is_named(small) -> None:
    small.send(visibility=Visibility.NAMED)
    sent = OutboxMessage.objects.get(kind="promotions.profile")
    assert "Awa Diallo" in sent.text
    assert "Awa Diallo" in sent.html
    assert "+33612345678" not in sent.text  # the telephone is on the page, which can be closed


def test_a_name_sent_counts_as_an_identity_seen_and_an_anonymous_profile_does_not(small) -> None:
    small.send()
    assert not Disclosure.objects.exists()
    small.send(small.second, visibility=Visibility.NAMED)
    assert Disclosure.objects.get().person_id == small.person.pk


def test_names_are_not_sent_when_no_identity_may_be_shown(small) -> None:
    Cut.objects.create(actor_id=small.adviser.id, at=clock.now(), reason="test")
    assert "suspendu" in refused(small, visibility=Visibility.NAMED)
    assert small.send()


def test_the_message_carries_facts_with_their_proofs(small) -> None:
    held = HeldSkillFactory(person=small.person)
    evidence(held, origin="Chez Suzanne", assurance=2)
    small.send()
    sent = OutboxMessage.objects.get(kind="promotions.profile")
    assert held.skill.label in sent.text
    assert "Chez Suzanne" in sent.text


def test_a_skill_that_is_hidden_is_never_sent(small) -> None:
    hidden = HeldSkillFactory(person=small.person, is_shown=False)
    small.send()
    sent = OutboxMessage.objects.get(kind="promotions.profile")
    assert hidden.skill.label not in sent.text + sent.html


def test_search_knows_at_once_that_the_person_was_promoted(small) -> None:
    people.confirm_profile(small.person, actor=owner(small.person))
    small.send()
    entry = PoolEntry.objects.unscoped("test").get(person=small.person)
    assert (entry.promotion_count, entry.last_promoted_at) == (1, MONDAY)


def test_without_consent_nothing_is_sent() -> None:
    assert refused(world(consenting=False)) == (
        "Cette personne n'a pas donné son accord, ou vient de le retirer. Rien n'a été envoyé."
    )


def test_a_consent_withdrawn_between_search_and_send_stops_everything(small) -> None:
    people.withdraw_consent(small.person, actor=owner(small.person))
    assert "vient de le retirer. Rien n'a été envoyé." in refused(small, small.first, small.second)


def test_a_name_is_not_shown_against_the_person_s_choice() -> None:
    small = world(consenting=Visibility.ANONYMOUS)
    assert "souhaite rester sans nom" in refused(small, visibility=Visibility.NAMED)


@pytest.mark.parametrize("message", ["Awa est formidable.", "Appelez Mme DIALLO", "Son numéro : 06 12 34 56 78"])
def test_a_message_does_not_give_the_name_away(small, message) -> None:
    assert "retirez du message son nom et ses coordonnées" in refused(small, message=message)


def test_an_empty_message_is_refused(small) -> None:
    assert refused(small, message="  ") == "Écrivez quelques mots à l'employeur."


def test_a_message_too_long_is_refused(small) -> None:
    assert "trop long" in refused(small, message="a " * 1501)


def test_at_least_one_contact_is_needed(small) -> None:
    with pytest.raises(actions.PromotionRefused, match="Choisissez au moins un contact"):
        small.send(contacts=[])


def test_at_most_ten_contacts_are_asked_at_once(small) -> None:
    many = [ContactFactory(establishment=small.first.establishment) for _ in range(11)]
    assert refused(small, *many) == "Un envoi compte au plus 10 contacts."


def test_a_closed_establishment_is_refused_with_its_date_and_nobody_is_asked(small) -> None:
    Establishment.objects.filter(pk=small.second.establishment_id).update(closed_on=dt.date(2026, 11, 2))
    small.second.establishment.refresh_from_db()
    reason = refused(small, small.first, small.second)
    assert reason == (
        "L'établissement « Hôtel des Alpes » est fermé depuis le 2 novembre 2026."
        " Rien n'a été envoyé : choisissez un autre établissement."
    )


def test_a_contact_who_opposed_is_left_alone_even_under_another_establishment(small) -> None:
    employers.oppose(ContactFactory(email=small.second.email), actor=small.adviser)
    assert refused(small, small.first, small.second) == (
        "Lucie Garnier ne souhaite plus être sollicité. Rien n'a été envoyé."
    )


def test_a_contact_without_an_address_cannot_be_written_to(small) -> None:
    by_phone = ContactFactory(name="Paul", email="", phone="+33475000001")
    assert refused(small, by_phone) == "Paul n'a pas d'adresse électronique."


def test_a_contact_of_another_territory_is_refused(small) -> None:
    far = ContactFactory(name="Anne", establishment__elsewhere=True)
    assert refused(small, far) == "Anne travaille dans un autre territoire que le vôtre."


def test_an_adviser_promotes_nobody_of_another_territory(small) -> None:
    stranger = actor_of(professional(agency=AgencyFactory(department_code="38")))
    with pytest.raises(AccessDenied, match="relève d'un autre territoire"):
        actions.send(
            small.person,
            actor=stranger,
            agency=small.agency,
            contacts=[small.first],
            message=MESSAGE,
            visibility=Visibility.ANONYMOUS,
        )
    assert nothing_left()


@pytest.mark.parametrize("who", ["anonymous", "owner", "lead", "no_factor"])
def test_only_advisers_promote(small, who) -> None:
    actor = {
        "anonymous": lambda: ANONYMOUS,
        "owner": lambda: owner(small.person),
        "lead": lambda: actor_of(professional("team_lead", agency=small.agency)),
        "no_factor": lambda: actor_of(small.user, second_factor=False),
    }[who]()
    with pytest.raises(AccessDenied):
        actions.send(
            small.person,
            actor=actor,
            agency=small.agency,
            contacts=[small.first],
            message=MESSAGE,
            visibility=Visibility.ANONYMOUS,
        )
    assert nothing_left()


def test_an_adviser_sends_in_the_name_of_their_own_agency(small) -> None:
    assert refused(small, agency=AgencyFactory()) == "Vous ne travaillez pas dans cette agence."


def test_the_same_person_is_not_shown_again_within_thirty_days_without_saying_so(small) -> None:
    small.send()
    colleague = ContactFactory(establishment=small.first.establishment)
    with pytest.raises(actions.DuplicateRefused) as refusal:
        small.send(colleague)
    assert refusal.value.reason == (
        "Ce profil a déjà été présenté à Les Jardins de Flore il y a moins de 30 jours."
        " Vous pouvez l'envoyer quand même."
    )
    assert len(small.send(colleague, acknowledged=True)) == 1


def test_after_thirty_days_it_may_be_shown_again(small) -> None:
    small.send()
    with time_machine.travel(MONDAY + dt.timedelta(days=30), tick=False):
        assert len(small.send()) == 1


def test_the_link_of_a_reminder_is_the_same(small) -> None:
    (sent,) = small.send()
    assert link_of(sent).recipient == small.first.email
    assert MailLink.objects.filter(target_id=sent.pk).count() == 1


def test_the_message_is_prefilled_from_facts(small) -> None:
    held = HeldSkillFactory(person=small.person)
    evidence(held, origin="Chez Suzanne", assurance=2)
    draft = queries_draft.draft_message(small.person, small.first.establishment, small.adviser)
    assert "Cuisinier / Cuisinière" in draft
    assert f"– {held.skill.label} (Chez Suzanne" in draft
    assert "Valence" in draft
    assert "Awa" not in draft
    assert len(small.send(message=draft)) == 1


def test_without_proof_the_draft_says_what_she_can_do() -> None:
    small = world()
    held = HeldSkillFactory(person=small.person)
    draft = queries_draft.draft_message(small.person, None, small.adviser)
    assert f"Ce qu'elle sait faire :\n– {held.skill.label}" in draft


def test_a_bare_profile_still_has_a_draft() -> None:
    person = PersonFactory(commune=None, consenting=True)
    assert queries_draft.draft_message(person, None, ANONYMOUS).startswith("Je vous présente une personne")


def test_a_promotion_remembers_how_many_skills_were_validated_then(small) -> None:
    small.person.validated_skill_count = 3
    small.person.save()
    (sent,) = small.send()
    small.person.validated_skill_count = 5
    small.person.save()
    assert again(sent).validated_skill_count == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_reaches_the_employer_once(small) -> None:
    barrier, outcomes = threading.Barrier(2), []

    def submit() -> None:
        try:
            barrier.wait()
            outcomes.append(len(small.send()))
        except actions.DuplicateRefused:
            outcomes.append("duplicate")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "duplicate"]
    assert OutboxMessage.objects.filter(kind="promotions.profile").count() == 1


def test_last_sendings_are_known_by_establishment(small) -> None:
    small.send()
    ids = [small.first.establishment_id, small.second.establishment_id]
    assert queries.last_sent(ids) == {small.first.establishment_id: MONDAY}
    assert queries.last_sent(ids, PersonFactory()) == {}


def test_the_agency_is_called_as_one_dials(small) -> None:
    small.send()
    sent = OutboxMessage.objects.get(kind="promotions.profile")
    assert "04 75 00 00 00" in sent.text
    assert "04 75 00 00 00" in sent.html
    assert "+33475000000" not in sent.text + sent.html
