"""Offers beside a profile, profiles beside an establishment: what is shown, to whom, and what is journaled."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock, journal
from entremise.matching import actions as matching
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.queries_establishment import sought_by
from entremise.offers.enums import CloseReason
from entremise.people import actions as people
from entremise.people.models import Person
from entremise.promotions.models import Promotion
from entremise.web.adviser import profile_offers as screens
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import EstablishmentFactory
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, occupation, owner
from tests.factories.promotions import World, world
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
QUERIES = 12
HTMX = {"HX-Request": "true"}
BAKER = "D1102"


@pytest.fixture
def small() -> World:
    here = world()
    Person.objects.unscoped("a test").filter(pk=here.person.pk).update(contracts=["cdi"])
    matching.refresh([here.person.pk])
    return here


@pytest.fixture
def stranger() -> Client:
    return sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))


def looks(person: Person) -> list[str]:
    return [line.verb for line in journal.who_read(person.pk)]


class TestOffersForAProfile:
    """The best offers of the territory, with the adviser's words."""

    def page(self, client: Client, person: Person, **headers: str) -> Any:
        return client.get(reverse("profile_offers", args=[person.pk]), headers=headers)

    def test_the_profile_asks_for_them_and_has_a_link_without_a_script(self, small: World, adviser: Client) -> None:
        address = reverse("profile_offers", args=[small.person.pk])
        page = adviser.get(reverse("profile", args=[small.person.pk])).content.decode()
        assert f'hx-get="{address}"' in page
        assert f'href="{address}"' in page

    def test_an_offer_comes_with_its_reasons_and_is_promoted_to_in_one_click(
        self, small: World, adviser: Client
    ) -> None:
        skill = SkillFactory()
        offer = OfferFactory(open=True, agency=small.agency, needs={skill.pk: 2})
        response = self.page(adviser, small.person)
        text, page = text_of(response), response.content.decode()
        for expected in (
            "1 offre ouverte dans votre territoire", offer.title, offer.establishment.name, "Cherche ce métier",
            "Habite sur place", "Compétences demandées : aucune pour l'instant", small.person.reference,
        ):  # fmt: skip
            assert expected in text, expected
        promote = f"{reverse('promote', args=[small.person.pk])}?etablissement={offer.establishment_id}"
        assert f'href="{promote}"' in page
        assert f'href="{reverse("offer", args=[offer.pk])}"' in page
        assert adviser.get(promote).status_code == 200
        assert "Awa" not in page

    def test_beside_the_profile_come_the_best_five_and_the_way_to_all(self, small: World, adviser: Client) -> None:
        for _ in range(6):
            OfferFactory(open=True, agency=small.agency)
        part = self.page(adviser, small.person, **HTMX)
        assert "<html" not in part.content.decode()
        assert len(part.context["cards"]) == 5
        assert "Voir les 6 offres" in text_of(part)
        assert len(self.page(adviser, small.person).context["cards"]) == 6

    def test_its_pages_follow_one_another(self, small: World, adviser: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr(screens, "PAGE", 2)
        for number in range(3):
            OfferFactory(open=True, agency=small.agency, title=f"Poste {number}")
        first = self.page(adviser, small.person)
        second = adviser.get(first.context["next_href"])
        titles = [card.offer.title for page in (first, second) for card in page.context["cards"]]
        assert sorted(titles) == ["Poste 0", "Poste 1", "Poste 2"]
        assert "Revenir au début" in text_of(second)

    def test_a_look_is_journaled_once_with_the_profile(self, small: World, adviser: Client) -> None:
        with time_machine.travel(clock.now(), tick=False) as moment:
            self.page(adviser, small.person, **HTMX)
            assert looks(small.person) == ["people.card_read"]
            adviser.get(reverse("profile", args=[small.person.pk]))
            for headers in (HTMX, {}):
                self.page(adviser, small.person, **headers)
            assert looks(small.person) == ["people.card_read"] * 2
            moment.shift(dt.timedelta(minutes=31))
            self.page(adviser, small.person)
            assert looks(small.person) == ["people.card_read"] * 3

    def test_another_territory_sees_nothing(self, small: World, stranger: Client) -> None:
        OfferFactory(open=True, agency=small.agency)
        assert self.page(stranger, small.person).status_code == 404
        assert self.page(stranger, small.person, **HTMX).status_code == 204
        assert looks(small.person) == []

    def test_a_consent_withdrawn_closes_it(self, small: World, adviser: Client) -> None:
        people.withdraw_consent(small.person, actor=owner(small.person))
        response = self.page(adviser, small.person)
        assert response.status_code == 403
        assert "n'a pas donné son accord" in text_of(response)
        assert self.page(adviser, small.person, **HTMX).content == b""

    def test_who_follows_a_person_without_consent_may_look_and_not_promote(
        self, small: World, adviser: Client
    ) -> None:
        person = PersonFactory(agency=small.agency, wishing=True, contracts=["cdi"])
        OfferFactory(open=True, agency=small.agency)
        response = self.page(adviser, person)
        assert len(response.context["cards"]) == 1
        assert reverse("promote", args=[person.pk]) not in response.content.decode()

    def test_offers_of_another_territory_are_not_shown(self, small: World, adviser: Client) -> None:
        elsewhere = EstablishmentFactory(elsewhere=True)
        OfferFactory(
            open=True, agency=AgencyFactory(department_code="38"), establishment=elsewhere, commune=elsewhere.commune
        )
        assert "Aucune offre ouverte de votre territoire" in text_of(self.page(adviser, small.person))

    def test_who_does_not_read_offers_has_no_link_to_them(self, small: World) -> None:
        client = sign_in(Client(), professional("placement_adviser", agency=small.agency))
        offer = OfferFactory(open=True, agency=small.agency)
        page = self.page(client, small.person)
        assert offer.title in text_of(page)
        assert reverse("offer", args=[offer.pk]) not in page.content.decode()

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [({"elsewhere": True}, ""), ({}, "Le profil ne dit ni métier cherché, ni métier exercé")],
    )
    def test_what_lacks_is_said(self, small: World, adviser: Client, facts: dict[str, Any], sentence: str) -> None:
        place = {"department": small.person.department} if facts else {}
        person = PersonFactory(agency=small.agency, **facts, **place)
        expected = sentence or "Le profil ne dit pas où la personne habite"
        assert expected in text_of(self.page(adviser, person))

    def test_it_takes_few_queries(self, small: World, adviser: Client) -> None:
        skills = [SkillFactory().pk for _ in range(3)]
        for _ in range(8):
            OfferFactory(open=True, agency=small.agency, needs=dict.fromkeys(skills, 2))
        adviser.get(reverse("profile", args=[small.person.pk]))
        address = reverse("profile_offers", args=[small.person.pk])
        assert len(pages_queries(adviser, address, **HTMX)) <= QUERIES
        assert len(pages_queries(adviser, address)) <= QUERIES


