"""The page where a lead sees unusual looks and decides, and what an adviser is told of the day's budget."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entremise.accounts.models import Agency, Membership, User
from entremise.kernel import clock
from entremise.kernel.actors import Role
from entremise.kernel.models_vault import Alert, BudgetRaise, Cut
from entremise.people import actions
from entremise.people.models import Person
from tests.factories.accounts import AgencyFactory, actor_of, professional, sign_in
from tests.factories.people import PersonFactory
from tests.web.adviser import text_of

pytestmark = pytest.mark.django_db
PAGE = "/equipe/acces/"


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def account(agency: Agency) -> User:
    return professional(agency=agency)


@pytest.fixture
def lead(client: Client, agency: Agency) -> User:
    user = professional(Role.TEAM_LEAD, agency=agency)
    sign_in(client, user)
    return user


def alerted(account: User, kind: str = "busy_hour") -> Alert:
    figures = {"count": 38, "usual": 6}
    return Alert.objects.create(kind=kind, actor_id=str(account.pk), at=clock.now(), data=figures)


def of(account: User, act: str = "") -> str:
    return f"{PAGE}{account.pk}/{act}"


def look(account: User, count: int) -> list[Person]:
    people = [PersonFactory(user=None, consenting=True) for _ in range(count)]
    for person in people:
        actions.reveal(person, actor=actor_of(account), purpose="appointment")
    return people


@pytest.mark.usefixtures("lead", "account")
def test_without_anything_unusual_the_page_says_so(client: Client) -> None:
    words = text_of(client.get(PAGE))
    for expected in ("Sécurité des accès", "Rien d'inhabituel", "Nadia Ferrand", "Maximum du jour"):
        assert expected in words


@pytest.mark.usefixtures("lead")
def test_an_alert_is_told_in_words_with_its_figures_and_references_without_names(
    client: Client, account: User
) -> None:
    person, _other = look(account, 2)
    alerted(account)
    words = text_of(client.get(PAGE))
    assert "38 identités en une heure, pour 6 d'habitude au plus." in words
    page = client.get(of(account))
    assert person.reference in text_of(page)
    assert "Diallo" not in text_of(page)
    assert (page.context["one"].spent, page.context["one"].allowed) == (2, 40)


@pytest.mark.usefixtures("lead")
def test_what_is_normal_is_closed_with_its_reason_and_kept_in_the_history(client: Client, account: User) -> None:
    alerted(account)
    assert client.post(of(account, "normal/")).status_code == 422
    words = text_of(client.post(of(account, "normal/"), {"finding": "event"}, follow=True))
    assert "C'est noté." in words
    words = text_of(client.get(PAGE))
    assert "Rien d'inhabituel" in words
    assert "Un forum, un job dating ou une session de recrutement" in words


@pytest.mark.usefixtures("lead")
def test_an_access_is_suspended_then_given_back(client: Client, account: User) -> None:
    assert "L'accès aux identités est suspendu." in text_of(client.post(of(account, "suspendre/"), follow=True))
    assert "Accès suspendu" in text_of(client.get(PAGE))
    again = client.post(of(account, "suspendre/"), follow=True)
    assert "déjà suspendu" in text_of(again)
    assert "L'accès aux identités est rétabli." in text_of(client.post(of(account, "retablir/"), follow=True))
    assert Cut.objects.get().lifted_at is not None


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"raised_to": "500", "reason": "event"}, "200 identités par jour au plus"),
        ({"raised_to": "", "reason": "event"}, "Indiquez un nombre."),
        ({"raised_to": "80", "reason": ""}, "Choisissez une réponse."),
        ({"raised_to": "12", "reason": "event"}, "déjà consulter autant"),
    ],
)
def test_a_wrong_raise_is_refused_with_its_reason(
    client: Client, account: User, told: dict[str, str], words: str
) -> None:
    response = client.post(of(account, "relever/"), told)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not BudgetRaise.objects.exists()


@pytest.mark.usefixtures("lead")
def test_a_raise_is_for_today(client: Client, account: User) -> None:
    client.post(of(account, "relever/"), {"raised_to": "80", "reason": "event"})
    row = BudgetRaise.objects.get()
    assert (row.raised_to, row.day) == (80, clock.today())
    assert client.get(of(account)).context["one"].allowed == 80


def test_nobody_decides_about_their_own_account(client: Client, lead: User) -> None:
    page = text_of(client.get(of(lead)))
    assert "demandez à un autre responsable" in page
    assert client.post(of(lead, "suspendre/")).status_code == 403
    assert not Cut.objects.exists()


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize("act", ["", "normal/", "relever/", "suspendre/", "retablir/"])
def test_the_accounts_of_another_agency_are_not_found(client: Client, act: str) -> None:
    stranger = professional()
    asked: Any = client.post if act else client.get
    assert asked(of(stranger, act)).status_code == 404


def test_an_adviser_has_no_such_page(client: Client, account: User) -> None:
    sign_in(client, account)
    assert client.get(PAGE).status_code == 403
    assert client.post(of(account, "retablir/")).status_code == 403


def test_an_administrator_sees_every_agency_of_the_organisation(client: Client, agency: Agency, account: User) -> None:
    sign_in(client, professional(Role.ADMIN, agency=AgencyFactory(organisation=agency.organisation)))
    assert str(account.pk) in client.get(f"{PAGE}?agence={agency.pk}").content.decode()
    assert client.get(of(account)).status_code == 200


@pytest.mark.usefixtures("lead")
def test_who_left_is_not_listed(client: Client, account: User) -> None:
    Membership.objects.filter(user=account).update(ended_on=clock.today() - dt.timedelta(days=1))
    assert str(account.pk) not in client.get(PAGE).content.decode()


@pytest.mark.usefixtures("lead")
def test_the_page_asks_few_questions_whatever_the_number_of_accounts(
    client: Client, agency: Agency, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        alerted(professional(agency=agency))
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_an_adviser_reads_how_many_identities_remain_only_when_they_are_few(client: Client, account: User) -> None:
    sign_in(client, account)
    person = look(account, 30)[0]
    address = reverse("profile", args=[person.pk])
    assert "Il vous reste" not in text_of(client.get(address))
    look(account, 4)
    assert "Il vous reste 6 identités à consulter aujourd'hui." in text_of(client.get(address))
    look(account, 5)
    assert "Il vous reste 1 identité à consulter aujourd'hui." in text_of(client.get(address))
    look(account, 1)
    other = PersonFactory(user=None, consenting=True)
    response = client.post(reverse("reveal", args=[other.pk]), {"purpose": "appointment"})
    assert response.status_code == 403
    assert "Identité non affichée" in text_of(response)
    assert "autant d'identités qu'un compte peut en consulter" in text_of(response)
