"""The story of Awa, from a former employer's word to a promoted profile, answered; played as people play it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_by_phone
from tests.browser.mailbox import Mailbox
from tests.browser.visitor import Visitor

AWA_NUMBER = "06 39 98 00 01"
CONTACT = "lucie.garnier@chez-suzanne.example"


@dataclass
class Stage:
    """Who plays, and what they remember from one step to the next."""

    awa: Visitor
    contact: Visitor
    mailbox: Mailbox
    employer: str = ""
    asked: list[str] = field(default_factory=list)
    know_how: list[str] = field(default_factory=list)
    manners: list[str] = field(default_factory=list)
    forgotten: str = ""


def test_from_a_former_employers_word_to_a_promoted_profile_answered(someone: Newcomer) -> None:
    stage = Stage(awa=someone(width=390), contact=someone(), mailbox=Mailbox(someone()))
    she_signs_in_with_a_code_by_sms(stage)
    she_tells_an_experience_and_picks_skills(stage)
    she_tells_what_she_wants(stage)
    she_asks_for_four_skills_to_be_confirmed(stage)
    the_contact_confirms_three_and_adds_one(stage)
    her_profile_shows_the_proofs(stage)
    she_agrees_to_be_presented(stage)


def she_signs_in_with_a_code_by_sms(stage: Stage) -> None:
    awa = stage.awa
    sign_in_by_phone(awa, stage.mailbox, AWA_NUMBER)
    awa.reads("Bonjour Awa")
    awa.reads("Vous n'avez pas encore dit ce que vous savez faire.")


def she_tells_an_experience_and_picks_skills(stage: Stage) -> None:
    awa = stage.awa
    awa.follow("Ajouter une expérience")
    job = awa.pick("Quel métier faisiez-vous ?", "serveus")
    stage.employer = awa.pick("Où était-ce ?", "restaurant", re.compile(r"^(?!.*fermé)"))
    awa.page.get_by_label("Mois de début").select_option("mars")
    awa.fill("Année de début", "2021")
    awa.page.get_by_label("Mois de fin").select_option("juin")
    awa.fill("Année de fin", "2023")
    awa.click("Continuer vers les compétences")
    awa.reads(job)
    stage.know_how = awa.tick_lines("Ce que vous savez faire", 5)
    stage.manners = awa.tick_lines("Votre façon de travailler", 1)
    awa.click("Enregistrer mes compétences")
    for skill in (*stage.know_how, *stage.manners):
        awa.reads(skill)
    awa.follow("Mon espace")
    awa.reads("Pour l'instant, c'est vous seule ou vous seul qui le dites.")


def she_tells_what_she_wants(stage: Stage) -> None:
    awa = stage.awa
    awa.follow("Mes souhaits")
    awa.pick("Quel métier cherchez-vous ?", "serveus")
    awa.pick("Dans quelle commune habitez-vous ?", "valence", "Drôme")
    awa.fill("Jusqu'à combien de kilomètres", "20")
    awa.tick("Je suis disponible tout de suite")
    awa.click("Enregistrer")
    awa.open("/moi/")
    expect(awa.section("Où j'en suis").get_by_role("link", name="Faire confirmer")).to_be_visible()


def she_asks_for_four_skills_to_be_confirmed(stage: Stage) -> None:
    awa = stage.awa
    awa.follow("Faire confirmer")
    awa.follow("Serveu")
    awa.fill("Nom de la personne", "Lucie Garnier")
    awa.fill("Son adresse électronique", CONTACT)
    awa.fill("Qui était cette personne pour vous ?", "cheffe de salle")
    stage.asked = awa.tick_lines("Vos compétences dans cette expérience", 4)
    awa.fill("Un mot de votre part", "Bonjour Lucie, vous souvenez-vous du mariage de juin ?")
    preview = awa.page.get_by_role("region", name="Aperçu du message")
    expect(preview).to_contain_text("mariage de juin")
    expect(preview).to_contain_text(stage.asked[3])
    awa.look("filled")
    awa.click("Envoyer la demande")
    awa.reads("Lucie Garnier doit répondre")


def the_contact_confirms_three_and_adds_one(stage: Stage) -> None:
    contact = stage.contact
    contact.open(stage.mailbox.newest(CONTACT).link)
    contact.reads("vous souvenez-vous du mariage de juin ?")
    awa_waits(stage)
    contact.tick("Je ne peux pas me prononcer", within=contact.group(stage.asked[3]))
    stage.forgotten = add_a_forgotten_skill(contact)
    with contact.counting() as count:
        contact.click("Tout confirmer")
        contact.click("Envoyer ma réponse")
    assert count == [2], "confirming takes two clicks"
    contact.reads("Merci, votre réponse est enregistrée")
    contact.reads("Vous pouvez rectifier votre réponse jusqu'au")
    assert stage.asked[0] in stage.mailbox.newest(CONTACT, "Merci").text


def awa_waits(stage: Stage) -> None:
    """The contact only looked: nothing changed."""
    stage.awa.page.reload()
    stage.awa.reads("Lucie Garnier doit répondre")


def add_a_forgotten_skill(contact: Visitor) -> str:
    contact.page.get_by_text("Ajouter une compétence oubliée").click()
    contact.fill("Chercher une autre compétence", "caisse")
    contact.click("Chercher")
    return contact.tick_lines("Compétences à ajouter", 1)[0]


def her_profile_shows_the_proofs(stage: Stage) -> None:
    awa = stage.awa
    awa.page.reload()
    awa.look("answered")
    awa.reads("Visible de vous seulement")
    awa.open("/moi/competences/")
    proved = awa.section("Confirmées par d'autres")
    for skill in (*stage.asked[:3], stage.forgotten):
        card = proved.get_by_role("listitem").filter(has_text=skill)
        expect(card).to_contain_text(stage.employer)
        expect(card).to_contain_text(re.compile(r"Confirmée, .* 20\d\d", re.DOTALL))
    expect(awa.section("Visibles de moi seulement")).to_contain_text(stage.asked[3])
    expect(proved).not_to_contain_text(stage.asked[3])


def she_agrees_to_be_presented(stage: Stage) -> None:
    awa = stage.awa
    awa.open("/moi/accord/")
    awa.reads("Votre profil est fermé")
    expect(awa.page.locator("#preview-card")).not_to_contain_text(stage.asked[3])
    awa.tick("Mon profil, avec mon nom")
    awa.click("Je suis d'accord")
    awa.open("/moi/accord/")
    awa.reads("Votre profil est visible, avec votre nom")
    awa.look("given")
    awa.reads(re.compile(r"texte n° \d"))
