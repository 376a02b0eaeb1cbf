"""Reads of the employer's board: the inboxes with their counts, one page of candidates, who may still read there."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, Value, When

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.actors import Actor
from entremise.passport import queries_card
from entremise.passport.rules_card import Card
from entremise.reciprok import queries
from entremise.reciprok.enums import ApplicationState as S
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.workflow import RUNNING, WAITING
from entremise.territories.models import Commune

MOST = 5_000  # candidates of one inbox on its board
WHY = "the policy decided on this inbox"
GROUPS: Mapping[str, frozenset[str]] = {
    "attente": frozenset(WAITING),
    "favorables": frozenset({S.FAVOURABLE}),
    "non-retenues": frozenset({S.REFUSED}),
    "recrutees": frozenset({S.HIRED}),
    "sans-reponse": frozenset({S.UNANSWERED}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate of a board before her card is read."""

    pk: UUID
    person_id: UUID
    state: str
    sent_at: dt.datetime
    changed_at: dt.datetime
    parts: tuple[str, ...] = ()
    home: Commune | None = None

    @property
    def group(self) -> str:
        """Return the group of states where she stands."""
        return next((name for name, states in GROUPS.items() if self.state in states), "")


def lines(box: Inbox) -> list[Line]:
    """Return every candidate of an inbox, the longest waiting first, then who was answered last.

    Who withdrew is not there: the employer sees nothing of her any more.
    """
    rows: Any = Application.objects.unscoped(WHY).filter(inbox=box, is_current=True).exclude(state=S.WITHDRAWN)
    found = _lines(rows.order_by("sent_at", "pk")[:MOST])
    waiting = [one for one in found if one.state in WAITING]
    answered = [one for one in found if one.state not in WAITING]
    return waiting + sorted(answered, key=lambda one: (one.state != S.FAVOURABLE, -one.changed_at.timestamp()))


def lines_of(ids: Iterable[UUID]) -> list[Line]:
    """Return the lines of applications that a pass of the platform takes up."""
    rows: Any = Application.objects.unscoped("the platform's own pass over all applications")
    return _lines(rows.filter(pk__in=list(ids)).order_by("pk"))


def _lines(rows: Any) -> list[Line]:
    """Read the few columns that order a board, and where each person lives: five hundred objects cost more."""
    home = ("person__commune_id", "person__commune__latitude", "person__commune__longitude")
    homes: dict[str, Commune] = {}
    found = []
    columns = ("pk", "person_id", "state", "sent_at", "changed_at", "parts", *home)
    for pk, person_id, state, sent_at, changed_at, parts, code, latitude, longitude in rows.values_list(*columns):
        if latitude is not None and code not in homes:
            homes[code] = Commune(code=code, latitude=latitude, longitude=longitude)
        found.append(Line(pk, person_id, state, sent_at, changed_at, tuple(parts), homes.get(code)))
    return found


def line_of(one: Application) -> Line:
    """Return the line of an application already read."""
    person = one.person
    return Line(one.pk, person.pk, one.state, one.sent_at, one.changed_at, tuple(one.parts), person.commune)


def counts(found: Iterable[Line]) -> dict[str, int]:
    """Return how many candidates are in each group."""
    return dict.fromkeys(GROUPS, 0) | Counter(one.group for one in found if one.group)


def these(ids: Sequence[UUID], box: Inbox) -> list[Application]:
    """Return the applications of an inbox that a page shows, in the order asked for."""
    rows: Any = Application.objects.unscoped(WHY).filter(pk__in=ids, inbox=box)
    found = {one.pk: one for one in rows.select_related("person__commune")}
    for one in found.values():
        one.inbox, one.establishment = box, box.establishment
    return [found[pk] for pk in ids if pk in found]


def box_of(offer_id: UUID, actor: Actor) -> Inbox | None:
    """Return the inbox of an offer that the actor may see, nothing while nobody applied."""
    return queries.whole_inbox(Inbox.objects.visible_to(actor)).filter(offer=offer_id).first()


def shown(pk: UUID, actor: Actor) -> Application:
    """Return one application that a recruiter reads, or raise DoesNotExist; who withdrew is not shown any more."""
    rows: Any = Application.objects.visible_to(actor)
    found: Application = rows.select_related("person__commune", "cv", "establishment").get(pk=pk)
    return found


def shown_in(box: Inbox, pk: UUID) -> Application | None:
    """Return one application of an inbox, nothing when it is of another."""
    return next(iter(these([pk], box)), None)


def shown_names(box: Inbox, found: Collection[Application], *, is_member: bool = True) -> set[UUID]:
    """Return the people whose name an employer sees, all of one inbox: once their application is read, not before.

    Proofs come first; and a name is never on a page without a look in its person's history.
    """
    named = [one.person_id for one in found if one.is_named and one.read_at is not None]
    return set(named) if named and queries.is_reader_known(box, is_member=is_member) else set()


def cards(box: Inbox, found: Collection[Application], *, is_member: bool = True) -> dict[UUID, Card]:
    """Return what the employer sees of each candidate, by application, in a fixed number of queries."""
    whole = queries_card.cards_of([one.person for one in found], shown_names(box, found, is_member=is_member))
    return {one.pk: queries.masked(whole[one.person_id], one.parts) for one in found}


def boxes(actor: Actor, space: RecruiterSpace) -> QuerySet[Inbox]:
    """Return the inboxes of a space with their counts: where somebody waits for the longest first."""
    rows: Any = queries.whole_inbox(Inbox.objects.visible_to(actor))
    here = rows.filter(Q(offer__space=space) | Q(offer=None, establishment=space.establishment_id))
    shown = ~Q(applications__state=S.WITHDRAWN) & Q(applications__is_current=True)
    waits = Q(applications__state__in=WAITING, applications__is_current=True)
    counted: Any = here.annotate(
        all_count=Count("applications", filter=shown),
        waiting_count=Count("applications", filter=waits),
        unread_count=Count("applications", filter=waits & ~Q(applications__state=S.READ)),
        oldest_at=Min("applications__sent_at", filter=waits),
        latest_at=Max("applications__sent_at", filter=shown),
        rank=Case(When(offer=None, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )
    found: QuerySet[Inbox] = counted.order_by("oldest_at", "-latest_at", "rank", "pk")
    return found


def waiting_count(space: RecruiterSpace, actor: Actor) -> int:
    """Return how many people wait for an answer of a space."""
    rows: Any = Application.objects.visible_to(actor).filter(state__in=WAITING, is_current=True)
    count: int = rows.filter(
        Q(inbox__offer__space=space) | Q(inbox__offer=None, establishment=space.establishment_id)
    ).count()
    return count


def remaining(box: Inbox) -> list[Application]:
    """Return who still waits for something when a recruitment ends: no answer, or a favourable opinion left open."""
    rows: Any = Application.objects.unscoped(WHY).filter(inbox=box, is_current=True, state__in=RUNNING)
    found = list(rows.select_related("person__commune").order_by("sent_at", "pk")[:MOST])
    for one in found:
        one.inbox, one.establishment = box, box.establishment
    return found


def remaining_count(box: Inbox | None) -> int:
    """Return how many people still wait in an inbox."""
    if box is None:
        return 0
    rows: Any = Application.objects.unscoped(WHY).filter(inbox=box, is_current=True, state__in=RUNNING)
    count: int = rows.count()
    return count


def hired_count(box: Inbox) -> int:
    """Return how many people of an inbox were hired."""
    rows: Any = Application.objects.unscoped(WHY).filter(inbox=box, state=S.HIRED)
    count: int = rows.count()
    return count
