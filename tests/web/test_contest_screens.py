"""The screens where a result is contested and answered."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.kernel.models import OutboxMessage
from entremise.matching import actions_contest
from entremise.matching.models_contest import Contest
from entremise.matching.queries_criteria import PoolCriteria
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, MembershipFactory, actor_of, professional, sign_in
from tests.factories.contests import again, contest, in_pool, own_contest
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, occupation, owner
from tests.factories.promotions import MONDAY, World, world
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
QUERY = "metier=G1602"
TOLD = {"reason": "skill", "words": "Son permis n'est pas compté."}
ANSWER = "Le permis est de nouveau compté."


@pytest.fixture(autouse=True)
def moment():
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def small() -> World:
    occupation()
    return world()


@pytest.fixture
def person(small: World) -> Person:
    return in_pool()


@pytest.fixture
def lead(small: World) -> Client:
    return sign_in(Client(), professional("team_lead", agency=small.agency))


def herself(person: Person) -> Client:
    assert person.user is not None
    return sign_in(Client(), person.user)


def page_of(person: Person, query: str = QUERY) -> str:
    return f"{reverse('contest_pool', args=[person.pk])}?{query}"


def answered(kept: Contest, small: World) -> Contest:
    lead = actor_of(professional("director", agency=small.agency))
    told: Contest = actions_contest.answer(kept, actor=lead, verdict="corrected", answer=ANSWER)
    return told


class TestAnAdviser:
    """From the pool."""

    def test_the_page_says_what_the_result_is_made_of_and_that_a_person_answers(self, adviser, person) -> None:
        words = text_of(adviser.get(page_of(person)))
        for expected in (
            person.reference, "Une personne vous répond, sous sept jours.", "il ne décide de rien",
            "Disponibilité", "15 points sur 15", "30 points sur 30", "45 points sur 85", "rang 1",
            "Une compétence est mal comptée",
        ):  # fmt: skip
            assert expected in words
        assert "Diallo" not in words

    def test_a_contest_leaves_and_the_page_says_until_when(self, adviser: Client, person: Person) -> None:
        response = adviser.post(page_of(person), TOLD, follow=True)
        words = text_of(response)
        assert "Votre contestation est partie." in words
        assert "Réponse attendue au plus tard le lundi 30 novembre." in words
        assert "Son permis n'est pas compté." in words
        assert response.request["QUERY_STRING"] == QUERY
        assert "Qu'est-ce qui vous semble faux ?" not in words  # one at a time
        assert Contest.objects.unscoped("test").get().query == QUERY

    def test_the_page_tells_when_the_answer_is_late(self, adviser, small, person, moment) -> None:
        contest(person, small.adviser)
        moment.shift(dt.timedelta(days=8))
        words = text_of(sign_in(adviser, small.user).get(page_of(person)))
        assert "La réponse était attendue le lundi 30 novembre" in words

    def test_a_form_without_reason_comes_back(self, adviser: Client, person: Person) -> None:
        response = adviser.post(page_of(person), {"words": "Rien"})
        assert response.status_code == 422
        assert "Rien" in text_of(response)
        assert not Contest.objects.unscoped("test").exists()

    def test_a_second_contest_is_refused_with_a_sentence(self, adviser, small, person) -> None:
        contest(person, small.adviser, criteria=PoolCriteria(occupations=("G1602",)))
        response = adviser.post(page_of(person), TOLD)
        assert response.status_code == 422
        assert "Vous contestez déjà ce résultat" in text_of(response)

    def test_it_may_be_withdrawn(self, adviser: Client, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        address = reverse("contest_withdraw", args=[kept.pk])
        assert "Votre contestation est retirée." in text_of(adviser.post(address, follow=True))
        assert again(kept).state == "withdrawn"
        assert "a été retirée" in text_of(adviser.post(address, follow=True))

    def test_the_answer_is_on_the_same_page_and_on_the_desk(self, adviser, small, person) -> None:
        kept = answered(contest(person, small.adviser), small)
        words = text_of(adviser.get(page_of(person)))
        assert ANSWER in words
        assert "Le résultat est rectifié" in words
        assert "Nadia Ferrand" in words
        assert "Qu'est-ce qui vous semble faux ?" in words  # she may contest again
        desk = text_of(adviser.get(reverse("desk")))
        assert f"Votre contestation sur le profil {person.reference} : le résultat est rectifié." in desk
        link = adviser.get(reverse("contest_mine", args=[kept.pk]))
        assert link.headers["Location"] == page_of(person, kept.query)

    def test_who_left_the_pool_has_nothing_to_contest(self, adviser: Client, small: World) -> None:
        words = text_of(adviser.get(page_of(small.person)))
        assert "il n'y a plus de résultat à contester" in words
        assert "Qu'est-ce qui vous semble faux ?" not in words
        assert adviser.post(page_of(small.person), TOLD).status_code == 422

    def test_another_territory_finds_nobody(self, person: Person) -> None:
        elsewhere = sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))
        assert elsewhere.get(page_of(person)).status_code == 404
        assert elsewhere.post(page_of(person), TOLD).status_code == 404

    def test_a_colleague_neither_sees_nor_withdraws_it(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        colleague = sign_in(Client(), professional(agency=small.agency))
        assert "Son permis" not in text_of(colleague.get(page_of(person)))
        for name in ("contest_withdraw", "contest_mine"):
            method = colleague.post if name == "contest_withdraw" else colleague.get
            assert method(reverse(name, args=[kept.pk])).status_code == 404

    def test_it_is_not_for_jobseekers(self, person: Person) -> None:
        assert herself(person).get(page_of(person)).status_code == 403
        assert herself(person).post(page_of(person), TOLD).status_code == 403

    def test_a_lead_contests_too_and_withdraws_hers_alone(self, lead: Client, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        assert "Votre contestation est partie." in text_of(lead.post(page_of(person), TOLD, follow=True))
        assert lead.post(reverse("contest_withdraw", args=[kept.pk])).status_code == 403
        assert again(kept).state == "received"

    def test_few_queries(self, adviser: Client, small: World, person: Person) -> None:
        contest(person, small.adviser)
        assert len(pages_queries(adviser, page_of(person))) <= 12


class TestAPerson:
    """In her own space."""

    def test_about_an_offer(self, person: Person) -> None:
        offer = OfferFactory(open=True)
        client, address = herself(person), f"{reverse('my_contest')}?offre={offer.pk}"
        words = text_of(client.get(address))
        assert "Cuisinier de collectivité" in words
        assert "Distance" in words
        said = text_of(client.post(address, {"reason": "distance"}, follow=True))
        assert "Votre contestation est partie." in said
        assert "La distance est fausse" in said
        assert "Cuisinier de collectivité, Valence" in said
        assert Contest.objects.unscoped("test").get().offer_id == offer.pk

    def test_in_general_then_withdrawn(self, person: Person) -> None:
        client = herself(person)
        client.post(reverse("my_contest"), {"reason": "unclear"})
        kept = Contest.objects.unscoped("test").get()
        words = text_of(client.get(reverse("my_contest")))
        assert "Je ne comprends pas ce résultat" in words
        assert "Qu'est-ce qui vous semble faux ?" not in words
        address = reverse("my_contest_withdraw", args=[kept.pk])
        assert "Votre contestation est retirée." in text_of(client.post(address, follow=True))
        assert "a été retirée" in text_of(client.post(address, follow=True))

    @pytest.mark.parametrize("asked", ["x", "01900000-0000-7000-8000-000000000000"])
    def test_an_offer_that_is_no_longer_there(self, person: Person, asked: str) -> None:
        client = herself(person)
        assert "Cette offre n'est plus ouverte." in text_of(client.get(reverse("my_contest"), {"offre": asked}))
        response = client.post(f"{reverse('my_contest')}?offre={asked}", {"reason": "skill"})
        assert "Cette offre n'est plus ouverte." in text_of(response)
        assert not Contest.objects.unscoped("test").exists()

    def test_a_draft_says_nothing_of_itself(self, person: Person) -> None:
        draft = OfferFactory(title="Poste-très-secret")
        words = text_of(herself(person).get(reverse("my_contest"), {"offre": draft.pk}))
        assert "secret" not in words
        assert "Cette offre n'est plus ouverte." in words

    def test_without_a_place_there_is_no_result_but_a_way_to_ask(self, small: World) -> None:
        alone = PersonFactory(elsewhere=True)
        words = text_of(herself(alone).get(reverse("my_contest")))
        assert "Votre commune n'est pas indiquée" in words
        assert "Qu'est-ce qui vous semble faux ?" in words

    def test_the_answer_comes_by_mail_and_on_the_page(self, small: World, person: Person) -> None:
        kept = answered(own_contest(person, owner(person)), small)
        words = text_of(herself(person).get(reverse("my_contest")))
        assert ANSWER in words
        assert OutboxMessage.objects.get(kind="matching.contest_answered").about_id == str(kept.pk)

    def test_what_an_adviser_contested_is_not_shown_nor_withdrawn(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        client = herself(person)
        assert "Son permis" not in text_of(client.get(reverse("my_contest")))
        assert client.post(reverse("my_contest_withdraw", args=[kept.pk])).status_code == 404

    def test_another_person_and_an_adviser_have_nothing_there(self, adviser: Client, person: Person) -> None:
        own = own_contest(person, owner(person))
        other = herself(PersonFactory())
        assert other.post(reverse("my_contest_withdraw", args=[own.pk])).status_code == 404
        assert adviser.get(reverse("my_contest")).status_code == 403


class TestALead:
    """The list, oldest first, and the answer."""

    def test_the_list_counts_and_orders(self, lead: Client, small: World, person: Person, moment) -> None:
        first = contest(person, small.adviser)
        moment.shift(dt.timedelta(days=8))
        own_contest(person, owner(person))
        response = sign_in(lead, professional("team_lead", agency=small.agency)).get(reverse("contests"))
        words = text_of(response)
        assert response.context["waiting"][0].contest == first
        assert "en retard depuis le 30 novembre" in words
        assert "avant le mardi 8 décembre" in words
        assert "Nadia Ferrand" in words
        assert "la personne elle-même" in words
        (item,) = [item for item in response.context["nav_items"] if item.name == "contests"]
        assert item.count == 2

    def test_nothing_waits(self, lead: Client) -> None:
        assert "Rien n'attend de réponse" in text_of(lead.get(reverse("contests")))

    def test_one_contest_with_the_result_then_and_now(self, lead, small, person) -> None:
        kept = contest(person, small.adviser)
        words = text_of(lead.get(reverse("contest", args=[kept.pk])))
        for expected in (
            person.reference, "Une compétence est mal comptée", "Son permis n'est pas compté.", "Rang 1 alors.",
            "Rang 1 aujourd'hui.", "Refaire cette recherche", "C'est vous qui décidez, pas le calcul.",
        ):  # fmt: skip
            assert expected in words
        assert "Diallo" not in words

    def test_an_answer_leaves(self, lead: Client, small: World, person: Person) -> None:
        kept = own_contest(person, owner(person), offer=OfferFactory(open=True, agency=small.agency))
        told = {"verdict": "explained", "answer": ANSWER}
        response = lead.post(reverse("contest", args=[kept.pk]), told, follow=True)
        assert "Votre réponse est partie." in text_of(response)
        assert ANSWER in text_of(lead.get(reverse("contest", args=[kept.pk])))
        assert "Le résultat est juste, et expliqué" in text_of(lead.get(reverse("contests")))
        late = lead.post(reverse("contest", args=[kept.pk]), told, follow=True)
        assert "Une réponse a déjà été donnée" in text_of(late)

    def test_an_empty_answer_comes_back(self, lead: Client, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        for told in ({"verdict": "explained", "answer": " "}, {"answer": ANSWER}, {"verdict": "x", "answer": ANSWER}):
            assert lead.post(reverse("contest", args=[kept.pk]), told).status_code == 422
        assert again(kept).state == "received"

    def test_who_contested_cannot_answer_herself(self, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        MembershipFactory(user=small.user, agency=small.agency, role="team_lead")  # as in small agencies
        client = sign_in(Client(), small.user)
        words = text_of(client.get(reverse("contest", args=[kept.pk])))
        assert "c'est à une autre personne d'y répondre" in words
        assert "Envoyer la réponse" not in words

    def test_another_territory_and_advisers_see_no_list(self, adviser: Client, small: World, person: Person) -> None:
        kept = contest(person, small.adviser)
        elsewhere = sign_in(Client(), professional("team_lead", agency=AgencyFactory(department_code="38")))
        assert elsewhere.get(reverse("contest", args=[kept.pk])).status_code == 404
        assert "Rien n'attend de réponse" in text_of(elsewhere.get(reverse("contests")))
        assert adviser.get(reverse("contests")).status_code == 403
        assert "Contestations" not in text_of(adviser.get(reverse("desk")))

    def test_many_contests_take_few_queries(self, lead: Client, small: World) -> None:
        for _ in range(6):
            contest(in_pool(), small.adviser)
        assert len(pages_queries(lead, reverse("contests"))) <= 12
        kept = Contest.objects.unscoped("test").earliest("pk")
        assert len(pages_queries(lead, reverse("contest", args=[kept.pk]))) <= 12
