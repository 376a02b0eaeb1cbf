"""Reads of the certification: the console by deadline, one space, what was done for it, what is still missing."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from entremise.employers import queries_vigilance
from entremise.employers import rules_certification as rules
from entremise.employers.enums_spaces import CheckKind, Gravity, SpaceState
from entremise.employers.models import Contact
from entremise.employers.models_spaces import (
    FraudReport,
    KnownContactChange,
    RecruiterSpace,
    SpaceCheck,
    SpaceMember,
    VigilancePoint,
)
from entremise.employers.rules_certification import CheckMade, Course, NumberChange, Request
from entremise.employers.workflow import UNDECIDED
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.identifiers import IdentifierRefused, parse_phone

WHY = "the space was checked by the policy"
WHOLE = (
    "establishment__commune__department", "establishment__naf", "agency__organisation", "created_by", "decided_by",
)  # fmt: skip


def console(actor: Actor) -> QuerySet[RecruiterSpace]:
    """Return the spaces of the territory, those whose deadline is nearest first, decided ones at the end."""
    unanswered = Q(points__gravity=Gravity.HOLD, points__answered_at=None, points__gone_at=None)
    rows = RecruiterSpace.objects.visible_to(actor).select_related("establishment__commune", "agency")
    return rows.annotate(holding_count=Count("points", filter=unanswered, distinct=True)).order_by(
        F("due_at").asc(nulls_last=True), "-decided_at", "pk"
    )


def state_counts(actor: Actor) -> dict[str, int]:
    """Return how many spaces of the territory are in each state."""
    rows = RecruiterSpace.objects.visible_to(actor).order_by().values("state").annotate(count=Count("pk"))
    return dict(rows.values_list("state", "count"))


def overdue_count(actor: Actor) -> int:
    """Return how many spaces of the territory are late."""
    rows = RecruiterSpace.objects.visible_to(actor)
    return rows.filter(state__in=UNDECIDED, due_at__lt=clock.now()).count()


def space(pk: UUID, actor: Actor) -> RecruiterSpace:
    """Return one space of the territory, or raise RecruiterSpace.DoesNotExist."""
    return RecruiterSpace.objects.visible_to(actor).select_related(*WHOLE).get(pk=pk)


def members(of: RecruiterSpace) -> list[SpaceMember]:
    """Return who is in a space, ambassadors first."""
    rows: Any = SpaceMember.objects.unscoped(WHY)
    return list(rows.filter(space=of, left_at=None).select_related("user").order_by("rank", "invited_at", "pk"))


def checks(of: RecruiterSpace) -> list[SpaceCheck]:
    """Return the log of checks, newest first."""
    rows: Any = SpaceCheck.objects.unscoped(WHY)
    return list(rows.filter(space=of).select_related("author").order_by("-at", "-pk"))


def point(pk: UUID, actor: Actor) -> VigilancePoint:
    """Return one vigilance point of the territory, or raise VigilancePoint.DoesNotExist."""
    rows: Any = VigilancePoint.objects.visible_to(actor)
    found: VigilancePoint = rows.select_related("space__establishment__commune").get(pk=pk)
    return found


def every_point(of: RecruiterSpace) -> list[VigilancePoint]:
    """Return every point ever found about a space, for the file of a fraud."""
    rows: Any = VigilancePoint.objects.unscoped(WHY)
    return list(rows.filter(space=of).order_by("-gravity", "found_at", "pk"))


def reports(of: RecruiterSpace) -> list[FraudReport]:
    """Return what was reported about a space, newest first."""
    rows: Any = FraudReport.objects.unscoped(WHY)
    return list(rows.filter(space=of).select_related("author").order_by("-created_at"))


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact that we know, the number to call, and the number that is not yet trusted."""

    contact: Contact
    number: str
    untrusted: str = ""


def request_of(of: RecruiterSpace, items: frozenset[str] = frozenset()) -> Request:
    """Return what was done for a space since its clocks were started."""
    made = [row for row in checks(of) if row.at >= of.clock_at]
    return Request(
        acquaintance=of.acquaintance,
        items=items,
        checks=tuple(CheckMade(row.kind, row.outcome, row.at, row.number) for row in made),
        recorded_numbers=trusted_numbers(of),
        unanswered_count=queries_vigilance.holding(of).count(),
    )


