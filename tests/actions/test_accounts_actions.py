"""Accounts: registering, inviting, leaving, opening hours."""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connection

from entremise.accounts import actions, queries, rules
from entremise.accounts.enums import MemberRole, Verb
from entremise.accounts.links import INVITATION, PASSWORD_RESET
from entremise.accounts.models import Invitation, Membership, User
from entremise.kernel import idempotency, journal, links
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor, Role, job_actor, link_actor
from entremise.kernel.models import MailLink, OutboxMessage
from tests.factories.accounts import (
    AgencyFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    actor_of,
    department,
    professional,
)
from tests.factories.sms import described

pytestmark = pytest.mark.django_db
SYSTEM = job_actor("tests")


def bearer(invitation: Invitation) -> Actor:
    link = links.issue(INVITATION, invitation.pk, invitation.email)
    return link_actor(link.pk, Role.MAILBOX_OWNER)


def test_a_proved_number_opens_an_account_without_password() -> None:
    user = actions.register_jobseeker(rules.parse_identifier("06 12 34 56 78"), actor=SYSTEM)
    assert (user.phone, user.phone_verified, user.email) == ("+33612345678", True, None)
    assert not user.has_usable_password()
    assert [line.verb for line in journal.history(user)] == [Verb.JOBSEEKER_REGISTERED]


def test_nobody_but_the_platform_opens_accounts() -> None:
    with pytest.raises(AccessDenied):
        actions.register_jobseeker(rules.parse_identifier("06 12 34 56 78"), actor=actor_of(professional()))


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_registrations_open_one_account() -> None:
    opened: list[User] = []

    def register() -> None:
        opened.append(actions.register_jobseeker(rules.parse_identifier("awa@exemple.fr"), actor=SYSTEM))
        connection.close()

    threads = [threading.Thread(target=register) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({user.pk for user in opened}) == 1
    assert len(opened) == 4


def test_a_code_goes_by_sms_to_a_number(settings) -> None:
    settings.SMS = described()
    actions.send_code(rules.parse_identifier("06 12 34 56 78"), actor=SYSTEM, code="123456")
    message = OutboxMessage.objects.get()
    assert (message.channel, message.recipient, message.html) == ("sms", "+33612345678", "")
    assert "123456" in message.text


def test_a_professional_receives_the_way_to_their_page_and_no_code() -> None:
    user = professional()
    actions.send_code(rules.parse_identifier(user.email), actor=SYSTEM, code="123456")
    message = OutboxMessage.objects.get()
    assert "123456" not in message.text + message.html + message.subject
    assert "/connexion/professionnels/" in message.text


def test_an_operator_creates_a_professional_who_chooses_a_password_later() -> None:
    agency = AgencyFactory()
    facts = {"email": "Chef@Emploi.exemple", "first_name": "Luc", "last_name": "Petit", "role": MemberRole.TEAM_LEAD}
    user = actions.create_professional(agency, actor=SYSTEM, departments=[department("38")], **facts)
    actor = actor_of(user)
    assert user.email == "chef@emploi.exemple"
    assert not user.has_usable_password()
    assert (actor.roles, actor.departments) == ({Role.TEAM_LEAD}, {"26", "38"})


def test_the_address_of_a_jobseeker_never_becomes_a_professional_account() -> None:
    jobseeker = UserFactory()
    facts = {"first_name": "A", "last_name": "B", "role": MemberRole.ADMIN}
    with pytest.raises(actions.AccountRefused, match="espace de demandeur d'emploi"):
        actions.create_professional(AgencyFactory(), actor=SYSTEM, email=jobseeker.email, **facts)


def test_a_team_lead_invites_an_adviser_who_receives_a_link() -> None:
    agency = AgencyFactory(name="Agence de Valence")
    lead = professional(Role.TEAM_LEAD, agency=agency)
    invitation = actions.invite(
        agency, actor=actor_of(lead), email="Nouvelle@Emploi.exemple", role=MemberRole.BUSINESS_ADVISER
    )
    message = OutboxMessage.objects.get()
    link = MailLink.objects.get(target_id=invitation.pk)
    assert message.recipient == link.recipient == "nouvelle@emploi.exemple"
    assert links.token(link) in message.text
    assert "Nadia Ferrand vous invite à rejoindre Agence de Valence" in message.text


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (MemberRole.DIRECTOR, "Votre rôle ne permet pas de donner celui-ci"),
        (MemberRole.PLACEMENT_ADVISER, "a déjà ce rôle"),
        (MemberRole.BUSINESS_ADVISER, "déjà en attente"),
    ],
)
def test_an_invitation_that_makes_no_sense_is_refused(role: MemberRole, words: str) -> None:
    agency = AgencyFactory()
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    member = professional(Role.PLACEMENT_ADVISER, agency=agency)
    InvitationFactory(agency=agency, email=member.email, role=MemberRole.BUSINESS_ADVISER)
    with pytest.raises(actions.AccountRefused, match=words):
        actions.invite(agency, actor=lead, email=member.email, role=role)
    assert not OutboxMessage.objects.exists()


