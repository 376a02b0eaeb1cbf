"""How long a session lasts: ended when nobody uses it, and in any case after some hours.

A stolen or forgotten session is worth little. Professionals, who may open the files of others, are asked again sooner.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from entremise.kernel import clock
from entremise.kernel.actors import ANONYMOUS

GetResponse = Callable[[HttpRequest], HttpResponse]
OPENED_AT, SEEN_AT = "opened_at", "seen_at"  # in the session, in seconds
NOTED_EVERY = 300  # seconds; not at each page: a session is a row to write


class SessionLife:
    """Close the session of whoever has been away too long, or signed in too long ago."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            if OPENED_AT not in request.session:  # opened by the version before this rule: its time begins now
                begin(self, request)
            if _is_over(request, now):
                logout(request)
                request.actor = ANONYMOUS  # type: ignore[attr-defined]
            elif now - request.session[SEEN_AT] >= NOTED_EVERY:
                request.session[SEEN_AT] = now
        return self.get_response(request)


@receiver(user_logged_in, dispatch_uid="session_life")
def begin(sender: object, request: HttpRequest, **_signal: Any) -> None:
    """Note when this session was opened."""
    request.session[OPENED_AT] = request.session[SEEN_AT] = int(clock.now().timestamp())


def _is_over(request: HttpRequest, now: int) -> bool:
    opened_at, seen_at = request.session[OPENED_AT], request.session[SEEN_AT]
    is_professional = request.actor.is_professional  # type: ignore[attr-defined]
    away = settings.SESSION_AWAY_PROFESSIONAL if is_professional else settings.SESSION_COOKIE_AGE
    return bool(now - seen_at > away or now - opened_at > settings.SESSION_COOKIE_AGE)
