"""Reads of the accounts."""

from collections import defaultdict
from dataclasses import dataclass
from math import hypot, inf
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Prefetch, QuerySet

from entremise.accounts.enums import OrganisationKind
from entremise.accounts.models import Agency, Invitation, Membership, User
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import MailLink
from entremise.lib.workcalendar import SERVICE_HOURS, OpeningHours, Span, WorkCalendar, area_of_department
from entremise.territories.models import Commune

DEMO_EMAIL_DOMAIN = "demo.entremise.example"
DEMO_SHOWN_BY_ROLE = 5
# Asked at each page, in plain SQL: working it out from the models took more time than all the rest of signing in.
MEMBERSHIPS = """
select m.role, m.agency_id, a.organisation_id, a.department_id,
  array(select d.department_id from accounts_membership_departments d where d.membership_id = m.id), m.ended_on
from accounts_membership m join accounts_agency a on a.id = m.agency_id
where m.user_id = %s order by m.started_on, m.id
"""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account to try the demonstration with."""

    user: User
    role: str
    agency: str

    @property
    def shown_name(self) -> str:
        """Return a name to click on; a jobseeker's is in the vault, the invented address says it too."""
        local_part = (self.user.email or "").partition("@")[0]
        return self.user.full_name or local_part.replace(".", " ").title()


def actor_for(user: User, *, second_factor: bool) -> Actor:
    """Return who this user is when acting: a jobseeker, a recruiter, or a professional with roles and territories."""
    with connection.cursor() as cursor:
        cursor.execute(MEMBERSHIPS, [user.pk])
        memberships = cursor.fetchall()
    if not memberships:
        return Actor(
            ActorKind.USER, str(user.pk), frozenset({Role.RECRUITER if user.is_recruiter else Role.JOBSEEKER})
        )
    current = [told for *told, ended_on in memberships if ended_on is None]
    among_people = [told for told in current if told[0] != Role.ISSUER]  # who awards badges has no territory
    return Actor(
        ActorKind.USER,
        str(user.pk),
        frozenset(Role(role) for role, *_place in current),
        frozenset(code for *_agency, department, more in among_people for code in (department, *more)),
        frozenset(agency for _role, agency, *_place in current),
        current[0][2] if current else None,
        second_factor,
    )


def is_professional(user: User) -> bool:
    """Tell whether this account is, or was, a professional's: it never enters by a mere code."""
    return Membership.objects.filter(user=user).exists()


def user_of(actor: Actor) -> User | None:
    """Return the account of a signed-in actor."""
    return User.objects.filter(pk=actor.user_id).first() if actor.user_id else None


def user_by_email(email: str) -> User | None:
    """Return the account that signs in with this address."""
    return User.objects.filter(email=email.strip().lower()).first()


def user_by_phone(phone: str) -> User | None:
    """Return the account that signs in with this number (E.164)."""
    return User.objects.filter(phone=phone).first()


def active_professional(email: str) -> User | None:
    """Return the account of someone who works for an organisation today."""
    working = Membership.objects.filter(ended_on=None).values("user")
    return User.objects.filter(email=email.strip().lower(), is_active=True, pk__in=working).first()


def has_second_factor(user: User) -> bool:
    """Tell whether an authenticator application or a security key is registered."""
    return any(factor.type != Authenticator.Type.RECOVERY_CODES for factor in second_factors(user))


def second_factors(user: User) -> list[Authenticator]:
    """Return everything registered as a second factor, oldest first."""
    return list(Authenticator.objects.filter(user=user).order_by("created_at"))


def primary_agency(actor: Actor) -> Agency | None:
    """Return the agency in whose name a professional acts: the first they joined."""
    membership = (
        Membership.objects.filter(user_id=actor.user_id, ended_on=None)
        .select_related("agency__organisation", "agency__department")
        .order_by("started_on", "pk")
        .first()
        if actor.user_id
        else None
    )
    return membership.agency if membership else None


def agencies_of(actor: Actor) -> QuerySet[Agency]:
    """Return the agencies a professional works for, or manages as an administrator of the organisation."""
    agencies = Agency.objects.select_related("organisation", "department").order_by("name")
    if actor.is_system:
        return agencies
    if actor.has(Role.ADMIN) and actor.organisation_id:
        return agencies.filter(organisation_id=actor.organisation_id)
    return agencies.filter(pk__in=actor.agency_ids)


def members(agency: Agency, actor: Actor) -> QuerySet[Membership]:
    """Return the current members of an agency that the actor may look at."""
    return (
        Membership.objects.filter(agency__in=agencies_of(actor), ended_on=None)
        .filter(agency=agency)
        .select_related("user", "agency")
        .order_by("user__last_name", "user__first_name", "role")
    )


