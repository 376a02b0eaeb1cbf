"""From the request to the actor, and from a refusal to a page that helps."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from entremise.accounts.queries import actor_for
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import ANONYMOUS
from entremise.kernel.workflow import TransitionRefused

GetResponse = Callable[[HttpRequest], HttpResponse]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


class SecurityHeaders:
    """Add the headers that no page may do without."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()")
        return response


class DatabaseDown:
    """Answer 503 with Retry-After, never 500, while the database restarts."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except OperationalError:
            return database_down()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a lost database connection into a page that asks to come back."""
        return database_down() if isinstance(exception, OperationalError) else None


def database_down() -> HttpResponse:
    """Return a plain 503 page, made without the database."""
    text = _(
        "Le service redémarre. Rien de ce que vous avez enregistré n'est perdu : réessayez dans quelques secondes."
    )
    return HttpResponse(f"<!doctype html><title>503</title><p>{text}</p>", status=503, headers={"Retry-After": "5"})


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
    """Show a refusal of policy (403) or of workflow (409) as a page with its reason and a way on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the two expected refusals into pages."""
        if isinstance(exception, AccessDenied):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, TransitionRefused):
            return render(request, "web/refused.html", {"reason": exception.reason}, status=409)
        return None
