"""An adviser reads the offers deposited online: alerts answered, sent back with words, published as read."""

import re

import pytest
from django.test import Client

from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.offers import queries_checks
from entremise.offers.models import Offer
from tests.actions.test_offers_deposit import FINE, UNFAIR, handed_in
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.offers import again
from tests.factories.people import occupation
from tests.factories.skills import JobTitleFactory
from tests.factories.spaces import RecruiterSpaceFactory

pytestmark = pytest.mark.django_db


def text_of(response: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#x27;", "'").split())


@pytest.fixture
def space() -> RecruiterSpace:
    return RecruiterSpaceFactory(certified=True)


@pytest.fixture
def adviser(space: RecruiterSpace, client: Client) -> Client:
    return sign_in(client, professional(agency=space.agency))


def inside(space: RecruiterSpace) -> Client:
    return sign_in(Client(), SpaceMember.objects.unscoped("test").filter(space=space).earliest("pk").user)


def act(adviser: Client, offer: Offer, acte: str, **facts: object) -> str:
    told = {"acte": acte, "version": again(offer).version} | facts
    return text_of(adviser.post(f"/conseil/offres/{offer.pk}/valider/acte/", told, follow=True))


def test_the_list_holds_what_waits_for_an_adviser_and_nothing_else(adviser: Client, space: RecruiterSpace) -> None:
    assert "Aucune offre n'attend" in text_of(adviser.get("/conseil/offres/a-valider/"))
    handed_in(space, description=UNFAIR, title="Commis de cuisine")
    handed_in(space, title="Plongeuse ou plongeur déjà en ligne")
    held = RecruiterSpaceFactory(agency=space.agency)
    handed_in(held, title="Retenue par son espace")
    page = text_of(adviser.get("/conseil/offres/a-valider/"))
    assert "Commis de cuisine" in page
    assert "à décider" in page
    assert not any(other in page for other in ("déjà en ligne", "Retenue"))
    assert "Retenue par son espace" in text_of(adviser.get("/conseil/offres/a-valider/?espaces=1"))


def test_an_offer_is_read_answered_and_published(adviser: Client, space: RecruiterSpace) -> None:
    offer = handed_in(space, description=UNFAIR)
    address = f"/conseil/offres/{offer.pk}/valider/"
    page = adviser.get(address)
    assert "moins de 35 ans" in text_of(page)
    (seen,) = (one for one in queries_checks.alerts_in(again(offer)) if one.code == "age")
    assert text_of(page).count(seen.sentence) == 2  # beside the alert, and written for who sends it back
    undecided = re.findall(r'name="alerte" value="([^"]+)"', page.content.decode())[0]
    nothing = adviser.post(f"{address}alerte/", {"alerte": undecided, "decision": ""}, follow=True)
    assert "Dites ce que vous décidez de cette alerte." in text_of(nothing)
    assert "Répondez d'abord à chaque alerte" in act(adviser, offer, "open")
    assert again(offer).state == "waiting"
    for alert in re.findall(r'name="alerte" value="([^"]+)"', page.content.decode()):
        told = {"alerte": alert, "decision": "kept"}
        assert "Dites pourquoi" in text_of(adviser.post(f"{address}alerte/", told, follow=True))
        told["words"] = "Vérifié avec le service juridique."
        assert "C'est noté." in text_of(adviser.post(f"{address}alerte/", told, follow=True))
    assert "L'offre est publiée." in act(adviser, offer, "open")
    assert again(offer).state == "open"
    gone = adviser.post(f"{address}alerte/", {"alerte": str(offer.pk), "decision": "kept"}, follow=True)
    assert "n'existe plus" in text_of(gone)


def test_an_offer_goes_back_with_words_that_its_recruiter_reads(adviser: Client, space: RecruiterSpace) -> None:
    offer = handed_in(space, description=UNFAIR)
    assert "Dites au recruteur ce qu'il doit corriger." in act(adviser, offer, "send_back", words=" ")
    assert "modifiée pendant que vous la lisiez" in act(adviser, offer, "send_back", words="Âge.", version=99)
    assert "renvoyée au recruteur" in act(adviser, offer, "send_back", words="Retirez l'âge et le sexe.")
    page = text_of(inside(space).get(f"/recruteur/offres/{offer.pk}/"))
    assert "Retirez l'âge et le sexe." in page
    assert "pas une offre" not in page


def test_an_uncertified_space_s_offer_is_not_published_even_by_an_adviser(adviser: Client) -> None:
    space = RecruiterSpaceFactory()
    sign_in(adviser, professional(agency=space.agency))
    offer = handed_in(space)
    assert "n'est pas certifié" in act(adviser, offer, "open")
    assert again(offer).state == "waiting"


def test_other_territories_and_recruiters_do_not_validate(adviser: Client, space: RecruiterSpace) -> None:
    offer = handed_in(space, description=UNFAIR)
    far = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    assert far.get(f"/conseil/offres/{offer.pk}/valider/").status_code == 404
    assert inside(space).get(f"/conseil/offres/{offer.pk}/valider/").status_code == 403
    assert inside(space).post(f"/conseil/offres/{offer.pk}/valider/acte/", {"acte": "open"}).status_code == 403
    assert again(offer).state == "waiting"


def test_a_recruiter_writes_hands_in_corrects_and_closes_in_the_browser(space: RecruiterSpace) -> None:
    title = JobTitleFactory(occupation=occupation(), label="Cuisinier / Cuisinière")
    browser, place = inside(space), space.establishment.commune
    form = {
        "title": "Cuisinier / Cuisinière", "title_id": str(title.pk), "commune": place.name, "commune_id": place.pk,
        "contract": "cdi", "working_time": "full", "description": FINE, "weekly_hours": "35", "position_count": "1",
        "pay_min_cents": "2100", "pay_max_cents": "2300", "pay_period": "month", "experience_months": "0",
    }  # fmt: skip
    assert browser.get("/recruteur/offres/nouvelle/").status_code == 200
    long = browser.post("/recruteur/offres/nouvelle/", form | {"description": "d" * 1001, "step": "hand_in"})
    assert long.status_code == 422
    assert "au plus 1 000 caractères : la vôtre en a 1001" in text_of(long)
    lines = "d" * 499 + "\r\n" + "d" * 500  # a new line is one character, however browsers send it
    assert browser.post("/recruteur/offres/nouvelle/", form | {"description": lines}).status_code == 302
    lacking = browser.post("/recruteur/offres/nouvelle/", form | {"weekly_hours": "", "step": "hand_in"})
    assert "Il manque encore à cette offre : les heures par semaine" in text_of(lacking)
    sent = browser.post("/recruteur/offres/nouvelle/", form | {"step": "hand_in"}, follow=True)
    assert "L'offre est publiée." in text_of(sent)
    offer = Offer.objects.unscoped("test").filter(state="open").get()
    address = f"/recruteur/offres/{offer.pk}/"
    spoilt = browser.post(f"{address}modifier/", form | {"description": UNFAIR}, follow=True)
    assert "un conseiller la relit" in text_of(spoilt)
    assert "Ce qui sera relu" in text_of(browser.get(address))
    for acte, sentence in (
        ("suspend", "attend la validation"), ("take_back", "redevenue un brouillon"), ("copy", "Voici une copie"),
        ("longer", "Seule une offre visible"), ("zzz", "Rechargez la page"),
    ):  # fmt: skip
        assert sentence in text_of(browser.post(f"{address}acte/", {"acte": acte}, follow=True)), acte
    assert browser.post(f"{address}acte/", {"acte": "close"}).status_code == 422
    closed = browser.post(f"{address}acte/", {"acte": "close", "reason": "abandoned"}, follow=True)
    assert "L'offre est close." in text_of(closed)
    assert "Nos offres" in text_of(browser.get("/recruteur/offres/?etat=closed"))
    other = inside(RecruiterSpaceFactory(certified=True))
    assert other.get(address).status_code == 404
    assert other.post(f"{address}acte/", {"acte": "copy"}).status_code == 404


def test_an_adviser_opens_a_space_for_an_employer_who_asked(adviser: Client, space: RecruiterSpace) -> None:
    address = f"/conseil/etablissements/{space.establishment_id}/espace-recruteur/"
    assert adviser.get(address).status_code == 200
    told = {
        "first_name": "Lina", "last_name": "Aubert", "job": "cheffe", "phone": "0475112233",
        "email": "lina@garance.example", "purpose": "Recruter deux personnes au printemps.",
    }  # fmt: skip
    assert "Cette réponse est nécessaire." in text_of(adviser.post(address, told | {"job": " "}))
    assert "Un collègue le certifie." in text_of(adviser.post(address, told, follow=True))
    opened = RecruiterSpace.objects.unscoped("test").exclude(pk=space.pk).get()
    assert opened.state == "to_certify"
    far = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    assert far.get(address).status_code == 404


def test_what_is_written_is_read_while_it_is_written(space: RecruiterSpace) -> None:
    told = {"title": "Cuisinier", "description": UNFAIR, "step": "check"}
    page = inside(space).post("/recruteur/offres/nouvelle/", told, HTTP_HX_REQUEST="true")
    assert "À corriger" in text_of(page)
    assert not Offer.objects.unscoped("test").exists()
