"""A site as `make run` starts it, a real Chromium, and people with their own browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.installation import Installation
from tests.browser.visitor import Visitor
from tests.judges.conftest import judge

__all__ = ["judge"]  # verifiers of others, for the badge of the story

CHROMIUM_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE_MS = 15_000  # a busy machine is slow, not wrong
Newcomer = Callable[..., Visitor]
Record = Callable[[str, object], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here: it drives a real Chromium."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site() -> Iterator[Installation]:
    """Start the product once for all these tests; each module plays with people of its own."""
    installation = Installation()
    try:
        installation.start()
        yield installation
    finally:
        installation.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium for one module: between modules, no event loop is left running for the other tests."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=list(CHROMIUM_ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def someone(site: Installation, browser: Browser) -> Iterator[Newcomer]:
    """Give people with their own browser; at the end, no page they met may have a fault."""
    people: list[Visitor] = []
    with ExitStack() as stack:

        def arrive(*, width: int = 1280, scripted: bool = True, language: str = "fr-FR") -> Visitor:
            context = browser.new_context(locale=language, java_script_enabled=scripted, reduced_motion="reduce")
            context.set_default_timeout(PATIENCE_MS)
            stack.callback(context.close)
            people.append(Visitor(context, site.address, width=width, scripted=scripted))
            return people[-1]

        yield arrive
    faults = [fault for person in people for fault in person.faults]
    assert not faults, "\n".join(["faults on the pages visited:", *dict.fromkeys(faults)])


def _chromium() -> str:
    named = os.environ.get("ENTREMISE_CHROMIUM", "")
    path = named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")
    assert path, "these tests need Chromium: run `make test`, or name one in ENTREMISE_CHROMIUM"
    return path