def trusted_numbers(of: RecruiterSpace) -> frozenset[str]:
    """Return the numbers of the privileged contacts that may be called today."""
    rows: Any = Contact.objects.unscoped(WHY)
    contacts = rows.filter(establishment=of.establishment_id, is_privileged=True, is_from_space=False)
    current = frozenset(filter(None, (number_of(text) for text in contacts.values_list("phone", flat=True))))
    privileged = [row for row in _changes(of) if row.contact.is_privileged]
    changes = tuple(
        NumberChange(number_of(row.contact.phone), number_of(row.former_phone), row.changed_at) for row in privileged
    )
    return rules.trusted_numbers(current, changes, clock.now())


def own_lines(of: RecruiterSpace) -> frozenset[str]:
    """Return the numbers of a company that its file has: none that a recruiter space brought."""
    rows: Any = Contact.objects.unscoped(WHY)
    contacts = rows.filter(establishment=of.establishment_id, is_from_space=False).values_list("phone", flat=True)
    return frozenset(number_of(text) for text in (of.establishment.phone, *contacts)) - {""}


def course_of(of: RecruiterSpace) -> Course:
    """Return how far the contact with the company has come."""
    rows: Any = SpaceCheck.objects.unscoped(WHY)
    is_letter_sent = rows.filter(space=of, kind=CheckKind.LETTER, at__gte=of.clock_at).exists()
    return Course(
        of.call_by_at, of.ends_at, of.remind_by_at, of.letter_by_at,
        is_letter_sent=is_letter_sent, is_reached=of.reached_at is not None, call_back_at=of.call_back_at,
    )  # fmt: skip


def version_of(of: RecruiterSpace) -> str:
    """Return what a certification is about, as it is written now: who certifies says what they read."""
    people = [(str(m.pk), m.email, m.phone, m.full_name, m.rank) for m in sorted(members(of), key=lambda m: str(m.pk))]
    points = list(queries_vigilance.points_of(of).order_by("pk").values_list("pk", "gravity", "evidence"))
    place = of.establishment
    told = (str(of.state), of.purpose, of.presentation, of.website, place.siret, place.closed_on, people, points)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def lapsing() -> QuerySet[RecruiterSpace]:
    """Return the spaces whose eight days are over without any contact."""
    rows = _undecided().filter(reached_at=None, ends_at__lte=clock.now())
    return rows.order_by("ends_at", "pk")


def to_remind() -> list[RecruiterSpace]:
    """Return the spaces whose company could not be reached and that nobody reminded in time."""
    rows = _undecided().filter(reached_at=None, letter_by_at=None).exclude(remind_by_at=None)
    now = clock.now()
    return [
        one for one in rows.order_by("remind_by_at", "pk")
        if one.remind_by_at and rules.mail_reminder_at(one.remind_by_at, one.ends_at) <= now < one.ends_at
    ]  # fmt: skip


def certified() -> QuerySet[RecruiterSpace]:
    """Return the certified spaces."""
    rows = RecruiterSpace.objects.unscoped("some certified spaces are looked at again")
    return rows.filter(state=SpaceState.CERTIFIED).select_related("agency", "establishment__commune")


def number_of(text: str) -> str:
    """Return a number as it is compared, empty when it is none."""
    try:
        return parse_phone(text).e164
    except IdentifierRefused:
        return ""


def _undecided() -> QuerySet[RecruiterSpace]:
    rows = RecruiterSpace.objects.unscoped("the platform follows the deadlines of every territory")
    return rows.filter(state__in=UNDECIDED).select_related("agency", "establishment__commune")


def _changes(of: RecruiterSpace) -> list[KnownContactChange]:
    since = clock.now() - rules.FORMER_CONTACT
    rows = KnownContactChange.objects.filter(contact__establishment=of.establishment_id, changed_at__gt=since)
    return list(rows.select_related("contact").order_by("changed_at", "pk"))
