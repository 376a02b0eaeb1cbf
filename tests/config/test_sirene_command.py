"""The command `sirene import`: what it says of a file, whole, cut, wrong or absent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from entremise.config import cli, cli_sirene, environment
from entremise.employers.models import Establishment
from tests.factories.employers import commune, naf
from tests.factories.sirene import line, siret, stock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command work on the test's own database, whose settings are loaded already."""

    @contextmanager
    def ready() -> Iterator[environment.Environment]:
        yield environment.load({"DATABASE_URL": "postgresql://not-asked"})

    monkeypatch.setattr(cli_sirene, "django_ready", ready)
    commune()
    naf()


def run(*arguments: object) -> int:
    return cli.main(["sirene", "import", *map(str, arguments)])


def test_a_file_is_rehearsed_then_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = stock(tmp_path, line(1), line(2, siret="1"), kind="gz")
    assert run(source, "--dry-run", "--department", "26") == 0
    said = capsys.readouterr().out
    assert f"Établissements ajoutés : 1 ; par exemple {siret(1)}." in said
    assert "laissés de côté : 1 (numéro SIRET faux) ; par exemple 1." in said
    assert "Essai à blanc : rien n'a été écrit." in said
    assert not Establishment.objects.exists()
    assert run(source) == 0
    assert "Établissements ajoutés : 1" in capsys.readouterr().out
    assert Establishment.objects.count() == 1


def test_what_is_wrong_is_a_sentence_and_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "absent.csv") == 1
    assert "n'existe pas" in capsys.readouterr().err
    assert run(stock(tmp_path, "1", header="SIRET")) == 1
    assert "n'est pas le fichier StockEtablissement de l'Insee" in capsys.readouterr().err
    source = stock(tmp_path, *(line(number) for number in range(1, 30)), kind="gz")
    assert run(source, "--department", "26", "99") == 1
    assert "Département inconnu : 99." in capsys.readouterr().err
    source.write_bytes(source.read_bytes()[:-150])
    assert run(source) == 1
    assert "s'arrête avant sa fin" in capsys.readouterr().err
    assert Establishment.objects.exists()
