"""A recruitment at the business adviser's desk: a space certified, an offer corrected, published, followed, closed."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.visitor import Visitor

UNFAIR = (
    "Vous accueillez les clients et servez en salle.\nNous recherchons une personne de moins de 30 ans, "
    "célibataire et sans enfant."
)
FAIR = "Vous accueillez les clients et servez en salle, midi et soir, avec une équipe de trois personnes."


def test_from_an_uncertified_space_to_a_closed_offer(someone: Newcomer) -> None:
    lea, claire, nobody = someone(), someone(), someone(width=390)
    sign_in_as(lea, "Léa Fontaine")
    lea.reads(re.compile("certifi"))
    title = deposit(lea, UNFAIR)
    nobody.open("/offres/")
    nobody.does_not_read(title)

    sign_in_as(claire, "Claire Morel")
    certify(claire)
    claire.open("/conseil/offres/a-valider/")
    claire.follow(title)
    claire.reads(re.compile("moins de 30 ans"))
    claire.fill("Ce que le recruteur doit corriger", "Retirez l'âge et la situation de famille.")
    claire.click("Renvoyer au recruteur")

    lea.open("/recruteur/offres/")
    lea.follow(title)
    lea.reads("Retirez l'âge et la situation de famille.")
    lea.follow("Modifier")
    lea.fill("Ce que la personne fera", FAIR)
    lea.click("Publier l'offre")
    nobody.open("/offres/")
    nobody.follow(title)
    nobody.reads("avec une équipe de trois personnes")

    claire.open(f"/conseil/offres/?q={title}")
    follow_offer(claire, title)
    follow_up(claire)
    claire.page.get_by_text("Clore cette offre").click()
    claire.tick(re.compile("^Pourvue par une personne présentée"))
    claire.click("Clore l'offre")
    claire.reads("L'offre est close.")
    nobody.page.reload()
    nobody.reads(re.compile("pourvue|plus", re.IGNORECASE))


def deposit(recruiter: Visitor, words: str) -> str:
    """Deposit an offer online; its wording is read while it is written. Return its title."""
    recruiter.open("/recruteur/offres/nouvelle/")
    title = recruiter.pick(re.compile("^Quel poste"), "serveur en rest")
    recruiter.pick(re.compile("^Commune du lieu"), "Valence")
    recruiter.fill("Ce que la personne fera", words)
    expect(recruiter.page.locator("#offer-telling")).to_contain_text("moins de 30 ans", timeout=20_000)
    recruiter.look("read while written")
    recruiter.fill("Heures par semaine", "35")
    recruiter.fill(re.compile("^Salaire brut"), "1 900")
    recruiter.page.get_by_label("Compté").select_option("month")
    recruiter.page.get_by_label("Expérience").first.select_option("0")
    recruiter.click("Remettre l'offre")
    recruiter.reads(re.compile("attend la certification"))
    return title.partition(" /")[0]  # as a link is looked for by its words


def certify(adviser: Visitor) -> None:
    """Call the company on the number that we know, then certify its space with the whole checklist."""
    adviser.open("/conseil/espaces/")
    adviser.page.locator("main").get_by_role("link").filter(has_text=re.compile(r"\w")).first.wait_for()
    row = adviser.page.locator("tr").filter(has_text="à certifier").first
    with adviser.page.expect_navigation():
        row.get_by_role("link").first.click()
    adviser.look()
    adviser.page.get_by_label("Ce que vous avez fait").select_option("landline")
    adviser.page.get_by_label("Résultat").select_option("confirmed")
    adviser.fill("Numéro appelé", adviser.page.locator("main").inner_text().split("Standard")[-1].strip()[:14])
    adviser.fill("Commentaire", "La responsable confirme la demande.")
    adviser.click("Noter")
    adviser.follow("Certifier")
    boxes = adviser.page.get_by_role("group").get_by_role("checkbox")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    adviser.fill("Qui l'a confirmé", "La responsable, au standard.")
    adviser.click("Certifier")
    adviser.reads("L'espace est certifié")


def follow_offer(adviser: Visitor, title: str) -> None:
    """Open the offer, start its diagnosis and keep it."""
    adviser.follow(title)
    adviser.follow("Diagnostic")
    adviser.click("Commencer le diagnostic")
    adviser.fill(re.compile("^Est-ce un nouveau poste"), "Un remplacement.")
    adviser.click("Enregistrer")
    adviser.reads("Le diagnostic est enregistré.")
    adviser.follow("L'offre")


def follow_up(adviser: Visitor) -> None:
    """Present somebody of the pool, note that she is hired."""
    reference = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", adviser.section("Profils pour cette offre").inner_text())
    assert reference is not None
    adviser.follow("Suivi")
    adviser.fill("Référence du profil", reference.group(0))
    adviser.click("Noter la mise en relation")
    adviser.reads("La mise en relation est notée.")
    adviser.page.get_by_text("Noter le retour du recruteur").click()
    adviser.page.get_by_label("Retour du recruteur").select_option("hired")
    adviser.click("Noter", within=adviser.section("Personnes présentées").locator("form").first)
    adviser.reads("recrutée")
    adviser.follow("L'offre")
