"""The pool and a promotion without touching the mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as


def test_an_adviser_promotes_by_keyboard_only(someone: Newcomer) -> None:
    adviser = someone()
    sign_in_as(adviser, "Hakim Saïdi")
    adviser.open("/conseil/vivier/")
    page = adviser.page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    page.keyboard.press("k")
    assert focused(page) == first != second
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    reference = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}", second)[0]
    expect(page.get_by_role("heading", name=f"Profil {reference}", level=2)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator("#identity")).to_contain_text("Consultation notée")
    with page.expect_navigation():
        page.keyboard.press("p")
    adviser.look("by-keyboard")
    expect(page.get_by_role("heading", level=1)).to_have_text("Présenter ce profil")
    reach(page, page.get_by_role("group", name="À qui présenter").get_by_role("checkbox").first)
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Présenter ce profil"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    adviser.reads("Le profil est présenté à un employeur.")


def test_one_key_goes_through_the_whole_day_whatever_the_title(someone: Newcomer) -> None:
    adviser = someone()
    sign_in_as(adviser, "Claire Morel")
    page = adviser.page
    lines = page.locator(".due")
    assert page.locator(".due-list").count() > 1, "the demonstration gives several titles"
    met = []
    for _press in range(lines.count()):
        page.keyboard.press("j")
        met.append(focused(page))
    assert met == page.locator(".due-body > a").all_inner_texts()


def focused(page: Page) -> str:
    """Return the words of what has the focus."""
    words: str = page.evaluate("() => document.activeElement.innerText")
    return words


def reach(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("the keyboard never reaches it")
