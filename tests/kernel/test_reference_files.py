"""Official files, whatever their encoding and wrapping, and tables brought in line with them."""

import gzip
import zipfile
from pathlib import Path

import pytest

from entremise.kernel.reference_files import ImportReport, Source, SourceRefused, synchronise
from entremise.territories.models import Region

LATE_ACCENT = "code;nom\n" + "1;plain\n" * 200_000 + "2;Forêt\n"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encoding_is_found_even_when_the_first_accent_comes_late(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "a.csv", LATE_ACCENT.encode(encoding))
    rows = list(Source(path).rows("a.csv"))
    assert rows[0] == {"code": "1", "nom": "plain"}
    assert rows[-1] == {"code": "2", "nom": "Forêt"}


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_from_the_first_line(tmp_path: Path, delimiter: str) -> None:
    path = written(
        tmp_path, "a.csv", delimiter.join(["#Code", "Nom"]).encode() + b"\r\n" + b"1" + delimiter.encode() + b"x"
    )
    assert list(Source(path).rows("a.csv")) == [{"code": "1", "nom": "x"}]
    assert Source(path).columns("a.csv") == ["code", "nom"]


def test_a_quoted_cell_may_hold_a_line_break(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", b'code;nom\n1;"deux\nlignes"\n')
    assert next(iter(Source(path).rows("a.csv")))["nom"] == "deux\nlignes"


def test_a_zip_a_gz_a_folder_and_a_plain_file_read_alike(tmp_path: Path) -> None:
    content = "code;nom\n1;Été\n".encode()
    plain = written(tmp_path, "a.csv", content)
    packed = written(tmp_path, "a.csv.gz", gzip.compress(content))
    archive = tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("a.csv", content)
    for source in (Source(plain), Source(packed), Source(archive)):
        assert source.names() == ["a.csv"]
        assert list(source.rows("a.csv")) == [{"code": "1", "nom": "Été"}]
    assert "a.csv" in Source(tmp_path).names()
    assert list(Source(tmp_path).rows("a.csv")) == [{"code": "1", "nom": "Été"}]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip", b"nothing", "Le fichier « a.zip » est abîmé ou incomplet : téléchargez-le de nouveau."),
        ("a.csv.gz", b"nothing", "Le fichier « a.csv.gz » est abîmé ou incomplet : téléchargez-le de nouveau."),
        ("a.csv", b"a;b\x00\x00", "Le fichier « a.csv » n’est pas un fichier texte."),
        ("a.csv", b"a;b\n1;" + b"x" * 200_000 + b"\n", "Le fichier « a.csv » n’est pas un CSV lisible."),
    ],
    ids=["zip", "gz", "binary", "cell"],
)
def test_an_unreadable_file_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    source = Source(written(tmp_path, name, content))
    with pytest.raises(SourceRefused) as refusal:
        list(source.rows("a.csv"))
    assert refusal.value.reason == sentence


def test_a_file_missing_from_an_archive_is_named(tmp_path: Path) -> None:
    archive = tmp_path / "b.zip"
    with zipfile.ZipFile(archive, "w") as writing:
        writing.writestr("a.csv", "x")
    with pytest.raises(SourceRefused) as refusal:
        Source(archive).json("c.json")
    assert refusal.value.reason == "Il manque le fichier « c.json » dans l’archive."


@pytest.mark.django_db
def test_a_table_is_brought_in_line_and_a_repeated_row_counts_once() -> None:
    wanted = [("84", "Auvergne"), ("84", "Again"), ("11", "Paris")]
    first = synchronise(regions(wanted), Region.objects.all(), key="code", fields=("name",))
    assert (first.created, first.ignored) == (2, 1)
    second = synchronise(regions([("84", "Auvergne-Rhône-Alpes")]), Region.objects.all(), key="code", fields=("name",))
    assert (second.created, second.changed, second.unchanged) == (0, 1, 0)
    assert dict(Region.objects.values_list("code", "name")) == {"84": "Auvergne-Rhône-Alpes", "11": "Paris"}


@pytest.mark.django_db
def test_a_rehearsal_writes_nothing() -> None:
    report = synchronise(regions([("84", "A")]), Region.objects.all(), key="code", fields=("name",), dry_run=True)
    assert (report.created, report.dry_run, report.is_empty) == (1, True, False)
    assert not Region.objects.exists()


def test_a_report_reads_as_a_sentence_and_reports_add_up() -> None:
    total = ImportReport(created=2, examples=("a",)) + ImportReport(changed=1, retired=3, unchanged=4, examples=("b",))
    assert str(total) == (
        "Lignes ajoutées : 2 ; modifiées : 1 ; retirées : 3 ; inchangées : 4 ; laissées de côté : 0."
    )
    assert total.examples == ("a", "b")


def regions(pairs: list[tuple[str, str]]) -> list[Region]:
    return [Region(code=code, name=name) for code, name in pairs]
