"""A security key in a real browser: Chromium's own virtual key registers, signs, is removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.authenticator import Authenticator
from tests.browser.conftest import Newcomer
from tests.browser.doors import PASSWORD, accept_invitation, sign_in_as, sign_out, type_password
from tests.browser.letterbox import Mailbox, Message
from tests.browser.visitor import Visitor

SECURITY, PROVE = "/connexion/securite/", "/connexion/confirmation/"
# A key to plug in, the fingerprint reader of a computer.
KINDS = [("usb", "noemie"), pytest.param("internal", "oscar", marks=pytest.mark.nightly)]


class SameSite(Mailbox):
    """A mailbox whose links keep the name under which its reader opened the site."""

    def newest(self, recipient: str, subject: str = "") -> Message:
        message = super().newest(recipient, subject)
        return replace(message, links=[urlsplit(link).path for link in message.links])


class VirtualKey:
    """The key of one person, which their browser can reach or not."""

    def __init__(self, person: Visitor, transport: str) -> None:
        self.transport = transport
        self._browser: CDPSession = person.page.context.new_cdp_session(person.page)
        self._browser.send("WebAuthn.enable")
        self._id = self._plug(self._browser)

    def credentials(self) -> list[dict[str, object]]:
        """Return what the key holds."""
        held: list[dict[str, object]] = self._browser.send("WebAuthn.getCredentials", {"authenticatorId": self._id})[
            "credentials"
        ]
        return held

    def carry_to(self, person: Visitor) -> None:
        """Plug the same key, with all it holds, in another browser."""
        other = person.page.context.new_cdp_session(person.page)
        other.send("WebAuthn.enable")
        there = self._plug(other)
        for credential in self.credentials():
            other.send("WebAuthn.addCredential", {"authenticatorId": there, "credential": credential})

    def _plug(self, browser: CDPSession) -> str:
        facts = {
            "protocol": "ctap2", "transport": self.transport, "hasUserVerification": True, "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }  # fmt: skip
        plugged: str = browser.send("WebAuthn.addVirtualAuthenticator", {"options": facts})["authenticatorId"]
        return plugged


@pytest.fixture
def local(someone: Newcomer) -> Callable[[], Visitor]:
    """Give people who open the site by a name: a key is tied to a name, never to an address in figures."""

    def arrive() -> Visitor:
        person = someone()
        person.address = person.address.replace("127.0.0.1", "localhost")
        return person

    return arrive


@pytest.mark.parametrize(("transport", "name"), KINDS)
def test_a_key_is_registered_opens_with_the_password_and_opens_nothing_once_removed(
    local: Callable[[], Visitor], transport: str, name: str
) -> None:
    email = f"{name}.perrin@emploi.example"
    person, application = newcomer(local, email)
    key = VirtualKey(person, transport)
    person.open(SECURITY)
    person.follow("Ajouter une clé")
    confirm_password(person)
    person.fill("Nom de la clé", "clé bleue")
    person.click("Enregistrer ma clé")
    person.reads("Votre second facteur est enregistré.")
    person.reads("clé bleue")
    assert len(key.credentials()) == 1

    sign_out(person)
    give_password(person, email)
    person.click("Utiliser ma clé de sécurité")
    person.reads("Ma journée")

    late = local()
    give_password(late, email)  # this page was open before the key was removed
    key.carry_to(late)
    person.open(SECURITY)
    person.click("Retirer la clé clé bleue")
    if "/securite/mot-de-passe/" in person.page.url:
        confirm_password(person)
        person.click("Retirer la clé clé bleue")
    person.reads("La clé est retirée.")
    late.click("Utiliser ma clé de sécurité")
    late.reads("Cette clé n'ouvre pas ce compte")
    late.open("/conseil/")
    late.reads("Se connecter")

    sign_out(person)
    give_password(person, email)
    expect(person.page.get_by_role("button", name="Utiliser ma clé de sécurité")).to_have_count(0)
    person.fill("Le code à 6 chiffres", application.code())
    person.click("Me connecter")
    person.reads("Ma journée")


def test_an_address_in_figures_is_told_to_have_no_key(someone: Newcomer, local: Callable[[], Visitor]) -> None:
    person = someone()
    assert "127.0.0.1" in person.address
    sign_in_as(person, "Isabelle Roux")
    VirtualKey(person, "usb")
    person.open("/connexion/second-facteur/cle/")
    person.click("Enregistrer ma clé", leaves=False)
    person.reads("le site doit être ouvert par son nom, en https")
    person.look("refused")


def newcomer(local: Callable[[], Visitor], email: str) -> tuple[Visitor, Authenticator]:
    """Invite a professional, who sets their account up with an authenticator application."""
    lead, person, mailbox = local(), local(), SameSite(local())
    sign_in_as(lead, "Isabelle Roux")
    lead.open("/equipe/membres/inviter/")
    lead.fill("Adresse électronique professionnelle", email)
    lead.tick("dominante entreprises")
    lead.click("Envoyer l'invitation")
    application = accept_invitation(person, mailbox, email, "Noémie", "Perrin")
    person.reads("Ma journée")
    return person, application


def give_password(person: Visitor, email: str) -> None:
    """Type the password; the second factor is asked next."""
    person.open("/connexion/professionnels/")
    type_password(person, email)
    assert urlsplit(person.page.url).path == PROVE


def confirm_password(person: Visitor) -> None:
    """Type the password again when something important asks for it."""
    if "/securite/mot-de-passe/" in person.page.url:
        person.fill("Votre mot de passe", PASSWORD)
        person.click("Continuer")
