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


class TestWhenThereIsNone:
    """Each empty page says what to do."""

    def test_without_a_commune_it_asks_where_she_lives(self) -> None:
        text = text_of(shown(PersonFactory(elsewhere=True, wishing=True)))
        assert "Où habitez-vous ?" in text
        assert "Dire où j'habite" in text

    def test_without_a_job_it_asks_which(self) -> None:
        text = text_of(shown(PersonFactory()))
        assert "Quel métier cherchez-vous ?" in text
        assert "Raconter un travail" in text

    def test_who_ticked_no_contract_and_no_time_of_the_day_refuses_none(self) -> None:
        OfferFactory(open=True, contract="temporary")
        OfferFactory(open=True, schedules=["night"])
        OfferFactory(open=True, licences=["b"])  # a licence is held or not
        assert "2 offres pour vous" in text_of(shown(PersonFactory(wishing=True)))

    def test_it_says_what_keeps_offers_away_the_most_helpful_first(self) -> None:
        person = cook(mobility_km=20)
        far = commune("26002", "Plus loin", "26")
        far.latitude = 45.2
        far.save()
        OfferFactory(open=True, commune=far)
        for _ in range(2):
            OfferFactory(open=True, licences=["b"])
        OfferFactory(open=True, schedules=["night"])
        OfferFactory(open=True, languages=["en"])
        OfferFactory(open=True, contract="temporary")
        response = shown(person)
        assert response.context["more"] == [
            "2 offres de plus si vous avez le permis B",
            "1 offre de plus si vous acceptez ce contrat : intérim",
            "1 offre de plus si vous parlez anglais",
            "1 offre de plus si vous allez jusqu'à 40 km",
            "1 offre de plus si vous acceptez de travailler la nuit",
        ]
        assert "Pas d'offre pour vous aujourd'hui" in text_of(response)
        assert reverse("my_wishes") in response.content.decode()

    def test_part_time_is_said_too(self) -> None:
        person = cook(working_time="full")
        OfferFactory(open=True, working_time="part")
        assert shown(person).context["more"] == ["1 offre de plus si vous acceptez un temps partiel"]

    def test_filters_that_leave_nothing_are_taken_off_in_one_touch(self) -> None:
        person = cook()
        OfferFactory(open=True)
        text = text_of(shown(person, contrat="cdd"))
        assert "Aucune offre avec ces choix" in text
        assert "Voir toutes mes offres" in text

    def test_nothing_anywhere_leads_to_who_recruits(self) -> None:
        page = shown(cook())
        assert "Pas d'offre pour vous aujourd'hui" in text_of(page)
        assert reverse("my_recruiters") in page.content.decode()

    def test_a_page_past_the_end_leads_back(self) -> None:
        person = cook()
        OfferFactory(open=True)
        assert "Il n'y a plus d'offre après celles-ci" in text_of(shown(person, apres="0_0"))

    def test_what_would_open_others_is_a_page_and_a_part_of_the_list(self) -> None:
        person = cook()
        OfferFactory(open=True)
        assert reverse("my_more_offers") in shown(person).content.decode()
        assert "Vos souhaits ne ferment aucune porte" in text_of(shown(person, "my_more_offers"))
        OfferFactory(open=True, licences=["c"])
        client = signed_in(person)
        whole = client.get(reverse("my_more_offers"))
        assert "1 offre de plus si vous avez le permis C (poids lourd)" in text_of(whole)
        part = client.get(reverse("my_more_offers"), headers=HTMX)
        assert "<html" not in part.content.decode()
        assert "1 offre de plus" in text_of(part)

    def test_it_takes_few_queries(self) -> None:
        person = PersonFactory(wishing=True, contracts=["cdd"])
        OfferFactory(open=True)
        for name in ("my_offers", "my_more_offers"):
            assert len(pages_queries(signed_in(person), reverse(name))) <= QUERIES


