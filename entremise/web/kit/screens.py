"""Every URL is guarded here: `@screen("domain.verb")`, or `@screen(PUBLIC)`; a test walks the URL tree."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from entremise.kernel import access
from entremise.kernel.actors import Actor, ActorKind

PUBLIC = access.PUBLIC
View = Callable[..., HttpResponse]


class ActorRequest(HttpRequest):
    """A request after the middleware: it knows who acts."""

    actor: Actor


def screen(guard: str) -> Callable[[View], View]:
    """Guard a view with a policy (asked without a thing: actions and queries ask again with it)."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if guard != PUBLIC:
                decision = access.decide(guard, request.actor)
                if isinstance(decision, access.Denied):
                    return _turn_away(request, decision, guard)
            response = view(request, *args, **kwargs)
            if request.actor.kind is not ActorKind.ANONYMOUS:
                add_never_cache_headers(response)
            patch_vary_headers(response, ["HX-Request"])
            return response

        run.guard = guard  # type: ignore[attr-defined]  # read by the URL walk
        return run

    return decorate


def to_sign_in(request: HttpRequest, page: str = "account_login") -> HttpResponse:
    """Lead to the sign-in page and back; say so when it is a session that ended."""
    query = {"next": request.get_full_path() if request.method == "GET" else "/"}
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        query["expiree"] = "1"
    address = f"{reverse(page)}?{urlencode(query)}"
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", False) else redirect(address)


def _turn_away(request: ActorRequest, decision: access.Denied, guard: str) -> HttpResponse:
    if request.actor.kind is ActorKind.ANONYMOUS:
        return to_sign_in(request)
    if request.actor.is_professional and not request.actor.second_factor:
        return redirect("second_factor_needed")
    raise access.AccessDenied(decision.reason, guard)
