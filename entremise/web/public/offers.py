"""The published offers, for anybody: the search, one offer, a day in a calendar, the feed, a list for other sites."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from entremise.kernel import clock, mail
from entremise.lib.identifiers import IdentifierRefused, parse_rome
from entremise.offers import queries, queries_public, rules_posting
from entremise.offers.models import Offer
from entremise.offers.queries_public import RADII, SINCE, USUAL_RADIUS_KM, Search
from entremise.people.enums import ContractKind, WorkingTime
from entremise.web.jobseeker.applying import standing
from entremise.web.kit.calendar_files import Day, calendar_file
from entremise.web.kit.middleware import CSP
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.kit.typed import whole_number
from entremise.web.public import label_marks

LONGEST, FRAMED = 100, 10
NAMES = ("q", "lieu", "rayon", "contrat", "temps", "rome", "depuis")
ANYWHERE = CSP.replace("frame-ancestors 'none'", "frame-ancestors *")
GONE = 410
SECONDS = 300


@screen(PUBLIC)
@require_safe
def public_offers(request: ActorRequest) -> HttpResponse:
    """Search the published offers, without an account."""
    told, search = _read(request)
    page = queries_public.found(search, after=request.GET.get("apres", ""))
    label_marks.mark(page.rows)
    asked = _asked(told)
    query = urlencode(asked)
    context: dict[str, Any] = {
        "told": told,
        "search": search,
        "page": page,
        "is_searched": bool(asked),
        "is_place_unknown": bool(told["lieu"]) and search.place is None,
        "is_first": not request.GET.get("apres"),
        "next_href": f"?{urlencode({**asked, 'apres': page.next_key})}" if page.next_key else "",
        "feed_href": f"{reverse('public_offers_feed')}?{query}",
        "frame_href": mail.absolute(f"{reverse('public_offers_frame')}?{query}"),
        "contracts": ContractKind.choices,
        "times": [choice for choice in WorkingTime.choices if choice[0] != WorkingTime.ANY],
        "radii": RADII,
        "days": [(days, _since(days)) for days in SINCE],
    }
    return respond(request, "web/public/offers.html", context)


@screen(PUBLIC)
@require_safe
def public_offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show an offer; one that is over says what to do instead."""
    offer = _found(pk)
    if not queries_public.is_shown(offer):
        context = {"offer": offer, "similar": queries_public.similar(offer)}
        return respond(request, "web/public/offer_over.html", context, status=GONE)
    label_marks.mark([offer])
    posting = queries_public.posting(offer)
    context = {
        "offer": offer,
        "skills": queries.skills_asked(offer),
        "posting": posting,
        "structured": rules_posting.in_script(rules_posting.job_posting(posting)),
        "shows_logo": queries_public.shows_logo(offer),
        "similar": queries_public.similar(offer),
        **standing(request, offer),
    }
    return respond(request, "web/public/offer.html", context)


@screen(PUBLIC)
@require_safe
def public_offer_day(request: ActorRequest, pk: UUID, day: str) -> HttpResponse:
    """Give the first day of work, or the last of publication, as a file for a calendar."""
    offer = _found(pk)
    when = {"debut": offer.starts_on, "fin": offer.expires_on}.get(day)
    if when is None or not queries_public.is_shown(offer):
        raise Http404
    facts = {"title": offer.title, "place": offer.establishment.name}
    summary = _("Dernier jour pour postuler : %(title)s, %(place)s") if day == "fin" else _("%(title)s, %(place)s")
    url = queries_public.posting(offer).url
    told = Day(f"{offer.pk}-{when:%Y%m%d}@offres", when, summary % facts, url)
    return calendar_file("offre", [told], stamped_at=clock.now())


@screen(PUBLIC)
@require_safe
def public_offers_feed(request: ActorRequest) -> HttpResponse:
    """Give a search as an Atom feed."""
    told, search = _read(request)
    page = queries_public.found(search, limit=queries_public.MOST_IN_FEED)
    query = urlencode(_asked(told))
    entries = [queries_public.posting(one) for one in page.rows]
    feed = rules_posting.atom(
        title=_("Offres d'emploi"),
        page=mail.absolute(f"{reverse('public_offers')}?{query}".rstrip("?")),
        here=mail.absolute(f"{reverse('public_offers_feed')}?{query}".rstrip("?")),
        updated_at=max((one.opened_at for one in entries), default=clock.now()),
        entries=entries,
    )
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@screen(PUBLIC)
@require_safe
@xframe_options_exempt
def public_offers_frame(request: ActorRequest) -> HttpResponse:
    """Show the first offers of a search inside another site's page; nothing in it can be done, only opened."""
    told, search = _read(request)
    page = queries_public.found(search, limit=FRAMED)
    label_marks.mark(page.rows)
    more = mail.absolute(f"{reverse('public_offers')}?{urlencode(_asked(told))}".rstrip("?"))
    response = respond(request, "web/public/offers_frame.html", {"page": page, "more": more})
    response["Content-Security-Policy"] = ANYWHERE
    return response


@screen(PUBLIC)
@require_safe
def partner_logo(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the logo of a partner, as we drew it."""
    found = queries_public.logo(pk)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="image/png", headers={"Cache-Control": f"public, max-age={SECONDS}"})


def _found(pk: UUID) -> Offer:
    offer = queries_public.offer(pk)
    if offer is None:
        raise Http404
    return offer


def _read(request: ActorRequest) -> tuple[dict[str, str], Search]:
    """Return what was typed, and what it means; what means nothing is left out."""
    told = {name: " ".join(request.GET.get(name, "").replace("\x00", "").split())[:LONGEST] for name in NAMES}
    radius, since = whole_number(told["rayon"]), whole_number(told["depuis"])
    search = Search(
        text=told["q"],
        place=queries_public.place_named(told["lieu"]),
        radius_km=radius if radius in RADII else USUAL_RADIUS_KM,
        contract=told["contrat"] if told["contrat"] in ContractKind.values else "",
        working_time=told["temps"] if told["temps"] in WorkingTime.values else "",
        rome=_rome(told["rome"]),
        since_days=since if since in SINCE else None,
    )
    return told, search


def _rome(text: str) -> str:
    try:
        return parse_rome(text) if text else ""
    except IdentifierRefused:
        return ""


def _asked(told: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in told.items() if text and (name != "rayon" or told["lieu"])}


def _since(days: int) -> str:
    if days == 1:
        return _("hier")
    return _("%(days)s jours") % {"days": days}
