"""Applying with the person beside: the offer is chosen, the preview never shows the name, she is told at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock, links
from entremise.kernel.models import JournalEntry
from entremise.people.models import Person
from entremise.reciprok.enums import ApplicationOrigin
from entremise.reciprok.links import CONTEST
from entremise.reciprok.models import Application
from tests.factories import documents
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.applications import Recruitment, recruitment
from tests.factories.offers import OfferFactory
from tests.factories.passport import HeldSkillFactory
from tests.factories.people import PersonFactory, set_identity
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
ALL = ["identity", "experiences", "said_skills", "wishes"]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def here() -> Recruitment:
    """Return a recruitment."""
    return recruitment()


@pytest.fixture
def adviser(here: Recruitment) -> Client:
    """Sign an adviser of the offer's agency in."""
    return sign_in(Client(), professional(agency=here.offer.agency))


def where(here: Recruitment, person: Person, offer: Any = None) -> str:
    return reverse("adviser_apply", args=[person.pk, (offer or here.offer).pk])


def send(client: Client, address: str, **sent: Any) -> Any:
    return client.post(address, {"step": "send", "parts": ALL, "words": "", **sent})


def made() -> list[Application]:
    rows: Any = Application.objects.unscoped("a test")
    return list(rows.all())


def test_the_profile_leads_to_the_offers_then_to_the_application(here: Recruitment, adviser: Client) -> None:
    person = here.someone()
    choose = reverse("adviser_apply_choose", args=[person.pk])
    page = text_of(adviser.get(reverse("profile", args=[person.pk])))
    assert choose in page
    assert "Postuler avec cette personne" in page
    found = text_of(adviser.get(choose, {"q": here.offer.title}))
    assert where(here, person) in found
    assert "Aucune offre ouverte ne porte ces mots" in text_of(adviser.get(choose, {"q": "astronaute"}))


def test_an_offer_is_found_by_its_reference(adviser: Client, here: Recruitment) -> None:
    offer = OfferFactory(open=True, agency=here.offer.agency, reference="REF-77", title="Plongeur")
    person = here.someone()
    found = text_of(adviser.get(reverse("adviser_apply_choose", args=[person.pk]), {"q": "REF-77"}))
    assert where(here, person, offer) in found


def test_the_preview_says_that_the_name_leaves_without_showing_it(here: Recruitment, adviser: Client) -> None:
    person = here.someone()
    HeldSkillFactory(person=person, skill__label="Dresser une assiette", proved=True)
    text = text_of(adviser.get(where(here, person)))
    assert "Dresser une assiette" in text
    assert "Son nom, son téléphone et son adresse s'affichent ici" in text
    assert "Diallo" not in text
    part = text_of(adviser.post(where(here, person), {"step": "preview", "parts": ["wishes"]}, headers=HTMX))
    assert part.startswith('<section id="preview"')
    assert "Son nom, son téléphone" not in part
    assert JournalEntry.objects.filter(person_id=person.pk, verb="people.card_read").count() == 1


def test_it_is_sent_with_the_adviser_and_the_person_may_contest(here: Recruitment, adviser: Client) -> None:
    person = here.someone()
    response = send(adviser, where(here, person), words="Vue ensemble ce matin.", idempotency_key="k")
    again = send(adviser, where(here, person), words="Vue ensemble ce matin.", idempotency_key="k")
    (one,) = made()
    assert response.url == again.url == reverse("adviser_application", args=[one.pk])
    assert one.origin == ApplicationOrigin.ADVISER
    assert one.adviser is not None
    assert links.current(CONTEST, one.pk) is not None
    assert "avec un lien pour la retirer" in text_of(adviser.get(response.url))


def test_without_consent_nothing_leaves(here: Recruitment, adviser: Client) -> None:
    person = PersonFactory(agency=here.offer.agency, referent=None, consenting=False)
    said = "n'a pas donné son accord pour être présentée à des employeurs"
    response = send(adviser, where(here, person))
    assert response.status_code in {403, 404, 409}
    assert made() == []
    if response.status_code == 409:
        assert said in text_of(response)


def test_a_consent_that_was_withdrawn_is_said(here: Recruitment) -> None:
    user = professional(agency=here.offer.agency)
    client = sign_in(Client(), user)
    person = PersonFactory(agency=here.offer.agency, referent=user)
    said = "n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer."
    assert said in text_of(client.get(reverse("adviser_apply_choose", args=[person.pk])))
    response = send(client, where(here, person))
    assert response.status_code == 409
    assert said in text_of(response)
    assert "Rien n'a été envoyé." in text_of(response)


def test_a_second_application_is_refused(here: Recruitment, adviser: Client) -> None:
    person = here.someone()
    here.apply(person)
    response = send(adviser, where(here, person))
    assert response.status_code == 409
    assert "Cette personne a déjà postulé à cette offre." in text_of(response)


def test_a_closed_offer_gives_others(here: Recruitment, adviser: Client) -> None:
    closed = OfferFactory(closed=True, opened_at=clock.now(), agency=here.offer.agency)
    person = here.someone()
    response = send(adviser, where(here, person, closed))
    assert response.status_code == 409
    text = text_of(response)
    assert "Cette offre n'est plus ouverte : elle ne prend plus de candidature." in text
    assert where(here, person) in text


def test_the_offer_of_a_partner_leads_to_its_site(here: Recruitment, adviser: Client) -> None:
    offer = OfferFactory(open=True, apply_url="https://partenaire.example/42")
    text = text_of(adviser.get(where(here, here.someone(), offer)))
    assert "Pour cette offre, on postule sur le site du partenaire qui l'a publiée." in text
    assert "https://partenaire.example/42" in text


def test_who_cannot_be_reached_is_refused_at_the_field(here: Recruitment, adviser: Client) -> None:
    person = here.someone()
    set_identity(person, email="", phone="")
    response = send(adviser, where(here, person))
    assert response.status_code == 422
    said = "Cette personne n'a ni téléphone ni adresse électronique : sans l'un des deux, la réponse se perdrait."
    assert response.context["form"].errors["parts"] == [said]


def test_the_form_speaks_of_the_persons_cv(here: Recruitment, adviser: Client) -> None:
    cv = documents.cv(documents.passport(here.someone())[0])
    page = text_of(adviser.get(where(here, cv.person)))
    assert "Un CV porte le nom de la personne : vous pouvez en joindre un si son nom est montré." in page
    response = send(adviser, where(here, cv.person), cv="autre")
    assert response.context["form"].errors["cv"] == ["Choisissez un des CV de cette personne, ou n'en joignez pas."]
    response = send(adviser, where(here, cv.person), cv=str(cv.pk), parts=ALL[1:])
    said = "Ce CV porte le nom de la personne : montrez son nom, ou ne joignez pas de CV."
    assert response.context["form"].errors["cv"] == [said]
    assert made() == []
    send(adviser, where(here, cv.person), cv=str(cv.pk))
    assert made()[0].cv == cv


def test_somebody_of_another_territory_is_unknown(here: Recruitment) -> None:
    other = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
    response = other.get(where(here, here.someone()))
    assert response.status_code == 404
    assert "relève d'un autre territoire" in text_of(response)
