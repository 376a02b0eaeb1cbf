"""From the request to the actor, and from a refusal to a page that helps."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import defaults
from psycopg import errors

from entremise.accounts.queries import actor_for
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS, Actor, ActorKind
from entremise.kernel.workflow import TransitionRefused

logger = logging.getLogger(__name__)
NOT_ALLOWED = 405
GetResponse = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "object-src 'none'"
)


class SecurityHeaders:
    """Add the headers that no page may do without."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if getattr(request, "actor", ANONYMOUS).kind is not ActorKind.ANONYMOUS:
            response.headers.setdefault("Cache-Control", "no-store, private")  # refusals and errors too
        return response


class DatabaseDown:
    """Answer 503 with Retry-After, never 500, while the database restarts; `server_error` does it for middlewares."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost database connection into a page that asks to come back."""
        return database_down(exception) if is_lost(exception) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what no view foresaw: Django brings what a middleware raises here, past all the middlewares above it."""
    fault = sys.exc_info()[1]
    if isinstance(fault, Exception) and is_lost(fault):
        return database_down(fault)
    return defaults.server_error(request)


def is_lost(fault: Exception) -> bool:
    """Tell whether it is the database that went away, or whether its connection died under what failed."""
    if isinstance(fault, OperationalError | InterfaceError):
        return True
    return connection.connection is not None and bool(connection.connection.closed)


def database_down(lost: Exception) -> HttpResponse:
    """Return a plain 503 page, made without the database, and say in the log which kind of trouble it was."""
    cause = lost.__cause__ or lost
    logger.warning("database: %s", type(cause).__name__)
    if isinstance(cause, errors.QueryCanceled | errors.LockNotAvailable | errors.DeadlockDetected):
        return plain_503(_("Cette page demande trop de temps en ce moment, et rien n'a été enregistré. Réessayez."))
    return plain_503(
        _("Le service redémarre. Rien de ce que vous avez enregistré n'est perdu : réessayez dans quelques secondes.")
    )


def plain_503(text: str, seconds: int = 5) -> HttpResponse:
    """Return a page that needs nothing, and says when to come back."""
    page = (
        f'<!doctype html><html lang="{get_language()}"><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{escape(settings.BRAND.name)}</title><p>{text}</p>'
    )
    return HttpResponse(page, status=503, headers={"Retry-After": str(seconds), "Cache-Control": "no-store"})


class NoNullCharacters:
    """Refuse what no keyboard types and no database keeps, before any page has to think of it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *page: Any) -> None:
        """Answer 400 when a field of the address or of the form holds a null character."""
        if _has_null(request.GET) or (request.method == "POST" and _has_null(request.POST)):
            raise BadRequest("null character")


def _has_null(sent: QueryDict) -> bool:
    return any("\0" in name or any("\0" in value for value in values) for name, values in sent.lists())


class CurrentActor:
    """Put the actor on the request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = (  # type: ignore[attr-defined]
            actor_for(user, second_factor=request.session.get("second_factor", False))
            if user.is_authenticated
            else ANONYMOUS
        )
        return self.get_response(request)


class Refusals:
    """Show a refusal of policy (403), of workflow (409) or of method (405) as a page with its reason and a way on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == NOT_ALLOWED and not response.content:
            return _opened_alone(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the two expected refusals into pages."""
        if isinstance(exception, AccessDenied):
            actor: Actor = request.actor  # type: ignore[attr-defined]
            logger.warning("access refused: %s, %s %s", exception.name or "policy", actor.kind, actor.id)
            return render(request, "web/refused.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, TransitionRefused):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=409)
        return None


def _opened_alone(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """Explain the address of a button that was opened, reloaded or kept as if it were a page."""
    reason = _("Cette adresse est celle d'un bouton : elle ne s'ouvre pas seule. Revenez à la page d'où vous venez.")
    response = render(request, "web/refused.html", {"reason": reason}, status=NOT_ALLOWED)
    response["Allow"] = bare["Allow"]
    return response
