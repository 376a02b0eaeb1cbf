"""A lead sets the hours of the agency on a phone, with the keyboard alone; people read them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.test_keyboard import reach
from tests.browser.visitor import Visitor


def test_a_lead_closes_fridays_and_opens_saturdays_without_a_mouse(someone: Newcomer) -> None:
    lead = someone(width=390)
    sign_in_as(lead, "Isabelle Roux")
    lead.follow("Horaires")
    page = lead.page
    friday, saturday = lead.group("Vendredi"), lead.group("Samedi")
    reach(page, lead.group("Lundi").get_by_label("Ouvre à", exact=True))
    for label in ("Ouvre à", "Ferme à"):
        friday.get_by_label(label, exact=True).fill("")
    opens = saturday.get_by_label("Ouvre à", exact=True)
    opens.fill("09:00")
    enter(lead, opens)
    expect(page.get_by_role("alert").first).to_contain_text("Samedi, ferme à")
    closes = saturday.get_by_label("Ferme à", exact=True)
    closes.fill("12:30")
    enter(lead, closes)
    lead.reads("Les horaires sont enregistrés.")
    read = page.locator("section", has=page.get_by_role("heading", name="Ce que le public lit"))
    expect(read).to_contain_text(re.compile(r"Vendredi\s*fermée\s*Samedi\s*9 h 00 – 12 h 30"))
    usual = page.get_by_role("button", name="Revenir aux horaires habituels")
    usual.focus()
    enter(lead, usual)
    lead.reads("L'agence suit de nouveau les horaires habituels.")


def enter(person: Visitor, place: Locator) -> None:
    """Press Enter there."""
    with person.page.expect_navigation():
        place.press("Enter")
    person.look()
