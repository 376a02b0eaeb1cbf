"""Which accounts a browser was used by, known to the browser alone: a mark for each, that only the site can read.

It tells one thing: the answer of a former employer came from a browser in which the person who asked had signed in,
even if she signed out since. Nothing is kept on the server, and a mark says nothing to anybody else.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "entremise.web.devices"
MARK_LENGTH = 32
KEPT = 8  # a shared computer: the oldest is forgotten
ONE_YEAR = 365 * 86_400


def remember(request: HttpRequest, response: HttpResponse, account: UUID) -> None:
    """Mark this browser as one that an account was opened in."""
    marks = [mark for mark in _marks(request) if mark != _mark(account)]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        ".".join([*marks, _mark(account)][-KEPT:]),
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def was_used_by(request: HttpRequest, account: UUID | None) -> bool:
    """Tell whether an account is, or was, opened in this browser."""
    if account is None:
        return False
    return (request.user.is_authenticated and request.user.pk == account) or _mark(account) in _marks(request)


def _mark(account: UUID) -> str:
    return salted_hmac(SALT, account.hex, algorithm="sha256").hexdigest()[:MARK_LENGTH]


def _marks(request: HttpRequest) -> list[str]:
    told = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "").split(".")
    return [mark for mark in told if len(mark) == MARK_LENGTH and mark.isalnum()]