class TestProfilesForAnEstablishment:
    """What its offers and its hires say that it looks for."""

    def page(self, client: Client, small: World, **headers: str) -> Any:
        return client.get(reverse("establishment_profiles", args=[small.first.establishment_id]), headers=headers)

    def test_its_page_asks_for_them_and_has_a_link_without_a_script(self, small: World, adviser: Client) -> None:
        address = reverse("establishment_profiles", args=[small.first.establishment_id])
        page = adviser.get(reverse("establishment", args=[small.first.establishment_id])).content.decode()
        assert f'hx-get="{address}"' in page
        assert f'href="{address}"' in page

    def test_its_offers_tell_whom_to_show(self, small: World, adviser: Client) -> None:
        OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency)
        response = self.page(adviser, small)
        text, page = text_of(response), response.content.decode()
        assert "D'après ses offres et ses embauches de deux ans : Cuisinier / Cuisinière." in text
        assert small.person.reference in text
        assert f"{reverse('promote', args=[small.person.pk])}?etablissement={small.first.establishment_id}" in page
        query = response.context["pool_href"].partition("?")[2]
        assert parse(query) == PoolCriteria(occupations=("G1602",), commune="26362")
        assert adviser.get(response.context["pool_href"]).status_code == 200
        assert "Awa" not in page

    def test_its_hires_tell_it_too(self, small: World, adviser: Client) -> None:
        (sent,) = small.send()
        Promotion.objects.unscoped("a test").filter(pk=sent.pk).update(outcome="hired", state="closed")
        response = self.page(adviser, small)
        assert response.context["sought"].hire_count == 1
        assert "Cuisinier / Cuisinière" in text_of(response)

    def test_only_five_are_shown_and_the_pool_has_the_others(self, small: World, adviser: Client) -> None:
        OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency)
        for _ in range(6):
            PoolEntryFactory(occupation_codes=["G1602"])
        part = self.page(adviser, small, **HTMX)
        assert "<html" not in part.content.decode()
        assert len(part.context["cards"]) == 5
        assert "Voir les 7 profils" in text_of(part)

    def test_when_nothing_is_known_it_says_so_and_leads_to_the_pool_around(
        self, small: World, adviser: Client
    ) -> None:
        response = self.page(adviser, small)
        assert "Nous ne savons pas encore quels métiers cet établissement recrute" in text_of(response)
        assert "Voir le vivier autour de Valence" in text_of(response)
        assert response.context["pool_href"] == f"{reverse('pool')}?lieu=26362"
        assert response.context["cards"] == []

    def test_when_nobody_seeks_it_the_page_says_so(self, small: World, adviser: Client) -> None:
        baker = occupation(BAKER, "Boulanger / Boulangère")
        OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency, occupation=baker)
        assert "Personne dans le vivier ne cherche ces métiers" in text_of(self.page(adviser, small))

    def test_a_closed_establishment_is_promoted_to_nobody(self, small: World, adviser: Client) -> None:
        OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency)
        type(small.first.establishment).objects.filter(pk=small.first.establishment_id).update(closed_on=clock.today())
        page = self.page(adviser, small).content.decode()
        assert small.person.reference in page
        assert reverse("promote", args=[small.person.pk]) not in page

    def test_an_unknown_establishment_is_not_found(self, adviser: Client) -> None:
        unknown = "01900000-0000-7000-8000-000000000000"
        assert adviser.get(reverse("establishment_profiles", args=[unknown])).status_code == 404

    def test_a_jobseeker_sees_nothing(self, small: World) -> None:
        client = Client()
        client.force_login(small.person.user)
        assert self.page(client, small).status_code == 403

    def test_another_territory_learns_nothing_of_its_offers(self, small: World, stranger: Client) -> None:
        OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency)
        response = self.page(stranger, small)
        assert "Nous ne savons pas encore" in text_of(response)
        assert small.person.reference not in text_of(response)

    def test_it_takes_few_queries(self, small: World, adviser: Client) -> None:
        for _ in range(5):
            PoolEntryFactory(occupation_codes=["G1602"])
            OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency)
        address = reverse("establishment_profiles", args=[small.first.establishment_id])
        assert len(pages_queries(adviser, address, **HTMX)) <= QUERIES