class TestOneOffer:
    """Everything about it, why it is proposed, what she can do."""

    def test_it_says_everything_with_the_seals_of_her_passport(self) -> None:
        labels = ("Dresser", "Éplucher", "Saucer", "Découper")
        proved, said, missing, hidden = (SkillFactory(label=label) for label in labels)
        person = cook(validated_skill_ids=[proved.pk], skill_ids=[said.pk])
        Person.objects.unscoped("a test").filter(pk=person.pk).update(
            agency=AgencyFactory(name="Agence de Valence", phone="+33475000000")
        )
        for skill, facts in ((proved, {"proved": True}), (said, {}), (hidden, {"is_shown": False})):
            HeldSkillFactory(person=person, skill=skill, **facts)
        offer = OfferFactory(
            open=True, description="Une équipe de six.", working_time="any",
            needs={proved.pk: 3, said.pk: 2, missing.pk: 2, hidden.pk: 1},
        )  # fmt: skip
        response = shown(person, "my_offer", offer.pk)
        text = text_of(response)
        for expected in (
            offer.title, offer.establishment.name, "Cuisinier / Cuisinière", "Une équipe de six.", "Confirmée par",
            "Maison Garance", "Déclarée", "Pas encore dans vos compétences",
            "gardée pour vous : elle ne compte pas", "Faire confirmer la compétence que vous avez dite",
            "Je sais le faire : l'ajouter", "2 des 4 compétences demandées, dont 1 confirmée", "Pourquoi cette offre",
            "Temps plein ou partiel", "Agence de Valence", "04 75 00 00 00", "Contester ce résultat",
            f"Je voudrais postuler à l'offre « {offer.title} », chez {offer.establishment.name}.", person.reference,
            "Votre profil est fermé",
        ):  # fmt: skip
            assert expected in text, expected
        page = response.content.decode()
        assert f"{reverse('my_contest')}?offre={offer.pk}" in page
        assert reverse("my_validation_add") in page
        assert reverse("my_skills_add") in page
        assert "pas dans vos souhaits" not in text

    def test_who_shares_her_profile_is_not_asked_to(self) -> None:
        person = cook()
        consent(person)
        assert "Votre profil est fermé" not in text_of(shown(person, "my_offer", OfferFactory(open=True).pk))

    def test_what_does_not_go_with_her_wishes_is_said(self) -> None:
        person = cook(contracts=["cdd"], working_time="full", mobility_km=5)
        far = commune("26002", "Plus loin", "26")
        far.latitude = 45.02
        far.save()
        offer = OfferFactory(
            open=True, commune=far, radius_km=8, working_time="part", licences=["b"], languages=["en"],
            schedules=["night"],
        )  # fmt: skip
        text = text_of(shown(person, "my_offer", offer.pk))
        for expected in (
            "Une condition ne va pas avec vos souhaits", "Contrat : CDI. Il n'est pas parmi ceux que vous acceptez.",
            "C'est un temps partiel.", "Il faut le permis B.", "Il faut parler anglais.",
            "Il faut travailler la nuit.", "Le travail est à 10 km de chez vous.",
            "L'employeur demande d'habiter à moins de 8 km.", "pas dans vos souhaits",
        ):  # fmt: skip
            assert expected in text, expected

    def test_without_a_commune_it_is_shown_without_a_fit(self) -> None:
        skill = SkillFactory(label="Dresser")
        offer = OfferFactory(open=True, needs={skill.pk: 2})
        text = text_of(shown(PersonFactory(elsewhere=True), "my_offer", offer.pk))
        assert "Nous ne savons pas où vous habitez" in text
        assert "Dresser" in text
        assert "Vous correspond" not in text
        assert "pas dans vos souhaits" not in text

    @pytest.mark.parametrize("facts", [{"closed": True}, {}])
    def test_one_that_is_not_open_is_gone_with_kind_words(self, facts: dict[str, Any]) -> None:
        offer = OfferFactory(title="Chef secret", **facts)
        response = shown(cook(), "my_offer", offer.pk)
        assert response.status_code == 404
        assert "Ce n'est pas à cause de vous." in text_of(response)
        assert "Chef secret" not in text_of(response)

    def test_an_offer_closed_between_the_list_and_the_page_is_gone(self) -> None:
        person, offer = cook(), OfferFactory(open=True)
        assert shown(person, "my_offer", offer.pk).status_code == 200
        Offer.objects.unscoped("a test").filter(pk=offer.pk).update(
            state="closed", close_reason=CloseReason.FILLED, closed_at=clock.now()
        )
        assert shown(person, "my_offer", offer.pk).status_code == 404
        assert titles(shown(person)) == []

    def test_it_takes_few_queries(self) -> None:
        skills = [SkillFactory().pk for _ in range(6)]
        person = cook(validated_skill_ids=skills[:3])
        for pk in skills[:3]:
            ExperienceFactory(person=person)
            HeldSkillFactory(person=person, skill_id=pk, proved=True)
        offer = OfferFactory(open=True, needs=dict.fromkeys(skills, 2))
        count = len(pages_queries(signed_in(person), reverse("my_offer", args=[offer.pk])))
        assert count <= QUERIES, count


