"""The story of Awa, from a former employer's word to a promoted profile, answered; played as people play it."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from entremise.kernel import clock
from tests.browser import badges
from tests.browser.authenticator import Authenticator
from tests.browser.conftest import Newcomer, Record
from tests.browser.doors import accept_invitation, sign_in_as, sign_in_by_phone, sign_in_with_second_factor, sign_out
from tests.browser.letterbox import Mailbox, employer_of
from tests.browser.visitor import Visitor
from tests.factories.judges import Judge

AWA_NUMBER = "06 39 98 00 01"
CONTACT = "lucie.garnier@chez-suzanne.example"
REFERENCE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
LEA = "lea.fontaine@agence.example"


@dataclass
class Stage:
    """Who plays, and what they remember from one step to the next."""

    awa: Visitor
    contact: Visitor
    lea: Visitor
    lead: Visitor
    mailbox: Mailbox
    employer: str = ""
    asked: list[str] = field(default_factory=list)
    know_how: list[str] = field(default_factory=list)
    manners: list[str] = field(default_factory=list)
    forgotten: str = ""
    reference: str = ""
    badge_file: Path = Path()
    badge_link: str = ""
    application: Authenticator = field(default_factory=lambda: Authenticator(""))
    employers: list[tuple[str, str]] = field(default_factory=list)  # establishment, and the address of its contact


def test_from_a_former_employers_word_to_a_profile_answered(
    someone: Newcomer, record_property: Record, judge: Judge
) -> None:
    stage = Stage(someone(width=390), someone(), someone(), someone(), mailbox=Mailbox(someone()))
    she_signs_in_with_a_code_by_sms(stage)
    she_tells_an_experience_and_picks_skills(stage)
    she_tells_what_she_wants(stage)
    she_asks_for_four_skills_to_be_confirmed(stage)
    the_contact_confirms_three_and_adds_one(stage)
    her_profile_shows_the_proofs(stage)
    her_badges_hold_in_front_of_strangers(stage, someone, judge)
    she_agrees_to_be_presented(stage)
    an_adviser_joins_with_a_second_factor(stage)
    the_adviser_finds_her_in_the_pool(stage)
    the_adviser_promotes_her_in_three_interactions(stage, record_property)
    two_employers_answer(stage, someone, record_property)
    the_adviser_comes_back_with_password_and_second_factor(stage)
    the_adviser_notes_an_answer_heard_by_phone(stage)
    the_adviser_records_that_she_is_hired(stage)
    she_sees_everything(stage)
    the_team_lead_reads_the_figures_and_takes_them_away(stage)
    the_team_lead_imports_the_old_spreadsheet(stage)
    the_contact_takes_one_back_and_it_is_refused_everywhere(stage, someone, judge)
    she_withdraws_and_disappears_at_once(stage)


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
    a_closed_establishment_is_refused_with_other_ways(awa)
    awa.click("Envoyer la demande")
    awa.reads("Lucie Garnier doit répondre")


def a_closed_establishment_is_refused_with_other_ways(awa: Visitor) -> None:
    awa.page.get_by_text("Cette personne travaille maintenant ailleurs").click()
    place = "Où travaille cette personne aujourd'hui ?"
    awa.pick(place, closed_establishment(awa), "fermé")
    awa.click("Envoyer la demande")
    awa.look("closed")
    awa.reads(re.compile("a fermé|est fermé"))
    awa.reads(re.compile("organisme de formation"))
    awa.fill(place, "")


def closed_establishment(awa: Visitor) -> str:
    """Return the name of an establishment that the suggestions say closed."""
    for word in (
        "restaurant",
        "garage",
        "boulangerie",
        "transports",
        "maçonnerie",
        "verger",
        "hôtel",
        "salon",
        "cabinet",
    ):
        found = awa.page.request.get(f"{awa.address}/suggerer/etablissements/?q={word}").json()
        for one in found:
            if "fermé" in one["hint"]:
                return str(one["label"])
    raise AssertionError("the demonstration has no closed establishment that is easy to find")


def the_contact_confirms_three_and_adds_one(stage: Stage) -> None:
    contact = stage.contact
    contact.open(stage.mailbox.newest(CONTACT).link)
    contact.reads("vous souvenez-vous du mariage de juin ?")
    contact.keep("validator")
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
    contact.fill("Chercher une autre compétence", "encaisser")
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


def her_badges_hold_in_front_of_strangers(stage: Stage, someone: Newcomer, judge: Judge) -> None:
    """She takes a badge away; somebody without an account checks it, opens her link; verifiers of others agree."""
    awa, stranger = stage.awa, someone(width=390)
    badges.wait_until_signed(awa, 4)
    awa.keep("badges")
    picture = badges.taken_away(awa, stage.asked[0], "Image PNG")
    badges.check(stranger, picture, "badge.png", "image/png")
    stranger.reads(badges.VALID)
    stranger.reads(re.compile(re.escape(stage.employer)))
    stage.badge_file = badges.taken_away(awa, stage.asked[2], "Fichier JSON")
    badge = json.loads(stage.badge_file.read_bytes())
    assert "Diallo" not in stage.badge_file.read_text(encoding="utf-8")
    for contexts in ("spec", "validator"):
        verdict = badges.judged(judge, stranger, badge, contexts=contexts)
        assert verdict.accepted, verdict.why
    assert not badges.judged(judge, stranger, badges.tampered(badge)).accepted
    stage.badge_link = badges.shown_by_link(awa, stage.asked[2])
    stranger.open(stage.badge_link)
    stranger.reads(stage.asked[2])
    stranger.reads("Valable")
    stranger.does_not_read(re.compile("Diallo"))
    stranger.keep("shared-badge")


def the_contact_takes_one_back_and_it_is_refused_everywhere(stage: Stage, someone: Newcomer, judge: Judge) -> None:
    contact, stranger = stage.contact, someone()
    contact.open(stage.mailbox.newest(CONTACT, "Merci").link)
    contact.follow("Rectifier ma réponse")
    contact.tick("Je ne confirme pas", within=contact.group(stage.asked[2]))
    contact.click("Relire mes réponses")
    contact.click("Envoyer ma réponse")
    badges.check_until(stranger, stage.badge_file, badges.WITHDRAWN)
    badge = json.loads(stage.badge_file.read_bytes())
    verdict = badges.judged(judge, stranger, badge)
    assert not verdict.accepted
    assert "revocation" in verdict.why
    stranger.open(stage.badge_link)
    stranger.reads(re.compile("Retiré par son émetteur"))


def she_agrees_to_be_presented(stage: Stage) -> None:
    awa = stage.awa
    awa.open("/moi/accord/")
    awa.reads("Votre profil est fermé")
    preview = awa.page.locator("#preview-card")
    expect(preview).not_to_contain_text(stage.asked[3])
    stage.reference = REFERENCE.findall(preview.inner_text())[0]
    awa.tick("Mon profil, avec mon nom")
    awa.click("Je suis d'accord")
    awa.open("/moi/accord/")
    awa.reads("Votre profil est visible, avec votre nom")
    awa.look("given")
    awa.reads(re.compile(r"texte n° \d"))


def an_adviser_joins_with_a_second_factor(stage: Stage) -> None:
    lead, lea = stage.lead, stage.lea
    sign_in_as(lead, "Isabelle Roux")
    lead.open("/equipe/membres/")
    lead.follow("Inviter quelqu'un")
    lead.fill("Adresse électronique professionnelle", LEA)
    lead.tick("dominante entreprises")
    lead.click("Envoyer l'invitation")
    stage.application = accept_invitation(lea, stage.mailbox, LEA, "Léa", "Fontaine")
    lea.reads("Ma journée")


def the_adviser_finds_her_in_the_pool(stage: Stage) -> None:
    lea = stage.lea
    lea.follow("Chercher dans le vivier")
    lea.pick("Métier", "serveus")
    expect(lea.page.get_by_role("checkbox", name=re.compile("Serveu"))).to_be_checked()
    lea.pick("Lieu de travail", "valence", "Drôme")
    expect(lea.page.get_by_role("checkbox", name=re.compile("^Valence"))).to_be_checked()
    for wanted in ("avec des compétences confirmées", "jamais promus", "disponibles dès maintenant"):
        with lea.page.expect_response(re.compile("/conseil/vivier/")):
            lea.tick(wanted)
        expect(lea.page.get_by_label(wanted)).to_be_checked()
    card = lea.page.get_by_role("listitem").filter(has_text=stage.reference).filter(has=lea.page.locator("article"))
    expect(card).to_contain_text("4 compétences confirmées")
    card.get_by_role("link", name=f"Profil {stage.reference}").click(position={"x": 12, "y": 8})
    pane = lea.page.locator("#detail")
    for skill in (*stage.asked[:3], stage.forgotten):
        expect(pane).to_contain_text(skill)
    expect(pane).not_to_contain_text(stage.asked[3])
    expect(pane).not_to_contain_text("Diallo")
    lea.look("profile")
    pane.get_by_role("button", name="Voir l'identité, pour une promotion").click()
    expect(pane).to_contain_text("Awa Diallo")
    lea.look("identity")
    lea.keep("pool")


def the_adviser_promotes_her_in_three_interactions(stage: Stage, record_property: Record) -> None:
    lea, pane = stage.lea, stage.lea.page.locator("#detail")
    with lea.counting() as count:
        lea.follow("Promouvoir", within=pane)
        two = lea.page.get_by_role("group", name="À qui présenter").locator("label:not(.is-disabled)").all()[:2]
        for label in two:
            label.click()
        lea.actions += 1  # ticking the contacts is one gesture, however many they are
        stage.employers = [employer_of(label.inner_text()) for label in two]
        message = lea.page.get_by_label("Message").input_value()
        lea.look("ticked")
        lea.keep("promote")
        lea.click("Présenter ce profil")
    lea.reads("Le profil est présenté à 2 employeurs.")
    assert stage.asked[0] in message, "the message is prefilled from facts"
    assert count == [3]
    record_property(
        "figure", f"promoting a profile to two employers: {count[0]} interactions, {1 + len(two) + 1} clicks"
    )


def two_employers_answer(stage: Stage, someone: Newcomer, record_property: Record) -> None:
    (first, first_address), (second, second_address) = stage.employers
    answers = {
        first_address: ("Je garde ce profil", "gardé"),
        second_address: ("Je souhaite rencontrer cette personne", "rencontre"),
    }
    for address, (words, _told) in answers.items():
        employer = someone(width=390)
        employer.open(stage.mailbox.newest(address, "vous présente un profil").link)
        employer.reads("Awa Diallo")
        with employer.counting() as count:
            employer.tick(words)
            employer.keep("employer-answer")
            employer.click("Envoyer ma réponse")
        employer.reads("Merci, votre réponse est enregistrée")
        assert count == [2], "one click and one confirmation"
    record_property("figure", "employer's answer: 1 click and 1 confirmation")
    assert first != second


def the_adviser_comes_back_with_password_and_second_factor(stage: Stage) -> None:
    sign_out(stage.lea)
    stage.lea.open("/conseil/")
    stage.lea.reads("Se connecter")
    sign_in_with_second_factor(stage.lea, LEA, stage.application)
    stage.lea.reads("Ma journée")


def the_adviser_notes_an_answer_heard_by_phone(stage: Stage) -> None:
    lea = stage.lea
    lea.open("/conseil/promotions/?etape=waiting")
    lea.page.locator("tbody").get_by_role("link").first.click()
    lea.look()
    lea.reads("doit répondre")
    lea.page.get_by_text("Noter une réponse entendue au téléphone").click()
    lea.tick("pas en ce moment", within=lea.group("Réponse entendue"))
    lea.click("Enregistrer la réponse")
    lea.look("by-phone")
    lea.reads("Pas en ce moment")


def the_adviser_records_that_she_is_hired(stage: Stage) -> None:
    lea = stage.lea
    lea.open(f"/conseil/promotions/?q={stage.reference}")
    lea.look("answers")
    row = lea.page.get_by_role("row").filter(has_text=stage.employers[1][0])
    row.get_by_role("link").first.click()
    lea.reads("À vous de jouer")
    lea.page.get_by_text("Enregistrer la suite").first.click()
    lea.tick("embauche", within=lea.group("Suite"))
    lea.page.get_by_label("Contrat, pour une embauche").select_option("cdi")
    lea.click("Enregistrer la suite")
    lea.reads("Embauche")


def she_sees_everything(stage: Stage) -> None:
    awa = stage.awa
    awa.open("/moi/promotions/")
    for establishment, _address in stage.employers:
        expect(awa.page.get_by_role("main")).to_contain_text(establishment)
    awa.open("/moi/consultations/")
    look = awa.page.get_by_role("listitem").filter(has_text="Léa F.").first
    expect(look).to_contain_text("Agence de Valence")
    expect(awa.page.get_by_role("main")).to_contain_text(re.compile("promotion", re.IGNORECASE))
    awa.open("/moi/")
    awa.reads("Bonjour Awa")
    awa.look("end")
    awa.keep("jobseeker-home")


def the_team_lead_reads_the_figures_and_takes_them_away(stage: Stage) -> None:
    lead = stage.lead
    lead.open("/equipe/")
    lead.keep("dashboard")
    main = lead.page.get_by_role("main")
    for title in ("Par agence", "Par partenaire", "Par conseiller", "De la promotion à l'embauche"):
        expect(main).to_contain_text(title)
    expect(main.get_by_role("table", name="Chiffres par conseiller")).to_contain_text("Léa Fontaine")
    with lead.page.expect_download() as workbook:
        lead.page.get_by_role("button", name="Classeur XLSX").click()
    sheets = load_workbook(BytesIO(workbook.value.path().read_bytes())).worksheets
    assert "Agence de Valence" in str([list(sheet.values) for sheet in sheets])
    with lead.page.expect_download() as text:
        lead.page.get_by_role("button", name="Fichier CSV").click()
    assert "Agence de Valence" in text.value.path().read_text(encoding="utf-8-sig")


def the_team_lead_imports_the_old_spreadsheet(stage: Stage) -> None:
    lead = stage.lead
    siret = siret_of(stage.lea, stage.employer)
    send_spreadsheet(lead, old_spreadsheet(stage.reference, siret))
    lead.reads("lignes à corriger")
    expect(lead.page.get_by_role("table", name="Lignes à corriger").get_by_role("row")).to_have_count(3)
    lead.look("checked")
    lead.click("Importer 1 ligne")
    expect(lead.page.get_by_text("Import terminé")).to_be_visible(timeout=20_000)
    lead.look("imported")
    send_spreadsheet(lead, old_spreadsheet(stage.reference, siret))
    expect(lead.page.locator(".counts li").filter(has_text="déjà présentes")).to_contain_text("1")


def siret_of(lea: Visitor, name: str) -> str:
    """Find the number of an establishment, as an adviser does."""
    lea.open(f"/conseil/entreprises/?q={name}")
    card = lea.page.get_by_role("article").filter(has=lea.page.get_by_role("link", name=name, exact=True)).first
    number = re.sub(r"\s", "", card.inner_text())
    return re.findall(r"SIRET(\d{14})", number)[0]


def old_spreadsheet(reference: str, siret: str) -> bytes:
    """Return what an office keeps: one good line, a wrong date, a wrong number."""
    sent, told = (clock.today() - dt.timedelta(days=days) for days in (40, 30))
    lines = [
        "Date;Réf profil;SIRET;Réponse;Date réponse;Suite",
        f"{sent:%d/%m/%Y};{reference};{siret};Rencontre;{told:%d/%m/%Y};",
        f"32/13/2026;{reference};{siret};;;",
        f"{sent:%d/%m/%Y};{reference};12345678901234;;;",
    ]
    return "\n".join(lines).encode("cp1252")


def send_spreadsheet(lead: Visitor, content: bytes) -> None:
    """Send the file, agree with the columns, wait for every line to be checked."""
    lead.open("/equipe/imports/")
    field = lead.page.get_by_label("Votre tableau de promotions")
    field.set_input_files({"name": "promotions 2026.csv", "mimeType": "text/csv", "buffer": content})
    lead.click("Envoyer et vérifier")
    lead.click("Vérifier toutes les lignes")
    expect(lead.page.get_by_text("Ce que l'import fera")).to_be_visible(timeout=20_000)


def she_withdraws_and_disappears_at_once(stage: Stage) -> None:
    awa, lea = stage.awa, stage.lea
    awa.open("/moi/accord/")
    awa.click("Retirer mon accord")
    awa.reads("Votre profil est fermé")
    lea.open(f"/conseil/vivier/?q={stage.reference}")
    expect(lea.page.get_by_role("main")).not_to_contain_text(stage.reference)
    stage.contact.open(stage.mailbox.newest(stage.employers[0][1], "vous présente un profil").link)
    expect(stage.contact.page.get_by_role("main")).not_to_contain_text("Diallo")
