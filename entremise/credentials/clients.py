"""What a verification asks for: our own addresses are answered from the database, the others by their own site."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from entremise.credentials import queries_own
from entremise.kernel.fetching import Fetcher
from entremise.lib.openbadges.fetched import Fetched

WAIT_SECONDS = 0.3  # for a turn: whoever waits keeps one of the few places of this process
_turns = threading.BoundedSemaphore(max(1, settings.REQUESTS_AT_ONCE - 1))  # slow sites never take all of them


class Busy(Exception):
    """Too many verifications wait for other sites just now."""


class Asking:
    """The fetch of one verification. Only a badge of elsewhere waits for its turn."""

    def __init__(self) -> None:
        self._elsewhere = Fetcher()

    def __call__(self, address: str, accepted: str) -> Fetched:
        """Return what an address answers, or raise Refused with the reason."""
        own = queries_own.answer(address)
        if own is not None:
            return own
        with _turn():
            return self._elsewhere(address, accepted)


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _turns.release()
