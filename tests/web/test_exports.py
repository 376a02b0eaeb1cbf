"""Lists that leave as files: harmless to open, traced, bounded, without any name of a person."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entremise.employers.models_spaces import SpaceMember
from entremise.kernel.models import JournalEntry
from entremise.matching.actions import refresh
from entremise.promotions import queries
from entremise.territories.models import Commune
from entremise.web.adviser import exports
from entremise.web.recruiter import offers as recruiter_offers
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.offers import OfferFactory
from tests.factories.people import identity_of
from tests.factories.promotions import World, world
from tests.factories.spaces import RecruiterSpaceFactory

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

    def rows(name: str, **query: str | list[str]) -> list[list[object]]:
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
        assert identity_of(made.person).email not in text
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


def test_a_file_has_the_columns_asked_for_in_its_own_order(
    get: Callable[..., list[list[object]]], made: World
) -> None:
    columns, *lines = get("promotions_export", colonne=["etat", "profil", "inconnue"])
    assert columns == ["Profil", "État"]
    assert [line[0] for line in lines] == [made.person.reference]
    assert all(len(line) == 2 for line in lines)


@pytest.mark.parametrize("name", ["promotions_export", "pool_export", "establishments_export"])
def test_without_a_choice_or_with_unknown_columns_a_file_has_them_all(
    get: Callable[..., list[list[object]]], name: str
) -> None:
    assert get(name, q="flore")[0] == get(name, q="flore", colonne=["inconnue", ""])[0]
    assert len(get(name, q="flore")[0]) >= 6


def boxes(page: str) -> dict[str, bool]:
    """Return the columns that a page offers, and whether their box is ticked."""
    found = re.findall(r'<input type="checkbox" name="colonne" value="([^"]+)"( checked)?', page)
    return {code: bool(ticked) for code, ticked in found}


@pytest.mark.parametrize(("name", "query"), [("promotions", {}), ("establishments", {"q": "flore"})])
def test_the_address_remembers_the_columns(client: Client, made: World, name: str, query: dict[str, str]) -> None:
    sign_in(client, made.user)
    page = client.get(reverse(name), query).content.decode()
    code, other = list(boxes(page))[:2]
    assert all(boxes(page).values())
    assert '<details class="disclosure"><summary>Choisir les colonnes' in page
    page = client.get(reverse(name), {**query, "colonne": other}).content.decode()
    assert boxes(page) == {one: one == other for one in boxes(page)}
    assert not boxes(page)[code]
    assert '<details class="disclosure" open><summary>Choisir les colonnes' in page
    assert f'action="{reverse(f"{name}_export")}"' in page


def test_the_form_of_the_columns_keeps_the_filters_and_the_filters_keep_the_columns(
    client: Client, made: World
) -> None:
    sign_in(client, made.user)
    page = client.get(reverse("promotions"), {"etape": "waiting", "q": "", "colonne": "siret"}).content.decode()
    filters, columns = re.findall(r"<form method=\"get\".*?</form>", page, re.DOTALL)
    assert '<input type="hidden" name="colonne" value="siret">' in filters
    assert '<input type="hidden" name="etape" value="waiting">' in columns
    assert 'name="q"' not in columns
    assert f'formaction="{reverse("promotions")}"' in columns


def test_the_next_page_of_the_list_remembers_the_columns(
    client: Client, made: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    sign_in(client, made.user)
    made.send(made.second)
    page = client.get(reverse("promotions"), {"colonne": ["siret", "etat"]}).content.decode()
    assert re.search(r'href="\?colonne=siret&amp;colonne=etat&amp;apres=[^"]+"', page)


def test_offers_leave_with_the_filters_of_their_list_to_who_sees_them(
    client: Client, made: World, get: Callable[..., list[list[object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    OfferFactory(agency=made.agency, adviser=made.user, title=DANGEROUS, pay_min_cents=185_050, pay_period="month")
    OfferFactory(agency=made.agency, title="Soudeur ou soudeuse", open=True)
    OfferFactory(agency=AgencyFactory(department_code="38"), title="Ailleurs")
    columns, line = get("offers_export", etat="draft")
    assert (line[0], line[columns.index("Salaire brut, à partir de (€)")]) == (f"'{DANGEROUS}", 1850.5)
    assert [row[0] for row in get("offers_export", format="csv")[1:]] == ["Soudeur ou soudeuse", f"'{DANGEROUS}"]
    assert get("offers_export", miennes="1", colonne="poste") == [["Poste"], [f"'{DANGEROUS}"]]
    space = RecruiterSpaceFactory(agency=made.agency)
    certified = RecruiterSpaceFactory(agency=made.agency, certified=True)
    for at, title in ((space, "Tenue"), (certified, "Relue")):
        OfferFactory(agency=made.agency, space=at, establishment=at.establishment, title=title, state="waiting")
    assert [row[0] for row in get("offers_to_validate_export")[1:]] == ["Relue"]
    assert [row[0] for row in get("offers_to_validate_export", espaces="1")[1:]] == ["Tenue", "Relue"]
    for page in ("offers", "offers_to_validate"):
        assert reverse(f"{page}_export") in client.get(reverse(page)).content.decode()
    inside = sign_in(Client(), SpaceMember.objects.unscoped("test").get(space=space).user)
    assert reverse("recruiter_offers_export") in inside.get(reverse("recruiter_offers")).content.decode()
    own = inside.get(reverse("recruiter_offers_export"), {"format": "csv"}).content.decode()
    assert ("Tenue" in own, "Relue" in own, "Suivie par" in own) == (True, False, False)
    assert (
        "Tenue"
        not in inside.get(reverse("recruiter_offers_export"), {"format": "csv", "etat": "open"}).content.decode()
    )
    assert inside.get(reverse("offers_export")).status_code == 403
    assert client.get(reverse("recruiter_offers_export")).status_code == 403
    monkeypatch.setattr(recruiter_offers, "MOST_LINES", 0)
    refused = inside.get(reverse("recruiter_offers_export"), follow=True).content.decode()
    assert "plus de 0 lignes" in refused
