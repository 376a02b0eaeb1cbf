"""Somebody who knows nothing of the site: what they see in ten seconds, and what it weighs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Newcomer, Record
from tests.browser.doors import sign_in_as
from tests.browser.visitor import Visitor

HEAVIEST_KB = 150


def test_a_newcomer_learns_what_it_is_for_and_tries_it(someone: Newcomer) -> None:
    visitor = someone()
    visitor.open("/")
    visitor.keep("front-page")
    for door in ("Je cherche un emploi", "Je suis conseiller", "Je suis employeur"):
        expect(visitor.page.get_by_role("heading", name=door)).to_be_visible()
    visitor.follow("Choisir un compte de démonstration")
    visitor.click("Entrer comme Karim Benali")
    visitor.reads("Bonjour Karim")
    visitor.open("/demo/messagerie/")
    visitor.open("/demo/courriels/")
    expect(visitor.page.locator("main")).to_contain_text("Entremise")


@pytest.mark.parametrize("path", ["/accessibilite/", "/mentions-legales/", "/vos-donnees/", "/code/", "/composants/"])
def test_the_pages_around_are_as_clean(someone: Newcomer, path: str) -> None:
    visitor = someone()
    visitor.open(path)
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_visitor_reads_english_too(someone: Newcomer) -> None:
    visitor = someone()
    visitor.open("/")
    visitor.page.get_by_role("banner").locator("summary").click()
    visitor.click("English")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.page.get_by_role("heading", level=1)).not_to_contain_text(re.compile("savez", re.IGNORECASE))


def test_an_address_that_leads_nowhere_says_so_kindly(someone: Newcomer) -> None:
    visitor = someone()
    visitor.open("/nulle-part/")
    visitor.reads("Cette page n'existe pas")


@pytest.mark.parametrize("path", ["/", "/moi/"])
def test_the_first_view_is_light(someone: Newcomer, path: str, record_property: Record) -> None:
    visitor = someone(width=390)
    if path != "/":
        sign_in_as(visitor, "Karim Benali")
    weight = _weight_kb(visitor, path)
    record_property("figure", f"first view of {path}: {weight:.0f} kB over the wire, at most {HEAVIEST_KB}")
    assert 5 < weight <= HEAVIEST_KB


def _weight_kb(visitor: Visitor, path: str) -> float:
    """Return what crosses the wire for a page, headers included, with nothing in the cache."""
    wire = visitor.page.context.new_cdp_session(visitor.page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    visitor.page.goto(visitor.address + path, wait_until="networkidle")
    return sum(sizes) / 1000
