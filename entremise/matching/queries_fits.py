"""How applications fit their offers: the percents that passes keep, and which applications a pass takes up."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from entremise.kernel.retention import days_before
from entremise.matching.models_applications import ApplicationFit
from entremise.matching.queries_applications import Candidate, Match, matches_by_offer
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.reciprok.enums import ApplicationState, Part
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.queries_board import Line
from entremise.reciprok.workflow import RUNNING

ERASED = "~"  # what the reference of an erased person begins with
KEPT_DAYS = 365  # after the end of an application; a board that old is scored when it is opened
WHY = "the policy decided on this inbox"
EVERYBODY = "the platform's own pass over all applications"


def matches_of(offer: Offer | None, lines: Collection[Line]) -> dict[UUID, Match]:
    """Return how the candidates of one offer fit it, by application; nothing without an offer, or without anybody."""
    return matches_all({offer: lines}) if offer and lines else {}


def matches_all(lines_of: Mapping[Offer, Collection[Line]]) -> dict[UUID, Match]:
    """Return how applications to several offers fit, from what each shows; who has no place on the map has no match.

    A person is current once in an inbox: her application is known by the offer and her.
    """
    wanted = {offer: {line.person_id: _candidate(line) for line in lines} for offer, lines in lines_of.items()}
    found = matches_by_offer(wanted)
    told = ((line, found[offer].get(line.person_id)) for offer, lines in lines_of.items() for line in lines)
    return {line.pk: match for line, match in told if match is not None}


def percents_of(box: Inbox, lines: Sequence[Line]) -> dict[UUID, int]:
    """Return how well each application of an inbox fits: as it was kept, or scored now when it came since."""
    rows: Any = ApplicationFit.objects.unscoped(WHY).filter(application__inbox=box)
    kept: dict[UUID, int | None] = dict(rows.values_list("application_id", "percent"))
    scored = matches_of(box.offer, [line for line in lines if line.pk not in kept])
    return {pk: percent or 0 for pk, percent in kept.items()} | {pk: one.percent for pk, one in scored.items()}


def unscored(now: dt.datetime) -> QuerySet[Application]:
    """Return the applications on the board of an offer whose fit is not kept yet, the latest first."""
    is_recent = Q(closed_at=None) | Q(closed_at__gte=days_before(now, KEPT_DAYS))
    return _on_boards().filter(is_recent, fit=None).order_by("-sent_at", "pk")


def aged(today: dt.date) -> QuerySet[Application]:
    """Return those that still run, to an open offer, and were last scored before today; the oldest fit first."""
    running = _on_boards().filter(state__in=RUNNING, inbox__offer__state=OfferState.OPEN)
    return running.filter(fit__at__date__lt=today).order_by("fit__at", "pk")


def spent() -> QuerySet[ApplicationFit]:
    """Return the fits that no board shows any more: of who withdrew, applied again, or was erased meanwhile."""
    is_off = Q(application__is_current=False) | Q(application__state=ApplicationState.WITHDRAWN)
    is_erased = Q(application__person__reference__startswith=ERASED)
    return ApplicationFit.objects.unscoped(EVERYBODY).filter(is_off | is_erased)


def ended(now: dt.datetime) -> QuerySet[ApplicationFit]:
    """Return the fits of applications that ended long ago."""
    return ApplicationFit.objects.unscoped(EVERYBODY).filter(application__closed_at__lt=days_before(now, KEPT_DAYS))


def _on_boards() -> QuerySet[Application]:
    rows = Application.objects.unscoped(EVERYBODY).filter(is_current=True, inbox__offer__isnull=False)
    return rows.exclude(state=ApplicationState.WITHDRAWN).exclude(person__reference__startswith=ERASED)


def _candidate(line: Line) -> Candidate:
    parts = set(line.parts)
    return Candidate(line.home, Part.EXPERIENCES in parts, Part.SAID_SKILLS in parts, Part.WISHES in parts)
