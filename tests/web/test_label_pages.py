"""The label as people see it: its formula, its history, its image, beside offers, and the recruiter's own page."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock, links
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.reciprok import actions_label, jobs_label
from entremise.reciprok.models_label import CountContest, Pause, Silence
from entremise.reciprok.rules_label_gaming import ATTEMPTS
from tests.factories.accounts import sign_in
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.labels import counted, history
from tests.factories.offers import OfferFactory
from tests.factories.spaces import RecruiterSpaceFactory

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def labelled(**facts: Any) -> Establishment:
    place: Establishment = EstablishmentFactory(**facts)
    history(place, 9, 1, hours=50)
    actions_label.compute_all()
    return place


def text(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def recruiter_of(space: RecruiterSpace) -> Client:
    member: Any = space.members.first()
    return sign_in(Client(), member.user)


def test_the_formula_is_public_with_its_examples_and_every_attempt_to_game_it(client: Client) -> None:
    page = client.get("/reciprok/")
    told = page.content.decode()
    assert page.status_code == 200
    assert "au moins 95 %" in told
    assert "au plus 7 jours" in told
    assert "Aucun employeur n'a encore le label ici" in told
    for attempt in ATTEMPTS:
        assert f'id="{attempt.key}-essai"' in told
    assert len({attempt.key for attempt in ATTEMPTS}) == len(ATTEMPTS) >= 12
    assert "5 répondues sur 6 comptées : 83 %" in text(page)


def test_the_formula_page_computes_a_real_case_line_by_line(client: Client) -> None:
    place = labelled(name="Maison Garance")
    page = text(client.get("/reciprok/"))
    assert "Voici le label de Maison Garance" in page
    assert "9 répondues sur 10 comptées : 90 %. 10 personnes différentes." in page
    assert "le 5ᵉ plus court, 50 heures, soit 3 jours" in page
    assert "Résultat : répond presque toujours" in page
    assert place.siret in client.get("/reciprok/").content.decode()


def test_the_history_of_an_establishment_is_in_words(client: Client) -> None:
    place = labelled()
    page = text(client.get(f"/entreprises/{place.siret}/reciprok/"))
    assert "Sur douze mois, 9 candidatures sur 10 ont reçu une réponse, soit 90 %." in page
    assert "La moitié des réponses est arrivée en 3 jours ou moins." in page
    assert "L'histoire du label" in page.replace("&#x27;", "'")


def test_nobody_ever_has_a_bad_label(client: Client) -> None:
    place = EstablishmentFactory()
    history(place, 0, 8)
    actions_label.compute_all()
    page = text(client.get(f"/entreprises/{place.siret}/reciprok/"))
    assert "Pas encore de label." in page
    assert " 0 %" not in page
    drawn = client.get(f"/entreprises/{place.siret}/reciprok.svg").content.decode()
    assert "pas encore de label" in drawn
    assert " 0 %" not in drawn


def test_an_establishment_that_is_unknown_or_asked_not_to_be_shown_has_no_page(client: Client) -> None:
    hidden = labelled(is_private=True)
    for siret in (hidden.siret, "00000000000000", "n-importe-quoi"):
        assert client.get(f"/entreprises/{siret}/reciprok/").status_code == 404
        assert client.get(f"/entreprises/{siret}/reciprok.svg").status_code == 404
    assert "Aucun employeur" in text(client.get("/reciprok/"))


def test_the_image_is_safe_whatever_the_name_and_may_be_shown_anywhere(client: Client) -> None:
    place = labelled(name="""<script>alert(1)</script> & "Fils" 'l'\x0b""")
    answer = client.get(f"/entreprises/{place.siret}/reciprok.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "script-src" not in answer["Content-Security-Policy"]
    drawing = ElementTree.fromstring(answer.content)  # our own drawing
    assert {child.tag for child in drawing.iter()} <= {
        SVG + name for name in ["svg", "title", "desc", "style", "rect", "circle", "text"]
    }
    assert drawing.findtext(f"{SVG}title") == "Label Reciprok, 2 points sur 3"
    assert "90 % des candidatures ont une réponse, en 3 jours" in (drawing.findtext(f"{SVG}desc") or "")
    assert "http" not in answer.content.decode().replace("http://www.w3.org/2000/svg", "")
    assert len(drawing.findall(f"{SVG}circle[@class='on']")) == 2


def test_offers_show_the_label_of_their_employer_with_one_query_for_the_page(client: Client) -> None:
    place = labelled()
    today = clock.today()
    first = OfferFactory(open=True, establishment=place, expires_on=today + dt.timedelta(days=20))
    with CaptureQueriesContext(
        connection,
    ) as few:
        one = text(client.get("/offres/"))
    assert "répond presque toujours" in one
    assert "90 % de réponses, en 3 jours" in one
    for _ in range(4):
        OfferFactory(open=True, expires_on=today + dt.timedelta(days=20))
    with CaptureQueriesContext(connection) as many:
        page = text(client.get("/offres/"))
    assert page.count("pas encore de label") == 4
    assert len(many) == len(few)
    assert len([query for query in many if "labelscore" in query["sql"]]) == 1
    assert "répond presque toujours" in text(client.get(f"/offres/{first.pk}/"))


def test_the_company_page_shows_the_label(client: Client) -> None:
    space = RecruiterSpaceFactory(certified=True)
    assert "pas encore de label" in text(client.get(f"/entreprises/{space.establishment.siret}/"))
    history(space.establishment, 5, 0)
    actions_label.compute_all()
    assert "répond à tous, vite" in text(client.get(f"/entreprises/{space.establishment.siret}/"))


def test_a_recruiter_reads_their_figures_and_what_would_raise_them() -> None:
    space = RecruiterSpaceFactory(certified=True)
    history(space.establishment, 7, 3, hours=400)
    browser = recruiter_of(space)
    nothing = text(browser.get("/recruteur/reciprok/"))
    assert "Aucune candidature ne compte encore." in nothing
    assert "Part de réponses — " in nothing
    assert "0 %" not in nothing.replace("\xa0", " ")
    assert browser.post("/recruteur/reciprok/calcul/").status_code == 302
    page = text(browser.get("/recruteur/reciprok/"))
    assert "Répond souvent" in page
    assert "Pour atteindre « répond presque toujours »" in page
    assert "Répondez aux 5 prochaines candidatures" in page
    assert "la moitié de vos réponses en 15 jours ou moins" in page
    assert "&lt;img src=&quot;" in browser.get("/recruteur/reciprok/").content.decode()


def test_a_recruiter_contests_a_silence_from_the_page_once() -> None:
    space = RecruiterSpaceFactory(certified=True)
    silent = counted(space.establishment, hours=None)
    browser = recruiter_of(space)
    address = f"/recruteur/reciprok/{silent.pk}/contester/"
    assert address in browser.get("/recruteur/reciprok/").content.decode()
    assert browser.post(address, {"words": "  "}).status_code == 422
    assert browser.post(address, {"words": "Répondu par téléphone le 3 octobre."}).status_code == 302
    refused = browser.post(address, {"words": "Répondu par téléphone le 3 octobre."})
    assert "Ce compte a déjà été contesté" in text(refused)
    assert CountContest.objects.unscoped("a test").count() == 1
    assert recruiter_of(RecruiterSpaceFactory(certified=True)).get(address).status_code == 404


def test_a_recruiter_takes_a_pause_and_ends_it() -> None:
    space = RecruiterSpaceFactory(certified=True)
    browser = recruiter_of(space)
    browser.post("/recruteur/reciprok/pause/", {"weeks": "3"})
    assert Pause.objects.unscoped("a test").count() == 0
    browser.post("/recruteur/reciprok/pause/", {"weeks": "4"})
    assert "Vous êtes en pause jusqu" in text(browser.get("/recruteur/reciprok/"))
    browser.post("/recruteur/reciprok/pause/fin/")
    assert "Commencer la pause" in text(browser.get("/recruteur/reciprok/"))


def test_a_space_that_is_not_certified_changes_nothing() -> None:
    space = RecruiterSpaceFactory()
    browser = recruiter_of(space)
    assert browser.get("/recruteur/reciprok/").status_code == 200
    assert browser.post("/recruteur/reciprok/pause/", {"weeks": "4"}).status_code == 403
    assert Pause.objects.unscoped("a test").count() == 0


def test_who_is_not_certified_any_more_is_offered_nothing_about_their_pause() -> None:
    space = RecruiterSpaceFactory(certified=True)
    browser = recruiter_of(space)
    browser.post("/recruteur/reciprok/pause/", {"weeks": "4"})
    assert "Terminer la pause maintenant" in text(browser.get("/recruteur/reciprok/"))
    RecruiterSpace.objects.unscoped("a test").filter(pk=space.pk).update(state="under_review")
    page = text(browser.get("/recruteur/reciprok/"))
    assert "Vous êtes en pause jusqu" in page
    assert "Terminer la pause" not in page


def test_a_reason_that_is_too_long_is_refused_at_its_field(client: Client) -> None:
    place = EstablishmentFactory()
    ContactFactory(establishment=place, email="rh@garance.example", privileged=True)
    for _ in range(3):
        counted(place, hours=None, ago_days=70)
    jobs_label.ask_the_silent()
    link = MailLink.objects.get(recipient="rh@garance.example")
    address = client.get(f"/candidatures/{links.token(link)}/pourquoi/")["Location"]
    assert 'maxlength="500"' in client.get(address).content.decode()
    refused = client.post(address, {"reason": "too_many", "words": "Trop de monde. " * 40})
    assert refused.status_code == 422
    assert refused.context["form"].errors["words"]
    assert Silence.objects.unscoped("a test").get().explained_at is None


def test_an_employer_says_why_by_the_link_and_asks_for_advice(client: Client) -> None:
    place = EstablishmentFactory()
    ContactFactory(establishment=place, email="rh@garance.example", privileged=True)
    for _ in range(3):
        counted(place, hours=None, ago_days=70)
    assert jobs_label.ask_the_silent() == 1
    told = OutboxMessage.objects.get(kind="reciprok.why_silent")
    assert "3 personnes ont postulé" in told.text
    link = MailLink.objects.get(recipient="rh@garance.example")
    moved = client.get(f"/candidatures/{links.token(link)}/pourquoi/")
    address = moved["Location"]
    assert "3 personnes ont attendu pour rien" in text(client.get(address))
    assert Silence.objects.unscoped("a test").get().explained_at is None
    assert "Choisissez la raison la plus proche." in text(client.post(address, {}))
    assert client.post(address, {"reason": "too_many", "is_advice_wanted": "on"}).status_code == 302
    page = text(client.get(address))
    assert "Votre raison : trop de candidatures." in page
    assert "Un conseiller vous appelle au plus tard" in page
    kept = Silence.objects.unscoped("a test").get()
    assert kept.due_on is not None
    assert (kept.due_on - clock.today()).days >= 14
