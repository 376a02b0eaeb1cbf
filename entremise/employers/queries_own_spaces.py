"""Reads of recruiter spaces on the recruiter's side, and of the page that a certified one shows to everybody."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from entremise.employers.enums_spaces import MemberRank, SpaceState
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.employers.workflow import UNDECIDED
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink

WHOLE = ("establishment__commune__department", "establishment__naf", "agency__organisation")


def own_spaces(actor: Actor) -> list[RecruiterSpace]:
    """Return the spaces that a recruiter is a member of, the oldest first; closed ones are over."""
    rows = RecruiterSpace.objects.visible_to(actor).exclude(state=SpaceState.CLOSED)
    return list(rows.select_related(*WHOLE).order_by("created_at", "pk"))


def own_place(space: RecruiterSpace, actor: Actor) -> SpaceMember | None:
    """Return what the actor is in a space, None when they are not in it."""
    rows: Any = SpaceMember.objects.visible_to(actor)
    found: SpaceMember | None = rows.filter(space=space, user_id=actor.user_id, left_at=None).first()
    return found


def members_of(space: RecruiterSpace, actor: Actor) -> QuerySet[SpaceMember]:
    """Return who is in a space or invited to it: ambassadors first, then by name."""
    rows: Any = SpaceMember.objects.visible_to(actor)
    found: QuerySet[SpaceMember] = rows.filter(space=space, left_at=None).select_related("space")
    return found.order_by("rank", "last_name", "first_name", "pk")  # « ambassador » comes before « member »


def member_seen(pk: UUID, actor: Actor) -> SpaceMember:
    """Return one place in a space of the actor's, or raise SpaceMember.DoesNotExist."""
    rows: Any = SpaceMember.objects.visible_to(actor)
    found: SpaceMember = rows.select_related("space__establishment").get(pk=pk, left_at=None)
    return found


def invited_by_link(link: MailLink) -> SpaceMember:
    """Return the place that an invitation is about."""
    rows: Any = SpaceMember.objects.unscoped("reached through its invitation")
    found: SpaceMember = rows.select_related("space__establishment__commune").get(pk=link.target_id)
    return found


def other_ambassadors(member: SpaceMember) -> bool:
    """Tell whether somebody else is the ambassador of a space."""
    return bool(_current(member.space_id).filter(rank=MemberRank.AMBASSADOR).exclude(pk=member.pk).exists())


def other_members(member: SpaceMember) -> bool:
    """Tell whether somebody else is in a space."""
    return bool(_current(member.space_id).exclude(pk=member.pk).exists())


def certified_spaces_of(establishment_id: UUID) -> QuerySet[RecruiterSpace]:
    """Return the certified spaces of an establishment."""
    rows = RecruiterSpace.objects.unscoped("whether an establishment has a certified space")
    return rows.filter(establishment=establishment_id, state=SpaceState.CERTIFIED)


def waiting_spaces_of(user_id: UUID) -> QuerySet[RecruiterSpace]:
    """Return the spaces of an account that nobody decided on yet."""
    rows = RecruiterSpace.objects.unscoped("a bound on what one account asks for")
    return rows.filter(state__in=UNDECIDED, members__user=user_id, members__left_at=None)


def own_space_at(establishment_id: UUID, user_id: UUID) -> RecruiterSpace | None:
    """Return the space that an account already has for an establishment."""
    rows = RecruiterSpace.objects.unscoped("the account's own space").exclude(state=SpaceState.CLOSED)
    here = Q(members__user=user_id, members__left_at=None)
    return rows.filter(here, establishment=establishment_id).order_by("-created_at").first()


def company_page(siret: str) -> RecruiterSpace | None:
    """Return what an employer shows of itself: of a certified space of an open establishment only."""
    rows = RecruiterSpace.objects.unscoped("a certified employer's page is public").select_related(*WHOLE)
    shown = rows.filter(establishment__siret=siret, establishment__closed_on=None, state=SpaceState.CERTIFIED)
    return shown.exclude(presentation="").order_by("decided_at", "pk").first() or shown.order_by("decided_at").first()


def invited_today(space: RecruiterSpace) -> int:
    """Return how many people were invited to a space today; who asked for it was not."""
    rows: Any = SpaceMember.objects.unscoped("a bound on invitations")
    invited = rows.filter(space=space, invited_at__date=clock.today()).exclude(joined_at=F("invited_at"))
    count: int = invited.count()
    return count


def member_count(space: RecruiterSpace) -> int:
    """Return how many people are in a space or invited to it."""
    rows: Any = SpaceMember.objects.unscoped("a bound on members")
    count: int = rows.filter(space=space, left_at=None).count()
    return count


def ambassadors_of(space: RecruiterSpace) -> list[SpaceMember]:
    """Return the ambassadors of a space, for telling them what concerns it."""
    rows: Any = _current(space.pk)
    return list(rows.filter(rank=MemberRank.AMBASSADOR))


def ambassadors_at(establishment_id: UUID) -> list[SpaceMember]:
    """Return the ambassadors of the certified spaces of an establishment."""
    rows: Any = SpaceMember.objects.unscoped("who is in the spaces of an establishment")
    here = rows.filter(space__establishment=establishment_id, space__state=SpaceState.CERTIFIED, left_at=None)
    return list(here.filter(rank=MemberRank.AMBASSADOR).exclude(joined_at=None).order_by("joined_at", "pk"))


def _current(space_id: UUID) -> Any:
    rows: Any = SpaceMember.objects.unscoped("who is in a space")
    return rows.filter(space=space_id, left_at=None).exclude(joined_at=None)
