"""The ways in: a code by SMS, one click in the demonstration, a password and a second factor."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.authenticator import Authenticator
from tests.browser.letterbox import Mailbox
from tests.browser.visitor import Visitor

PASSWORD = "un vélo bleu contre le mur"


def sign_in_by_phone(person: Visitor, mailbox: Mailbox, number: str) -> None:
    """Ask for a code by SMS, read it on the telephone, type it."""
    person.open("/")
    person.follow("Ouvrir mon espace")
    person.fill("Votre numéro de téléphone", number)
    person.click("Recevoir mon code")
    person.fill("Le code à 6 chiffres", mailbox.newest(re.sub(r"^0", "+33", number.replace(" ", ""))).code)
    person.click("Me connecter")


def sign_in_as(person: Visitor, name: str) -> None:
    """Enter with one click, as the demonstration offers."""
    person.open("/demo/")
    person.click(f"Entrer comme {name}")


def accept_invitation(person: Visitor, mailbox: Mailbox, email: str, first_name: str, last_name: str) -> Authenticator:
    """Follow an invitation to the end: a password, an authenticator application, recovery codes put away."""
    person.open(mailbox.newest(email).link)
    person.fill("Votre prénom", first_name)
    person.fill("Votre nom", last_name)
    person.fill("Choisissez un mot de passe", PASSWORD)
    person.fill("une seconde fois", PASSWORD)
    person.click("Ouvrir mon compte")
    type_password(person, email)
    person.follow("Régler avec mon téléphone")
    application = Authenticator(person.page.locator("code.secret").inner_text())
    person.fill("Le code à 6 chiffres", application.code())
    person.click("Vérifier et terminer")
    expect(person.page.get_by_role("list", name="Codes de secours").get_by_role("listitem")).to_have_count(10)
    person.click("Je les ai gardés")
    return application


def sign_in_with_second_factor(person: Visitor, email: str, application: Authenticator) -> None:
    """Type the password, then the code that the application shows."""
    person.open("/connexion/professionnels/")
    type_password(person, email)
    person.fill("Le code à 6 chiffres", application.code())
    person.click("Me connecter")


def type_password(person: Visitor, email: str) -> None:
    """Give the address and the password."""
    person.fill("Votre adresse électronique professionnelle", email)
    person.fill("Votre mot de passe", PASSWORD)
    person.click("Continuer")


def sign_out(person: Visitor) -> None:
    """Leave."""
    person.open("/connexion/deconnexion/")
    person.click("Me déconnecter", within=person.page.locator("main"))
