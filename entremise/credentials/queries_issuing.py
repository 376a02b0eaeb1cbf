"""Reads of the issuer's desk: its issuers, badges, awards, events and files, and what waits for somebody."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, Count, Q, QuerySet, Sum
from django.db.models.functions import Cast, Right, TruncMonth

from entremise.credentials.enums import AwardSource, AwardState, BadgeKind, BadgeState, Channel
from entremise.credentials.models import Award, BadgeClass, Endorsement, Issuer
from entremise.credentials.models_files import AwardFile, Claim, Event
from entremise.credentials.models_status import VerificationCount
from entremise.credentials.rules_issuing import is_reference, reference
from entremise.credentials.workflow import LIVING, is_of_house
from entremise.kernel.actors import Actor
from entremise.people.models import Person

HOUSE = "an organisation reads the badges that it gave; nothing of who holds them is shown"
BY_LINK = "who opens the link was sent it"
TAKEN = (*LIVING,)
STOOD = (AwardState.OFFERED, *LIVING)


@dataclass(frozen=True, slots=True)
class Counts:
    """What an issuer gave so far."""

    badges: int
    awarded: int
    waiting: int
    taken: int
    verified: int


@dataclass(frozen=True, slots=True)
class Month:
    """What an issuer gave in one month."""

    first_day: dt.date
    awarded: int
    taken: int
    revoked: int


@dataclass(frozen=True, slots=True)
class Given:
    """One award as its issuer sees it: for whom while it waits, by its reference once it was taken."""

    award: Award
    claim: Claim | None

    @property
    def reference(self) -> str:
        """Return the short name of the award."""
        return reference(self.award.public_id)


def issuers_for(actor: Actor) -> list[Issuer]:
    """Return the issuers in whose name the actor acts, the oldest first."""
    if actor.organisation_id is None:
        return []
    rows = Issuer.objects.filter(organisation_id=actor.organisation_id).select_related("organisation", "department")
    return [one for one in rows.order_by("created_at") if is_of_house(actor, one)]


def partners_for(actor: Actor) -> QuerySet[Issuer]:
    """Return the partners' issuers of the actor's territories, which it may stop."""
    rows = Issuer.objects.filter(organisation__agencies__department_id__in=actor.departments)
    others = rows.exclude(organisation_id=actor.organisation_id) if actor.organisation_id else rows
    return others.select_related("organisation").distinct().order_by("name")


def partner_for(pk: UUID, actor: Actor) -> Issuer | None:
    """Return one of those partners."""
    return partners_for(actor).filter(pk=pk).first()


def badges_of(issuer: Issuer) -> QuerySet[BadgeClass]:
    """Return every version of an issuer's badges, with how many were given."""
    rows = BadgeClass.objects.filter(issuer=issuer).exclude(kind=BadgeKind.EMPLOYMENT)  # these have their own page
    rows = rows.select_related("issuer", "skill", "department")
    counted = Count("awards", filter=Q(awards__state__in=STOOD))
    return rows.annotate(given_count=counted).order_by("name", "-version")


def badge_for(pk: UUID, actor: Actor) -> BadgeClass | None:
    """Return one badge of the actor's own issuers."""
    rows = BadgeClass.objects.filter(pk=pk).exclude(kind=BadgeKind.EMPLOYMENT)
    rows = rows.select_related("issuer__organisation", "skill", "department")
    found = rows.prefetch_related("alignments").first()
    return found if found and is_of_house(actor, found.issuer) else None


def to_award(issuer: Issuer) -> QuerySet[BadgeClass]:
    """Return the badges that an issuer gives now."""
    rows = BadgeClass.objects.filter(issuer=issuer, state=BadgeState.PUBLISHED).exclude(kind=BadgeKind.EMPLOYMENT)
    return rows.order_by("name")


def versions(badge_class: BadgeClass) -> QuerySet[BadgeClass]:
    """Return the other versions of a badge, the latest first."""
    return BadgeClass.objects.filter(series=badge_class.series).exclude(pk=badge_class.pk).order_by("-version")


def counts(issuer: Issuer) -> Counts:
    """Count what an issuer gave; verifications are those of the whole service, none is linked to an issuer."""
    awards = _awards(issuer).aggregate(
        awarded=Count("pk", filter=Q(state__in=STOOD)),
        waiting=Count("pk", filter=Q(state=AwardState.OFFERED)),
        taken=Count("pk", filter=Q(state__in=TAKEN)),
    )
    return Counts(
        badges=to_award(issuer).count(),
        verified=_verified(),
        **awards,
    )


def months(issuer: Issuer, since: dt.date) -> list[Month]:
    """Count month by month what an issuer gave since a day."""
    rows = (
        _awards(issuer)
        .filter(created_at__date__gte=since.replace(day=1))
        .annotate(month=TruncMonth("created_at"))
        .values("month")
        .annotate(
            awarded=Count("pk"),
            taken=Count("pk", filter=Q(state__in=TAKEN)),
            revoked=Count("pk", filter=Q(state__in=[AwardState.REVOKED, AwardState.DECLINED])),
        )
        .order_by("month")
    )
    return [Month(row["month"].date(), row["awarded"], row["taken"], row["revoked"]) for row in rows]


