"""Pages opened from a mail: the token leaves the URL at the first hit, GET shows, POST acts, refusals help."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from entremise.kernel import links
from entremise.kernel.actors import link_actor
from entremise.web.kit.screens import PUBLIC

OPEN = "ouvrir"  # stands for the token, once it is in the session


def link_page(purpose: links.Purpose) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Wrap `view(request, link)`: check the token, set the link's actor, show refusals with a next step.

    The URL's `token` is moved to the session and replaced by a neutral word: it stays in no log, history or Referer.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def run(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            slot = slot_of(purpose)
            if token != OPEN:
                request.session[slot] = token
                moved = redirect(request.resolver_match.view_name, token=OPEN, **kwargs)  # type: ignore[union-attr]
                return _private(moved)
            try:
                link = links.read(purpose, request.session.get(slot, ""))
            except links.LinkRefused as refusal:
                return _private(link_refused(request, refusal))
            request.actor = link_actor(link.pk, purpose.role)  # type: ignore[attr-defined]
            return _private(view(request, link, **kwargs))

        run.guard = PUBLIC  # type: ignore[attr-defined]  # the token is the key; read by the URL walk
        run.purpose = purpose  # type: ignore[attr-defined]
        return run

    return decorate


def slot_of(purpose: links.Purpose) -> str:
    """Name the place of a purpose's token in the session."""
    return f"link:{purpose.name}"


def link_refused(request: HttpRequest, refusal: links.LinkRefused) -> HttpResponse:
    """Say why the link does not work and what to do; a known link can be sent again to its recorded address."""
    link = refusal.link
    context = {
        "reason": refusal.reason.value,
        "purpose": link.purpose if link else "",
        "can_be_sent_again": bool(link and links.can_be_sent_again(link)),
    }
    status = 404 if refusal.reason is links.Refusal.UNKNOWN else 410
    return render(request, "web/link_refused.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    # Not "no-referrer": browsers then post forms with "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
