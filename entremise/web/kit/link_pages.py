"""Pages opened from a mail: the token leaves the URL at the first hit, GET shows, POST acts, refusals help."""

import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from entremise.kernel import links
from entremise.kernel.actors import link_actor
from entremise.web.kit.screens import PUBLIC

SLOT = "links"
KEPT = 30  # links opened in one session; the oldest is forgotten


def link_page(purpose: links.Purpose) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Wrap `view(request, link)`: check the token, set the link's actor, show refusals with a next step.

    The URL's `token` is moved to the session and replaced by its reference, which opens nothing elsewhere: it stays in
    no log, history or Referer. Two links opened side by side keep their own addresses, so no answer goes to the other.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def run(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
            if len(token) > links.ID_LENGTH:
                reference = keep(request, purpose, token)
                moved = redirect(request.resolver_match.view_name, token=reference, **kwargs)  # type: ignore[union-attr]
                return _private(moved)
            try:
                link = links.read(purpose, kept(request, purpose, token))
            except links.LinkRefused as refusal:
                return _private(link_refused(request, refusal))
            request.actor = link_actor(link.pk, purpose.role)  # type: ignore[attr-defined]
            return _private(view(request, link, **kwargs))

        run.guard = PUBLIC  # type: ignore[attr-defined]  # the token is the key; read by the URL walk
        run.purpose = purpose  # type: ignore[attr-defined]
        return run

    return decorate


def keep(request: HttpRequest, purpose: links.Purpose, token: str) -> str:
    """Keep a token in the session; return the reference that stands for it in addresses."""
    reference = token[: links.ID_LENGTH]
    opened = dict(request.session.get(SLOT, {}))
    opened.pop(f"{purpose.name}:{reference}", None)
    opened[f"{purpose.name}:{reference}"] = token
    request.session[SLOT] = dict(list(opened.items())[-KEPT:])
    return reference


def kept(request: HttpRequest, purpose: links.Purpose, reference: str) -> str:
    """Return the token that a reference stands for in this session, or nothing."""
    token: str = request.session.get(SLOT, {}).get(f"{purpose.name}:{reference}", "")
    return token


def all_kept(request: HttpRequest) -> Iterator[tuple[links.Purpose, str]]:
    """Return the purpose and the token of every link opened in this session, the last one first."""
    for name, token in reversed(request.session.get(SLOT, {}).items()):
        purpose = links.PURPOSES.get(name.partition(":")[0])
        if purpose is not None:
            yield purpose, token


def own_reference(request: HttpRequest) -> str:
    """Return the reference of the link whose page this is."""
    return str(request.resolver_match.kwargs["token"])  # type: ignore[union-attr]


def link_refused(request: HttpRequest, refusal: links.LinkRefused) -> HttpResponse:
    """Say why the link does not work and what to do; a known link can be sent again to its recorded address."""
    link = refusal.link
    context = {
        "reason": refusal.reason.value,
        "purpose": link.purpose if link else "",
        "reference": links.reference(link) if link else "",
        "can_be_sent_again": bool(link and links.can_be_sent_again(link)),
    }
    status = 404 if refusal.reason is links.Refusal.UNKNOWN else 410
    return render(request, "web/link_refused.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    # Not "no-referrer": browsers then post forms with "Origin: null", which the CSRF check refuses.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response
