"""Applying: the page shows what the employer gets, one button sends, every refusal says what to do."""

import datetime as dt
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok import rules
from entremise.reciprok.enums import PauseKind
from entremise.reciprok.models import Application
from entremise.reciprok.models_label import Pause
from tests.factories import documents
from tests.factories.accounts import professional, sign_in
from tests.factories.applications import MONDAY, Recruitment, recruitment
from tests.factories.employers import ContactFactory, EstablishmentFactory
from tests.factories.offers import OfferFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import PersonFactory, set_identity
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
QUERIES = 13  # the session, who it is, the offer, what was sent, a pause, the CVs, and the whole card
HTMX = {"HX-Request": "true"}
ALL = ["identity", "experiences", "said_skills", "wishes"]
WHY = "a test"


@pytest.fixture
def here() -> Any:
    """Return a recruitment on a Monday morning."""
    with time_machine.travel(MONDAY, tick=False):
        yield recruitment()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def address(here: Recruitment) -> str:
    return reverse("apply_offer", args=[here.offer.pk])


def send(client: Client, where: str, **sent: Any) -> Any:
    return client.post(where, {"step": "send", "parts": ALL, "words": "", **sent})


def made() -> list[Application]:
    rows: Any = Application.objects.unscoped(WHY)
    return list(rows.select_related("cv").order_by("sent_at"))


def rich(here: Recruitment) -> Person:
    """Return somebody with a proof, a skill that is only said, an experience."""
    person = here.someone()
    HeldSkillFactory(person=person, skill__label="Dresser une assiette", proved=True)
    HeldSkillFactory(person=person, skill__label="Tenir une caisse")
    ExperienceFactory(person=person, employer_name="Cantine du parc")
    return person


class TestThePage:
    """What the employer gets, before it leaves."""

    def test_who_is_not_signed_in_signs_in_and_comes_back(self, here: Recruitment) -> None:
        response = Client().get(address(here))
        assert response.status_code == 302
        assert parse_qs(urlsplit(response.url).query)["next"] == [address(here)]

    def test_it_shows_the_card_proofs_first_and_says_what_comes_next(self, here: Recruitment) -> None:
        response = signed_in(rich(here)).get(address(here))
        text = text_of(response)
        for expected in (
            here.offer.title, "Les Jardins de Flore", "Awa Diallo", "Dresser une assiette", "Tenir une caisse",
            "Pas besoin de CV ni de lettre", "Réponse au plus tard le vendredi 22 janvier 2027", "caractères restants",
            "Envoyer ma candidature", "Mettre l'aperçu à jour",
        ):  # fmt: skip
            assert expected in text, expected
        preview = text[text.index('id="preview"') :]
        assert preview.index("Dresser une assiette") < preview.index("Tenir une caisse") < preview.index("Expérience")
        assert response.context["form"]["parts"].value() == ALL
        assert "cv" not in response.context["form"].fields

    def test_no_name_is_proposed_by_who_gave_none(self, here: Recruitment) -> None:
        person = here.someone()
        set_identity(person, first_name="", last_name="")
        response = signed_in(person).get(address(here))
        assert response.context["form"]["parts"].value() == ALL[1:]
        assert f"Profil {person.reference}" in text_of(response)

    def test_the_preview_follows_what_is_chosen_with_and_without_javascript(self, here: Recruitment) -> None:
        client = signed_in(rich(here))
        sent = {"step": "preview", "parts": ["said_skills"], "words": "Je suis du quartier."}
        part = text_of(client.post(address(here), sent, headers=HTMX))
        assert part.startswith('<section id="preview"')
        assert "Awa Diallo" not in part
        assert "Expérience" not in part
        assert "Le nom n'est pas montré" in part
        assert "Tenir une caisse" in part
        assert "Je suis du quartier." in part
        page = client.post(address(here), sent)
        assert page.status_code == 200
        assert "Je suis du quartier." in text_of(page)
        assert "Envoyer ma candidature" in text_of(page)
        assert page.context["form"]["parts"].value() == ["said_skills"]
        assert made() == []

    def test_a_name_is_kept_from_an_employer_who_is_not_verified(self) -> None:
        offer = OfferFactory(open=True, channel="feed")
        text = text_of(signed_in(PersonFactory()).get(reverse("apply_offer", args=[offer.pk])))
        assert "Cet employeur n'est pas encore vérifié" in text
        assert "Awa Diallo" not in text[text.index('id="preview"') :]

    def test_limits_are_said_before_they_are_reached(self, here: Recruitment, monkeypatch: pytest.MonkeyPatch) -> None:
        person = here.someone()
        client = signed_in(person)
        assert "Encore" not in text_of(client.get(address(here)))
        for _number in range(11):
            here.apply(person, offer=OfferFactory(open=True, establishment=here.offer.establishment))
        assert "Encore 4 candidatures aujourd'hui." in text_of(client.get(address(here)))

    def test_it_asks_little_of_the_base(self, here: Recruitment) -> None:
        client = signed_in(rich(here))
        asked = pages_queries(client, address(here))
        assert len(asked) <= QUERIES


