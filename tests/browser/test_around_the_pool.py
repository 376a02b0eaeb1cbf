"""The map by keyboard, two profiles compared, why a rank: seen by axe on a phone and on a desk, and without script."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.visitor import Visitor

TWO = 2


def test_an_adviser_compares_asks_why_and_opens_a_circle_of_the_map(someone: Newcomer) -> None:
    adviser = someone()
    sign_in_as(adviser, "Claire Morel")
    compare_two(adviser)
    adviser.follow("Pourquoi ce rang")
    adviser.reads("D'où viennent ses points")
    adviser.reads("Ne sont jamais regardés")
    adviser.follow("La recherche")
    adviser.follow("Carte")
    adviser.reads("Profils par bassin d'emploi")
    circle = adviser.page.get_by_role("group", name="Où habitent les profils trouvés").get_by_role("link").first
    name = str(circle.get_attribute("aria-label"))
    count = re.findall(r"\d+", name)[-1]
    circle.focus()
    with adviser.page.expect_navigation():
        adviser.page.keyboard.press("Enter")
    expect(adviser.page.locator("#results h2")).to_have_text(re.compile(rf"^{count} profil"))
    assert "bassin=" in adviser.page.url


def test_two_profiles_are_compared_without_script(someone: Newcomer) -> None:
    adviser = someone(scripted=False)
    sign_in_as(adviser, "Claire Morel")
    compare_two(adviser)
    adviser.open("/conseil/vivier/?permis=b")
    adviser.page.get_by_role("checkbox", name=re.compile("^Comparer ")).first.check()
    adviser.click("Comparer")
    adviser.reads("Cochez deux profils de la liste")


def compare_two(adviser: Visitor) -> None:
    """Tick two cards of the pool, then read them side by side."""
    adviser.open("/conseil/vivier/?never_promoted=1")
    boxes = adviser.page.get_by_role("checkbox", name=re.compile("^Comparer "))
    chosen = [str(boxes.nth(rank).get_attribute("aria-label")).split()[-1] for rank in range(TWO)]
    for rank in range(TWO):
        boxes.nth(rank).check()
    adviser.click("Comparer")
    adviser.reads("En un mot")
    for reference in chosen:
        expect(adviser.page.get_by_role("columnheader", name=reference)).to_be_visible()
    assert "never_promoted=1" in adviser.page.url
