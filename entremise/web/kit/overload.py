"""Too many at once: some are served as fast as usual, the others are told at once when to come back.

Without this, everybody waits in one long line, and nobody is served before giving up.
"""

import logging
import secrets
import threading
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from entremise.web.kit.middleware import GetResponse, plain_503

log = logging.getLogger(__name__)
ALWAYS_SERVED = "/sante/"  # who watches the site must not take a crowd for a failure
COME_BACK_SECONDS = 5
TOLD_EVERY_SECONDS = 10.0
REMEMBERED = 32  # requests
EASY = 0.5


class ShedLoad:
    """Serve so many requests at once in this process, let some wait, refuse the others within milliseconds.

    A burst waits for its turn. In a crowd that lasts, everybody would wait for as long as the room is large: once the
    room was full, nobody waits any more, until most find a place at once again.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.serving = threading.BoundedSemaphore(settings.REQUESTS_AT_ONCE)
        self.lock = threading.Lock()
        self.present_count = 0
        self.is_crowded = False
        self.ease = 0.0  # in a crowd: the share of the latest requests that found a place, the newest counting most
        self.refused_count = 0
        self.told_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALWAYS_SERVED:
            return self.get_response(request)
        if not self._enters():
            self._note_refusal()
            return too_many(request)
        try:
            with self.serving:
                return self.get_response(request)
        finally:
            with self.lock:
                self.present_count -= 1

    def _enters(self) -> bool:
        with self.lock:
            has_a_place = self.present_count < settings.REQUESTS_AT_ONCE
            if self.is_crowded:
                self.ease += (has_a_place - self.ease) / REMEMBERED
                self.is_crowded = self.ease < EASY
            elif self.present_count >= settings.REQUESTS_AT_ONCE + settings.REQUESTS_WAITING:
                self.is_crowded, self.ease = True, 0.0
            if self.is_crowded and not has_a_place:
                return False
            self.present_count += 1
            return True

    def _note_refusal(self) -> None:
        """Say from time to time how many were refused: a line for each would be one more burden."""
        self.refused_count += 1
        if time.monotonic() - self.told_at > TOLD_EVERY_SECONDS:
            log.warning("too many at once: %s refused", self.refused_count)
            self.refused_count, self.told_at = 0, time.monotonic()


def too_many(request: HttpRequest) -> HttpResponse:
    """Ask to come back in a moment; nothing of the request was looked at, so nothing of it was done.

    A page comes back by itself, not all at the same instant.
    """
    if request.method == "GET":
        told = _("Il y a beaucoup de monde en ce moment. Cette page va s'ouvrir toute seule dans quelques secondes.")
    else:
        told = _("Il y a beaucoup de monde en ce moment. Rien n'est perdu : rechargez cette page dans un instant.")
    response = plain_503(told, COME_BACK_SECONDS)
    if request.method == "GET":
        response.headers["Refresh"] = str(COME_BACK_SECONDS + secrets.randbelow(COME_BACK_SECONDS))
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  # else Django tells each
    return response