def awards_of(issuer: Issuer, *, typed: str = "", badge: UUID | None = None, state: str = "") -> QuerySet[Award]:
    """Return what an issuer gave, the latest first; a name or an address finds only what nobody took yet."""
    rows = _awards(issuer).select_related("badge_class__issuer", "claim")
    if badge:
        rows = rows.filter(badge_class_id=badge)
    if state:
        rows = rows.filter(state=state)
    if typed:
        waits = Q(claim__name__icontains=typed) | Q(claim__email__icontains=typed)
        ending = is_reference(typed)
        named = rows.annotate(ending=Right(Cast("public_id", CharField()), 8))
        rows = named.filter(waits | Q(ending=ending)) if ending else rows.filter(waits)
    return rows.order_by("-created_at", "-pk")


def given(rows: Iterable[Award]) -> Iterator[Given]:
    """Return awards as their issuer sees them."""
    for award in rows:
        yield Given(award, getattr(award, "claim", None))


def award_for(pk: UUID, actor: Actor) -> Award | None:
    """Return one award that the actor's organisation gave."""
    rows = Award.objects.unscoped(HOUSE).select_related("badge_class__issuer", "claim")
    found = rows.filter(pk=pk).first()
    return found if found and is_of_house(actor, found.badge_class.issuer) else None


def award_of_link(target_id: UUID) -> Award | None:
    """Return the award that a link leads to."""
    rows = Award.objects.unscoped(BY_LINK).select_related("badge_class__issuer", "badge_class__skill")
    return rows.filter(pk=target_id).first()


def is_waiting_at(badge_class: BadgeClass, email: str) -> bool:
    """Tell whether this badge already waits at this address."""
    waiting = Claim.objects.filter(email=email, award__badge_class=badge_class, award__state=AwardState.OFFERED)
    return waiting.exists()


def addresses_waiting(badge_class: BadgeClass) -> set[str]:
    """Return the addresses at which this badge waits."""
    waiting = Claim.objects.filter(award__badge_class=badge_class, award__state=AwardState.OFFERED)
    return set(waiting.values_list("email", flat=True))


def claims_to_remind(before: dt.datetime) -> list[Claim]:
    """Return the badges sent before, that nobody took and that were not recalled."""
    rows = Claim.objects.filter(sent_at__lte=before, reminder_count=0, award__state=AwardState.OFFERED)
    return list(rows.select_related("award__badge_class__issuer__department").order_by("sent_at"))


def events_of(issuer: Issuer) -> QuerySet[Event]:
    """Return the events of an issuer, the latest first."""
    rows: QuerySet[Event] = Event.objects.unscoped(HOUSE).filter(badge_class__issuer=issuer)
    return rows.select_related("badge_class").order_by("-opens_at")


def event_for(pk: UUID, actor: Actor) -> Event | None:
    """Return one event of the actor's own organisation."""
    rows: QuerySet[Event] = Event.objects.unscoped(HOUSE).select_related("badge_class__issuer")
    found = rows.filter(pk=pk).first()
    return found if found and is_of_house(actor, found.badge_class.issuer) else None


def event_with_code(code: str) -> Event | None:
    """Return the event of a code, as it is typed or read from a QR code."""
    rows: QuerySet[Event] = Event.objects.unscoped("whoever knows its code may take its badge")
    typed = code.strip().upper().replace("-", "").replace(" ", "")
    return rows.filter(code=typed).select_related("badge_class__issuer", "badge_class__skill").first()


def taken_at(event: Event, person: Person) -> bool:
    """Tell whether a person already has the badge of an event."""
    return person.awards.filter(source=AwardSource.EVENT, source_id=event.pk).exists()


def files_of(issuer: Issuer) -> QuerySet[AwardFile]:
    """Return the spreadsheets of an issuer, the latest first, without their lines."""
    rows: QuerySet[AwardFile] = AwardFile.objects.unscoped(HOUSE).filter(badge_class__issuer=issuer)
    return rows.select_related("badge_class").defer("rows", "faults", "results").order_by("-created_at")


def file_for(pk: UUID, actor: Actor) -> AwardFile | None:
    """Return one spreadsheet of the actor's own organisation."""
    rows: QuerySet[AwardFile] = AwardFile.objects.unscoped(HOUSE).select_related("badge_class__issuer")
    found = rows.filter(pk=pk).first()
    return found if found and is_of_house(actor, found.badge_class.issuer) else None


def file_for_job(pk: UUID) -> AwardFile | None:
    """Return a spreadsheet for the job that awards it."""
    rows: QuerySet[AwardFile] = AwardFile.objects.unscoped("a background job")
    return rows.select_related("badge_class__issuer").filter(pk=pk).first()


def awards_of_file(file: AwardFile) -> QuerySet[Award]:
    """Return the awards that a spreadsheet made and that stand."""
    rows = Award.objects.unscoped(HOUSE).filter(source=AwardSource.ISSUER, source_id=file.pk, state__in=STOOD)
    return rows.select_related("badge_class__issuer", "person__user").order_by("pk")


def endorsements_by(issuer: Issuer) -> QuerySet[Endorsement]:
    """Return the living endorsements that an issuer wrote."""
    rows = Endorsement.objects.filter(endorser=issuer, withdrawn_at=None, award=None)
    return rows.select_related("badge_class__issuer", "issuer").order_by("-created_at")


def endorsement_for(pk: UUID, actor: Actor) -> Endorsement | None:
    """Return one endorsement of the actor's own issuers."""
    found = Endorsement.objects.filter(pk=pk).select_related("endorser", "badge_class", "issuer").first()
    return found if found and is_of_house(actor, found.endorser) else None


def _awards(issuer: Issuer) -> QuerySet[Award]:
    return Award.objects.unscoped(HOUSE).filter(badge_class__issuer=issuer)


def _verified() -> int:
    total = VerificationCount.objects.filter(channel__in=Channel.values).aggregate(total=Sum("count"))["total"]
    return total or 0