class TestWhatAnEstablishmentLooksFor:
    """Offers open now or closed in two years, hires of two years; the most usual first."""

    def test_the_most_usual_comes_first_and_what_tells_nothing_is_left_out(self, small: World) -> None:
        place = small.first.establishment
        baker, waiter, nurse = (occupation(code) for code in (BAKER, "G1803", "J1506"))
        facts = {"establishment": place, "agency": small.agency}
        for job in (baker, baker, waiter):
            OfferFactory(open=True, occupation=job, **facts)
        OfferFactory(closed=True, occupation=waiter, **facts)
        OfferFactory(closed=True, occupation=waiter, **facts)
        OfferFactory(occupation=nurse, **facts)  # a draft
        OfferFactory(closed=True, occupation=nurse, **facts | {"close_reason": CloseReason.MISTAKEN})
        OfferFactory(closed=True, occupation=nurse, **facts | {"closed_at": clock.now() - dt.timedelta(days=800)})
        OfferFactory(open=True, occupation=nurse, agency=small.agency)  # of somebody else
        sought = sought_by(place, actor=small.adviser)
        assert sought.criteria.occupations == ("G1803", BAKER)
        assert (sought.offer_count, sought.hire_count, sought.is_known) == (5, 0, True)

    def test_a_person_hired_counts_once_by_what_she_wished_first(self, small: World) -> None:
        (sent,) = small.send()
        rows = Promotion.objects.unscoped("a test").filter(pk=sent.pk)
        rows.update(outcome="immersion", state="closed")
        assert not sought_by(small.first.establishment, actor=small.adviser).is_known
        rows.update(outcome="hired")
        sought = sought_by(small.first.establishment, actor=small.adviser)
        assert (sought.criteria.occupations, sought.hire_count) == (("G1602",), 1)
        rows.update(sent_at=clock.now() - dt.timedelta(days=800))
        assert not sought_by(small.first.establishment, actor=small.adviser).is_known

    def test_five_occupations_at_most(self, small: World) -> None:
        for number in range(7):
            job = occupation(f"A110{number}")
            OfferFactory(open=True, establishment=small.first.establishment, agency=small.agency, occupation=job)
        sought = sought_by(small.first.establishment, actor=small.adviser)
        assert sought.criteria.occupations == tuple(f"A110{number}" for number in range(5))
