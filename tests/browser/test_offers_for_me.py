"""Offers for a person on her telephone, who recruits people like her, and the same seen by her adviser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as, sign_in_by_phone
from tests.browser.letterbox import Mailbox
from tests.browser.visitor import Visitor


def test_karim_finds_an_offer_and_what_to_say_on_his_telephone(someone: Newcomer) -> None:
    karim = someone(width=390)
    sign_in_as(karim, "Karim Benali")
    best = karim.section("Offres pour vous")
    expect(best.locator(".offer-card").first).to_be_visible()  # the page asks for them by itself
    karim.look("with-offers")
    karim.follow("Voir m", within=best)
    total = count_of(karim)
    expect(karim.section("Pour voir plus d'offres").get_by_role("listitem").first).to_be_visible()
    karim.look("all")
    karim.page.get_by_text("Trier et choisir").click()
    (chosen,) = karim.page.get_by_label("Contrat").select_option(index=1)  # only contracts that have offers are there
    expect(karim.page).to_have_url(re.compile(f"contrat={chosen}"))
    expect(karim.page.get_by_label("Contrat")).to_have_value(chosen)
    assert 0 < count_of(karim) <= total
    first = karim.page.locator(".offer-card").first
    title = first.get_by_role("link").first.inner_text()
    first.get_by_text("Comment c'est calculé").click()
    expect(first.get_by_text("En tout")).to_be_visible()
    karim.look("open")
    karim.follow(title.partition(" /")[0], within=first)
    karim.reads("Pourquoi cette offre")
    karim.reads(f"Je voudrais postuler à l'offre « {title} »")
    karim.follow("Offres", within=karim.page.get_by_role("navigation", name="Navigation principale"))
    karim.follow("Qui recrute")
    expect(karim.page.locator(".establishment-card").first.locator(".reasons li").first).to_be_visible()
    karim.reads("Pouvez-vous présenter mon profil à")


def test_a_newcomer_is_told_what_to_fill_in_first(someone: Newcomer) -> None:
    lina = someone(width=390)
    sign_in_by_phone(lina, Mailbox(someone()), "06 39 98 77 01")  # of no other test: nobody fills in her file
    lina.open("/moi/offres/")
    lina.reads("Où habitez-vous ?")
    lina.follow("Dire où j'habite")
    expect(lina.page.get_by_role("heading", level=1)).to_have_text("Mes souhaits")
    lina.open("/moi/employeurs/")
    lina.reads("Où habitez-vous ?")


def test_everything_is_there_without_a_script(someone: Newcomer) -> None:
    karim = someone(width=390, scripted=False)
    sign_in_as(karim, "Karim Benali")
    karim.follow("Voir les offres qui vont avec mon profil")
    total = count_of(karim)
    karim.page.get_by_text("Trier et choisir").click()
    karim.page.get_by_label("Contrat").select_option(index=1)
    karim.click("Appliquer les filtres")
    assert 0 < count_of(karim) <= total
    karim.open("/moi/offres/")
    karim.follow("Ce qui vous ouvrirait d'autres offres")
    expect(karim.page.get_by_role("heading", level=1)).to_have_text("Ce qui vous ouvrirait d'autres offres")


def test_an_adviser_sees_offers_beside_a_profile_and_profiles_beside_an_establishment(someone: Newcomer) -> None:
    claire = someone()
    sign_in_as(claire, "Claire Morel")
    claire.open("/conseil/vivier/?metier=N1103")
    claire.page.locator("#results ~ ol .person-card h3 a, ol .person-card h3 a").first.click()
    pane = claire.page.locator("#profile")
    expect(pane.get_by_role("heading", name="Offres pour cette personne")).to_be_visible()
    offer = pane.locator(".offer-row").first
    expect(offer).to_be_visible()
    claire.look("with-offers")
    with claire.page.expect_navigation():
        offer.get_by_role("link", name=re.compile("^Promouvoir")).click()
    expect(claire.page.get_by_role("heading", level=1)).to_have_text("Présenter ce profil")
    claire.open("/conseil/offres/?etat=open")
    claire.page.locator("tbody th a").first.click()
    claire.page.locator("dd a[href*='/entreprises/']").first.click()
    beside = claire.section("Profils pour cette entreprise")
    expect(beside.locator("#establishment-profiles")).to_be_visible()
    claire.look("with-profiles")


def count_of(person: Visitor) -> int:
    """Return how many offers the list says that there are."""
    heading = person.page.locator("#offers-count")
    expect(heading).to_be_visible()
    return int(re.findall(r"\d+", heading.inner_text())[0])
