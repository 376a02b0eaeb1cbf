"""One profile: what is shown, what is journaled, when the name is shown, and every refusal."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from entremise.kernel import journal
from entremise.people import actions as people
from entremise.people.models import IntermediationAct, Person
from entremise.people.queries import access_history
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.employers import EstablishmentFactory
from tests.factories.passport import ExperienceFactory, HeldSkillFactory
from tests.factories.people import PersonFactory, owner
from tests.factories.promotions import World
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db
NOT_CONSENTING = (
    "Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer."
)
NOT_HERE = "Ce profil n'existe pas, ou relève d'un autre territoire que le vôtre."
HTMX = {"hx-request": "true"}
SECRETS = ("Awa", "Diallo", "+33612345678", "@example.org")


@pytest.fixture
def stranger() -> Client:
    return sign_in(Client(), professional(agency=AgencyFactory(department_code="38")))


def profile(client: Client, person: Person, **headers: str) -> Any:
    return client.get(reverse("profile", args=[person.pk]), headers=headers)


def reveal(client: Client, person: Person, purpose: str = "promotion", **headers: str) -> Any:
    return client.post(reverse("reveal", args=[person.pk]), {"purpose": purpose}, headers=headers)


def looks(person: Person) -> list[tuple[str, str]]:
    return [(line.verb, line.purpose) for line in journal.who_read(person.pk)]


def names_nobody(response: Any) -> bool:
    return not any(secret in response.content.decode() for secret in SECRETS)


def test_the_card_shows_proofs_with_level_date_and_origin_and_no_name(small: World, adviser: Client) -> None:
    held = HeldSkillFactory(person=small.person, proved=True)
    hidden = HeldSkillFactory(person=small.person, is_shown=False)
    ExperienceFactory(person=small.person, establishment=EstablishmentFactory(name="Chez Paulette"))
    small.send()
    response = profile(adviser, small.person)
    words = text_of(response)
    for expected in (
        small.person.reference, held.skill.label, "Confirmée par l'entreprise", "Maison Garance, cheffe de cuisine",
        "20 novembre 2026", "Cuisinier / Cuisinière", "Cuisinière de collectivité", "Les Jardins de Flore",
        "Accord donné le", "avec son nom",
    ):  # fmt: skip
        assert expected in words, expected
    assert names_nobody(response)
    assert hidden.skill.label not in words
    assert "Chez Paulette" not in words


def test_each_opening_leaves_a_line_that_the_person_reads(small: World, adviser: Client) -> None:
    assert profile(adviser, small.person).status_code == 200
    assert looks(small.person) == [("people.card_read", "")]
    (look,) = access_history(small.person)
    assert look.what == "Votre profil, sans votre nom"


def test_the_page_takes_few_queries(small: World, adviser: Client) -> None:
    for _ in range(5):
        HeldSkillFactory(person=small.person, proved=True)
        ExperienceFactory(person=small.person)
    small.send(small.first, small.second)
    assert len(pages_queries(adviser, reverse("profile", args=[small.person.pk]))) <= 12


def test_one_click_shows_the_name_for_a_promotion_and_is_journaled(small: World, adviser: Client) -> None:
    response = reveal(adviser, small.person)
    words = text_of(response)
    assert response.status_code == 200
    assert "Awa Diallo" in words
    assert "+33612345678" in words
    assert "Consultation notée, pour une promotion auprès d'employeurs. La personne peut la voir." in words
    assert looks(small.person) == [("people.identity_read", "promotion")]
    acts = IntermediationAct.objects.unscoped("test").filter(person=small.person)
    assert [(act.kind, act.purpose) for act in acts] == [("reveal", "promotion")]


def test_the_name_is_on_the_answer_only_not_on_the_page_opened_again(small: World, adviser: Client) -> None:
    reveal(adviser, small.person)
    assert names_nobody(profile(adviser, small.person))


def test_htmx_gets_the_identity_alone(small: World, adviser: Client) -> None:
    response = reveal(adviser, small.person, **HTMX)
    assert "Awa Diallo" in text_of(response)
    assert "<html" not in response.content.decode()
    assert looks(small.person) == [("people.identity_read", "promotion")]


def test_an_identity_is_never_shown_by_a_get(small: World, adviser: Client) -> None:
    assert adviser.get(reverse("reveal", args=[small.person.pk])).status_code == 405
    assert looks(small.person) == []


@pytest.mark.parametrize("purpose", ["", "curiosity", "promotion "])
def test_an_unknown_purpose_shows_nothing(small: World, adviser: Client, purpose: str) -> None:
    response = reveal(adviser, small.person, purpose)
    assert response.status_code == 403
    assert "Dites pourquoi vous avez besoin de connaître cette personne." in text_of(response)
    assert names_nobody(response)
    assert looks(small.person) == []


def test_a_portfolio_is_no_reason_for_who_does_not_follow_the_person(small: World, adviser: Client) -> None:
    response = reveal(adviser, small.person, "portfolio")
    assert response.status_code == 403
    assert "Cette personne n'est pas suivie par votre agence." in text_of(response)


def test_another_territory_sees_nothing_and_learns_nothing(small: World, stranger: Client) -> None:
    for response in (profile(stranger, small.person), reveal(stranger, small.person)):
        assert response.status_code == 404
        assert NOT_HERE in text_of(response)
        assert names_nobody(response)
        assert small.person.reference not in response.content.decode()
    unknown = stranger.get(reverse("profile", args=[uuid4()]))
    assert (unknown.status_code, NOT_HERE in text_of(unknown)) == (404, True)
    assert looks(small.person) == []


def test_a_consent_withdrawn_between_search_and_opening_closes_the_profile(small: World, adviser: Client) -> None:
    assert profile(adviser, small.person).status_code == 200
    people.withdraw_consent(small.person, actor=owner(small.person))
    for response in (profile(adviser, small.person), reveal(adviser, small.person)):
        assert response.status_code == 403
        assert NOT_CONSENTING in text_of(response)
        assert names_nobody(response)
    assert looks(small.person) == [("people.card_read", "")]


def test_in_the_pane_the_refusal_takes_the_place_of_the_profile(small: World, adviser: Client) -> None:
    people.withdraw_consent(small.person, actor=owner(small.person))
    response = profile(adviser, small.person, **HTMX, **{"hx-boosted": "true"})
    assert response.status_code == 422
    assert 'id="profile"' in response.content.decode()
    assert NOT_CONSENTING in text_of(response)


def test_without_consent_a_follower_opens_it_but_may_not_promote(small: World, adviser: Client) -> None:
    person = PersonFactory(agency=small.agency)
    words = text_of(profile(adviser, person))
    assert "Pas d'accord pour être présenté" in words
    assert reverse("promote", args=[person.pk]) not in profile(adviser, person).content.decode()
    assert NOT_CONSENTING in text_of(reveal(adviser, person, "promotion"))
    assert "Awa Diallo" in text_of(reveal(adviser, person, "portfolio"))


def test_a_team_lead_reads_the_card_and_may_not_see_the_name(small: World) -> None:
    lead = sign_in(Client(), professional("team_lead", agency=small.agency))
    assert "réservés aux conseillers" in text_of(profile(lead, small.person))
    response = reveal(lead, small.person)
    assert response.status_code == 403
    assert "Votre rôle ne donne pas accès à cette action." in text_of(response)
    assert names_nobody(response)


def test_without_a_second_factor_nothing_opens(small: World) -> None:
    half = sign_in(Client(), small.user, second_factor=False)
    assert reverse("second_factor_needed") in profile(half, small.person).headers["Location"]
    assert looks(small.person) == []
