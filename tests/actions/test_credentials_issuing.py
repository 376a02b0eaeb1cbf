"""Badges given to an address, at an event, by endorsement: every success, and every refusal with its sentence."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.db import connection

from entremise.credentials import (
    actions,
    actions_claims,
    actions_classes,
    actions_endorsements,
    actions_events,
    actions_issuers,
    jobs,
    jobs_files,
    queries_issuing,
)
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import AwardState, BadgeState, RevokeReason
from entremise.credentials.models import Award, Endorsement
from entremise.credentials.models_files import Claim
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_issuing import reference
from entremise.kernel import clock, erasure, retention
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.openbadges import di, limits
from entremise.lib.openbadges.keys import Algorithm
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.issuing import House, claimer, house, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> House:
    return house()


def fresh(award: Award) -> Award:
    return Award.objects.unscoped("a test's row").select_related("badge_class__issuer", "person").get(pk=award.pk)


def test_a_badge_waits_at_an_address_then_is_taken_and_signed(desk: House) -> None:
    award = desk.offer(note="Vue pendant deux jours.")
    assert award.state == AwardState.OFFERED
    assert award.person is None
    sent = OutboxMessage.objects.get(kind="credentials.badge_offered")
    assert sent.recipient == "awa@exemple.fr"
    assert "Formation Drôme vous remet un badge : Accueillir des clients" in sent.subject
    assert reference(award.public_id) in sent.text
    assert "Vue pendant deux jours." in sent.text
    person, actor = claimer()
    taken = actions_claims.take(award, actor=actor, person=person)
    assert (taken.state, taken.person) == (AwardState.WAITING, person)
    assert not Claim.objects.exists()
    jobs.sign_all()
    assert fresh(award).state == AwardState.ISSUED


def test_nothing_tells_whether_an_address_has_an_account(desk: House) -> None:
    claimer("connue@exemple.fr")
    known, unknown = desk.offer("connue@exemple.fr"), desk.offer("inconnue@exemple.fr")
    assert known.state == unknown.state == AwardState.OFFERED
    first, second = OutboxMessage.objects.filter(kind="credentials.badge_offered").order_by("recipient")
    assert first.subject == second.subject


def test_an_address_receives_the_same_badge_once_while_it_waits(desk: House) -> None:
    desk.offer("AWA@exemple.fr")
    with pytest.raises(CredentialRefused, match="attend déjà cette personne"):
        desk.offer("awa@exemple.fr ")


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"name": "  "}, "Donnez le nom", "name"),
        ({"name": "x" * 161}, "160 caractères", "name"),
        ({"email": "awa@"}, "n'est pas complète", "email"),
        ({"awarded_on": dt.date(2100, 1, 1)}, "Cette date n'est pas possible", "awarded_on"),
        ({"awarded_on": dt.date(1900, 1, 1)}, "Cette date n'est pas possible", "awarded_on"),
    ],
)
def test_what_is_badly_said_is_refused_with_its_field(
    desk: House, facts: dict[str, Any], sentence: str, field: str
) -> None:
    with pytest.raises(CredentialRefused, match=sentence) as refused:
        desk.offer(**facts)
    assert refused.value.field == field
    assert not Award.objects.unscoped("a test").exists()


def test_a_draft_a_retired_badge_and_a_stopped_issuer_give_nothing(desk: House) -> None:
    draft = actions_classes.change(desk.badge, actor=desk.actor, name="Nouvelle version")
    with pytest.raises(CredentialRefused, match="n'est pas publié"):
        actions_claims.offer(draft, actor=desk.actor, name="A", email="a@exemple.fr", awarded_on=clock.today())
    with pytest.raises(CredentialRefused, match="n'est pas publié"):
        actions_events.open_event(
            draft, actor=desk.actor, label="x", opens_at=clock.now(), closes_at=clock.now(), max_count=1
        )
    actions_issuers.stop(desk.issuer, actor=actor_of(professional(Role.TEAM_LEAD)))
    desk.badge.issuer.refresh_from_db()
    with pytest.raises(CredentialRefused, match="Cet émetteur est arrêté"):
        desk.offer()
    retired = actions_classes.retire(desk.badge, actor=desk.actor)
    assert retired.state == BadgeState.RETIRED
    with pytest.raises(CredentialRefused, match="n'est pas publié"):
        actions_claims.offer(retired, actor=desk.actor, name="A", email="a@exemple.fr", awarded_on=clock.today())


def test_another_organisation_gives_suspends_and_withdraws_nothing_of_ours(desk: House) -> None:
    other, award = house("Autre organisme"), desk.offer()
    for act in (
        lambda: actions_claims.offer(
            desk.badge, actor=other.actor, name="A", email="a@exemple.fr", awarded_on=clock.today()
        ),
        lambda: actions_claims.send_again(award, actor=other.actor),
        lambda: actions.revoke(award, actor=other.actor, reason=RevokeReason.FRAUD),
        lambda: actions_classes.change(desk.badge, actor=other.actor, name="Volé"),
        lambda: actions_events.stop(desk.event(), actor=other.actor),
    ):
        with pytest.raises(AccessDenied, match="autre organisation"):
            act()
    assert queries_issuing.award_for(award.pk, other.actor) is None
    assert queries_issuing.badge_for(desk.badge.pk, other.actor) is None


def test_a_lead_of_another_territory_does_not_stop_a_partner(desk: House) -> None:
    far = actor_of(professional(Role.TEAM_LEAD, agency=AgencyFactory(department_code="38")))
    with pytest.raises(AccessDenied, match="hors de votre territoire"):
        actions_issuers.stop(desk.issuer, actor=far)


def test_a_link_serves_once_and_only_for_the_address_it_was_sent_to(desk: House) -> None:
    award = desk.offer()
    other, other_actor = claimer("autre@exemple.fr")
    with pytest.raises(CredentialRefused, match="autre adresse que celle de votre compte"):
        actions_claims.take(award, actor=other_actor, person=other)
    person, actor = claimer()
    with pytest.raises(CredentialRefused, match="Ce compte n'est pas le vôtre"):
        actions_claims.take(award, actor=other_actor, person=person)
    actions_claims.take(award, actor=actor, person=person)
    with pytest.raises(CredentialRefused, match="Vous avez déjà pris ce badge"):
        actions_claims.take(award, actor=actor, person=person)
    with pytest.raises(CredentialRefused, match="un lien ne sert qu'une fois"):
        actions_claims.take(award, actor=other_actor, person=other)


def test_somebody_known_by_a_number_takes_the_badge_sent_to_her_mailbox(desk: House) -> None:
    award = desk.offer()
    person, actor = claimer()
    type(person.user).objects.filter(pk=person.user_id).update(email=None, phone="+33639981111")
    person.user.refresh_from_db()
    assert actions_claims.take(award, actor=actor, person=person).state == AwardState.WAITING


def test_a_withdrawn_offer_forgets_the_address_and_cannot_be_taken(desk: House) -> None:
    award = desk.offer()
    actions.revoke(award, actor=desk.actor, reason=RevokeReason.MISTAKE)
    assert not Claim.objects.exists()
    assert not OutboxMessage.objects.filter(about_id=str(award.pk)).exists()
    person, actor = claimer()
    with pytest.raises(CredentialRefused, match="retiré par son émetteur"):
        actions_claims.take(award, actor=actor, person=person)


def test_one_reminder_after_two_weeks_then_everything_is_forgotten(desk: House) -> None:
    start = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        award = desk.offer()
        assert jobs_files.remind_due() == 0
    with time_machine.travel(start + dt.timedelta(days=15), tick=False):
        assert jobs_files.remind_due() == 1
        assert jobs_files.remind_due() == 0
        reminder = OutboxMessage.objects.get(kind="credentials.badge_still_waits")
        first = OutboxMessage.objects.get(kind="credentials.badge_offered")
        address = next(word for word in first.text.split() if "/badges/prendre/" in word)
        assert address in reminder.text  # the same link
    with time_machine.travel(start + dt.timedelta(days=91), tick=False):
        held = next(one for one in retention.classes() if one.code == "credentials.claims")
        assert held.apply(clock.now()) == 1
    assert not Claim.objects.exists()
    assert not Award.objects.unscoped("a test").filter(pk=award.pk).exists()
    assert not MailLink.objects.filter(target_id=award.pk).exists()
    assert not OutboxMessage.objects.filter(recipient="awa@exemple.fr").exists()


def test_a_message_is_sent_again_once_a_day_with_the_same_link(desk: House) -> None:
    award = desk.offer()
    with pytest.raises(CredentialRefused, match="moins d'un jour"):
        actions_claims.send_again(award, actor=desk.actor)
    with time_machine.travel(clock.now() + dt.timedelta(days=2)):
        actions_claims.send_again(award, actor=desk.actor)
    assert MailLink.objects.filter(target_id=award.pk).count() == 1


def test_the_holder_is_told_what_becomes_of_the_badge_and_why(desk: House) -> None:
    award, (person, actor) = desk.offer(), claimer()
    actions_claims.take(award, actor=actor, person=person)
    jobs.sign_all()
    actions.suspend(fresh(award), actor=desk.actor)
    actions.resume(fresh(award), actor=desk.actor)
    actions.revoke(fresh(award), actor=desk.actor, reason=RevokeReason.MISTAKE)
    moved = OutboxMessage.objects.filter(kind="credentials.badge_moved")
    subjects = list(moved.order_by("created_at").values_list("subject", flat=True))
    assert subjects == [
        "Votre badge est suspendu : Accueillir des clients",
        "Votre badge est de nouveau valable : Accueillir des clients",
        "Votre badge a été retiré : Accueillir des clients",
    ]
    assert "remis par erreur" in moved.latest("created_at").text
    with pytest.raises(TransitionRefused, match="un retrait est définitif"):
        actions.resume(fresh(award), actor=desk.actor)


def test_a_badge_is_taken_at_an_event_once_a_person(desk: House) -> None:
    event, (person, actor) = desk.event(), claimer()
    given = actions_events.take(event, actor=actor, person=person)
    assert (given.state, given.person, given.narrative) == (AwardState.WAITING, person, "Forum des métiers")
    with pytest.raises(CredentialRefused, match="Vous avez déjà pris ce badge"):
        actions_events.take(event, actor=actor, person=person)
    assert queries_issuing.event_for(event.pk, desk.actor).taken_count == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("opens_in", "places", "sentence"),
    [(2, 3, "pas encore ouvert"), (-10, 3, "terminé"), (-1, 1, "Toutes les places sont prises")],
)
def test_an_event_not_open_over_or_full_gives_nothing(
    desk: House, opens_in: float, places: int, sentence: str
) -> None:
    with time_machine.travel(clock.now() - dt.timedelta(hours=12)):
        event = desk.event(opens_in=opens_in + 12, places=places)
    first, first_actor = claimer("premiere@exemple.fr")
    if places == 1:
        actions_events.take(event, actor=first_actor, person=first)
    person, actor = claimer()
    with pytest.raises(CredentialRefused, match=sentence):
        actions_events.take(event, actor=actor, person=person)


def test_a_stopped_event_and_a_stopped_issuer_give_nothing(desk: House) -> None:
    event, (person, actor) = desk.event(), claimer()
    stopped = actions_events.stop(event, actor=desk.actor)
    with pytest.raises(CredentialRefused, match="Cet événement est terminé"):
        actions_events.take(stopped, actor=actor, person=person)
    again = desk.event()
    actions_issuers.stop(desk.issuer, actor=actor_of(professional(Role.TEAM_LEAD)))
    with pytest.raises(CredentialRefused, match="Cet émetteur est arrêté"):
        actions_events.take(again, actor=actor, person=person)


@pytest.mark.parametrize(
    ("lasts", "places", "field"), [(-1, 5, "closes_at"), (24 * 100, 5, "closes_at"), (2, 0, "max_count")]
)
def test_an_event_with_impossible_hours_or_places_is_refused(
    desk: House, lasts: float, places: int, field: str
) -> None:
    with pytest.raises(CredentialRefused) as refused:
        desk.event(lasts=lasts, places=places)
    assert refused.value.field == field


@pytest.mark.django_db(transaction=True)
def test_two_people_who_want_the_last_place_get_one_badge() -> None:
    event = house().event(places=1)
    two = [claimer("une@exemple.fr"), claimer("deux@exemple.fr")]
    barrier, said = threading.Barrier(2), []

    def take(person: Any, actor: Any) -> None:
        barrier.wait(5)
        try:
            actions_events.take(event, actor=actor, person=person)
            said.append("")
        except CredentialRefused as refusal:
            said.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=one) for one in two]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(said)[0] == ""
    assert "Toutes les places sont prises" in sorted(said)[1]
    assert Award.objects.unscoped("a test").count() == 1


def test_an_issuer_endorses_another_s_badge_with_a_signature_that_holds(desk: House) -> None:
    other = house("Branche de l'accueil")
    made = actions_endorsements.endorse(
        other.issuer, actor=other.actor, text="Nous l'avons vu faire.", badge_class=desk.badge
    )
    document = limits.read_json(bytes(made.body))
    key = keys.active_key(other.issuer, Algorithm.EDDSA)
    assert key is not None
    assert di.verify(document, di.proofs(document)[0], keys.public(key))
    assert document["credentialSubject"]["endorsementComment"] == "Nous l'avons vu faire."
    with pytest.raises(CredentialRefused, match="déjà écrit cette recommandation"):
        actions_endorsements.endorse(other.issuer, actor=other.actor, text="Encore.", badge_class=desk.badge)
    withdrawn = actions_endorsements.withdraw(other.issuer, actor=other.actor, endorsement=made)
    assert withdrawn.withdrawn_at is not None
    actions_endorsements.endorse(other.issuer, actor=other.actor, text="Encore.", badge_class=desk.badge)
    assert Endorsement.objects.count() == 2


def test_nobody_endorses_herself_a_draft_or_in_somebody_else_s_name(desk: House) -> None:
    other = house("Autre organisme")
    draft = actions_classes.change(desk.badge, actor=desk.actor, name="Brouillon")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"badge_class": desk.badge, "text": "x"}, "On ne se recommande pas soi-même"),
        ({"issuer": desk.issuer, "text": "x"}, "On ne se recommande pas soi-même"),
        ({"badge_class": other.badge, "text": " "}, "Dites pourquoi"),
        ({"badge_class": other.badge, "text": "x" * 1001}, "Dites pourquoi"),
        ({"text": "x"}, "porte sur un badge, ou sur un émetteur"),
    ]
    for facts, sentence in cases:
        with pytest.raises(CredentialRefused, match=sentence):
            actions_endorsements.endorse(desk.issuer, actor=desk.actor, **facts)
    with pytest.raises(CredentialRefused, match="n'est pas publié"):
        actions_endorsements.endorse(other.issuer, actor=other.actor, badge_class=draft, text="x")
    with pytest.raises(AccessDenied):
        actions_endorsements.endorse(desk.issuer, actor=other.actor, issuer=other.issuer, text="x")


def test_who_is_erased_leaves_no_address_in_what_waits(desk: House) -> None:
    desk.offer()
    person, _actor = claimer()
    assert erasure.export_all(person.pk)["credentials.claim"][0]["email"] == "awa@exemple.fr"
    erasure.erase_all(person.pk)
    assert not Claim.objects.exists()
    assert not Award.objects.unscoped("a test").exists()


def test_a_used_badge_is_never_changed_but_followed_by_a_new_version(desk: House) -> None:
    desk.offer()
    second = actions_classes.change(desk.badge, actor=desk.actor, name="Accueillir et orienter")
    desk.badge.refresh_from_db()
    assert (desk.badge.name, desk.badge.version) == ("Accueillir des clients", 1)
    assert (second.version, second.state, second.series) == (2, BadgeState.DRAFT, desk.badge.series)
    assert published(desk.issuer, desk.actor, name="Autre").version == 1
