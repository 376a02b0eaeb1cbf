"""The advisers' lists as files: promotions, pool, establishments, offers. No name or contact of a person in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.accounts.queries import primary_agency
from entremise.employers import queries as directory
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.matching import queries as pool
from entremise.matching.queries_cards import PoolCard, cards
from entremise.matching.queries_criteria import parse
from entremise.offers import queries as offers
from entremise.offers import queries_own_offers
from entremise.offers.models import Offer
from entremise.promotions import actions_export, queries
from entremise.promotions.models import Promotion
from entremise.web.adviser.export_columns import establishment_columns, pool_columns, promotion_columns
from entremise.web.adviser.offer_validation import with_held
from entremise.web.adviser.offers import filters_of as offer_filters
from entremise.web.adviser.promotions import filters_of
from entremise.web.kit.exports import MOST_LINES, spreadsheet, with_columns
from entremise.web.kit.offer_files import offer_columns, offer_line, waiting_columns, waiting_line
from entremise.web.kit.responses import refused
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh

MOST_PROFILES = 1_000  # a selection to work with, never a copy of the pool


@screen("promotions.export")
@require_GET
@fresh
def promotions_export(request: ActorRequest) -> HttpResponse:
    """Give the list of promotions, with the filters of the page."""
    found = queries.exported(filters_of(request), request.actor, MOST_LINES)
    return _file(request, "promotions", _("Promotions"), promotion_columns(), found, _promotion, MOST_LINES)


@screen("desk.search_pool")
@require_GET
@fresh
def pool_export(request: ActorRequest) -> HttpResponse:
    """Give the profiles that a search finds, best first, without any name."""
    criteria = parse(request.GET.urlencode())
    page = pool.search_pool(criteria, actor=request.actor, limit=MOST_PROFILES + 1)
    found, _known = cards(page.found, criteria)
    return _file(request, "pool", _("Vivier"), pool_columns(), found, _profile, MOST_PROFILES)


@screen("employers.view")
@require_GET
@fresh
def establishments_export(request: ActorRequest) -> HttpResponse:
    """Give the establishments that a search finds."""
    found = directory.search(request.GET.get("q", "").strip()[:120], request.actor, limit=MOST_LINES + 1)
    return _file(request, "establishments", _("Entreprises"), establishment_columns(), found, _place, MOST_LINES)


@screen("offers.view")
@require_GET
@fresh
def offers_export(request: ActorRequest) -> HttpResponse:
    """Give the agency's offers, with the filters of the page."""
    found = offers.exported(offer_filters(request), request.actor, MOST_LINES)
    return _file(request, "offers", _("Offres"), offer_columns(), found, offer_line, MOST_LINES)


@screen("offers.view")
@require_GET
@fresh
def offers_to_validate_export(request: ActorRequest) -> HttpResponse:
    """Give the offers that wait for an adviser, with how many alerts each has."""
    found = queries_own_offers.waiting_exported(request.actor, MOST_LINES, with_held=with_held(request))
    alerts = queries_own_offers.alert_counts(found)

    def line(row: Offer) -> list[Any]:
        return waiting_line(row, alerts.get(row.pk, 0))

    return _file(request, "offers_to_validate", _("Offres à valider"), waiting_columns(), found, line, MOST_LINES)


def _file(
    request: ActorRequest,
    what: str,
    title: str,
    columns: Mapping[str, str],
    found: Sequence[Any],
    line: Any,
    most: int,
) -> HttpResponse:
    """Answer with the file and leave its trace, or say that the list is too long."""
    if len(found) > most:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": most}, what)
    agency = primary_agency(request.actor)
    if agency is not None:
        actions_export.note_export(agency, actor=request.actor, what=what, count=len(found))
    return spreadsheet(request, title, *with_columns(request, columns, map(line, found)))


def _promotion(row: Promotion) -> list[Any]:
    return [
        row.person.reference, row.establishment.name, row.establishment.siret, row.contact.name if row.contact else "",
        row.agency.name, row.adviser.full_name if row.adviser else "", _day(row.sent_at), row.get_state_display(),
        row.get_answer_display(), _day(row.answered_at), row.get_outcome_display(), row.outcome_on or "",
        row.get_origin_display(),
    ]  # fmt: skip


def _profile(card: PoolCard) -> list[Any]:
    return [
        card.reference, card.job, card.place, card.mobility_km, card.available_on or "", card.validated_count,
        ", ".join(card.skills), _day(card.last_promoted_at), card.score,
    ]  # fmt: skip


def _place(row: Establishment) -> list[Any]:
    activity = row.naf.label if row.naf else ""
    return [row.name, row.siret, activity, row.address, row.commune.name, row.closed_on or ""]


def _day(moment: Any) -> Any:
    return clock.local(moment).date() if moment else ""
