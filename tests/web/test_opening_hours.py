"""The opening hours of an agency: filled in by a lead, refused with a reason, read by employers and jobseekers."""

import datetime as dt
import html
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from entremise.accounts.enums import Verb
from entremise.accounts.models import Agency, OpeningHours, User
from entremise.kernel import journal, links
from entremise.kernel.actors import Role
from entremise.promotions import actions as promotions
from entremise.promotions.enums import Answer
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.passport import ExperienceFactory
from tests.factories.promotions import MONDAY, World, employer, link_of, world

pytestmark = pytest.mark.django_db
PAGE, USUAL = "/equipe/horaires/", "/equipe/horaires/habituels/"
MORNING, AFTERNOON = ("09:00", "12:30"), ("13:30", "17:00")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[object]:
    with time_machine.travel(MONDAY, tick=False) as moment:
        yield moment


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory(name="Agence de Valence")


@pytest.fixture
def lead(client: Client, agency: Agency) -> User:
    user = professional(Role.TEAM_LEAD, agency=agency)
    sign_in(client, user)
    return user


def week(agency: Agency, *days: tuple[int, int, tuple[str, str]]) -> dict[str, str]:
    """Fill in the form: for each (weekday, stretch), when it opens and closes; everything else is left empty."""
    sent = {f"jour{d}_{s}_{end}": "" for d in range(7) for s in range(2) for end in ("ouvre", "ferme")}
    for weekday, span, (opens, closes) in days:
        sent |= {f"jour{weekday}_{span}_ouvre": opens, f"jour{weekday}_{span}_ferme": closes}
    return sent | {"agence": str(agency.pk)}


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def rows(agency: Agency) -> list[tuple[int, str, str]]:
    found = OpeningHours.objects.filter(agency=agency).order_by("weekday", "opens_at")
    return [(row.weekday, f"{row.opens_at:%H:%M}", f"{row.closes_at:%H:%M}") for row in found]


def home_of(here: World) -> Any:
    browser = Client()
    browser.force_login(here.person.user)
    return browser.get(reverse("my_home"))


@pytest.mark.usefixtures("lead")
def test_an_agency_without_hours_of_its_own_shows_the_usual_ones(client: Client) -> None:
    page = text(client.get(PAGE))
    assert "Ce sont les horaires habituels du service" in page
    assert "Du lundi au jeudi</dt><dd>9 h 00 – 17 h 00" in page
    assert "Vendredi</dt><dd>9 h 00 – 12 h 00" in page
    assert "Samedi et dimanche</dt><dd>fermée" in page
    assert 'value="09:00"' in page
    assert "Revenir aux horaires habituels" not in page


@pytest.mark.usefixtures("lead")
def test_the_page_is_in_the_navigation_of_those_who_may(client: Client) -> None:
    assert f'href="{PAGE}"' in text(client.get("/equipe/membres/"))
    for role, is_offered in ((Role.DIRECTOR, True), (Role.ADMIN, True), (Role.BUSINESS_ADVISER, False)):
        browser = sign_in(Client(), professional(role))
        assert (f'href="{PAGE}"' in text(browser.get("/", follow=True))) is is_offered


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.DIRECTOR, Role.ADMIN])
def test_those_who_answer_for_the_agency_set_its_week(client: Client, agency: Agency, role: Role) -> None:
    sign_in(client, professional(role, agency=agency))
    days = (0, 0, MORNING), (0, 1, AFTERNOON), (5, 0, ("08:30", "12:00"))
    page = text(client.post(PAGE, week(agency, *days), follow=True))
    assert "Les horaires sont enregistrés." in page
    assert "9 h 00 – 12 h 30, 13 h 30 – 17 h 00" in page
    assert "Du mardi au vendredi</dt><dd>fermée" in page
    assert rows(agency) == [(0, "09:00", "12:30"), (0, "13:30", "17:00"), (5, "08:30", "12:00")]
    assert [line.verb for line in journal.history(agency)] == [Verb.AGENCY_CHANGED]


@pytest.mark.usefixtures("lead")
def test_a_day_with_only_its_afternoon_is_a_day_with_one_stretch(client: Client, agency: Agency) -> None:
    client.post(PAGE, week(agency, (2, 1, AFTERNOON)))
    assert rows(agency) == [(2, "13:30", "17:00")]


