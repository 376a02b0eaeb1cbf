"""Answers to a field being typed in: `?q=` gives a short JSON list, for whoever is signed in or holds a mail link."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.core.cache import caches
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from entremise.kernel import access, links
from entremise.kernel.actors import Actor, ActorKind, link_actor
from entremise.web.kit.link_pages import all_kept
from entremise.web.kit.screens import ActorRequest

SHORTEST = 2  # letters from which there is something to suggest
MOST_ASKED = 240  # in a window, by one actor and one process: six letters a second are typed by nobody
WINDOW_SECONDS = 30


class Suggested(Protocol):
    """What a field shows of a suggestion."""

    @property
    def id(self) -> str:
        """Return what the form will send."""

    @property
    def label(self) -> str:
        """Return what is picked."""

    @property
    def hint(self) -> str:
        """Return what tells it from its neighbours."""


Finder = Callable[[ActorRequest, str], Iterable[Suggested]]


def suggestions(guard: str) -> Callable[[Finder], Callable[..., HttpResponse]]:
    """Make a view of `find(request, typed)`: guarded by a policy, limited, empty when too little is typed."""

    def decorate(find: Finder) -> Callable[..., HttpResponse]:
        @functools.wraps(find)
        def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = _bearer(request) if request.actor.kind is ActorKind.ANONYMOUS else request.actor
            decision = access.decide(guard, actor)
            if isinstance(decision, access.Denied):
                return _refusal(decision.reason, 403 if actor.kind is not ActorKind.ANONYMOUS else 401)
            if _asks_too_much(actor):
                return _refusal(_("Trop de recherches à la suite : patientez quelques secondes."), 429)
            typed = request.GET.get("q", "").strip()
            found = find(request, request.GET["q"]) if len(typed) >= SHORTEST else ()
            rows = [{"id": one.id, "label": one.label, "hint": one.hint} for one in found]
            return JsonResponse(rows, safe=False, headers={"Cache-Control": "private, max-age=60"})

        run.guard = guard  # type: ignore[attr-defined]  # read by the URL walk
        return run

    return decorate


def _bearer(request: ActorRequest) -> Actor:
    """Return the bearer of a mail link whose page is open in this session."""
    for purpose, token in all_kept(request):
        try:
            link = links.read(purpose, token)
        except links.LinkRefused:
            continue
        return link_actor(link.pk, purpose.role)
    return request.actor


def _asks_too_much(actor: Actor) -> bool:
    counts = caches["process"]
    key = f"suggestions:{actor.kind}:{actor.id}"
    counts.add(key, 0, WINDOW_SECONDS)
    try:
        return counts.incr(key) > MOST_ASKED
    except ValueError:  # the window closed between the two calls
        return False


def _refusal(reason: str, status: int) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=status, headers={"Cache-Control": "no-store"})
