"""An employer's spreadsheet of offers, sent by an adviser: checked line by line, then imported."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.visitor import Visitor


def test_a_spreadsheet_of_offers_is_checked_then_imported(someone: Newcomer) -> None:
    claire = someone()
    sign_in_as(claire, "Claire Morel")
    claire.open("/conseil/entreprises/?q=restaurant")
    card = claire.page.get_by_role("article").first.inner_text()
    (number, *_others) = re.findall(r"SIRET(\d{14})", re.sub(r"\s", "", card))
    send(claire, "\n".join([
        "Référence;Intitulé du poste;SIRET;Commune;Contrat;Compétences",
        f"E-1;Cuisinier;{number};Valence;CDI;",
        f"E-2;Cuisinier;{number};Valence;bénévolat;",
    ]))  # fmt: skip
    claire.reads("Le contrat « bénévolat » n'est pas compris")
    claire.click("Importer 1 offre")
    expect(claire.page.get_by_text("Import terminé")).to_be_visible(timeout=20_000)
    claire.look("the offers are imported")
    claire.page.get_by_role("link", name="Cuisinier").click()
    claire.reads("E-1")
    claire.reads("Profils pour cette offre")
    claire.look("an imported offer")


def send(adviser: Visitor, content: str) -> None:
    """Send the file from the list of offers, agree with the columns, wait for every line to be checked."""
    adviser.open("/conseil/offres/")
    adviser.follow("Importer un tableau")
    field = adviser.page.get_by_label("Votre tableau d'offres")
    field.set_input_files({"name": "offres.csv", "mimeType": "text/csv", "buffer": content.encode("cp1252")})
    adviser.click("Envoyer et vérifier")
    adviser.click("Vérifier toutes les lignes")
    expect(adviser.page.get_by_text("Ce que l'import fera")).to_be_visible(timeout=20_000)
    adviser.look("what the import will do")