def test_a_lead_invites_to_their_own_agency_only() -> None:
    lead = actor_of(professional(Role.TEAM_LEAD))
    with pytest.raises(AccessDenied, match="n'est pas la vôtre"):
        actions.invite(AgencyFactory(), actor=lead, email="x@emploi.exemple", role=MemberRole.BUSINESS_ADVISER)


def test_an_adviser_invites_nobody() -> None:
    agency = AgencyFactory()
    adviser = actor_of(professional(Role.BUSINESS_ADVISER, agency=agency))
    with pytest.raises(AccessDenied, match="Votre rôle"):
        actions.invite(agency, actor=adviser, email="x@emploi.exemple", role=MemberRole.BUSINESS_ADVISER)


def test_accepting_opens_an_account_with_the_role() -> None:
    invitation = InvitationFactory(role=MemberRole.TEAM_LEAD)
    user = actions.accept_invitation(
        invitation, actor=bearer(invitation), first_name="Luc", last_name="Petit", password="une phrase assez longue"
    )
    assert user.email == invitation.email
    assert user.check_password("une phrase assez longue")
    assert actor_of(user).roles == {Role.TEAM_LEAD}
    assert MailLink.objects.get(target_id=invitation.pk).used_at is not None


def test_a_known_professional_gets_one_more_role_and_keeps_the_password() -> None:
    user = professional(Role.BUSINESS_ADVISER)
    invitation = InvitationFactory(email=user.email, role=MemberRole.TEAM_LEAD)
    actions.accept_invitation(invitation, actor=bearer(invitation), password="autre chose de long")
    user.refresh_from_db()
    assert actor_of(user).roles == {Role.BUSINESS_ADVISER, Role.TEAM_LEAD}
    assert not user.check_password("autre chose de long")


def test_an_invitation_is_accepted_once() -> None:
    invitation = InvitationFactory()
    actions.accept_invitation(invitation, actor=bearer(invitation), first_name="Luc", last_name="Petit", password="p")
    with pytest.raises(actions.AccountRefused, match="déjà été acceptée"):
        actions.accept_invitation(invitation, actor=bearer(invitation))


def test_a_cancelled_invitation_opens_nothing() -> None:
    lead = professional(Role.TEAM_LEAD)
    agency = Membership.objects.get(user=lead).agency
    invitation = InvitationFactory(agency=agency)
    actor = bearer(invitation)
    actions.revoke_invitation(invitation, actor=actor_of(lead))
    with pytest.raises(actions.AccountRefused, match="a été annulée"):
        actions.accept_invitation(invitation, actor=actor)
    assert MailLink.objects.get(target_id=invitation.pk).revoked_at is not None


def test_a_jobseeker_is_asked_for_a_professional_address() -> None:
    invitation = InvitationFactory(email=UserFactory().email)
    with pytest.raises(actions.AccountRefused, match="espace de demandeur d'emploi"):
        actions.accept_invitation(invitation, actor=bearer(invitation))


def test_a_link_about_something_else_accepts_nothing() -> None:
    other = bearer(InvitationFactory())
    with pytest.raises(AccessDenied, match="pour autre chose"):
        actions.accept_invitation(InvitationFactory(), actor=other)


def test_an_invitation_sent_again_replaces_the_former_link() -> None:
    lead = professional(Role.TEAM_LEAD)
    invitation = InvitationFactory(agency=Membership.objects.get(user=lead).agency)
    first = links.issue(INVITATION, invitation.pk, invitation.email)
    actions.send_invitation_again(invitation, actor=actor_of(lead))
    with pytest.raises(links.LinkRefused) as refusal:
        links.read(INVITATION, links.token(first))
    assert refusal.value.reason is links.Refusal.REVOKED
    assert links.current(INVITATION, invitation.pk) != first


def test_who_leaves_loses_every_right_at_once() -> None:
    agency = AgencyFactory()
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    leaving = MembershipFactory(agency=agency)
    actions.end_membership(leaving, actor=lead)
    former = actor_of(leaving.user)
    assert not former.roles
    assert not former.departments
    assert queries.active_professional(leaving.user.email) is None
    assert queries.is_professional(leaving.user)  # and does not become a jobseeker by the way


