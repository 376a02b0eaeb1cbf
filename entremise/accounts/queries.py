"""Reads of the accounts."""

from entremise.accounts.models import Membership, User
from entremise.kernel.actors import Actor, ActorKind, Role


def actor_for(user: User, *, second_factor: bool) -> Actor:
    """Return who this user is when acting: a jobseeker, or a professional with roles and territories."""
    memberships = list(
        Membership.objects.filter(user=user, ended_on=None).select_related("agency").prefetch_related("departments")
    )
    if not memberships:
        return Actor(ActorKind.USER, str(user.pk), frozenset({Role.JOBSEEKER}))
    departments = {m.agency.department_id for m in memberships}
    departments |= {d.code for m in memberships for d in m.departments.all()}
    return Actor(
        ActorKind.USER,
        str(user.pk),
        frozenset(Role(m.role) for m in memberships),
        frozenset(departments),
        frozenset(m.agency_id for m in memberships),
        memberships[0].agency.organisation_id,
        second_factor,
    )
