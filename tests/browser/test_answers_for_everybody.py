"""Applying and answering: a candidate on her phone, a recruiter at a desk then by the mail, an adviser."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Newcomer
from tests.browser.doors import sign_in_as
from tests.browser.letterbox import Mailbox
from tests.browser.test_story import Record
from tests.browser.visitor import Visitor

MARC = "marc.garnier@"


def test_from_two_gestures_to_an_answer_for_everybody(someone: Newcomer, record_property: Record) -> None:
    awa, marc, claire, mailbox = someone(width=390), someone(), someone(), Mailbox(someone())
    sign_in_as(awa, "Awa Diallo")
    sign_in_as(marc, "Marc Garnier")
    offer = the_offer_of(marc)

    mine = she_applies(awa, offer, record_property)
    assert mailbox.newest("awa.diallo@", "bien arrivée").link
    he_answers_one(marc, record_property)
    by_mail = someone(width=390, scripted=False)
    he_answers_by_the_mail(by_mail, mailbox)
    he_refuses_her_kindly(marc, mine)
    she_reads_what_she_can_do(awa, mailbox)
    he_answers_all_who_remain(marc, offer, record_property)
    sign_in_as(claire, "Claire Morel")
    the_adviser_sees_who_waits(claire)


def the_offer_of(recruiter: Visitor) -> str:
    """Open the board where most wait, by way of its offer; return the offer's identifier."""
    recruiter.open("/recruteur/candidatures/")
    row = recruiter.page.locator("main tbody tr").filter(has_text="ouverte").first
    recruiter.open(row.get_by_role("link").first.get_attribute("href") or "")
    expect(recruiter.page.locator("article.candidate")).to_have_count(10)
    recruiter.page.locator("article.candidate a").first.wait_for()
    back = recruiter.page.locator("main a[href*='/recruteur/offres/']").first.get_attribute("href") or ""
    found = re.search(r"/offres/([0-9a-f-]{36})/", back)
    assert found
    return found[1]


def she_applies(awa: Visitor, offer: str, record_property: Record) -> str:
    """Apply from the public page: two gestures; return the identifier of the application."""
    awa.open(f"/offres/{offer}/")
    with awa.counting() as count:
        awa.follow("Postuler")
        awa.reads("Ce que l'employeur recevra")
        awa.click("Envoyer ma candidature")
    record_property("applying to an offer", f"{count[0]} interactions")
    assert count == [2]
    awa.reads(re.compile("bien arrivée"))
    made = awa.page.url.rstrip("/").rpartition("/")[2]
    awa.open(f"/offres/{offer}/")
    awa.reads(re.compile("Vous avez postulé"))
    awa.open("/moi/candidatures/")
    return made


def he_answers_one(marc: Visitor, record_property: Record) -> None:
    """Answer one candidate from the board: choose, send."""
    form = marc.page.locator("form.candidate-answer").first
    with marc.counting() as count:
        marc.actions += 1
        form.get_by_label("Répondre").select_option(label="Une autre personne a été retenue")
        marc.click("Envoyer", within=form)
    record_property("answering one candidate", f"{count[0]} interactions")
    assert count == [2]
    marc.reads(re.compile("La personne a votre réponse"))


def he_answers_by_the_mail(marc: Visitor, mailbox: Mailbox) -> None:
    """Open the link of the mail on a telephone without script, and answer."""
    marc.open(mailbox.newest(MARC, "candidature").link)
    form = marc.page.locator("form.candidate-answer").first
    form.get_by_label("Répondre").select_option(label="Un appel")
    marc.click("Envoyer", within=form)
    marc.reads(re.compile("La personne (a votre réponse|le sait)"))


def he_refuses_her_kindly(marc: Visitor, application: str) -> None:
    """Refuse Awa: hurting words come back with others, which leave."""
    marc.open(f"/recruteur/candidatures/{application}/")
    form = marc.page.locator("form").filter(has=marc.page.get_by_label("Votre réponse")).first
    form.get_by_label("Votre réponse").first.select_option(label="Il manque de l'expérience")
    form.get_by_label("Vos mots pour la personne").fill("Vous êtes une imbécile.")
    marc.click("Envoyer ma réponse", within=form)
    marc.reads(re.compile("peuvent blesser"))
    expect(marc.page.get_by_label("Vos mots pour la personne").first).to_have_value(re.compile("^Merci"))
    marc.click("Envoyer ma réponse")
    marc.reads(re.compile("La personne a votre réponse"))


def she_reads_what_she_can_do(awa: Visitor, mailbox: Mailbox) -> None:
    """Read the refusal on her phone, what to do now, answer back, rate."""
    awa.open(mailbox.newest("awa.diallo@", "des nouvelles de votre candidature").link)
    awa.reads("Votre candidature n'est pas retenue cette fois.")
    awa.reads("Ce que vous pouvez faire maintenant")
    awa.page.get_by_text("Répondre à l'employeur").first.click()
    awa.page.locator("form[action$='repondre/'] textarea").fill("Merci de votre réponse. À une prochaine fois.")
    awa.click("Envoyer mon message")
    awa.reads("Votre message à l'employeur")
    awa.page.get_by_text("Donner mon avis sur ce recrutement").first.click()
    for question in ("poli", "claires", "répondu vite"):
        awa.page.get_by_role("group", name=re.compile(question)).locator("label").nth(3).click()
    awa.click("Donner mon avis")
    awa.reads("Politesse : 4 sur 5")


def he_answers_all_who_remain(marc: Visitor, offer: str, record_property: Record) -> None:
    """Close the recruitment: one screen answers the forty who remain."""
    marc.open(f"/recruteur/offres/{offer}/candidatures/")
    waiting = int(re.search(r"(\d+) personnes attendent", marc.page.locator("main").inner_text())[1])  # type: ignore[index]
    assert waiting >= 40
    with marc.counting() as count:
        marc.follow("Répondez à tous en une fois")
        marc.tick(re.compile("^Une autre personne"))
        marc.click("Répondre à tous")
    record_property(f"answering the {waiting} who remain", f"{count[0]} interactions")
    assert count[0] <= 6
    marc.open(f"/recruteur/offres/{offer}/candidatures/")
    left = re.findall(r"(\d+) personnes? attend(?:ent)? votre réponse", marc.page.locator("main").inner_text())
    assert left == ["0"], marc.page.locator("main").inner_text()[:600]


def the_adviser_sees_who_waits(claire: Visitor) -> None:
    """See on the desk's list who waits for an answer in the territory."""
    claire.open("/conseil/candidatures/")
    claire.reads(re.compile("andidatures"))