def test_nobody_ends_their_own_access() -> None:
    lead = professional(Role.TEAM_LEAD)
    with pytest.raises(AccessDenied, match="votre propre accès"):
        actions.end_membership(Membership.objects.get(user=lead), actor=actor_of(lead))


def test_an_administrator_manages_every_agency_of_the_organisation_and_no_other() -> None:
    agency = AgencyFactory()
    admin = actor_of(professional(Role.ADMIN, agency=agency))
    sister = AgencyFactory(organisation=agency.organisation)
    foreign = AgencyFactory()
    assert list(queries.agencies_of(admin)) == sorted([agency, sister], key=lambda a: a.name)
    assert not queries.members(foreign, admin).exists()
    actions.end_membership(MembershipFactory(agency=sister), actor=admin)
    with pytest.raises(AccessDenied):
        actions.end_membership(MembershipFactory(agency=foreign), actor=admin)


def test_the_calendar_of_an_agency_follows_its_hours_and_its_holidays() -> None:
    agency = AgencyFactory()
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    saturday = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)
    assert not queries.calendar_for_agency(agency).is_open(saturday)
    actions.set_opening_hours(agency, actor=lead, hours=[(5, dt.time(9), dt.time(13))])
    calendar = queries.calendar_for_agency(agency)
    assert calendar.is_open(saturday)
    assert not calendar.is_working_day(dt.date(2026, 11, 20))
    assert calendar.is_holiday(dt.date(2026, 11, 11))
    actions.restore_usual_hours(agency, actor=lead)
    assert not queries.calendar_for_agency(agency).is_open(saturday)
    assert [line.data for line in journal.history(agency)] == [{"opening_hours": "own"}, {"opening_hours": "usual"}]


def test_opening_hours_that_make_no_week_change_nothing() -> None:
    agency = AgencyFactory()
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    with pytest.raises(actions.HoursRefused, match="au moins un jour"):
        actions.set_opening_hours(agency, actor=lead, hours=[])
    with pytest.raises(actions.HoursRefused, match="après l'heure d'ouverture"):
        actions.set_opening_hours(agency, actor=lead, hours=[(0, dt.time(9), dt.time(9))])
    assert queries.has_usual_hours(agency)


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.BUSINESS_ADVISER])
def test_the_hours_of_an_agency_are_set_by_its_own_managers_only(role: Role) -> None:
    agency = AgencyFactory()
    home = AgencyFactory() if role is Role.TEAM_LEAD else agency
    actor = actor_of(professional(role, agency=home))
    for act in (
        lambda: actions.set_opening_hours(agency, actor=actor, hours=[(0, dt.time(9), dt.time(12))]),
        lambda: actions.restore_usual_hours(agency, actor=actor),
    ):
        with pytest.raises(AccessDenied):
            act()
    assert queries.has_usual_hours(agency)


@pytest.mark.django_db(transaction=True)
def test_two_weeks_set_at_once_never_mix() -> None:
    agency = AgencyFactory()
    lead = actor_of(professional(Role.TEAM_LEAD, agency=agency))
    weeks = [[(day, dt.time(8 + n), dt.time(12 + n)) for day in range(5)] for n in range(4)]

    def set_week(week: list[tuple[int, dt.time, dt.time]]) -> None:
        actions.set_opening_hours(agency, actor=lead, hours=week)
        connection.close()

    threads = [threading.Thread(target=set_week, args=[week]) for week in weeks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = list(agency.opening_hours.order_by("weekday").values_list("weekday", "opens_at", "closes_at"))
    assert kept in weeks


def test_only_the_last_link_to_a_new_password_works() -> None:
    user = professional()
    actions.send_password_reset(user, actor=SYSTEM)
    first = links.current(PASSWORD_RESET, user.pk)
    actions.send_password_reset(user, actor=SYSTEM)
    with pytest.raises(links.LinkRefused):
        links.read(PASSWORD_RESET, links.token(first))


def test_a_new_password_is_announced_to_its_owner() -> None:
    user = professional()
    link = links.issue(PASSWORD_RESET, user.pk, user.email)
    actions.change_password(user, actor=link_actor(link.pk, Role.MAILBOX_OWNER), password="tout autre chose")
    message = OutboxMessage.objects.get(kind="accounts.security_notice")
    assert "mot de passe a été changé" in message.text
    user.refresh_from_db()
    assert user.check_password("tout autre chose")


def test_keys_of_old_forms_are_forgotten_after_a_week() -> None:
    with time_machine.travel(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), tick=False):
        assert idempotency.take("old", SYSTEM)
    with time_machine.travel(dt.datetime(2026, 11, 9, tzinfo=dt.UTC), tick=False):
        assert idempotency.take("new", SYSTEM)
        assert idempotency.forget_old() == 1
        assert not idempotency.take("new", SYSTEM)
