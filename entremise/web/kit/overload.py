"""Too many at once: some are served as fast as usual, the others are told at once when to come back.

Without this, everybody waits in one long line, and nobody is served before giving up.
"""

import threading

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from entremise.web.kit.middleware import GetResponse, plain_503

ALWAYS_SERVED = "/sante/"  # who watches the site must not take a crowd for a failure
COME_BACK_SECONDS = 5


class ShedLoad:
    """Serve so many requests at once in this process, let as many wait, refuse the others within milliseconds."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.serving = threading.BoundedSemaphore(settings.REQUESTS_AT_ONCE)
        self.present = threading.BoundedSemaphore(settings.REQUESTS_AT_ONCE + settings.REQUESTS_WAITING)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALWAYS_SERVED:
            return self.get_response(request)
        if not self.present.acquire(blocking=False):
            return too_many()
        try:
            with self.serving:
                return self.get_response(request)
        finally:
            self.present.release()


def too_many() -> HttpResponse:
    """Ask to come back in a moment; nothing of the request was looked at, so nothing of it was done."""
    return plain_503(
        _("Il y a beaucoup de monde en ce moment. Rien n'a été perdu : réessayez dans quelques secondes."),
        COME_BACK_SECONDS,
    )
