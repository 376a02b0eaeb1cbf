"""Calls to services outside: always bounded in time, never a traceback, and a Null client for demo and tests."""

from typing import Any

import httpx

TIMEOUT = httpx.Timeout(5.0, connect=2.0)  # seconds; a screen waits for it


class OutsideUnavailable(Exception):
    """The service is down, slow or answers nonsense; the screen stays useful without it."""


class OutsideClient:
    """Base of the clients that domains write for outside services."""

    base_url: str = ""

    def __init__(self, *, base_url: str = "", token: str = "") -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=base_url or self.base_url, timeout=TIMEOUT, headers=headers)

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
