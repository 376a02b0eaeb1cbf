"""Spreadsheets: what offices really send is read, what is dangerous is refused with a sentence."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.kernel.spreadsheets import Spreadsheet, SpreadsheetRefused, harmless, write_csv, write_xlsx

HEADER = "Référence;Société;Réponse"
LINES = HEADER + "\r\nK7MA-2QXP;Boulangerie Élan;intéressé\r\n\r\nK7MA-2QXQ;« Œuvre »;pas répondu\r\n"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes, name: str = "tableau") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def workbook(tmp_path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    path = tmp_path / "classeur.xlsx"
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SpreadsheetRefused) as caught:
        list(Spreadsheet(path).lines())
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_the_encodings_of_offices(written, encoding: str) -> None:
    sheet = Spreadsheet(written(LINES.encode(encoding)))
    assert sheet.columns == ["Référence", "Société", "Réponse"]
    lines = list(sheet.lines())
    assert [line.cells["Société"] for line in lines] == ["Boulangerie Élan", "« Œuvre »"]
    assert [line.number for line in lines] == [2, 4]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_separator_is_found(written, delimiter: str) -> None:
    text = f'"Nom, prénom"{delimiter}Ville\n"Diallo; Awa"{delimiter}Valence\n'
    sheet = Spreadsheet(written(text.encode()))
    assert sheet.columns == ["Nom, prénom", "Ville"]
    assert next(iter(sheet.lines())).cells == {"Nom, prénom": "Diallo; Awa", "Ville": "Valence"}


def test_a_cell_with_a_line_break_keeps_the_numbers_of_the_lines_after_it(written) -> None:
    sheet = Spreadsheet(written(b'a;b\n"x\ny";1\nz;2\n'))
    assert [line.number for line in sheet.lines()] == [2, 4]


def test_a_workbook_is_read_with_its_types(tmp_path: Path) -> None:
    path = workbook(tmp_path, [[], ["SIRET", "Nombre"], [12345678901234, 3], [None, None], ["x", -2]])
    sheet = Spreadsheet(path)
    assert sheet.columns == ["SIRET", "Nombre"]
    assert [(line.number, line.cells["SIRET"], line.cells["Nombre"]) for line in sheet.lines()] == [
        (3, 12345678901234, 3),
        (5, "x", -2),
    ]


def test_a_short_line_has_empty_cells(written) -> None:
    assert next(iter(Spreadsheet(written(b"a;b;c\n1\n")).lines())).cells == {"a": "1", "b": None, "c": None}


def test_a_file_over_the_limit_is_refused(written, settings) -> None:
    settings.MAX_SPREADSHEET_BYTES = 20_000_000
    assert "dépasse 20 Mo" in refusal(written(b"a;b\n" + b"1;2\n" * 5_000_001))


def test_a_workbook_with_macros_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["a"], [1]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert "macros" in refusal(path)


def test_an_old_workbook_is_refused(written) -> None:
    assert "« .xls »" in refusal(written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512))


def test_a_locked_workbook_is_refused(written) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 70_000 + "EncryptedPackage".encode("utf-16-le")
    assert "mot de passe" in refusal(written(content))


def test_a_damaged_workbook_is_refused(tmp_path: Path, written) -> None:
    whole = workbook(tmp_path, [["a"], [1]]).read_bytes()
    assert "abîmé" in refusal(written(whole[: len(whole) // 2]))
    assert "abîmé" in refusal(written(whole.replace(b"sheetData", b"sheetDatX")[:-100] + whole[-100:]))


def test_a_workbook_whose_inside_is_nonsense_is_refused(written) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<nonsense")
        archive.writestr("xl/workbook.xml", "<nonsense")
    assert "abîmé" in refusal(written(buffer.getvalue()))


def test_a_bomb_is_refused_without_being_opened(written) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert "démesurément" in refusal(written(buffer.getvalue()))


@pytest.mark.parametrize("content", [b"", b"\n\n;;\n"])
def test_an_empty_file_is_refused(written, content: bytes) -> None:
    assert "vide" in refusal(written(content))


def test_another_kind_of_file_is_refused(written) -> None:
    assert "ni un tableau CSV" in refusal(written(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert "ni un tableau CSV" in refusal(written(buffer.getvalue()))


def test_two_columns_of_one_name_are_refused(written) -> None:
    assert "« SIRET »" in refusal(written(b"SIRET;nom;SIRET\n1;2;3\n"))


def test_an_unclosed_quote_is_refused_with_its_line(written) -> None:
    assert "ligne 2" in refusal(written(b'a;b\n"' + b"x" * 200_000 + b";1\n"))


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd", "\t=1", "\r=1", "-"])
def test_a_formula_is_made_harmless(value: str) -> None:
    assert harmless(value) == "'" + value


@pytest.mark.parametrize("value", ["-3", "-3,5", "+33 6 12 34 56 78", "Awa", "", 3, None])
def test_numbers_and_phones_stay_as_they_are(value: object) -> None:
    assert harmless(value) == value


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_no_exported_cell_can_run(cells: list[str]) -> None:
    out = io.StringIO()
    write_csv(out, [f"c{n}" for n in range(len(cells))], [cells])
    for cell in list(csv.reader(io.StringIO(out.getvalue().lstrip("\ufeff")), delimiter=";"))[1]:
        assert not cell.startswith(("=", "@", "\t", "\r"))
        assert not (cell[:1] in {"+", "-"} and any(c not in "0123456789 .," for c in cell[1:]))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    rows = [["Élan", "=HYPERLINK(1)", -2], ["Œuvre", "+33 6 12 34 56 78", 0]]
    as_csv, as_xlsx = tmp_path / "e.csv", tmp_path / "e.xlsx"
    with as_csv.open("w", newline="", encoding="utf-8") as out:
        assert write_csv(out, ["nom", "mot", "n"], rows) == 2
    with as_xlsx.open("wb") as raw:
        assert write_xlsx(raw, ["nom", "mot", "n"], rows) == 2
    for path in (as_csv, as_xlsx):
        lines = list(Spreadsheet(path).lines())
        assert [line.cells["nom"] for line in lines] == ["Élan", "Œuvre"]
        assert lines[0].cells["mot"] == "'=HYPERLINK(1)"
        assert str(lines[0].cells["n"]) == "-2"