@pytest.mark.usefixtures("lead")
def test_the_usual_hours_come_back(client: Client, agency: Agency) -> None:
    client.post(PAGE, week(agency, (0, 0, MORNING)))
    assert "Revenir aux horaires habituels" in text(client.get(PAGE))
    page = text(client.post(USUAL, {"agence": str(agency.pk)}, follow=True))
    assert "L'agence suit de nouveau les horaires habituels." in page
    assert rows(agency) == []


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize(
    ("days", "words", "field"),
    [
        ([], "Une agence ouvre au moins un jour par semaine", ""),
        ([(0, 0, ("17:00", "09:00"))], "Lundi, ferme à : L'heure de fermeture doit venir après", "jour0_0_ferme"),
        ([(0, 0, ("09:00", "09:00"))], "Lundi, ferme à : L'heure de fermeture doit venir après", "jour0_0_ferme"),
        (
            [(1, 0, ("09:00", "14:00")), (1, 1, AFTERNOON)],
            "Mardi, rouvre à : Cette ouverture doit venir après la fermeture précédente.",
            "jour1_1_ouvre",
        ),
        ([(3, 0, ("09:00", ""))], "Jeudi, ferme à : Indiquez aussi l'heure de fermeture", "jour3_0_ferme"),
        ([(6, 1, ("", "17:00"))], "Dimanche, rouvre à : Indiquez aussi l'heure d'ouverture", "jour6_1_ouvre"),
        (
            [(4, 0, ("9 heures", "12:00"))],
            "Vendredi, ouvre à : Écrivez une heure, par exemple 09:30.",
            "jour4_0_ouvre",
        ),
    ],
)
def test_an_impossible_week_is_refused_beside_what_is_wrong(
    client: Client, agency: Agency, days: list[tuple[int, int, tuple[str, str]]], words: str, field: str
) -> None:
    client.post(PAGE, week(agency, (0, 0, MORNING)))
    response = client.post(PAGE, week(agency, *days))
    assert response.status_code == 422
    assert words in text(response)
    if field:
        assert f'id="id_{field}_error"' in text(response)
    assert rows(agency) == [(0, "09:00", "12:30")]


@pytest.mark.usefixtures("lead")
def test_a_week_of_another_agency_is_never_changed(client: Client, agency: Agency) -> None:
    foreign = AgencyFactory()
    client.post(PAGE, week(foreign, (0, 0, MORNING)))
    client.post(USUAL, {"agence": str(foreign.pk)})
    assert rows(foreign) == []
    assert rows(agency) == []


@pytest.mark.parametrize("role", [Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.MODERATOR])
def test_others_are_refused_with_a_sentence(client: Client, agency: Agency, role: Role) -> None:
    sign_in(client, professional(role, agency=agency))
    for response in (client.get(PAGE), client.post(PAGE, week(agency, (0, 0, MORNING))), client.post(USUAL)):
        assert response.status_code == 403
        assert "Votre rôle ne donne pas accès à cette action." in text(response)
    assert rows(agency) == []


def test_an_administrator_chooses_among_the_agencies_of_the_organisation(client: Client, agency: Agency) -> None:
    sister = AgencyFactory(organisation=agency.organisation, name="Agence de Romans")
    sign_in(client, professional(Role.ADMIN, agency=agency))
    assert "Agence de Romans, Organisation" in text(client.get(f"{PAGE}?agence={sister.pk}"))
    client.post(PAGE, week(sister, (0, 0, MORNING)))
    assert (rows(agency), len(rows(sister))) == ([], 1)


@pytest.mark.usefixtures("lead")
def test_the_page_asks_few_questions(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_an_employer_who_answered_reads_when_the_agency_answers() -> None:
    here = world()
    sent = here.send()[0]
    promotions.answer(sent, actor=employer(sent), answer=Answer.MEETING)
    browser = Client()
    page = text(browser.get(reverse("promotion_answer", args=[links.token(link_of(sent))]), follow=True))
    assert "Du lundi au jeudi</dt><dd>9 h 00 – 17 h 00" in page
    assert "Ouverte en ce moment, jusqu'à 17 h 00." in page


def test_a_jobseeker_reads_the_hours_of_their_agency_and_when_it_opens_again(_monday: Any) -> None:  # noqa: PT019 moved
    here = world()
    type(here.person).objects.unscoped("a test's row").filter(pk=here.person.pk).update(agency=here.agency)
    lead = professional(Role.TEAM_LEAD, agency=here.agency)
    sign_in(Client(), lead).post(PAGE, week(here.agency, (2, 0, MORNING)))
    ExperienceFactory(person=here.person)
    page = text(home_of(here))
    assert "Mon agence" in page
    assert "Mercredi</dt><dd>9 h 00 – 12 h 30" in page
    opens = MONDAY.date() + dt.timedelta(days=2)
    assert f"Fermée en ce moment, ouvre mercredi {opens.day}" in page
    _monday.move_to(dt.datetime.combine(opens, dt.time(10)))
    assert "Ouverte en ce moment, jusqu'à 12 h 30." in text(home_of(here))


def test_a_person_without_an_agency_reads_nothing_about_one() -> None:
    here = world()
    ExperienceFactory(person=here.person)
    assert "Mon agence" not in text(home_of(here))
