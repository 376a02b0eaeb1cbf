"""A site that serves, for the tests that trouble it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crash.site_under_load import Site


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    try:
        running.prepare()
        running.start()
        yield running
    finally:
        running.remove()
