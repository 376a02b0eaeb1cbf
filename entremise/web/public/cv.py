"""The page behind the address printed on a certified CV: no account, and what is true at this moment."""

from allauth.core.internal import ratelimit
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.credentials import actions_documents as actions
from entremise.credentials import queries_documents as queries
from entremise.credentials.links_documents import CV
from entremise.kernel import clock, links
from entremise.kernel.models import MailLink
from entremise.web.kit.link_pages import kept
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

# Wrong codes are counted with those of letters; allauth counts no GET unless told.
LIMIT = {"app": "allauth.account", "action": "short_code", "limit_get": True}


@screen(PUBLIC)
@require_GET
def certified_cv(request: ActorRequest, token: str) -> HttpResponse:
    """Show what a CV shows now, or that it is over; the token stays in the address, to be scanned again."""
    link = _link(request, token)
    if isinstance(link, HttpResponse):
        return _quiet(link)
    cv = queries.public_cv(link)
    if cv is None:
        return _quiet(_closed(request, "closed", 410))
    is_owner = request.actor.user_id is not None and request.actor.user_id == cv.person.user_id
    if not is_owner:
        actions.note_view(cv)
    context = {"cv": cv, "page": queries.public_page(cv), "now": clock.now(), "is_owner": is_owner}
    return _quiet(respond(request, "web/public/cv.html", context))


def _link(request: ActorRequest, token: str) -> MailLink | HttpResponse:
    """Return the link of a token, of a short code copied by hand, or of a code entered on the page of codes."""
    is_code = len(token) < links.ID_LENGTH
    if is_code and not ratelimit.consume(request, dry_run=True, **LIMIT):
        reason = _("Trop d'adresses ont été essayées depuis votre connexion. Attendez une heure, puis recommencez.")
        return respond(request, "web/refused.html", {"reason": reason}, status=429)
    try:
        if is_code:
            return links.read_code(CV, token)
        return links.read(CV, kept(request, CV, token) if len(token) == links.ID_LENGTH else token)
    except links.LinkRefused as refusal:
        if is_code and refusal.reason is links.Refusal.UNKNOWN:
            ratelimit.consume(request, **LIMIT)
        is_ours = refusal.reason is not links.Refusal.UNKNOWN
        return _closed(request, "closed" if is_ours else "unknown", 410 if is_ours else 404)


def _closed(request: ActorRequest, why: str, status: int) -> HttpResponse:
    return respond(request, "web/public/cv_closed.html", {"is_unknown": why == "unknown"}, status=status)


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the page out of search engines, of caches and of other sites' logs."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
