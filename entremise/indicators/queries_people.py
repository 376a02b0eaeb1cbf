"""Figures about people: advisers who promote, consenting profiles promoted at least once, acts of intermediation."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from entremise.accounts.enums import MemberRole
from entremise.accounts.models import Membership
from entremise.indicators.queries_promotions import midnight
from entremise.indicators.rules import Share, Span
from entremise.indicators.rules_protected import Reach
from entremise.kernel.actors import Actor
from entremise.lib.disclosure import rounded
from entremise.people.models import IntermediationAct, Person
from entremise.people.queries import promotion_consents
from entremise.promotions.models import Promotion

ADVISER_ROLES = (MemberRole.BUSINESS_ADVISER, MemberRole.PLACEMENT_ADVISER)


@dataclass(frozen=True, slots=True)
class Member:
    """An adviser of the territory, and whether she promoted somebody in the period and in the one before."""

    user_id: UUID
    name: str
    agency_id: UUID
    kind: str
    role: str
    is_here_now: bool
    is_here_before: bool
    has_promoted: bool
    had_promoted: bool


@dataclass(frozen=True, slots=True)
class Acts:
    """Acts of intermediation of a period on consenting profiles, by whether the profile was proved then; by tens."""

    on_validated: int | None
    on_others: int | None


def members(span: Span, actor: Actor, *, agency: UUID | None = None, kind: str = "") -> list[Member]:
    """Return the advisers who worked in the territory in the period or the one before, one line a role."""
    sent: Any = Promotion.objects.unscoped("whether a colleague promoted, not whom").filter(adviser=OuterRef("user"))
    rows = Membership.objects.filter(
        agency__department__in=actor.departments, role__in=ADVISER_ROLES, started_on__lt=span.end
    ).filter(Q(ended_on=None) | Q(ended_on__gte=span.previous.start))
    wanted = {"agency": agency, "agency__organisation__kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value}).annotate(
        has_promoted=Exists(sent.filter(sent_at__gte=midnight(span.start), sent_at__lt=midnight(span.end))),
        had_promoted=Exists(sent.filter(sent_at__gte=midnight(span.previous.start), sent_at__lt=midnight(span.start))),
    )
    found = rows.select_related("user", "agency__organisation").order_by("user__last_name", "user__first_name", "pk")
    return [
        Member(
            row.user_id, row.user.full_name, row.agency_id, row.agency.organisation.kind, row.role,
            is_here_now=row.ended_on is None or row.ended_on >= span.start,
            is_here_before=row.started_on < span.start,
            has_promoted=row.has_promoted, had_promoted=row.had_promoted,
        )
        for row in found
    ]  # fmt: skip


def adoption(found: list[Member], *, before: bool = False) -> Share:
    """Return how many of these advisers promoted at least one profile, each counted once."""
    here = {m.user_id: m.had_promoted if before else m.has_promoted for m in found if _is_here(m, before=before)}
    return Share(sum(here.values()), len(here))


def reach(actor: Actor) -> list[Reach]:
    """Return by agency the consenting profiles of the territory and those promoted at least once, unprotected."""
    sent: Any = Promotion.objects.unscoped("whether a person was ever promoted, by whichever territory")
    given = promotion_consents().filter(person=OuterRef("pk"))
    people: Any = Person.objects.visible_to(actor).filter(Exists(given), department__in=actor.departments)
    promoted = Exists(sent.filter(person=OuterRef("pk"), sent_at__isnull=False))
    proved = Q(validated_skill_count__gt=0)
    rows = (
        people.annotate(is_promoted=promoted)
        .values("agency_id")
        .annotate(
            consenting=Count("pk"),
            promoted=Count("pk", filter=Q(is_promoted=True)),
            validated=Count("pk", filter=proved),
            waiting=Count("pk", filter=proved & Q(is_promoted=False)),
        )
        .order_by("agency_id")
    )
    return [Reach(**row) for row in rows]


def acts(span: Span, actor: Actor, *, agency: UUID | None = None, kind: str = "") -> Acts:
    """Return the acts of intermediation of a period on consenting profiles of the territory."""
    given = promotion_consents().filter(person=OuterRef("person"))
    rows: Any = IntermediationAct.objects.visible_to(actor).filter(
        Exists(given), person__department__in=actor.departments,
        at__gte=midnight(span.start), at__lt=midnight(span.end),
    )  # fmt: skip
    wanted = {"person__agency": agency, "person__agency__organisation__kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    proved = Q(validated_skill_count__gt=0)
    counted = rows.aggregate(on_validated=Count("pk", filter=proved), on_others=Count("pk", filter=~proved))
    return Acts(**{name: rounded(count) for name, count in counted.items()})


def _is_here(member: Member, *, before: bool) -> bool:
    return member.is_here_before if before else member.is_here_now