class TestSending:
    """One button."""

    def test_one_button_sends_and_the_next_page_says_where_it_stands(self, here: Recruitment) -> None:
        person = rich(here)
        client = signed_in(person)
        response = send(client, address(here), words="Je suis du quartier.")
        (one,) = made()
        assert response.url == reverse("my_job_application", args=[one.pk])
        assert (one.person_id, one.parts, one.words) == (person.pk, ALL, "Je suis du quartier.")
        text = text_of(client.get(response.url))
        assert "C'est parti ! Les Jardins de Flore a reçu votre candidature." in text
        assert "Votre candidature est bien arrivée." in text

    def test_a_double_click_sends_once(self, here: Recruitment) -> None:
        client = signed_in(here.someone())
        first = send(client, address(here), idempotency_key="a-key")
        second = send(client, address(here), idempotency_key="a-key")
        assert first.url == second.url
        assert len(made()) == 1

    def test_a_second_window_is_told_that_it_is_done(self, here: Recruitment) -> None:
        client = signed_in(here.someone())
        send(client, address(here))
        response = send(client, address(here))
        assert response.status_code == 409
        text = text_of(response)
        assert "Vous avez déjà postulé" in text
        assert "L'employeur ne l'a pas encore lue." in text
        assert reverse("my_job_application", args=[made()[0].pk]) in text
        assert len(made()) == 1

    def test_a_cv_is_joined_when_it_is_chosen(self, here: Recruitment) -> None:
        cv = documents.cv()
        client = signed_in(cv.person)
        assert "Cuisinière de collectivité" in text_of(client.get(address(here)))
        send(client, address(here), cv=str(cv.pk))
        (one,) = made()
        assert one.cv == cv
        assert "cv" in one.parts

    def test_a_cv_without_the_name_is_refused_at_its_field(self, here: Recruitment) -> None:
        cv = documents.cv()
        client = signed_in(cv.person)
        page = client.get(address(here))
        assert "Un CV porte votre nom : vous pouvez en joindre un si vous montrez votre nom." in text_of(page)
        sent = {"step": "preview", "parts": ALL[1:], "cv": str(cv.pk)}
        part = text_of(client.post(address(here), sent, headers=HTMX))
        assert "CV joint" not in part
        assert "Le CV porte le nom : il part seulement si le nom est montré." in part
        response = send(client, address(here), cv=str(cv.pk), parts=ALL[1:])
        assert response.status_code == 422
        said = "Votre CV porte votre nom : montrez votre nom, ou ne joignez pas de CV."
        assert response.context["form"].errors["cv"] == [said]
        assert made() == []

    def test_the_cv_of_somebody_else_is_refused_at_its_field(self, here: Recruitment) -> None:
        mine, other = documents.cv(), documents.cv()
        response = send(signed_in(mine.person), address(here), cv=str(other.pk))
        assert response.status_code == 422
        assert response.context["form"].errors["cv"] == ["Choisissez un de vos CV, ou n'en joignez pas."]

    def test_a_word_that_is_too_long_is_refused_at_its_field(self, here: Recruitment) -> None:
        response = send(signed_in(here.someone()), address(here), words="a" * 2001)
        assert response.status_code == 422
        assert response.context["form"].errors["words"] == ["Ce mot est trop long : 2000 caractères au plus."]

    def test_who_gave_no_name_is_told_where_to_give_it(self, here: Recruitment) -> None:
        person = here.someone()
        set_identity(person, first_name="", last_name="")
        response = send(signed_in(person), address(here))
        said = "Indiquez d'abord votre prénom et votre nom, ou postulez sans montrer votre nom."
        assert response.context["form"].errors["parts"] == [said]
        assert reverse("my_identity") in text_of(response)
        assert "Compléter mes coordonnées" in text_of(response)

    def test_who_cannot_be_reached_is_told_why_it_matters(self, here: Recruitment) -> None:
        person = here.someone()
        set_identity(person, email="", phone="")
        response = send(signed_in(person), address(here))
        said = "Indiquez d'abord un téléphone ou une adresse : c'est là que la réponse arrivera."
        assert response.context["form"].errors["parts"] == [said]

    def test_the_same_words_to_many_are_refused_at_their_field(self, here: Recruitment) -> None:
        person, words = here.someone(), "Bonjour, je cherche un poste."
        for number in range(rules.MOST_ALIKE):
            offer = OfferFactory(open=True, establishment=here.offer.establishment)
            with time_machine.travel(MONDAY - dt.timedelta(hours=30 + number), tick=False):
                here.apply(person, offer=offer, words=words)
        response = send(signed_in(person), address(here), words=words)
        assert "Écrivez à celui-ci un mot qui lui parle." in response.context["form"].errors["words"][0]