def membership_for(pk: UUID, actor: Actor) -> Membership | None:
    """Return one current membership of the actor's agencies."""
    current = Membership.objects.filter(ended_on=None, agency__in=agencies_of(actor))
    return current.filter(pk=pk).select_related("user", "agency").first()


def pending_invitations(agency: Agency, actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations to an agency that nobody accepted or cancelled, newest first."""
    return (
        Invitation.objects.filter(agency__in=agencies_of(actor), accepted_at=None, revoked_at=None)
        .filter(agency=agency)
        .select_related("invited_by", "agency")
        .order_by("-created_at")
    )


def invitation_for(pk: UUID, actor: Actor) -> Invitation | None:
    """Return one invitation to the actor's agencies."""
    return Invitation.objects.filter(pk=pk, agency__in=agencies_of(actor)).select_related("agency").first()


def invitation_of(link: MailLink) -> Invitation:
    """Return the invitation that a mail link is about."""
    return Invitation.objects.select_related("agency__organisation", "invited_by").get(pk=link.target_id)


def account_of(link: MailLink) -> User:
    """Return the account that a mail link is about."""
    return User.objects.get(pk=link.target_id)


def colleagues(actor: Actor) -> QuerySet[User]:
    """Return the professionals of the actor's agencies, the actor left out."""
    others = User.objects.exclude(pk=actor.user_id) if actor.user_id else User.objects.all()
    return (
        others.filter(memberships__agency__in=actor.agency_ids, memberships__ended_on=None, is_active=True)
        .distinct()
        .order_by("last_name", "first_name")
    )


def agency_around(commune: Commune) -> Agency | None:
    """Return the agency of the employment service that follows the employers of a commune: the nearest one there."""
    rows = Agency.objects.filter(
        department=commune.department_id, organisation__kind=OrganisationKind.EMPLOYMENT_SERVICE
    ).select_related("organisation", "commune")
    return min(rows.order_by("name"), key=lambda agency: _away(agency.commune, commune), default=None)


def _away(there: Commune, here: Commune) -> float:
    """Return how far two communes are, in no unit, for comparing."""
    if there.pk == here.pk:
        return 0.0
    if None in (there.latitude, there.longitude, here.latitude, here.longitude):
        return inf
    return hypot(there.latitude - here.latitude, (there.longitude - here.longitude) * 0.7)  # type: ignore[operator]


def calendar_for_agency(agency: Agency) -> WorkCalendar:
    """Return when an agency works: its own hours or the service's, the public holidays of its department."""
    rows = defaultdict(list)
    for row in agency.opening_hours.order_by("weekday", "opens_at"):
        rows[row.weekday].append(Span(row.opens_at, row.closes_at))
    hours = OpeningHours(tuple(tuple(rows[day]) for day in range(7))) if rows else SERVICE_HOURS
    return WorkCalendar(hours, area_of_department(agency.department_id))


def has_usual_hours(agency: Agency) -> bool:
    """Tell whether an agency follows the service's hours, having none of its own."""
    return not agency.opening_hours.exists()


def demo_accounts() -> list[DemoAccount]:
    """Return a few accounts of each role for the demonstration's sign-in page, in the order of the roles."""
    current = Membership.objects.filter(ended_on=None).select_related("agency__organisation")
    users = _demo_users().order_by("created_at", "pk").prefetch_related(Prefetch("memberships", current))
    alone = users.filter(memberships__isnull=True)
    jobseekers = alone.filter(is_recruiter=False)[:DEMO_SHOWN_BY_ROLE]
    recruiters = alone.filter(is_recruiter=True)[:DEMO_SHOWN_BY_ROLE]
    by_role: dict[str, list[DemoAccount]] = defaultdict(list)
    for user in [*jobseekers, *recruiters, *users.filter(memberships__isnull=False).distinct()]:
        account = _demo_account(user)
        if len(by_role[account.role]) < DEMO_SHOWN_BY_ROLE:
            by_role[account.role].append(account)
    return [account for role in Role for account in by_role.get(role, [])]


def demo_account(pk: UUID) -> User | None:
    """Return one account of the demonstration, never anybody else's."""
    return _demo_users().filter(pk=pk).first()


def _demo_users() -> QuerySet[User]:
    return User.objects.filter(email__endswith=f"@{DEMO_EMAIL_DOMAIN}", is_active=True)


def _demo_account(user: User) -> DemoAccount:
    membership = next(iter(user.memberships.all()), None)
    if membership is None:
        return DemoAccount(user, Role.RECRUITER if user.is_recruiter else Role.JOBSEEKER, "")
    return DemoAccount(user, membership.role, f"{membership.agency.name}, {membership.agency.organisation.name}")