class TestTheBestThree:
    """On her first page, which stays as quick as before."""

    def test_the_first_page_asks_for_them_and_has_a_link_without_a_script(self) -> None:
        page = shown(PersonFactory(wishing=True), "my_home").content.decode()
        assert f'hx-get="{reverse("my_best_offers")}"' in page
        assert f'href="{reverse("my_offers")}"' in page

    def test_three_are_shown_with_their_number(self) -> None:
        person = cook()
        for number in range(4):
            OfferFactory(open=True, title=f"Poste {number}")
        client = signed_in(person)
        response = client.get(reverse("my_best_offers"), headers=HTMX)
        assert "<html" not in response.content.decode()
        assert len(titles(response)) == 3
        assert "4 offres ouvertes vont avec votre profil." in text_of(response)
        assert "Voir mes 4 offres" in text_of(response)
        assert len(pages_queries(client, reverse("my_best_offers"), **HTMX)) <= QUERIES

    def test_by_itself_the_address_leads_to_the_list(self) -> None:
        assert shown(cook(), "my_best_offers").url == reverse("my_offers")

    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            ({"elsewhere": True}, "Dites d'abord où vous habitez"),
            ({}, "Dites d'abord quel métier vous cherchez"),
            ({"wishing": True}, "Pas d'offre pour vous aujourd'hui"),
        ],
    )
    def test_without_any_it_says_what_to_do(self, facts: dict[str, Any], sentence: str) -> None:
        response = signed_in(PersonFactory(**facts)).get(reverse("my_best_offers"), headers=HTMX)
        assert sentence in text_of(response)


class TestWhoRecruits:
    """Establishments, and the facts that put them there; never anybody's name."""

    def test_each_comes_with_its_facts_and_its_distance(self) -> None:
        here = world()
        self._in_pool(here.person)
        for _ in range(2):
            OfferFactory(open=True, establishment=here.first.establishment)
        OfferFactory(closed=True, opened_at=clock.now(), establishment=here.second.establishment)
        here.send(here.second)
        text = text_of(shown(here.person, "my_recruiters"))
        for expected in (
            "2 employeurs", "Les Jardins de Flore", "2 offres ouvertes", "Restauration traditionnelle",
            "Valence, près de chez vous", "Hôtel des Alpes", "1 autre offre en deux ans",
            "votre profil y a déjà été présenté",
            "Pouvez-vous présenter mon profil à Les Jardins de Flore ?", here.person.reference,
        ):  # fmt: skip
            assert expected in text, expected
        assert text.index("Les Jardins de Flore") < text.index("Hôtel des Alpes")
        assert text.count("déjà été présenté") == 1
        assert here.first.name not in text

    def test_a_hire_is_told_without_saying_who(self) -> None:
        other = world()
        (sent,) = other.send(other.first)
        type(sent).objects.unscoped("a test").filter(pk=sent.pk).update(
            outcome="hired", answer="meeting", state="closed", answered_at=clock.now()
        )
        response = shown(cook(), "my_recruiters")
        text = text_of(response)
        assert "1 embauche d'un profil comme le vôtre en deux ans" in text
        for secret in (other.person.reference, "Awa", "Diallo", other.first.name, str(other.person.pk)):
            assert secret not in response.content.decode()

    def test_without_a_commune_it_asks_where_she_lives(self) -> None:
        assert "Où habitez-vous ?" in text_of(shown(PersonFactory(elsewhere=True), "my_recruiters"))

    def test_when_nobody_is_known_it_says_what_would_help(self) -> None:
        assert "Nous ne connaissons pas encore d'employeur pour vous" in text_of(shown(cook(), "my_recruiters"))

    def test_it_takes_few_queries(self) -> None:
        person = cook()
        for _ in range(12):
            OfferFactory(open=True, establishment=EstablishmentFactory())
        client = signed_in(person)
        assert len(client.get(reverse("my_recruiters")).context["cards"]) == 10
        assert len(pages_queries(client, reverse("my_recruiters"))) <= QUERIES

    def _in_pool(self, person: Person) -> None:
        Person.objects.unscoped("a test").filter(pk=person.pk).update(contracts=["cdi"])


@pytest.mark.parametrize("name", ["my_offers", "my_best_offers", "my_more_offers", "my_recruiters"])
def test_a_professional_has_no_offers_of_her_own(name: str) -> None:
    client = sign_in(Client(), professional(agency=AgencyFactory()))
    assert client.get(reverse(name), headers=HTMX).status_code == 403
    assert not Person.objects.unscoped("a test").exists()


def test_offers_are_in_the_navigation_and_who_looked_stays_one_touch_away() -> None:
    page = shown(PersonFactory(wishing=True), "my_home").content.decode()
    navigation = page[page.index('class="site-nav"') : page.index("</nav>")]
    assert f'href="{reverse("my_offers")}"' in navigation
    assert f'href="{reverse("my_access")}"' in page
