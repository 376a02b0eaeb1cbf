"""Offers for the person: the list, one offer, the best three of her first page, and who recruits people like her."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import clock
from entremise.matching.models import PoolEntry
from entremise.offers.enums import CloseReason
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.web.jobseeker import offers as screens
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import EstablishmentFactory, commune
from tests.factories.matching import PoolEntryFactory
from tests.factories.offers import OfferFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import JobseekerFactory, PersonFactory, consent, occupation
from tests.factories.promotions import world
from tests.factories.skills import SkillFactory
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
QUERIES = 12
HTMX = {"HX-Request": "true"}
COOK, BAKER = "G1602", "D1102"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def cook(**facts: Any) -> Person:
    """Return somebody of Valence in the pool, who wants to cook for a permanent contract."""
    told = {"occupation_codes": [COOK], "contracts": ["cdi", "cdd"], **facts}
    person: Person = PoolEntryFactory(person__user=JobseekerFactory(), **told).person
    Person.objects.unscoped("a test").filter(pk=person.pk).update(
        contracts=told["contracts"], mobility_km=told.get("mobility_km", 20)
    )
    return person


def shown(person: Person, name: str = "my_offers", *args: Any, **query: str) -> Any:
    return signed_in(person).get(reverse(name, args=args), query)


def titles(response: Any) -> list[str]:
    return [card.offer.title for card in response.context["cards"]]


class TestTheList:
    """What fits her, best first, in her own words."""

    def test_a_card_says_what_where_and_why(self) -> None:
        proved, said, other = (SkillFactory(label=label) for label in ("Dresser", "Éplucher", "Saucer"))
        person = cook(validated_skill_ids=[proved.pk], skill_ids=[said.pk])
        HeldSkillFactory(person=person, skill=proved, proved=True)
        HeldSkillFactory(person=person, skill=said)
        offer = OfferFactory(open=True, working_time="full", needs={proved.pk: 3, said.pk: 2, other.pk: 1})
        response = shown(person)
        text = text_of(response)
        for expected in (
            "1 offre pour vous", offer.title, offer.establishment.name, "Valence", "CDI", "Temps plein",
            "Vous correspond très bien", "C'est le métier que vous cherchez", "C'est près de chez vous",
            "2 des 3 compétences demandées, dont 1 confirmée", "3 compétences demandées", "Confirmées",
            "Vous dites savoir le faire", "Pas encore dans vos compétences", "Comment c'est calculé",
            "Vous êtes disponible maintenant", "indispensable",
        ):  # fmt: skip
            assert expected in text, expected
        assert reverse("my_offer", args=[offer.pk]) in response.content.decode()
        (card,) = response.context["cards"]
        assert f"{card.score}/{card.maximum}" in text
        assert "disponible" not in " ".join(card.reasons)

    def test_the_best_comes_first_and_what_is_not_for_her_does_not_come(self) -> None:
        skill = SkillFactory()
        person = cook(validated_skill_ids=[skill.pk])
        OfferFactory(open=True, title="Sans preuve", needs={SkillFactory().pk: 2})
        OfferFactory(open=True, title="La meilleure", needs={skill.pk: 2})
        OfferFactory(open=True, title="Intérim", contract="temporary")
        OfferFactory(open=True, title="Permis", licences=["b"])
        OfferFactory(open=True, title="Boulangerie", occupation=occupation(BAKER))
        OfferFactory(title="Brouillon")
        OfferFactory(closed=True, title="Close")
        assert titles(shown(person)) == ["La meilleure", "Sans preuve"]

    def test_it_is_filtered_and_sorted_by_the_address(self) -> None:
        person = cook(contracts=["cdi", "cdd"], mobility_km=40)
        near, far = commune(), commune("26001", "Loin", "26")
        far.latitude = 45.1
        far.save()
        OfferFactory(open=True, title="Près, CDD", contract="cdd", commune=near, opened_at=clock.now())
        OfferFactory(
            open=True, title="Loin, CDI", commune=far, working_time="part", opened_at=clock.now() - dt.timedelta(9)
        )
        assert titles(shown(person, tri="distance")) == ["Près, CDD", "Loin, CDI"]
        assert titles(shown(person, contrat="cdi")) == ["Loin, CDI"]
        assert titles(shown(person, temps="full")) == ["Près, CDD"]
        assert titles(shown(person, distance="10")) == ["Près, CDD"]
        assert titles(shown(person, tri="recentes")) == ["Près, CDD", "Loin, CDI"]
        text = text_of(shown(person, contrat="cdd"))
        assert "CDI (1)" in text
        assert "CDD (1)" in text
        assert "Tout effacer" in text

    @pytest.mark.parametrize(
        "query", [{"contrat": "zzz"}, {"tri": "prix"}, {"distance": "-1"}, {"distance": "9" * 500}, {"apres": "1_x"}]
    )
    def test_an_address_that_was_changed_shows_everything(self, query: dict[str, str]) -> None:
        person = cook()
        OfferFactory(open=True)
        assert len(titles(shown(person, **query))) == 1

    def test_htmx_gets_the_list_alone(self) -> None:
        person = cook()
        OfferFactory(open=True)
        page = signed_in(person).get(reverse("my_offers"), headers=HTMX).content.decode()
        assert "<html" not in page
        assert 'id="offers"' in page

    def test_pages_follow_one_another_and_keep_the_filters(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(screens, "PAGE", 2)
        person = cook()
        for number in range(5):
            OfferFactory(open=True, title=f"Poste {number}")
        client, seen = signed_in(person), []
        href = f"{reverse('my_offers')}?contrat=cdi"
        while href:
            response = client.get(href)
            seen += titles(response)
            href = response.context["next_href"]
            assert not href or "contrat=cdi" in href
        assert sorted(seen) == [f"Poste {number}" for number in range(5)]
        assert "5 offres pour vous" in text_of(response)
        assert "Revenir au début" in text_of(response)

    def test_who_is_not_in_the_pool_has_offers_all_the_same(self) -> None:
        person = PersonFactory(wishing=True, contracts=["cdi"], mobility_km=20)
        OfferFactory(open=True, title="Pour elle aussi")
        assert titles(shown(person)) == ["Pour elle aussi"]
        assert not PoolEntry.objects.unscoped("a test").exists()

    def test_it_takes_few_queries(self) -> None:
        skills = [SkillFactory().pk for _ in range(4)]
        person = cook(validated_skill_ids=skills[:2])
        for pk in skills[:2]:
            HeldSkillFactory(person=person, skill_id=pk, proved=True)
        for rank in range(12):
            OfferFactory(open=True, needs=dict.fromkeys(skills[: rank % 5], 2))
        q = pages_queries(signed_in(person), reverse("my_offers"))
        assert len(q) <= QUERIES
