"""Reads of who awards badges in an agency."""

from uuid import UUID

from django.db.models import QuerySet

from entremise.accounts.enums import MemberRole
from entremise.accounts.models import Agency, Invitation, Membership, Organisation
from entremise.kernel.actors import Actor, Role


def agency_of(organisation: Organisation, actor: Actor) -> Agency | None:
    """Return the place of an organisation whose people one looks at: the actor's own, else its first."""
    agencies = Agency.objects.filter(organisation=organisation).select_related("organisation", "department")
    return agencies.filter(pk__in=actor.agency_ids).first() or agencies.order_by("name").first()


def issuers_in(agency: Agency) -> QuerySet[Membership]:
    """Return who awards badges in an agency."""
    rows = Membership.objects.filter(agency=agency, role=MemberRole.ISSUER, ended_on=None)
    return rows.select_related("user", "agency__organisation").order_by("user__last_name", "user__first_name")


def invited_in(agency: Agency) -> QuerySet[Invitation]:
    """Return the invitations to award badges in an agency that nobody accepted or cancelled, newest first."""
    rows = Invitation.objects.filter(agency=agency, role=MemberRole.ISSUER, accepted_at=None, revoked_at=None)
    return rows.select_related("invited_by", "agency__organisation").order_by("-created_at")


def issuing_membership(pk: UUID) -> Membership | None:
    """Return one current membership of somebody who awards badges; the action decides who may end it."""
    rows = Membership.objects.filter(pk=pk, role=MemberRole.ISSUER, ended_on=None)
    return rows.select_related("user", "agency__organisation").first()


def issuing_invitation(pk: UUID) -> Invitation | None:
    """Return one invitation to award badges; the action decides who may send it again or cancel it."""
    rows = Invitation.objects.filter(pk=pk, role=MemberRole.ISSUER)
    return rows.select_related("agency__organisation").first()


def only_issues(actor: Actor) -> bool:
    """Tell whether the actor does nothing here but award badges."""
    return actor.has(Role.ISSUER) and not actor.departments