class TestClosed:
    """Where nobody applies: why, and what to do instead."""

    def shown(self, offer: Offer, person: Person | None = None) -> str:
        client = signed_in(person or PersonFactory())
        response = client.get(reverse("apply_offer", args=[offer.pk]))
        assert response.status_code == 409
        assert send(client, reverse("apply_offer", args=[offer.pk])).status_code == 409
        assert reverse("my_offers") in text_of(response)
        return text_of(response)

    def test_a_closed_offer_gives_similar_ones(self) -> None:
        now = clock.now()
        offer = OfferFactory(closed=True, opened_at=now)
        other = OfferFactory(open=True, title="Chef de partie")
        text = self.shown(offer)
        assert "Cette offre n'est plus ouverte : elle ne prend plus de candidature." in text
        assert other.title in text
        assert offer.agency.name in text

    def test_an_offer_whose_time_is_over_takes_nobody(self) -> None:
        offer = OfferFactory(open=True, expires_on=clock.today() - dt.timedelta(days=1))
        assert "Cette offre n'est plus ouverte" in self.shown(offer)

    def test_a_suspended_offer_takes_nobody(self, here: Recruitment) -> None:
        Offer.objects.unscoped(WHY).filter(pk=here.offer.pk).update(state="suspended")
        assert "Cette offre n'est plus ouverte" in self.shown(here.offer)

    def test_the_offer_of_a_partner_leads_to_its_site(self) -> None:
        offer = OfferFactory(open=True, apply_url="https://partenaire.example/42")
        text = self.shown(offer)
        assert "Pour cette offre, on postule sur le site du partenaire qui l'a publiée." in text
        assert 'href="https://partenaire.example/42"' in text

    def test_an_employer_in_pause_says_to_come_back(self, here: Recruitment) -> None:
        rows: Any = Pause.objects.unscoped(WHY)
        now = clock.now()
        rows.create(establishment=here.offer.establishment, kind=PauseKind.AUTO, announced_at=now, starts_at=now)
        assert "Cet employeur ne reçoit pas de nouvelle candidature en ce moment." in self.shown(here.offer)

    def test_a_closed_establishment_says_since_when(self, here: Recruitment) -> None:
        type(here.offer.establishment).objects.filter(pk=here.offer.establishment_id).update(
            closed_on=dt.date(2026, 10, 1)
        )
        assert "est fermé depuis le 1 octobre 2026." in self.shown(here.offer)

    def test_who_sent_enough_for_today_comes_back_tomorrow(self, here: Recruitment) -> None:
        person = here.someone()
        for _number in range(rules.MOST_A_DAY):
            here.apply(person, offer=OfferFactory(open=True, establishment=here.offer.establishment))
        assert "Reprenez demain, et soignez chacune." in self.shown(here.offer, person)

    def test_who_applied_reads_when_and_whether_it_was_read(self, here: Recruitment) -> None:
        person = here.someone()
        here.read(here.apply(person))
        text = self.shown(here.offer, person)
        assert "Vous avez postulé le 23 novembre 2026." in text
        assert "L'employeur a lu votre candidature le 23 novembre 2026." in text

    def test_who_withdrew_may_apply_again(self, here: Recruitment) -> None:
        person = here.someone()
        one = here.apply(person)
        client = signed_in(person)
        client.post(reverse("my_job_application_withdraw", args=[one.pk]))
        assert client.get(address(here)).status_code == 200

    def test_an_unknown_offer_is_not_found(self) -> None:
        draft = OfferFactory()
        assert signed_in(PersonFactory()).get(reverse("apply_offer", args=[draft.pk])).status_code == 404

    def test_a_professional_does_not_apply_for_herself(self, here: Recruitment) -> None:
        client = sign_in(Client(), professional(agency=here.offer.agency))
        assert client.get(address(here)).status_code == 403


