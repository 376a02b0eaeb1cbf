"""Calls to services outside: always bounded in time, never a traceback, and a Null client for demo and tests."""

from typing import Any, Self

import httpx

TIMEOUT = httpx.Timeout(5.0, connect=2.0)  # seconds; a screen waits for it


class OutsideUnavailable(Exception):
    """The service is down, slow or answers nonsense; the screen stays useful without it."""


class OutsideInDoubt(OutsideUnavailable):
    """The service may have acted although its answer never came."""


NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
ANSWERED_FOR_ANOTHER = {502, 504}  # a gateway in between lost the answer


class OutsideClient:
    """Base of the clients that domains write for outside services."""

    base_url: str = ""

    def __init__(self, *, base_url: str = "", token: str = "", user: str = "", password: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        auth = (user, password) if user else None
        self._http = httpx.Client(base_url=base_url or self.base_url, timeout=TIMEOUT, headers=headers, auth=auth)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._http.close()

    def get_json(self, path: str, **params: str) -> Any:
        """Return the JSON of one GET, None for a 404, or raise OutsideUnavailable."""
        try:
            response = self._http.get(path, params=params)
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            response.raise_for_status()
            return response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise OutsideUnavailable(str(error)) from error

    def post(self, path: str, body: Any, *, is_json: bool, reference: str) -> str:
        """Send a body once and return the answer's text, or raise OutsideUnavailable with a reason safe to keep.

        OutsideInDoubt says that the body may have been taken.

        The reason names neither the address nor the body: both may hold a key or say something about somebody.
        """
        sent = {"json": body} if is_json else {"data": body}
        try:
            response = self._http.post(path, headers={"Idempotency-Key": reference}, **sent)
        except (*NOT_REACHED, httpx.InvalidURL, ValueError) as error:
            raise OutsideUnavailable(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise OutsideInDoubt(type(error).__name__) from None
        if response.status_code in ANSWERED_FOR_ANOTHER:
            raise OutsideInDoubt(f"HTTP {response.status_code}")
        if not response.is_success:
            raise OutsideUnavailable(f"HTTP {response.status_code}")
        return response.text

    def status_of(self, path: str) -> int:
        """Return the status of a HEAD, or raise OutsideUnavailable with a reason safe to show."""
        try:
            return self._http.head(path).status_code
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise OutsideUnavailable(type(error).__name__) from None
