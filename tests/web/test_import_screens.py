"""The import, screen by screen, without JavaScript; and every bad file with its sentence and its status."""

import datetime as dt
import html
import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from entremise.kernel.actors import Role
from entremise.promotions import actions_import, jobs_import, queries_import
from entremise.promotions.models import ImportFile
from tests.factories.accounts import professional, sign_in
from tests.factories.imports import HEADER, Office

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    """Return a page as it is read."""
    return html.unescape(response.content.decode())


@pytest.fixture
def office(client: Client) -> Office:
    office = Office()
    sign_in(client, office.lead)
    return office


def send(client: Client, office: Office, content: bytes, name: str = "promotions.csv", **more: str) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("import_upload"), {"agency": str(office.agency.pk), "file": file, **more})


def workbook(*rows: list[object], part: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    if part:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr(part, b"x")
    return out.getvalue()


def test_a_team_imports_its_spreadsheet_page_after_page(client: Client, office: Office) -> None:
    lines = "\n".join([HEADER, office.line(answer="Rencontre", answered="20/03/2026"), office.line(person="rien")])
    page = client.get(reverse("imports"))
    assert "Aucun fichier pour l'instant" in text(page)
    response = send(client, office, lines.encode("cp1252"))
    file = ImportFile.objects.unscoped("a test").get()
    here = reverse("import_file", args=[file.pk])
    assert response["Location"] == here
    page = text(client.get(here))
    assert "Le fichier est reçu. Rien n'est encore enregistré." in page
    assert f"Première ligne : {office.person.reference}" in page
    assert "je souhaite rencontrer cette personne" in page
    client.post(reverse("import_map", args=[file.pk]), queries_import.proposed(file))
    page = text(client.get(here))
    assert "Vérification en cours" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    jobs_import.run_check(file.pk)
    page = text(client.get(here))
    assert "Importer 1 ligne" in page
    assert "n'a la référence « rien »" in page
    assert "Rien n'est encore enregistré. L'import n'envoie aucun message." in page
    client.post(reverse("import_start", args=[file.pk]))
    assert "Import en cours" in text(client.get(here))
    jobs_import.run_import(file.pk)
    page = text(client.get(here))
    assert "Import terminé" in page
    assert len(office.promotions()) == 1
    errors = client.get(reverse("import_errors", args=[file.pk]))
    rows = list(load_workbook(io.BytesIO(errors.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Ligne", 3]


def test_a_page_refreshes_itself_with_htmx(client: Client, office: Office) -> None:
    file = office.receive(office.line())
    actions_import.map_columns(file, actor=office.actor, mapping=queries_import.proposed(file))
    here = reverse("import_file", args=[file.pk])
    part = text(client.get(here, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    jobs_import.run_check(file.pk)
    assert "every 2s" not in text(client.get(here, headers={"HX-Request": "true"}))


def test_pages_take_few_queries(client: Client, office: Office) -> None:
    file = office.check(office.receive(*[office.line(person=f"rien{n}") for n in range(30)]))
    for url in (reverse("imports"), reverse("import_file", args=[file.pk])):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        assert len(queries) <= 12


@pytest.mark.parametrize(
    ("content", "name", "status", "sentence"),
    [
        (b"x;y\n" + b"a" * 20_000_001, "gros.csv", 413, "Ce fichier dépasse 20 Mo."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "vieux.xls", 422, "ancien format « .xls »"),
        (b"PK\x03\x04abime", "abime.xlsx", 422, "Ce classeur est abîmé"),
        (b"%PDF-1.7\n\0\0", "notes.pdf", 422, "n'est ni un tableau CSV ni un classeur XLSX"),
        (b"", "vide.csv", 422, "Ce fichier est vide."),
        (b"\n\n", "vide.csv", 422, "Ce fichier est vide"),
        (b"Date;Date\n1;2", "double.csv", 422, "Deux colonnes portent le même nom, « Date »."),
        (b'Date;SIRET\n"' + b"x" * 140_000, "guillemet.csv", 422, "un guillemet n'est sans doute pas fermé"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_bad_file_is_refused_with_its_sentence(
    client: Client, office: Office, content: bytes, name: str, status: int, sentence: str
) -> None:
    page = send(client, office, content, name)
    assert page.status_code == status
    assert sentence in text(page)
    assert not ImportFile.objects.unscoped("a test").exists()


def test_a_workbook_with_macros_stays_closed(client: Client, office: Office) -> None:
    page = send(client, office, workbook(["Date"], ["1"], part="xl/vbaProject.bin"), "macro.xlsm")
    assert page.status_code == 422
    assert "Ce classeur contient des macros : par sécurité, il reste fermé." in text(page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_in_another_encoding_is_read_right(client: Client, office: Office, encoding: str) -> None:
    lines = f"{HEADER}\n{office.line(answer='Garde ce profil dans son vivier été', comment='Élève à Besançon')}"
    send(client, office, lines.encode(encoding))
    file = ImportFile.objects.unscoped("a test").get()
    assert "Réponse" in file.columns
    page = text(client.get(reverse("import_file", args=[file.pk])))
    assert "Élève à Besançon" in page


def test_a_workbook_is_read_with_its_own_dates_and_numbers(client: Client, office: Office) -> None:
    line = [dt.date(2026, 3, 12), office.person.reference, int(office.establishment.siret)]
    rows = [["Date", "Référence", "SIRET"], line]
    send(client, office, workbook(*rows), "promotions.xlsx")
    file = office.check(ImportFile.objects.unscoped("a test").get())
    assert (file.created_count, file.error_count) == (1, 0)


def test_no_file_asks_for_one(client: Client, office: Office) -> None:
    page = client.post(reverse("import_upload"), {"agency": str(office.agency.pk)})
    assert page.status_code == 422
    assert "Choisissez un fichier." in text(page)


def test_a_missing_column_is_asked_for_beside_the_field(client: Client, office: Office) -> None:
    file = office.receive(office.line())
    page = client.post(reverse("import_map", args=[file.pk]), {"siret": "SIRET", "sent_on": "Date"})
    assert page.status_code == 422
    assert "Dites quelle colonne désigne la personne" in text(page)


def test_starting_twice_says_so_and_loses_nothing(client: Client, office: Office) -> None:
    file = office.check(office.receive(office.line()))
    client.post(reverse("import_start", args=[file.pk]))
    page = client.post(reverse("import_start", args=[file.pk]), follow=True)
    assert "Ce fichier est en cours de traitement" in text(page)


def test_nothing_is_started_by_looking(client: Client, office: Office) -> None:
    file = office.check(office.receive(office.line()))
    for name in ("import_start", "import_map"):
        assert client.get(reverse(name, args=[file.pk])).status_code == 405
    assert client.get(reverse("import_upload")).status_code == 405
    assert office.again(file).state == "checked"


def test_the_model_can_be_sent_back(client: Client, office: Office) -> None:
    model = client.get(reverse("import_example")).content
    file = office.receive_bytes(model, "modele.xlsx")
    assert {"sent_on", "reference", "siret", "answer", "outcome"} <= set(queries_import.proposed(file))


def test_a_file_of_another_agency_does_not_exist(client: Client, office: Office) -> None:
    file = office.check(office.receive(office.line(person="rien")))
    sign_in(client, professional(Role.TEAM_LEAD))
    for name in ("import_file", "import_errors"):
        assert client.get(reverse(name, args=[file.pk])).status_code == 404
    assert client.post(reverse("import_start", args=[file.pk])).status_code == 404
    page = send(client, office, b"Date;SIRET\n1;2")
    assert page.status_code == 422


def test_an_adviser_has_no_import(client: Client, office: Office) -> None:
    sign_in(client, office.adviser)
    page = client.get(reverse("imports"))
    assert page.status_code == 403
    assert "Votre rôle ne donne pas accès à cette action." in text(page)
