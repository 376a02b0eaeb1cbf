"""A person in front of a screen: what they open, read, click and type; each page they meet is looked at closely."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import axe_core_python
from django.urls import Resolver404, resolve
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "artifacts" / "screens"
PICTURES = ROOT / "docs" / "images"
WIDTHS = (390, 1280)
HEIGHT = 900
HIGHEST = 6000
PICTURE: ViewportSize = {"width": 1200, "height": 720}  # a picture of the README weighs 150 kB at most
TITLE = 40
FINDING = "{id}: {help} ({html})"
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"  # noqa: E501
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = "() => [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(' ')"  # noqa: E501
# This version of axe takes what a closed disclosure holds for seen, wherever it was laid out: it is not.
HIDE_CLOSED = "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('details:not([open]) > :not(summary) { display: none }'); document.adoptedStyleSheets = [sheet]; }"  # noqa: E501
# What a page is made of, whatever it says: who visits it after another finds the same faults in the same parts.
PARTS = "() => [document.documentElement.lang, ...new Set([...document.body.querySelectorAll('*')].map((one) => [one.tagName, one.className, ...one.getAttributeNames()].join()))].join(' ')"  # noqa: E501
EXAMINED: set[tuple[str, str]] = set()  # the pages of this run, with their parts
SHOW_AGAIN = "() => { document.adoptedStyleSheets = []; }"
# Axe and the pictures leave empty style attributes behind, which htmx would copy against the security policy.
LEAVE_NO_TRACE = "() => document.querySelectorAll('[style=\"\"]').forEach((one) => one.removeAttribute('style'))"


class Visitor:
    """One person with their own browser; counts what they do, remembers what was wrong on the pages."""

    def __init__(self, context: BrowserContext, address: str, *, width: int = 1280, scripted: bool = True) -> None:
        self.address = address
        self.width = width
        self.scripted = scripted
        self.actions = 0
        self.seen: list[str] = []
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def open(self, path: str) -> None:
        """Go to an address of the site, or to the link of a message."""
        self.page.goto(urljoin(self.address, path))
        self.look()

    def click(self, name: str, *, role: Any = "button", within: Locator | None = None, leaves: bool = True) -> None:
        """Press a button or follow a link by the words on it: one action of the person."""
        target = (within or self.page).get_by_role(role, name=re.compile(re.escape(name))).first
        self.actions += 1
        if not leaves:
            target.click()
            return
        with self.page.expect_navigation():
            target.click()
        self.look()

    def follow(self, name: str, **options: Any) -> None:
        """Follow a link by its words."""
        self.click(name, role="link", **options)

    def tick(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Tick a box, or pick one answer among several: one action of the person."""
        self.actions += 1
        (within or self.page).get_by_label(name).first.check()

    def fill(self, label: str | re.Pattern[str], text: str, *, within: Locator | None = None) -> None:
        """Type in a field found by its label."""
        (within or self.page).get_by_label(label).first.fill(text)

    def pick(self, label: str | re.Pattern[str], typed: str, wanted: str | re.Pattern[str] = "") -> str:
        """Type a few letters and pick a proposal; return its words."""
        field = self.page.get_by_label(label).first
        field.press_sequentially(typed, delay=20)
        options = self.page.locator("[role=listbox]:visible [role=option]")
        option = (options.filter(has_text=wanted) if wanted else options).first
        expect(option).to_be_visible()
        chosen = option.get_attribute("data-label") or ""
        option.click()
        expect(field).to_have_value(chosen)
        return chosen

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Check that these words are on the page for them to see."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def does_not_read(self, text: str | re.Pattern[str]) -> None:
        """Check that these words are nowhere on the page."""
        expect(self.page.get_by_text(text)).to_have_count(0)

    def tick_lines(self, group: str, count: int, *, first: int = 0) -> list[str]:
        """Tick some lines of a list of boxes; return their words."""
        lines = self.group(group).locator("label").filter(has=self.page.get_by_role("checkbox"))
        chosen = [lines.nth(first + number) for number in range(count)]
        for line in chosen:
            self.actions += 1
            line.click()
            expect(line.get_by_role("checkbox")).to_be_checked()
        return [line.inner_text().split("\n")[0] for line in chosen]

    def group(self, title: str) -> Locator:
        """Return a group of fields by its title."""
        return self.page.get_by_role("group", name=re.compile(re.escape(title))).first

    def section(self, title: str) -> Locator:
        """Return the part of the page under a heading."""
        heading = self.page.get_by_role("heading", name=re.compile(re.escape(title)))
        return self.page.locator("section").filter(has=heading).first

    @contextmanager
    def counting(self) -> Iterator[list[int]]:
        """Count the actions done inside."""
        before, count = self.actions, [0]
        yield count
        count[0] = self.actions - before

    def look(self, note: str = "") -> None:
        """Look at the page on a phone and on a desk: accessibility, nothing out of the frame, a picture if asked."""
        if not self.scripted:
            return
        name = "-".join(filter(None, [page_name(self.page.url), slugify(self._title())[:TITLE], note]))
        if name in self.seen:
            return
        self.seen.append(name)
        parts = name, str(self.page.evaluate(PARTS))
        if parts in EXAMINED and "ENTREMISE_SCREENSHOTS" not in os.environ:
            return
        EXAMINED.add(parts)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self._examine(f"{name} at {width} px")
            if "ENTREMISE_SCREENSHOTS" in os.environ:
                _picture(self.page, name, width)
            self.page.evaluate(LEAVE_NO_TRACE)
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})

    def keep(self, name: str) -> None:
        """Keep the top of this page as a picture of the documentation, when `make screenshots` asks for it."""
        if not os.environ.get("ENTREMISE_SCREENSHOTS"):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        is_phone = self.width < PICTURE["width"]
        self.page.set_viewport_size({"width": self.width, "height": PICTURE["height"]} if is_phone else PICTURE)
        self.page.evaluate("() => window.scrollTo(0, 0)")
        self.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
        self.page.set_viewport_size({"width": self.width, "height": HEIGHT})
        self.page.evaluate(LEAVE_NO_TRACE)

    def _title(self) -> str:
        titles = self.page.locator("h1")
        return titles.first.inner_text() if titles.count() else ""

    def _examine(self, where: str) -> None:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(_axe())
        self.page.evaluate(HIDE_CLOSED)
        violations = self.page.evaluate(RUN_AXE)["violations"]
        self.page.evaluate(SHOW_AGAIN)
        for violation in violations:
            html = " ".join(node["html"][:160] for node in violation["nodes"][:3])
            self.faults.append(f"{where}: axe: " + FINDING.format(html=html, **_texts(violation)))
        if self.page.evaluate(OVERFLOW) > 0:
            self.faults.append(f"{where}: wider than the screen: {self.page.evaluate(WIDEST)}")
        if self.page.locator("h1").count() != 1:
            self.faults.append(f"{where}: {self.page.locator('h1').count()} main titles")

    def _note_console(self, message: ConsoleMessage) -> None:
        is_refused_page = message.text.startswith("Failed to load") and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not is_refused_page:
            self.faults.append(f"{urlsplit(self.page.url).path}: console: {message.text}")


def page_name(url: str) -> str:
    """Return the name of a page of the site, as its address has it in the URL tree."""
    try:
        return resolve(urlsplit(url).path).url_name or "unnamed"
    except Resolver404:
        return "unknown"


def _picture(page: Page, name: str, width: int) -> None:
    """Take the whole page: a screen as high as the page, so that what sticks to the bottom hides nothing."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    height = min(max(page.evaluate("() => document.documentElement.scrollHeight"), HEIGHT), HIGHEST)
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", animations="disabled")


def _texts(violation: dict[str, Any]) -> dict[str, str]:
    return {"id": violation["id"], "help": violation["help"]}


@cache
def _axe() -> str:
    package = Path(next(iter(axe_core_python.__path__)))
    return (package / "axe.min.js").read_text(encoding="utf-8")
