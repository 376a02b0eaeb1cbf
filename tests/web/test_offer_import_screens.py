"""The import of offers, screen by screen, without JavaScript; every bad file with its sentence and its status."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entremise.kernel.actors import Role
from entremise.offers import actions_import, jobs, queries_import
from entremise.offers.models import OfferImport
from tests.factories.accounts import AgencyFactory, professional, sign_in
from tests.factories.offer_imports import HEADER, Desk
from tests.web.adviser import pages_queries, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Desk:
    desk = Desk()
    sign_in(client, desk.user)
    return desk


def send(client: Client, desk: Desk, content: bytes, name: str = "offres.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("offer_import_upload"), {"agency": str(desk.agency.pk), "file": file})


def page_of(file: OfferImport, name: str = "offer_import") -> str:
    return reverse(name, args=[file.pk])


def test_an_employer_s_spreadsheet_is_imported_page_after_page(client: Client, desk: Desk) -> None:
    assert f'href="{reverse("offer_imports")}"' in client.get(reverse("offers")).content.decode()
    assert "Aucun fichier pour l'instant" in text_of(client.get(reverse("offer_imports")))
    lines = [HEADER, desk.line(), desk.line(reference="A-2", contract="jadis")]
    response = send(client, desk, "\n".join(lines).encode("cp1252"))
    file = OfferImport.objects.unscoped("a test").get()
    assert response["Location"] == page_of(file)
    page = text_of(client.get(page_of(file)))
    for expected in (
        "Le fichier est reçu. Rien n'est encore enregistré.", "Première ligne : A-1", "Cuisinier de collectivité",
        "Le contrat « jadis » n'est pas compris", "Ouvertes tout de suite",
    ):  # fmt: skip
        assert expected in page, expected
    client.post(page_of(file, "offer_import_map"), {**queries_import.proposed(file), "opening": "open"})
    page = client.get(page_of(file))
    assert "Vérification en cours" in text_of(page)
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    jobs.run_check(file.pk)
    page = text_of(client.get(page_of(file)))
    for expected in (
        "Importer 1 offre", "Les nouvelles offres seront ouvertes tout de suite.", "Nouvelle offre", "À corriger",
        "Les Jardins de Flore", "Contrat : Le contrat « jadis » n'est pas compris",
    ):  # fmt: skip
        assert expected in page, expected
    assert desk.offers() == []
    client.post(page_of(file, "offer_import_start"))
    assert "Import en cours" in text_of(client.get(page_of(file)))
    jobs.run_import(file.pk)
    page = client.get(page_of(file))
    (offer,) = desk.offers()
    assert offer.state == "open"
    assert "Import terminé" in text_of(page)
    assert f'href="{reverse("offer", args=[offer.pk])}"' in page.content.decode()
    assert "A-1" in text_of(client.get(reverse("offer", args=[offer.pk])))
    refused = client.get(page_of(file, "offer_import_refused"))
    rows = list(load_workbook(io.BytesIO(refused.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Ligne", 3]


def test_the_page_refreshes_itself_with_htmx(client: Client, desk: Desk) -> None:
    file = desk.receive(desk.line())
    actions_import.map_columns(file, actor=desk.actor, mapping=queries_import.proposed(file))
    part = client.get(page_of(file), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    jobs.run_check(file.pk)
    assert "every 2s" not in client.get(page_of(file), headers={"HX-Request": "true"}).content.decode()


def test_the_report_has_pages_with_what_is_to_correct_first(
    client: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_import, "PAGE", 2)
    monkeypatch.setattr(queries_import.report, "__kwdefaults__", {"after": 0, "limit": 2})
    file = desk.check(desk.receive(*[desk.line(reference=f"A-{n}") for n in range(3)], desk.line(contract="jadis")))
    first = client.get(page_of(file))
    assert [line.line_number for line in first.context["lines"]] == [5, 2]
    second = client.get(f"{page_of(file)}?apres={first.context['next']}")
    assert [line.line_number for line in second.context["lines"]] == [3, 4]
    assert second.context["next"] == 0


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (b"x;y\n" + b"a" * 20_000_001, "gros.csv", 413, "Ce fichier dépasse 20 Mo."),
        (b"PK\x03\x04abime", "abime.xlsx", 422, "Ce classeur est abîmé"),
        (b"%PDF-1.7\n\0\0", "notes.pdf", 422, "n'est ni un tableau CSV ni un classeur XLSX"),
        (b"", "vide.csv", 422, "Ce fichier est vide."),
    ],
    ids=["large", "broken", "pdf", "empty"],
)
def test_a_bad_file_is_refused_with_its_sentence(
    client: Client, desk: Desk, content: bytes, name: str, status: int, sentence: str
) -> None:
    page = send(client, desk, content, name)
    assert page.status_code == status
    assert sentence in text_of(page)
    assert not OfferImport.objects.unscoped("a test").exists()


def test_no_file_or_another_agency_is_refused(client: Client, desk: Desk) -> None:
    page = client.post(reverse("offer_import_upload"), {"agency": str(desk.agency.pk)})
    assert page.status_code == 422
    assert "Choisissez un fichier." in text_of(page)
    desk.agency = AgencyFactory(name="Une autre agence")
    assert send(client, desk, b"x;y\n1;2").status_code == 422
    assert not OfferImport.objects.unscoped("a test").exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reference": ""}, "Dites quelle colonne donne votre référence"),
        ({"contract": "SIRET"}, "La colonne « SIRET » ne peut pas servir deux fois."),
        ({"opening": ""}, "Dites si les offres restent des brouillons"),
    ],
)
def test_what_the_columns_lack_is_said_beside_the_field(
    client: Client, desk: Desk, changed: dict[str, str], sentence: str
) -> None:
    file = desk.receive(desk.line())
    told = {**queries_import.proposed(file), "opening": "draft", **changed}
    page = client.post(page_of(file, "offer_import_map"), told)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert desk.again(file).state == "uploaded"


def test_columns_are_chosen_again_as_they_were(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line()), opening=True)
    form = client.get(f"{page_of(file)}?colonnes=1").context["form"]
    assert (form["opening"].value(), form["reference"].value()) == ("open", "Référence")


def test_starting_twice_says_so(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line()))
    client.post(page_of(file, "offer_import_start"))
    assert "Ce fichier est en cours de traitement" in text_of(
        client.post(page_of(file, "offer_import_start"), follow=True)
    )


def test_a_file_with_nothing_to_import_has_no_button(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(contract="jadis")))
    page = client.get(page_of(file)).content.decode()
    assert page_of(file, "offer_import_start") not in page
    assert "Aucune ligne n'apporte de changement" in text_of(
        client.post(page_of(file, "offer_import_start"), follow=True)
    )


def test_a_file_thrown_away_says_so(client: Client, desk: Desk) -> None:
    file = desk.bring_in(desk.line(), desk.line(reference="A-2", contract="jadis"))
    actions_import.forget(file, actor=desk.actor)
    assert "ont été effacés après 30 jours" in text_of(client.get(page_of(file)))
    assert client.get(page_of(file, "offer_import_refused")).status_code == 404
    told = {**file.mapping, "opening": "draft"}
    assert "n'est plus conservé" in text_of(client.post(page_of(file, "offer_import_map"), told, follow=True))


def test_nothing_is_started_by_looking(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line()))
    for name in ("offer_import_start", "offer_import_map"):
        assert client.get(page_of(file, name)).status_code == 405
    assert client.get(reverse("offer_import_upload")).status_code == 405
    assert desk.again(file).state == "checked"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_model_is_understood_whole(client: Client, desk: Desk, language: str) -> None:
    type(desk.user).objects.filter(pk=desk.user.pk).update(language=language)
    model = client.get(reverse("offer_import_example"), headers={"Accept-Language": language}).content
    file = desk.receive_bytes(model, "modele.xlsx")
    mapping = queries_import.proposed(file)
    assert list(mapping.values()) == file.columns
    assert [example.faults for example in queries_import.examples(file, mapping)] == [[], []]


def test_a_file_of_another_agency_does_not_exist(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(desk.line(contract="jadis")))
    sign_in(client, professional())
    for name in ("offer_import", "offer_import_refused"):
        assert client.get(page_of(file, name)).status_code == 404
    for name in ("offer_import_map", "offer_import_start"):
        assert client.post(page_of(file, name)).status_code == 404
    assert file.filename not in text_of(client.get(reverse("offer_imports")))


def test_a_placement_adviser_has_no_import(client: Client, desk: Desk) -> None:
    sign_in(client, professional(Role.PLACEMENT_ADVISER, agency=desk.agency))
    assert client.get(reverse("offer_imports")).status_code == 403


def test_pages_take_few_queries(client: Client, desk: Desk) -> None:
    file = desk.check(desk.receive(*[desk.line(reference=f"A-{n}", contract="jadis") for n in range(30)]))
    for url in (reverse("offer_imports"), page_of(file), f"{page_of(file)}?colonnes=1"):
        assert len(pages_queries(client, url)) <= 8
