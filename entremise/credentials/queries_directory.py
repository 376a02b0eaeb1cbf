"""Reads of the public directory: badges by word, territory, issuer and referential; an issuer's page; endorsements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from entremise.credentials.enums import BadgeState, Framework, IssuerKind
from entremise.credentials.models import Alignment, Award, BadgeClass, Endorsement, Issuer
from entremise.credentials.rules_deployment import LEAST_AWARDED, Line, lines
from entremise.credentials.workflow import LIVING
from entremise.territories.models import Department

PUBLIC = "counts of badges given, published when they point at nobody"
PAGE = 24
MOST_COMPARED = 3
QUARTER = ("published_at__year", "published_at__quarter")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in the directory."""

    typed: str = ""
    department: str = ""
    issuer: str = ""
    framework: str = ""
    code: str = ""


def badges(search: Search) -> QuerySet[BadgeClass]:
    """Return the published badges that fit, by name; the latest published version of each."""
    rows = BadgeClass.objects.filter(state=BadgeState.PUBLISHED, issuer__stopped_at=None)
    rows = rows.select_related("issuer__department", "skill", "department").prefetch_related("alignments")
    for word in search.typed.split()[:8]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(description__icontains=word) | Q(skill__label__icontains=word)
            | Q(issuer__name__icontains=word)
        )  # fmt: skip
    if search.department:
        here = Q(department_id=search.department) | Q(department=None, issuer__department_id=search.department)
        rows = rows.filter(here | Q(department=None, issuer__department=None))
    if search.issuer:
        rows = rows.filter(issuer__slug=search.issuer)
    if search.framework or search.code:
        rows = rows.filter(Exists(_aligned(search)))
    return rows.order_by("name", "pk")


def some(ids: Sequence[UUID]) -> list[BadgeClass]:
    """Return a few published badges to compare, in the order asked."""
    wanted = list(dict.fromkeys(ids))[:MOST_COMPARED]
    rows = BadgeClass.objects.exclude(state=BadgeState.DRAFT).filter(pk__in=wanted)
    found = {
        one.pk: one for one in rows.select_related("issuer", "skill", "department").prefetch_related("alignments")
    }
    return [found[pk] for pk in wanted if pk in found]


def departments() -> QuerySet[Department]:
    """Return the territories of the directory."""
    return Department.objects.order_by("code")


def issuers() -> QuerySet[Issuer]:
    """Return the issuers that have a published badge."""
    published = BadgeClass.objects.filter(issuer=OuterRef("pk"), state=BadgeState.PUBLISHED)
    return Issuer.objects.filter(Exists(published), stopped_at=None).order_by("name")


def badges_of(issuer: Issuer) -> QuerySet[BadgeClass]:
    """Return the published badges of an issuer."""
    rows = BadgeClass.objects.filter(issuer=issuer, state=BadgeState.PUBLISHED)
    return rows.select_related("issuer", "skill", "department").order_by("name")


def endorsements_of_badge(badge_class: BadgeClass) -> QuerySet[Endorsement]:
    """Return what others say of a badge, every version of it, the latest first."""
    return _living().filter(badge_class__series=badge_class.series)


def endorsements_of_issuer(issuer: Issuer) -> QuerySet[Endorsement]:
    """Return what others say of an issuer, the latest first."""
    return _living().filter(issuer=issuer)


def endorsement(pk: UUID) -> Endorsement | None:
    """Return one living endorsement of a badge or an issuer, to be read with its signature."""
    return _living().filter(pk=pk, award=None).first()


def awarded_count(badge_class: BadgeClass) -> int | None:
    """Return how many hold a version of a badge, or nothing when they are so few that they could be pointed at."""
    rows = Award.objects.unscoped(PUBLIC).filter(badge_class=badge_class, state__in=LIVING)
    count: int = rows.values("person").distinct().count()
    return count if count >= LEAST_AWARDED else None


def frameworks_used() -> list[str]:
    """Return the referentials to which a published badge is aligned."""
    used = Alignment.objects.filter(badge_class__state=BadgeState.PUBLISHED).values_list("framework", flat=True)
    found = set(used.distinct())
    return [str(one) for one in Framework.values if one in found]


def badge_counts() -> dict[tuple[str, int, int], tuple[int, int]]:
    """Return, by territory, year and quarter, how many badges were published and by how many issuers."""
    rows = _published().annotate(place=Coalesce("department", "issuer__department")).values("place", *QUARTER)
    counted = rows.annotate(badges=Count("series", distinct=True), issuers=Count("issuer", distinct=True))
    return {(one["place"] or "", *_quarter(one)): (one["badges"], one["issuers"]) for one in counted}


def issuer_counts() -> dict[tuple[int, int], int]:
    """Return, by year and quarter, how many issuers published a badge."""
    counted = _published().values(*QUARTER).annotate(issuers=Count("issuer", distinct=True))
    return {_quarter(one): one["issuers"] for one in counted}


def holder_counts() -> dict[tuple[str, int, int], tuple[int, int]]:
    """Return, by territory of the holders, year and quarter, how many received a badge and how many badges."""
    rows = (
        Award.objects.unscoped(PUBLIC)
        .filter(state__in=LIVING, person__isnull=False)
        .values("person__department_id", "awarded_on__year", "awarded_on__quarter")
        .annotate(holders=Count("person", distinct=True), awards=Count("pk"))
    )
    return {
        (row["person__department_id"] or "", row["awarded_on__year"], row["awarded_on__quarter"]): (
            row["holders"],
            row["awards"],
        )
        for row in rows
    }


def deployment() -> list[Line]:
    """Return the state of deployment, small counts left out."""
    return lines(badge_counts(), holder_counts(), issuer_counts())


def _published() -> QuerySet[BadgeClass]:
    rows = BadgeClass.objects.exclude(state=BadgeState.DRAFT).exclude(published_at=None)
    return rows.exclude(issuer__kind=IssuerKind.PLATFORM)  # made one a skill, by this service


def _quarter(row: Mapping[str, int]) -> tuple[int, int]:
    return row["published_at__year"], row["published_at__quarter"]


def _living() -> QuerySet[Endorsement]:
    rows = Endorsement.objects.filter(withdrawn_at=None, endorser__stopped_at=None)
    return rows.select_related("endorser", "badge_class", "issuer").order_by("-created_at")


def _aligned(search: Search) -> QuerySet[Alignment]:
    rows = Alignment.objects.filter(badge_class=OuterRef("pk"))
    if search.framework:
        rows = rows.filter(framework=search.framework)
    return rows.filter(code__iexact=search.code) if search.code else rows
