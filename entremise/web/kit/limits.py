"""How fast one visitor without an account may send forms: a last net, above the finer limits of each door."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.cache import caches
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from entremise.kernel import clock

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]
TOO_MANY = 429


class AnonymousPosts:
    """Refuse, for some minutes, the forms of an address that sends more of them than people do.

    Counted in the memory of each process of the site: nothing is asked of the database, and a crowd behind one address
    (an agency, a large employer) stays far below.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and _is_too_much(request):
            return _slow_down(request)
        return self.get_response(request)


@receiver(user_login_failed, dispatch_uid="sign_in_failed")
def note_failure(sender: object, request: HttpRequest | None = None, **_signal: Any) -> None:
    """Note that a password was wrong, with where it came from in a form that only comparisons can use."""
    if request is not None:
        logger.warning("sign-in failed, from %s", whence(request))


def whence(request: HttpRequest) -> str:
    """Return the same few letters for the same address: enough to see that many tries come from one place."""
    return salted_hmac("entremise.web.whence", str(get_ip(request)), algorithm="sha256").hexdigest()[:12]


def _is_too_much(request: HttpRequest) -> bool:
    most, seconds = settings.ANONYMOUS_POSTS
    window = int(clock.now().timestamp()) // seconds
    counter, name = caches["process"], f"anonymous_posts:{get_ip(request)}:{window}"
    counter.add(name, 0, timeout=seconds)
    try:
        return bool(counter.incr(name) > most)
    except ValueError:  # the window ended between the two
        return False


def _slow_down(request: HttpRequest) -> HttpResponse:
    logger.warning("too many forms, from %s", whence(request))
    minutes = settings.ANONYMOUS_POSTS[1] // 60
    reason = _(
        "Trop de formulaires ont été envoyés depuis votre connexion. Attendez %(minutes)s minutes, puis recommencez."
    )
    response = render(request, "web/refused.html", {"reason": reason % {"minutes": minutes}}, status=TOO_MANY)
    response["Retry-After"] = str(settings.ANONYMOUS_POSTS[1])
    return response
