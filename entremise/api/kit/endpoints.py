"""Every address for machines is guarded here: `@endpoint(PUBLIC)`, or `@endpoint("domain.verb")`."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from entremise.api.kit.answers import OPEN_HEADERS, ApiRefused, answer, refusal, varying
from entremise.kernel import access
from entremise.kernel.access import PUBLIC
from entremise.kernel.actors import Actor, ActorKind
from entremise.kernel.workflow import TransitionRefused

View = Callable[..., HttpResponse]
Tell = Callable[[ApiRefused], HttpResponse]
READING = ("GET", "HEAD")
A_DAY = "86400"


class ApiRequest(HttpRequest):
    """A request after the middleware: it knows who acts."""

    actor: Actor


def endpoint(
    guard: str, *, methods: tuple[str, ...] = READING, most_bytes: int = 0, tell: Tell = refusal
) -> Callable[[View], View]:
    """Guard an endpoint; refuse other methods, bodies that are too large; say refusals in JSON, as `tell` writes them.

    A public endpoint that takes a POST looks at no session: that is why it needs no token against forged requests.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _preflight(methods)
            try:
                _check(request, guard, methods, most_bytes)
                response = view(request, *args, **kwargs)
            except ApiRefused as refused:
                response = tell(refused)
            except Http404:
                response = tell(ApiRefused(404, "not_found", _("Il n'y a rien à cette adresse.")))
            except access.AccessDenied as denied:
                response = tell(ApiRefused(403, "forbidden", denied.reason))
            except TransitionRefused as refused_move:
                response = tell(ApiRefused(409, "conflict", refused_move.reason))
            return _without_body(response) if request.method == "HEAD" else response

        run.guard = guard  # type: ignore[attr-defined]  # read by the URL walk
        run.is_endpoint = True  # type: ignore[attr-defined]  # read by the middleware and the URL walk
        run.csrf_exempt = guard == PUBLIC  # type: ignore[attr-defined]  # read by Django
        return run

    return decorate


def _check(request: ApiRequest, guard: str, methods: tuple[str, ...], most_bytes: int) -> None:
    if request.method not in methods:
        told = ", ".join((*methods, "OPTIONS"))
        raise ApiRefused(405, "method", _("Cette adresse ne répond pas à cette méthode."), {"Allow": told})
    if guard != PUBLIC:
        decision = access.decide(guard, request.actor)
        if isinstance(decision, access.Denied):
            is_unknown = request.actor.kind is ActorKind.ANONYMOUS
            raise ApiRefused(401 if is_unknown else 403, "sign_in" if is_unknown else "forbidden", decision.reason)
    length = request.META.get("CONTENT_LENGTH") or "0"
    most = most_bytes or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not length.isdecimal() or int(length[:12]) > most:
        raise ApiRefused(413, "too_large", _("Ce qui est envoyé est trop gros."))


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    """Let any site ask, without the visitor's session (Fetch standard, CORS)."""
    allowed = ", ".join((*methods, "OPTIONS"))
    headers = {
        "Allow": allowed,
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type, If-None-Match",
        "Access-Control-Max-Age": A_DAY,
    }
    return varying(HttpResponse(status=204, headers={**OPEN_HEADERS, **headers}), ())


def _without_body(response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("Content-Length", str(len(response.content)))
    response.content = b""
    return response


__all__ = ["PUBLIC", "ApiRefused", "ApiRequest", "answer", "endpoint"]
