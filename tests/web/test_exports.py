"""Lists that leave as files: harmless to open, traced, bounded, without any name of a person."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entremise.kernel.models import JournalEntry
from entremise.matching.actions import refresh
from entremise.territories.models import Commune
from entremise.web.adviser import exports
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.promotions import World, world

pytestmark = pytest.mark.django_db
DANGEROUS = '=HYPERLINK("http://mal.exemple";"Cliquez")'


@pytest.fixture
def made() -> World:
    made = world()
    Commune.objects.update(latitude=44.93, longitude=4.89)
    establishment = made.first.establishment
    establishment.name = DANGEROUS
    establishment.search_name = "flore valence"
    establishment.save()
    made.send()
    refresh([made.person.pk])
    return made


@pytest.fixture
def get(client: Client, made: World) -> Callable[..., list[list[object]]]:
    sign_in(client, made.user)

    def rows(name: str, **query: str) -> list[list[object]]:
        response = client.get(reverse(name), query)
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        if query.get("format") == "csv":
            assert response.content.startswith(b"\xef\xbb\xbf")
            return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        book = load_workbook(io.BytesIO(response.content))
        return [list(row) for row in book.active.iter_rows(values_only=True)]

    return rows


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_formula_in_a_name_is_not_a_formula_in_the_file(get: Callable[..., list[list[object]]], kind: str) -> None:
    columns, line = get("promotions_export", format=kind)
    assert columns[:3] == ["Profil", "Établissement", "SIRET"]
    assert line[1] == f"'{DANGEROUS}"


def test_the_filters_of_the_list_are_those_of_the_file(get: Callable[..., list[list[object]]]) -> None:
    assert len(get("promotions_export", etape="waiting")) == 2
    assert len(get("promotions_export", etape="closed")) == 1


def test_a_file_has_the_reference_and_never_the_name(get: Callable[..., list[list[object]]], made: World) -> None:
    for name in ("promotions_export", "pool_export"):
        text = str(get(name))
        assert made.person.reference in text
        assert "Diallo" not in text
        assert made.person.identity.email not in text
        assert "+33612345678" not in text


def test_establishments_leave_as_found(get: Callable[..., list[list[object]]], made: World) -> None:
    _columns, line = get("establishments_export", q="flore")
    assert line[1] == made.first.establishment.siret


def test_each_export_leaves_a_trace(get: Callable[..., list[list[object]]], made: World) -> None:
    get("pool_export")
    line = JournalEntry.objects.get(verb="promotions.exported")
    assert (line.actor_id, line.data) == (str(made.user.pk), {"list": "pool", "count": 1})


def test_a_list_that_is_too_long_is_refused_with_what_to_do(
    client: Client, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "MOST_LINES", 0)
    sign_in(client, made.user)
    page = client.get(reverse("promotions_export"), follow=True)
    sentence = "Cette liste compte plus de 0 lignes. Choisissez des filtres, puis exportez à nouveau."
    assert sentence in page.content.decode()
    assert not JournalEntry.objects.filter(verb="promotions.exported").exists()


def test_another_territory_is_not_in_the_file(client: Client, made: World) -> None:
    sign_in(client, professional(agency=AgencyFactory(department_code="38")))
    response = client.get(reverse("promotions_export"), {"format": "csv"})
    assert response.status_code == 200
    assert made.person.reference not in response.content.decode()