class TestSpontaneous:
    """To an employer without an offer."""

    def where(self, here: Recruitment) -> str:
        return reverse("apply_establishment", args=[here.offer.establishment.siret])

    def test_it_is_sent_and_not_twice_in_half_a_year(self, here: Recruitment) -> None:
        person = here.someone()
        client = signed_in(person)
        page = text_of(client.get(self.where(here)))
        assert "Candidature spontanée" in page
        assert "Les Jardins de Flore" in page
        assert send(client, self.where(here)).status_code == 302
        assert made()[0].inbox.offer is None
        assert client.get(self.where(here)).status_code == 409
        with time_machine.travel(MONDAY + dt.timedelta(days=181), tick=False):
            client = signed_in(person)
            assert client.get(self.where(here)).status_code == 200
            assert send(client, self.where(here)).status_code == 302
        assert len(made()) == 2

    def test_nobody_reads_there_yet(self) -> None:
        place = EstablishmentFactory()
        where = reverse("apply_establishment", args=[place.siret])
        client = signed_in(PersonFactory())
        response = client.get(where)
        assert response.status_code == 409
        assert "Personne ne lit encore les candidatures de cet employeur ici." in text_of(response)
        ContactFactory(establishment=place)
        assert client.get(where).status_code == 200

    def test_no_such_employer(self) -> None:
        assert signed_in(PersonFactory()).get(reverse("apply_establishment", args=["rien"])).status_code == 404


class TestTheOffersOwnPages:
    """Where one comes from."""

    def test_the_public_page_leads_to_applying_then_says_that_it_is_done(self, here: Recruitment) -> None:
        public = reverse("public_offer", args=[here.offer.pk])
        assert address(here) in text_of(Client().get(public))
        person = here.someone()
        client = signed_in(person)
        assert address(here) in text_of(client.get(public))
        one = here.apply(person)
        text = text_of(client.get(public))
        assert "Vous avez postulé le 23 novembre 2026." in text
        assert reverse("my_job_application", args=[one.pk]) in text
        assert address(here) not in text

    def test_ones_own_page_leads_to_applying_then_says_that_it_is_done(self, here: Recruitment) -> None:
        person = here.someone()
        client = signed_in(person)
        own = reverse("my_offer", args=[here.offer.pk])
        assert address(here) in text_of(client.get(own))
        one = here.read(here.apply(person))
        text = text_of(client.get(own))
        assert "L'employeur a lu votre candidature le 23 novembre 2026." in text
        assert reverse("my_job_application", args=[one.pk]) in text
        assert address(here) not in text

    def test_the_page_of_a_company_takes_spontaneous_applications(self, here: Recruitment) -> None:
        page = text_of(Client().get(reverse("company", args=[here.offer.establishment.siret])))
        assert reverse("apply_establishment", args=[here.offer.establishment.siret]) in page
        assert "Candidature spontanée" in page
        assert reverse("public_offer", args=[here.offer.pk]) in page

    def test_a_partners_offer_still_leads_to_its_site(self) -> None:
        offer = OfferFactory(open=True, apply_url="https://partenaire.example/42")
        text = text_of(Client().get(reverse("public_offer", args=[offer.pk])))
        assert "Postuler sur le site du partenaire" in text
        assert reverse("apply_offer", args=[offer.pk]) not in text

    def test_an_offer_that_is_over_stays_helpful(self) -> None:
        offer = OfferFactory(closed=True, opened_at=clock.now())
        response = Client().get(reverse("public_offer", args=[offer.pk]))
        assert response.status_code == 410
        assert "Que faire maintenant ?" in text_of(response)
