"""Files that somebody sends to harm: judged by what they hold, never by their name; kept under a name of ours."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from entremise.kernel import spreadsheets
from entremise.offers.models import OfferImport
from entremise.promotions.models import ImportFile
from tests.factories.accounts import sign_in
from tests.factories.imports import HEADER, Office

pytestmark = pytest.mark.django_db
ANY: Any = "a test"
GOOD = f"{HEADER}\n12/03/2026;K7MA-2QXP;73282932000074;;;;;;".encode()


@pytest.fixture
def office(client: Client) -> Office:
    office = Office()
    sign_in(client, office.lead)
    return office


def send(client: Client, office: Office, content: bytes, name: str) -> Any:
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(reverse("import_upload"), {"agency": str(office.agency.pk), "file": file})


def kept() -> set[str]:
    folder = Path(default_storage.path("imports"))
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def workbook(**parts: bytes) -> bytes:
    """Return a workbook of one line, with more parts in it."""
    book, out = Workbook(), io.BytesIO()
    book.active.append(HEADER.split(";"))
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def other_archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


HARMFUL = {
    "a program": (b"MZ\x90\x00" + b"\0" * 400, "promotions.csv"),
    "a program of Linux": (b"\x7fELF\x02\x01\x01" + b"\0" * 400, "promotions.xlsx"),
    "an image": (b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "promotions.csv"),
    "a PDF that says it is a table": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0" + b"\0" * 100, "promotions.csv"),
    "an archive of something else": (other_archive(**{"word/document.xml": b"<x/>"}), "promotions.xlsx"),
    "a workbook with macros": (workbook(**{"xl/vbaProject.bin": b"x"}), "promotions.xlsx"),
    "a bomb in one part": (workbook(**{"xl/worksheets/sheet2.xml": b"0" * 60_000_000}), "promotions.xlsx"),
    "a bomb in many parts": (
        workbook(**{f"xl/worksheets/sheet{n}.xml": b"0" * 9_000_000 for n in range(2, 52)}),
        "promotions.xlsx",
    ),
    "half a workbook": (workbook()[:-200], "promotions.xlsx"),
    "a workbook after a table": (GOOD + b"\n" + workbook(), "promotions.csv"),
    "a table named as a program": (GOOD, "promotions.exe"),
    "a table named as a page": (GOOD, "promotions.csv.html"),
    "a workbook named as a table": (workbook(), "promotions.csv"),
    "a table named as a workbook": (GOOD, "promotions.xlsx"),
    "too many columns": (b";".join(b"c%d" % n for n in range(101)), "promotions.csv"),
    "more than twenty megabytes": (GOOD + b"x" * 20_000_001, "promotions.csv"),
}


@pytest.mark.parametrize("what", sorted(HARMFUL))
def test_a_harmful_file_is_refused_with_a_sentence_and_leaves_nothing(
    client: Client, office: Office, what: str
) -> None:
    before = kept()
    response = send(client, office, *HARMFUL[what])
    assert response.status_code in (413, 422)
    assert response.context["form"].errors["file"]
    assert kept() == before
    assert not ImportFile.objects.unscoped(ANY).exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/mal.csv",
        "..\\..\\mal.csv",
        "<script>alert(1)</script>.csv",
        "é" * 300 + ".csv",
    ],
)
def test_the_name_of_a_file_decides_of_no_path_and_of_no_markup(client: Client, office: Office, name: str) -> None:
    before = kept()
    send(client, office, GOOD, name)
    (new,) = kept() - before
    assert len(new) == len("01900000-0000-7000-8000-000000000000.csv")
    file = ImportFile.objects.unscoped(ANY).get()
    page = client.get(reverse("import_file", args=[file.pk]))
    assert "<script>alert" not in page.content.decode()
    assert "/" not in file.filename


def test_a_file_that_was_sent_is_served_at_no_address(client: Client, office: Office) -> None:
    send(client, office, GOOD, "promotions.csv")
    path = ImportFile.objects.unscoped(ANY).get().path
    for address in (f"/{path}", f"/files/{path}", f"/media/{path}", f"/static/../files/{path}", f"/static/{path}"):
        assert client.get(address).status_code == 404
    assert not Path(default_storage.path(path)).is_relative_to(settings.STATIC_ROOT)
    assert not Path(default_storage.path(path)).stat().st_mode & 0o111


def test_one_account_sends_so_many_files_a_day(client: Client, office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_FILES_A_DAY", 2)
    assert [send(client, office, GOOD, "promotions.csv").status_code for _time in range(2)] == [302, 302]
    refused = send(client, office, GOOD, "promotions.csv")
    assert refused.status_code == 422
    assert "Réessayez demain" in refused.content.decode()
    assert ImportFile.objects.unscoped(ANY).count() == 2


def test_one_account_sends_so_many_bytes_a_day(client: Client, office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_BYTES_A_DAY", len(GOOD))
    assert send(client, office, GOOD, "promotions.csv").status_code == 302
    assert send(client, office, GOOD, "promotions.csv").status_code == 422


def test_offers_are_received_with_the_same_care(client: Client, office: Office) -> None:
    sign_in(client, office.adviser)
    for content, name in (HARMFUL["a workbook with macros"], HARMFUL["a table named as a page"]):
        file = SimpleUploadedFile(name, content)
        response = client.post(reverse("offer_import_upload"), {"agency": str(office.agency.pk), "file": file})
        assert response.status_code == 422
    assert not OfferImport.objects.unscoped(ANY).exists()
