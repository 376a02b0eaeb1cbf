"""The team's dashboard: for leads, in few queries, filtered by the address, with its figures as files."""

import csv
import html
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from entremise.kernel.actors import Role
from entremise.promotions import actions
from tests.factories.accounts import professional, sign_in
from tests.factories.promotions import World, employer, world

pytestmark = pytest.mark.django_db
URL = "dashboard"


def text(response: Any) -> str:
    """Return a page as it is read."""
    return html.unescape(response.content.decode())


@pytest.fixture
def made() -> World:
    made = world(validated_skill_count=3)
    made.send(made.first, made.second)
    return made


@pytest.fixture
def lead(client: Client, made: World) -> Client:
    return sign_in(client, professional(Role.TEAM_LEAD, agency=made.agency))


def test_the_page_shows_figures_targets_and_definitions(lead: Client) -> None:
    page = text(lead.get(reverse(URL)))
    for sentence in (
        "Taux de réponse", "Pilote : 40 %", "Pilote : 78 et 67 %", "Aujourd'hui en France : 2 %",
        "0 sur 2, vraie valeur entre 0 et", "avec 95 % de confiance", "Par agence", "Par partenaire", "Par conseiller",
        "il ne prouve pas que la validation en est la cause",
    ):  # fmt: skip
        assert sentence in page
    assert page.count("<h1") == 1


def test_the_page_takes_few_queries(lead: Client) -> None:
    lead.get(reverse(URL))
    with CaptureQueriesContext(connection) as queries:
        lead.get(reverse(URL))
    assert len(queries) <= 12


def test_a_filter_narrows_the_page_and_the_files(lead: Client, made: World) -> None:
    page = lead.get(reverse(URL), {"conseiller": str(professional(agency=made.agency).pk)})
    assert page.context["board"].now.promotions == 0
    page = lead.get(reverse(URL), {"agence": str(made.agency.pk), "periode": "30"})
    assert page.context["board"].now.promotions == 2
    assert f'<input type="hidden" name="agence" value="{made.agency.pk}">' in text(page)


@pytest.mark.parametrize("query", ["periode=99", "agence=x", "du=hier&au=demain", "periode=libre", "partenaire=zzz"])
def test_an_address_that_makes_no_sense_still_shows_a_page(lead: Client, query: str) -> None:
    assert lead.get(f"{reverse(URL)}?{query}").status_code == 200


def test_htmx_gets_the_part_only(lead: Client) -> None:
    page = text(lead.get(reverse(URL), headers={"HX-Request": "true"}))
    assert "<html" not in page
    assert "Par agence" in page


def test_the_files_hold_the_figures_of_the_page(lead: Client) -> None:
    response = lead.get(reverse("dashboard_export"), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][2] == "Promotions"
    assert rows[1][0] == "Période"
    assert rows[1][2] == "2"
    book = load_workbook(io.BytesIO(lead.get(reverse("dashboard_export")).content))
    assert [cell.value for cell in book.active[2]][2] == 2


def test_the_file_has_the_columns_asked_for_and_always_says_what_it_counts(lead: Client) -> None:
    asked = {"format": "csv", "colonne": ["embauches", "taux"]}
    response = lead.get(reverse("dashboard_export"), asked)
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Vue", "Intitulé", "Taux de réponse (%)", "Embauches"]
    assert rows[1][0] == "Période"
    assert {len(row) for row in rows if row[0] == "Agence"} == {4}
    definition = next(row for row in rows if row[0] == "Définition")
    assert len(definition[2]) > 20


def test_the_page_offers_the_columns_and_its_files_keep_the_filters(lead: Client) -> None:
    page = text(lead.get(reverse(URL), {"periode": "30", "colonne": "embauches"}))
    assert 'name="colonne" value="embauches" checked' in page
    assert 'name="colonne" value="taux">' in page
    assert 'type="checkbox" name="colonne" value="vue"' not in page
    assert '<input type="hidden" name="periode" value="30">' in page
    assert page.count(f'action="{reverse("dashboard_export")}"') == 1


def test_an_answer_moves_the_figures_at_once(lead: Client, made: World) -> None:
    (promotion,) = made.person.promotions.filter(contact=made.first)
    actions.answer(promotion, actor=employer(promotion), answer="meeting")
    board = lead.get(reverse(URL)).context["board"]
    assert (board.now.answered, board.now.meetings) == (1, 1)


def test_what_to_do_this_week_leads_somewhere(lead: Client, made: World) -> None:
    professional(agency=made.agency)
    page = text(lead.get(reverse(URL)))
    assert "1 conseiller n'a présenté aucun profil sur la période" in page


@pytest.mark.parametrize("role", [Role.BUSINESS_ADVISER, Role.PLACEMENT_ADVISER, Role.MODERATOR])
def test_others_do_not_see_it(client: Client, role: Role) -> None:
    sign_in(client, professional(role))
    for name in (URL, "dashboard_export"):
        page = client.get(reverse(name))
        assert page.status_code == 403
        assert "Votre rôle ne donne pas accès à cette action." in text(page)


@pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.DIRECTOR, Role.ADMIN])
def test_leads_and_administrators_see_it(client: Client, role: Role) -> None:
    sign_in(client, professional(role))
    assert client.get(reverse(URL)).status_code == 200


def test_an_administrator_finds_the_dashboard_but_no_link_to_the_teams_work(client: Client) -> None:
    made = world(validated_skill_count=3)  # a proof, never promoted: something to do this week
    sign_in(client, professional(Role.ADMIN, agency=made.agency))
    assert f'href="{reverse(URL)}"' in text(client.get(reverse("members")))
    page = client.get(reverse(URL))
    assert "n'a jamais été promu" not in text(page)  # one person: an administrator is not told
    assert f'href="{reverse("pool")}' not in text(page)
    assert client.get(reverse("pool")).status_code == 403


def test_the_same_advice_leads_a_lead_to_the_pool(client: Client) -> None:
    made = world(validated_skill_count=3)
    sign_in(client, professional(Role.TEAM_LEAD, agency=made.agency))
    (href,) = [todo.href for todo in client.get(reverse(URL)).context["todos"] if todo.icon == "users"]
    assert href.startswith(reverse("pool"))
    assert client.get(href).status_code == 200


def test_the_reader_starts_at_the_top_and_is_taken_to_the_figures_by_a_filter_only(lead: Client) -> None:
    assert "data-focus" not in text(lead.get(reverse(URL)))
    assert "data-focus" in text(lead.get(reverse(URL), headers={"HX-Request": "true"}))
