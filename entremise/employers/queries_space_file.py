"""One recruiter space as who certifies it reads it: few queries, everything beside what it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from entremise.employers import queries_certification as certification
from entremise.employers import rules_certification as rules
from entremise.employers.enums_spaces import CheckKind, Gravity
from entremise.employers.models import Contact, ContactLog
from entremise.employers.models_spaces import (
    KnownContactChange,
    RecruiterSpace,
    SpaceCheck,
    SpaceMember,
    VigilancePoint,
)
from entremise.employers.queries_certification import KnownContact, number_of
from entremise.employers.rules_certification import CheckMade, Course, NumberChange, Request, Step
from entremise.employers.workflow import UNDECIDED
from entremise.kernel import clock

WHY = "the space was checked by the policy"
MOST_OTHERS, MOST_TALKS = 30, 10


@dataclass(frozen=True, slots=True)
class PointRead:
    """One vigilance point, with the other spaces concerned as they stand now."""

    point: VigilancePoint
    others: list[RecruiterSpace]

    @property
    def is_holding(self) -> bool:
        """Tell whether somebody must answer it before the space is certified."""
        return self.point.gravity == Gravity.HOLD and self.point.answered_at is None


@dataclass(frozen=True, slots=True)
class SpaceFile:
    """Everything on the page of one space."""

    space: RecruiterSpace
    members: list[SpaceMember]
    contacts: list[KnownContact]
    points: list[PointRead]
    sisters: list[RecruiterSpace]
    checks: list[SpaceCheck]
    talks: list[ContactLog]
    step: Step
    lacking: list[str]
    trusted: frozenset[str]

    @property
    def is_undecided(self) -> bool:
        """Tell whether somebody must decide."""
        return self.space.state in UNDECIDED

    @property
    def is_overdue(self) -> bool:
        """Tell whether the next deadline has passed."""
        return self.is_undecided and rules.is_overdue(self.space.due_at, clock.now())

    @property
    def privileged(self) -> list[KnownContact]:
        """Return the privileged contacts that may be called."""
        return [known for known in self.contacts if known.contact.is_privileged and known.number]

    @property
    def documents(self) -> list[SpaceCheck]:
        """Return the documents that were seen."""
        return [check for check in self.checks if check.kind == CheckKind.DOCUMENT]


def file_of(space: RecruiterSpace) -> SpaceFile:
    """Read everything about a space."""
    checks = certification.checks(space)
    rows, others = _points(space)
    contacts, trusted = _contacts(space)
    held = sum(1 for row in rows if row.gravity == Gravity.HOLD and row.answered_at is None)
    request = Request(
        space.acquaintance, frozenset(), _made(space, checks), recorded_numbers=trusted, unanswered_count=held
    )
    lacking = [_(rules.SENTENCES[one]) for one in rules.missing(request) if one is not rules.Missing.ITEMS]
    by_id = {other.pk: other for other in others}
    return SpaceFile(
        space=space,
        members=certification.members(space),
        contacts=contacts,
        points=[PointRead(row, [by_id[pk] for pk in _ids(row) if pk in by_id]) for row in rows],
        sisters=[other for other in others if other.establishment.siren == space.establishment.siren],
        checks=checks,
        talks=_talks(space),
        step=rules.next_step(_course(space, checks)),
        lacking=lacking,
        trusted=trusted,
    )


def _points(space: RecruiterSpace) -> tuple[list[VigilancePoint], list[RecruiterSpace]]:
    rows: Any = VigilancePoint.objects.unscoped(WHY)
    found = list(
        rows.filter(space=space, gone_at=None)
        .annotate(other_ids=ArrayAgg("others", filter=~Q(others=None)))
        .select_related("answered_by")
        .order_by("-gravity", "kind", "found_at", "pk")
    )
    wanted = {pk for row in found for pk in _ids(row)}
    spaces = RecruiterSpace.objects.unscoped("a fraud knows no territory: what is compared is shown")
    alike = Q(establishment__siret__startswith=space.establishment.siren) | Q(pk__in=wanted)
    others = spaces.filter(alike).exclude(pk=space.pk).select_related("establishment__commune")
    return found, list(others.order_by("-created_at")[:MOST_OTHERS])


def _ids(row: Any) -> list[UUID]:
    return list(row.other_ids or [])


def _contacts(space: RecruiterSpace) -> tuple[list[KnownContact], frozenset[str]]:
    """Return the contacts with the number that may be called, and the privileged ones' numbers."""
    since = clock.now() - rules.FORMER_CONTACT
    recent = KnownContactChange.objects.filter(contact=OuterRef("pk"), changed_at__gt=since).order_by("changed_at")
    rows: Any = Contact.objects.unscoped(WHY).filter(establishment=space.establishment_id, is_from_space=False)
    whole = rows.annotate(
        former=Subquery(recent.values("former_phone")[:1]), changed_at=Subquery(recent.values("changed_at")[:1])
    ).order_by("-is_privileged", "name")
    found = list(whole)
    known = [
        KnownContact(row, row.phone) if row.changed_at is None else KnownContact(row, row.former, row.phone)
        for row in found
    ]
    privileged = [row for row in found if row.is_privileged]
    current = frozenset(number_of(row.phone) for row in privileged) - {""}
    changes = tuple(
        NumberChange(number_of(row.phone), number_of(row.former), row.changed_at)
        for row in privileged
        if row.changed_at is not None
    )
    return known, rules.trusted_numbers(current, changes, clock.now())


def _talks(space: RecruiterSpace) -> list[ContactLog]:
    rows = ContactLog.objects.unscoped(WHY).filter(establishment=space.establishment_id)
    return list(rows.select_related("contact", "author").order_by("-at", "-pk")[:MOST_TALKS])


def _made(space: RecruiterSpace, checks: Sequence[SpaceCheck]) -> tuple[CheckMade, ...]:
    return tuple(CheckMade(row.kind, row.outcome, row.at, row.number) for row in checks if row.at >= space.clock_at)


def _course(space: RecruiterSpace, checks: Sequence[SpaceCheck]) -> Course:
    is_letter_sent = any(row.kind == CheckKind.LETTER and row.at >= space.clock_at for row in checks)
    return Course(
        space.call_by_at, space.ends_at, space.remind_by_at, space.letter_by_at,
        is_letter_sent=is_letter_sent, is_reached=space.reached_at is not None, call_back_at=space.call_back_at,
    )  # fmt: skip
