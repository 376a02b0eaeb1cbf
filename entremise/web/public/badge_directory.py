"""The public directory of badges: search, compare to harmonise, who issues them, the guide for issuers."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from entremise.credentials import queries_directory as directory
from entremise.credentials import queries_keys
from entremise.credentials.enums import Framework
from entremise.credentials.queries_directory import MOST_COMPARED, PAGE, Search
from entremise.credentials.rules_issuing import FILE_DAYS, MOST_LINES, UNDO_DAYS
from entremise.kernel import access
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.kit.typed import identifiers, whole_number

LONGEST = 120


@screen(PUBLIC)
@require_safe
def badge_directory(request: ActorRequest) -> HttpResponse:
    """Search the published badges."""
    search = _search(request)
    shown = Paginator(directory.badges(search), PAGE).get_page(whole_number(request.GET.get("page", "")) or 1)
    chosen = _chosen(request)
    asked = {name: value for name, value in _asked(search).items() if value}
    context: dict[str, Any] = {
        "search": search,
        "shown": shown,
        "departments": directory.departments(),
        "issuers": directory.issuers(),
        "frameworks": [(one, Framework(one).label) for one in directory.frameworks_used()],
        "chosen": [str(one) for one in chosen],
        "most": MOST_COMPARED,
        "is_searched": bool(asked),
        "query": urlencode(asked),
    }
    return respond(request, "web/public/badge_directory.html", context)


@screen(PUBLIC)
@require_safe
def badge_compare(request: ActorRequest) -> HttpResponse:
    """Show two or three badges side by side."""
    compared = directory.some(_chosen(request))
    if len(compared) < 2:  # nothing to put side by side: back to the list, with what was chosen
        return redirect(f"{reverse('badge_directory')}?{urlencode([('badge', str(one.pk)) for one in compared])}")
    return respond(request, "web/public/badge_compare.html", {"compared": compared})


@screen(PUBLIC)
@require_safe
def issuer_page(request: ActorRequest, slug: str) -> HttpResponse:
    """Show who an issuer is, its badges, what others say of it."""
    issuer = queries_keys.issuer_by_slug(slug)
    if issuer is None:
        raise Http404
    context = {
        "issuer": issuer,
        "badges": directory.badges_of(issuer)[:PAGE],
        "badge_count": directory.badges_of(issuer).count(),
        "did": queries_keys.did(issuer),
        "endorsements": directory.endorsements_of_issuer(issuer),
        "may_endorse": bool(access.decide("credentials.endorse", request.actor)),
    }
    return respond(request, "web/public/issuer.html", context)


@screen(PUBLIC)
@require_safe
def endorsement_file(request: ActorRequest, endorsement: UUID) -> HttpResponse:
    """Give a recommendation as it was signed, to be verified elsewhere."""
    found = directory.endorsement(endorsement)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.body), content_type="application/vc")
    response["Content-Disposition"] = 'attachment; filename="recommandation.json"'
    return response


@screen(PUBLIC)
@require_safe
def badge_guide(request: ActorRequest) -> HttpResponse:
    """Say to those who want to issue badges what it takes, and answer their questions."""
    context = {"most_lines": MOST_LINES, "file_days": FILE_DAYS, "undo_days": UNDO_DAYS}
    return respond(request, "web/public/badge_guide.html", context)


def _search(request: ActorRequest) -> Search:
    told = {name: " ".join(request.GET.get(name, "").split())[:LONGEST] for name in _NAMES}
    framework = told["referentiel"] if told["referentiel"] in Framework.values else ""
    return Search(told["q"], told["territoire"], told["emetteur"], framework, told["code"])


def _asked(search: Search) -> dict[str, str]:
    values = (search.typed, search.department, search.issuer, search.framework, search.code)
    return dict(zip(_NAMES, values, strict=True))


def _chosen(request: ActorRequest) -> list[UUID]:
    return identifiers(request.GET.getlist("badge")[:MOST_COMPARED])


_NAMES = ("q", "territoire", "emetteur", "referentiel", "code")
