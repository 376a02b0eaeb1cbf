"""The two pages that employers open, in a browser that runs no script."""

from __future__ import annotations

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.letterbox import Mailbox, employer_of
from tests.browser.visitor import Visitor

CONTACT = "paule.vidal@entrepot.example"


def test_a_contact_confirms_three_skills_and_adds_one_without_script(someone: Newcomer) -> None:
    karim, mailbox = someone(width=390), Mailbox(someone())
    asked = ask_paule(karim)
    paule = someone(scripted=False)
    paule.open(mailbox.newest(CONTACT).link)
    paule.tick("Je ne peux pas me prononcer", within=paule.group(asked[3]))
    paule.page.get_by_text("Ajouter une compétence oubliée").click()
    paule.fill("Chercher une autre compétence", "inventaire")
    paule.click("Chercher")
    added = paule.tick_lines("Compétences à ajouter", 1)[0]
    paule.click("Tout confirmer")
    paule.reads("J'ajoute et je confirme")
    paule.click("Envoyer ma réponse")
    paule.reads("Merci, votre réponse est enregistrée")
    karim.page.reload()
    for skill in (*asked[:3], added):
        karim.reads(skill)
    karim.reads(f"{asked[3]} : votre contact ne peut pas se prononcer")


def test_an_employer_answers_without_script(someone: Newcomer) -> None:
    claire, mailbox = someone(), Mailbox(someone())
    sign_in_as(claire, "Claire Morel")
    address = promote_somebody(claire)
    employer = someone(scripted=False)
    employer.open(mailbox.newest(address, "vous présente un profil").link)
    with employer.counting() as count:
        employer.tick("Pas en ce moment")
        employer.click("Envoyer ma réponse")
    assert count == [2]
    employer.reads("Merci, votre réponse est enregistrée")
    claire.page.reload()
    claire.reads("Pas en ce moment")


def promote_somebody(claire: Visitor) -> str:
    """Promote the first profile of the pool to the first employer suggested; return where the mail went."""
    claire.open("/conseil/vivier/?never_promoted=1")
    claire.follow("Promouvoir", within=claire.page.locator("#pool"))
    choice = claire.page.get_by_role("group", name="À qui présenter").locator("label:not(.is-disabled)").first
    choice.click()
    _place, address = employer_of(choice.inner_text())
    claire.click("Présenter ce profil")
    return address


def ask_paule(karim: Visitor) -> list[str]:
    """Ask for four skills to be confirmed; return their words."""
    sign_in_as(karim, "Karim Benali")
    karim.open("/moi/validations/demander/")
    karim.page.locator("main").get_by_role("list").get_by_role("link").first.click()
    karim.fill("Nom de la personne", "Paule Vidal")
    karim.fill("Son adresse électronique", CONTACT)
    asked = karim.tick_lines("Vos compétences dans cette expérience", 4, first=4)
    karim.click("Envoyer la demande")
    return asked
