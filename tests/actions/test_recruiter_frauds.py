"""Frauds on recruiter spaces, one by one: refused, held, or put under review; nothing of theirs reaches a jobseeker.

The attacker wants a space certified, or to use one that is. The adviser of each scenario is in a hurry: somebody
answers at a fixed number found on a page of the fraudster's, every line of the checklist is ticked, no point is
answered. Whoever passes that passes.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from entremise.accounts import actions_recruiters
from entremise.accounts.actions import AccountRefused
from entremise.accounts.queries import actor_for
from entremise.employers import actions as employers
from entremise.employers import (
    actions_certification,
    actions_fraud,
    actions_members,
    actions_space_checks,
    actions_spaces,
    jobs,
)
from entremise.employers import queries_certification as certification
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.actions_spaces import Identity, SpaceRefused
from entremise.employers.enums import SizeBand
from entremise.employers.enums_spaces import CheckItem, CheckKind, CheckOutcome, RefusalReason, SpaceState
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel import clock, links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, Role, job_actor, link_actor
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_recruiter, queries_recruiter
from entremise.matching.rules_recruiter import UNUSUAL_SEARCHES_A_DAY
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.contests import COOK
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.people import occupation
from tests.factories.spaces import again
from tests.web.walk import put_back

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
REFUSED = (
    SpaceRefused, CertificationRefused, TransitionRefused, AccessDenied, AccountRefused, EstablishmentRefused,
    links.LinkRefused,
)  # fmt: skip
PURPOSE = "Recruter deux vendeurs pour la saison qui vient."
ACCOMPLICE = "+33426781234"  # a fixed line, on a page that the fraudster wrote
REGISTRAR = job_actor("test")
Attack = Callable[[], RecruiterSpace]
ATTACKS: dict[str, Attack] = {}


def attack(played: Attack) -> Attack:
    """Add a scenario; it returns the space that the fraudster wants to use, or raises the refusal."""
    ATTACKS[played.__name__] = played
    return played


def adviser() -> Actor:
    return actor_of(professional(agency=AgencyFactory()))


def account(email: str, first: str = "Paula", last: str = "Verdier") -> Actor:
    user = actions_recruiters.open_recruiter(email, actor=REGISTRAR, first_name=first, last_name=last)
    return actor_for(user, second_factor=False)


def unwritten() -> Establishment:
    """Return a place of whose mailboxes and lines our file knows nothing."""
    return EstablishmentFactory(email_domain="", phone="")


def asks(
    place: Establishment | None = None, *, email: str = "paula.verdier@garance.example", first: str = "Paula",
    last: str = "Verdier", phone: str = "04 75 40 12 12",
) -> RecruiterSpace:  # fmt: skip
    """Ask for a space, as anybody may."""
    AgencyFactory()  # somebody will look at it
    told = Identity(first, last, email, "responsable", phone)
    place = place or EstablishmentFactory()
    space: RecruiterSpace = actions_spaces.ask(
        place, actor=account(email, first, last), identity=told, purpose=PURPOSE
    )
    return space


def hurried(space: RecruiterSpace, actor: Actor | None = None, *, number: str = ACCOMPLICE) -> RecruiterSpace:
    """Certify in a hurry: one call, everything ticked, nothing read."""
    actor, kind = actor or adviser(), CheckKind.LANDLINE
    note = "Numéro vu sur leur page."
    actions_space_checks.log_check(
        space, actor=actor, kind=kind, outcome=CheckOutcome.CONFIRMED, note=note, number=number
    )
    return signed(again(space), actor)


def signed(space: RecruiterSpace, actor: Actor) -> RecruiterSpace:
    """Tick everything and certify what was read just now."""
    read = certification.version_of(again(space))
    items = CheckItem.values
    certified: RecruiterSpace = actions_certification.certify(
        again(space), actor=actor, items=items, note="Entreprise jointe, tout est confirmé.", version=read
    )
    return certified


def certified(**facts: Any) -> RecruiterSpace:
    """Return an honest space, certified long enough ago for nobody to look at it twice."""
    with time_machine.travel(clock.now() - dt.timedelta(days=40), tick=False):
        return hurried(asks(**facts))


def blocked(**facts: Any) -> RecruiterSpace:
    """Return a fraud of the past: blocked, reported, its SIRET and ways to reach it excluded."""
    told = {"email": "paul.leroux@mail-leroux.example", "first": "Paul", "last": "Leroux", "phone": "06 41 52 63 74"}
    with time_machine.travel(clock.now() - dt.timedelta(days=60), tick=False):
        actor, space = adviser(), asks(**told | facts)
        reason = RefusalReason.FRAUDULENT_OFFERS
        actions_certification.block(space, actor=actor, reason=reason, note="Offres de transfert d'argent.")
        actions_fraud.report(again(space), actor=actor, facts="Transfert d'argent demandé à trois candidats.")
    return again(space)


def member_of(space: RecruiterSpace) -> tuple[Actor, SpaceMember]:
    member: Any = SpaceMember.objects.unscoped("a test").filter(space=space).exclude(user=None).first()
    return actor_for(member.user, second_factor=False), member


# --- known of a blocked space ---


@attack
def the_telephone_of_a_blocked_space() -> RecruiterSpace:
    blocked()
    return hurried(asks(phone="06 41 52 63 74"))


@attack
def the_same_telephone_written_otherwise() -> RecruiterSpace:
    blocked()
    return hurried(asks(phone="+33 (0)6.41.52.63.74"))


@attack
def the_mailbox_of_a_blocked_space_for_another_company() -> RecruiterSpace:
    blocked(email="paul.leroux.rh@gmail.com")
    return hurried(asks(unwritten(), email="paul.leroux.rh@gmail.com", first="Paula", last="Vernet"))


@attack
def the_same_mailbox_with_a_plus() -> RecruiterSpace:
    blocked(email="paul.leroux.rh@gmail.com")
    return hurried(asks(unwritten(), email="paul.leroux.rh+valence@gmail.com"))


@attack
def the_same_mailbox_without_its_dots() -> RecruiterSpace:
    blocked(email="paul.leroux.rh@gmail.com")
    return hurried(asks(unwritten(), email="paulleroux.r.h@googlemail.com"))


@attack
def another_mailbox_of_the_blocked_domain() -> RecruiterSpace:
    blocked()
    return hurried(asks(unwritten(), email="recrutement@mail-leroux.example"))


@attack
def the_name_of_a_blocked_recruiter_the_other_way_round() -> RecruiterSpace:
    blocked(first="Paul-Édouard", last="Leroux")
    box = "p.leroux82@laposte.net"
    return hurried(asks(unwritten(), email=box, first="LEROUX", last="Paul Edouard"))


@attack
def the_siret_of_a_blocked_space() -> RecruiterSpace:
    fraud = blocked()
    return hurried(asks(fraud.establishment))


@attack
def the_account_of_a_blocked_space_asks_for_another() -> RecruiterSpace:
    fraud = blocked()
    actor, member = member_of(fraud)
    told = Identity("Paul", "Leroux", member.email, "gérant", "04 75 22 33 44")
    return hurried(actions_spaces.ask(unwritten(), actor=actor, identity=told, purpose=PURPOSE))


# --- somebody else's company ---


@attack
def a_domain_that_looks_like_the_company_s() -> RecruiterSpace:
    return hurried(asks(email="rh@garrance.example"))


@attack
def the_company_s_name_glued_to_a_word() -> RecruiterSpace:
    return hurried(asks(email="rh@garance-recrutement.example"))


@attack
def a_domain_with_a_letter_of_another_alphabet() -> RecruiterSpace:
    return hurried(asks(email="rh@gаrance.example"))  # the second letter is Cyrillic


@attack
def the_same_domain_as_punycode() -> RecruiterSpace:
    return hurried(asks(email="rh@" + "gаrance.example".encode("idna").decode()))


@attack
def the_company_s_domain_under_another() -> RecruiterSpace:
    return hurried(asks(email="rh@garance.example.embauche-rapide.example"))


@attack
def a_free_mailbox_for_a_large_company() -> RecruiterSpace:
    place = EstablishmentFactory(
        name="Garance Distribution", size_band=SizeBand.VERY_LARGE, email_domain="garance.example"
    )
    return hurried(asks(place, email="garance.recrutement@gmail.com"))


@attack
def a_free_mailbox_that_names_nobody_for_a_large_company() -> RecruiterSpace:
    place = EstablishmentFactory(name="Garance Distribution", size_band=SizeBand.LARGE)
    return hurried(asks(place, email="recrut.paula82@gmail.com"))


@attack
def a_domain_of_one_s_own_for_a_company_that_has_another() -> RecruiterSpace:
    return hurried(asks(email="contact@embauche-rapide.example"))


@attack
def a_disposable_mailbox() -> RecruiterSpace:
    return hurried(asks(unwritten(), email="paula@yopmail.com"))


@attack
def a_closed_establishment() -> RecruiterSpace:
    return hurried(asks(EstablishmentFactory(closed=True)))


@attack
def an_establishment_that_closes_before_the_decision() -> RecruiterSpace:
    space = asks()
    employers.close(space.establishment, actor=adviser(), closed_on=clock.today())
    return hurried(again(space))


@attack
def a_second_recruiter_claims_a_certified_siret() -> RecruiterSpace:
    first = certified(place=unwritten(), email="fleurs.verdier@orange.fr")
    return hurried(asks(first.establishment, email="direction.fleurs@orange.fr", first="Luc", last="Noir"))


@attack
def the_siret_of_a_sister_company_with_another_domain() -> RecruiterSpace:
    place = EstablishmentFactory()
    sister = EstablishmentFactory(siret=place.siret[:9] + "00025", email_domain="")
    return hurried(asks(sister, email="rh@garance-services.example"))


@attack
def a_premium_telephone() -> RecruiterSpace:
    return hurried(asks(phone="08 99 70 12 34"))


@attack
def a_telephone_abroad() -> RecruiterSpace:
    return hurried(asks(phone="+44 7911 123456"))


# --- what the agency does wrong ---


@attack
def an_adviser_certifies_what_they_created() -> RecruiterSpace:
    user = professional(agency=AgencyFactory())
    actor = actor_of(user)
    agency = user.memberships.get().agency
    told = Identity("Paula", "Verdier", "paula@garance.example", "gérante", "04 75 40 12 12")
    space = actions_spaces.create_on_behalf(
        EstablishmentFactory(), actor=actor, agency=agency, identity=told, purpose=PURPOSE
    )
    return hurried(space, actor)


@attack
def who_blocked_unblocks() -> RecruiterSpace:
    space, actor = asks(), adviser()
    actions_certification.block(space, actor=actor, reason=RefusalReason.OTHER, note="Un doute.")
    actions_certification.unblock(again(space), actor=actor, note="Finalement, tout va bien.")
    return hurried(again(space), actor)


@attack
def who_unblocks_certifies_without_a_new_call() -> RecruiterSpace:
    space, first, second = certified(), adviser(), adviser()
    actions_certification.block(space, actor=first, reason=RefusalReason.OTHER, note="Un doute.")
    actions_certification.unblock(again(space), actor=second, note="Vu avec la direction.")
    return signed(again(space), second)


@attack
def an_adviser_of_another_territory_certifies() -> RecruiterSpace:
    return hurried(asks(), actor_of(professional(agency=AgencyFactory(department_code="38"))))


@attack
def a_new_number_of_the_privileged_contact_is_called() -> RecruiterSpace:
    actor, contact = adviser(), ContactFactory(privileged=True, phone="0475401010")
    employers.save_contact(
        contact.establishment, actor=actor, contact=contact, name=contact.name, email=contact.email,
        phone="04 26 78 12 34", is_privileged=True,
    )  # fmt: skip
    return known_and_called(asks(contact.establishment), actor)


@attack
def another_privileged_contact_takes_the_place_of_the_former() -> RecruiterSpace:
    actor, contact = adviser(), ContactFactory(privileged=True, phone="0475401010")
    told = {"name": "Paula Verdier", "email": "paula.v@garance.example", "phone": "04 26 78 12 34"}
    employers.save_contact(contact.establishment, actor=actor, is_privileged=True, **told)
    return known_and_called(asks(contact.establishment), actor)


def known_and_called(space: RecruiterSpace, actor: Actor) -> RecruiterSpace:
    """Say that the company is known and call the number that has just been written."""
    actions_space_checks.know(space, actor=actor, acquaintance="known")
    kind = CheckKind.PRIVILEGED
    actions_space_checks.log_check(
        again(space), actor=actor, kind=kind, outcome=CheckOutcome.CONFIRMED, number="04 26 78 12 34"
    )
    return signed(again(space), actor)


@attack
def the_space_changes_after_the_adviser_has_read_it() -> RecruiterSpace:
    space, actor = asks(), adviser()
    read, items = certification.version_of(space), CheckItem.values
    recruiter, member = member_of(space)
    actions_members.correct(member, actor=recruiter, job="gérante", phone="06 41 52 63 74")
    kind, told = CheckKind.LANDLINE, {"note": "Page.", "number": ACCOMPLICE}
    actions_space_checks.log_check(space, actor=actor, kind=kind, outcome=CheckOutcome.CONFIRMED, **told)
    certified_space: RecruiterSpace = actions_certification.certify(
        again(space), actor=actor, items=items, note="Confirmé.", version=read
    )
    return certified_space


# --- a certified space, taken over or sold ---


@attack
def a_taken_over_account_changes_its_telephone_abroad() -> RecruiterSpace:
    space = certified()
    actor, member = member_of(space)
    actions_members.correct(member, actor=actor, job="gérante", phone="+44 7911 123456")
    return again(space)


@attack
def a_taken_over_account_takes_the_telephone_of_a_fraud() -> RecruiterSpace:
    space = certified()
    blocked()
    actor, member = member_of(space)
    actions_members.correct(member, actor=actor, job="gérante", phone="06 41 52 63 74")
    return again(space)


@attack
def a_member_comes_with_a_personal_mailbox() -> RecruiterSpace:
    space = certified()
    invite_and_join(space, "kevin.du26@gmail.com", "Kevin", "Dulac", "06 51 00 11 22")
    return again(space)


@attack
def a_member_of_a_blocked_space_is_invited() -> RecruiterSpace:
    space = certified()
    blocked(email="paul.leroux.rh@gmail.com")
    invite_and_join(space, "paul.leroux.rh+26@gmail.com", "Paul", "Leroux", "06 51 00 11 22")
    return again(space)


def invite_and_join(space: RecruiterSpace, email: str, first: str, last: str, phone: str) -> None:
    actor, _member = member_of(space)
    told = Identity(first, last, email, "vendeur", phone)
    invited = actions_members.invite(space, actor=actor, identity=told)
    links.issue(SPACE_INVITATION, invited.pk, email)
    link = MailLink.objects.filter(target_id=invited.pk).latest("pk")
    actions_members.join(invited, actor=link_actor(link.pk, Role.MAILBOX_OWNER))


@attack
def a_taken_over_account_copies_the_pool() -> RecruiterSpace:
    space = certified()
    actor, _member = member_of(space)
    occupation(COOK, "Cuisinier")
    opened = actions_recruiter.open_own(space, actor=actor)
    criteria = queries_recruiter.criteria_around(opened, occupation=COOK, radius_km=50, skills=[])
    for _ in range(UNUSUAL_SEARCHES_A_DAY):
        actions_recruiter.search(opened, actor=actor, criteria=criteria)
    return again(space)


@attack
def a_dormant_space_wakes_up() -> RecruiterSpace:
    space = certified()
    with time_machine.travel(clock.now() + dt.timedelta(days=400), tick=False):
        actor, _member = member_of(space)
        words = "Nous recrutons en urgence."
        actions_spaces.present(again(space), actor=actor, presentation=words, website="", benefits="")
        jobs.look_again()
    return again(space)


@attack
def a_refused_space_comes_back_under_another_name() -> RecruiterSpace:
    space, actor = asks(unwritten(), email="paula.v@orange.fr", phone="06 41 52 63 74"), adviser()
    reason = RefusalReason.NOT_REQUESTED
    actions_certification.refuse(space, actor=actor, reason=reason, note="L'entreprise n'a rien demandé.")
    return hurried(
        asks(space.establishment, email="anne.durand@orange.fr", first="Anne", last="Durand", phone="0641526374")
    )


@attack
def a_refused_space_asks_again_and_rests_on_the_former_call() -> RecruiterSpace:
    space, actor = asks(), adviser()
    told = {"note": "Page.", "number": ACCOMPLICE}
    actions_space_checks.log_check(space, actor=actor, kind=CheckKind.LANDLINE, outcome=CheckOutcome.CONFIRMED, **told)
    actions_certification.refuse(again(space), actor=actor, reason=RefusalReason.NOT_CONFIRMED, note="Rien de clair.")
    with time_machine.travel(clock.now() + dt.timedelta(days=1), tick=False):
        actions_spaces.ask_again(again(space), actor=member_of(space)[0], purpose=PURPOSE)
        return signed(again(space), actor)


@attack
def who_left_still_acts() -> RecruiterSpace:
    space = certified()
    actor, member = member_of(space)
    invite_and_join(space, "luc@garance.example", "Luc", "Morin", "04 75 40 12 13")
    other = SpaceMember.objects.unscoped("a test").filter(space=space).exclude(pk=member.pk).get()
    actions_members.remove(other, actor=actor)
    gone = actor_for(other.user, second_factor=False)
    actions_spaces.present(again(space), actor=gone, presentation="Écrivez-moi.", website="", benefits="")
    return again(space)


def outcome(played: Attack) -> tuple[str, str]:
    """Play a scenario; say whether it was refused, held or reaches somebody, and the sentence that was told."""
    try:
        space = played()
    except REFUSED as refusal:
        reason = str(refusal.reason)
        assert len(reason) > 20, f"a refusal is a sentence, not {reason!r}"
        return "refused", reason
    state = again(space).state
    return ("reaches", "") if state == SpaceState.CERTIFIED else ("held", str(SpaceState(state).label))


def test_an_honest_space_passes_before_the_same_hurried_adviser() -> None:
    with time_machine.travel(MONDAY, tick=False):
        assert hurried(asks()).state == SpaceState.CERTIFIED
        with put_back():
            assert hurried(asks(unwritten(), email="fleurs.verdier@orange.fr")).state == SpaceState.CERTIFIED
        assert certified(first="Luc", last="Aubin", email="luc@garance.example").state == SpaceState.CERTIFIED


def test_frauds_reach_nobody(record_property: Callable[[str, object], None]) -> None:
    """Play every scenario, each on an untouched base; at most one in twenty-five reaches somebody."""
    found = {}
    for name in sorted(ATTACKS):
        with put_back(), time_machine.travel(MONDAY, tick=False):
            found[name] = outcome(ATTACKS[name])
    reached = [name for name, (fate, _why) in found.items() if fate == "reaches"]
    counted = Counter(fate for fate, _why in found.values())
    said = f"{len(found) - len(reached)} fraudes retenues sur {len(found)} : {counted['refused']} refusées,"
    record_property("figure", f"{said} {counted['held']} mises de côté ; passent : {reached or 'aucune'}")
    assert len(found) >= 25
    assert len(reached) * 25 <= len(found), "\n".join(f"{name}: {fate}" for name, fate in found.items())
