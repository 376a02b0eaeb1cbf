"""The page behind a link by which a person shows badges: what each is worth now, how to verify it oneself.

The token stays in the address, unlike that of a link sent by mail: this address is made to be kept, printed as a QR
code and given on, by its owner, who sees how often it was opened and closes it. It shows what she chose and lets
nobody act. Nothing of it leaves for other sites (`Referrer-Policy`), search engines are told to leave it alone.
"""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entremise.credentials import actions_sharing, queries_image, queries_sharing, rules_foreign
from entremise.credentials.models_sharing import ForeignBadge, Share
from entremise.credentials.queries_sharing import Worn
from entremise.credentials.rules_image import svg
from entremise.kernel import clock, links
from entremise.web.kit import badge_files
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

SLOT = "badge_shares"  # of the session: the links for which this visitor was counted
KEPT = 30
GONE, UNKNOWN = 410, 404


def kept_away(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep every answer of a page, refusals too, away from caches, search engines and other sites."""

    @functools.wraps(view)
    def run(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return run


@screen(PUBLIC)
@kept_away
@require_safe
def badge_share(request: ActorRequest, token: str) -> HttpResponse:
    """Show the badges of a link, each with what it is worth now; one look is counted for each visitor."""
    try:
        share = queries_sharing.share_of_token(token, seen=_seen(request))
        _count(request, share)
    except links.LinkRefused as refusal:
        return _refused(request, refusal.reason)
    looked = queries_sharing.looked_at(share)
    context = {
        "share": share,
        "token": token,
        "name": queries_sharing.name_of(share),
        "worn": [(one, badge_files.data_uri(_drawn(one), badge_files.SVG)) for one in looked.worn],
        "foreign": [(one, _foreign_picture(one), rules_foreign.recipient_of(one.codes)) for one in looked.foreign],
        "looked_at": clock.now(),
        "qr": badge_files.qr_code(queries_sharing.own_address(request.path)),
    }
    return render(request, "web/public/badge_share.html", context)


@screen(PUBLIC)
@kept_away
@require_safe
def badge_share_file(request: ActorRequest, token: str, badge: UUID, kind: str) -> HttpResponse:
    """Give a valid badge of a link as a file, for who wants to verify it: JSON, or the image with the badge in it."""
    try:
        share = queries_sharing.share_of_token(token, seen=_seen(request))
    except links.LinkRefused as refusal:
        return _refused(request, refusal.reason)
    found = next((one for one in queries_sharing.looked_at(share).worn if one.award.pk == badge), None)
    signed = queries_sharing.shared_file(share, badge)
    if found is None or signed is None or kind not in {"json", "png"}:
        raise Http404
    body, award = bytes(signed.body), found.award
    if kind == "json":
        answer = badge_files.attachment(body, badge_files.JSON, award.badge_class.name, kind)
    else:
        answer = badge_files.attachment(
            badge_files.baked_png(award, body), badge_files.PNG, award.badge_class.name, kind
        )
    return answer


def _count(request: ActorRequest, share: Share) -> None:
    """Count a look once for each visitor; neither the owner's, nor a machine's that only asks for the headers."""
    is_hers = request.actor.user_id is not None and request.actor.user_id == share.person.user_id
    if is_hers or request.method != "GET" or str(share.pk) in _seen(request):
        return
    if not actions_sharing.count_view(share):  # somebody else took the last look meanwhile
        raise links.LinkRefused(links.Refusal.USED)
    request.session[SLOT] = [*_seen(request), str(share.pk)][-KEPT:]


def _seen(request: HttpRequest) -> list[str]:
    return list(request.session.get(SLOT, []))


def _drawn(worn: Worn) -> bytes:
    return svg(queries_image.face_of(worn.award)).encode()


def _foreign_picture(badge: ForeignBadge) -> str:
    return badge_files.data_uri(*badge_files.foreign_picture(badge))


def _refused(request: HttpRequest, reason: links.Refusal) -> HttpResponse:
    context: dict[str, Any] = {"reason": reason.value}
    status = UNKNOWN if reason is links.Refusal.UNKNOWN else GONE
    return render(request, "web/public/badge_share_closed.html", context, status=status)
