"""The command `badges`: keys seen, followed, given up, taken elsewhere; what the doctor says of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from entremise.config import cli, cli_badges, doctor, environment
from entremise.config.doctor import Verdict
from entremise.credentials import actions_keys
from entremise.credentials.models import Award, SigningKey
from entremise.kernel import keyring
from tests.factories.credentials import award
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
PHRASE = "une phrase assez longue pour cela"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands work on the test's own database, whose settings are loaded already."""

    @contextmanager
    def ready() -> Iterator[None]:
        yield

    monkeypatch.setattr(cli_badges, "django_ready", ready)


@pytest.fixture
def given() -> Award:
    return award(PersonFactory())


def slug(of: Award) -> str:
    return of.badge_class.issuer.slug


def run(*arguments: str) -> int:
    return cli.main(["badges", *arguments])


def test_keys_are_shown_with_what_they_signed(given: Award, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("keys") == 0
    told = capsys.readouterr().out
    assert f"({slug(given)})" in told
    assert "ed25519-2026-1" in told
    assert "en service" in told
    assert "badges : 1" in told


def test_the_next_key_is_prepared(given: Award, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rotate", "--issuer", slug(given)) == 0
    assert "ed25519-2026-2 est publiée" in capsys.readouterr().out
    assert SigningKey.objects.get(name="ed25519-2026-2").state == "next"


def test_a_lost_key_is_given_up_and_its_badges_signed_again(given: Award, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compromised", "ed25519-2026-1", "--issuer", slug(given), "--sure") == 0
    assert "n'est plus publiée" in capsys.readouterr().out
    lost = SigningKey.objects.get(name="ed25519-2026-1")
    assert (lost.state, actions_keys.signed_by(lost).count()) == ("compromised", 0)
    assert run("publish") == 0
    assert "à jour" in capsys.readouterr().out


def test_nothing_is_given_up_without_the_word(
    given: Award, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", lambda asked: "oui")
    assert run("compromised", "ed25519-2026-1", "--issuer", slug(given)) == 1
    assert "Rien n'a été changé" in capsys.readouterr().err
    assert SigningKey.objects.get(name="ed25519-2026-1").state == "active"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rotate", "--issuer", "personne"), "Aucun émetteur ne s'appelle « personne »"),
        (("import", "nulle-part"), "n'existe pas"),
        (("export", "x", "--passphrase-file", "nulle-part"), "n'existe pas"),
    ],
)
def test_what_is_not_there_is_said(arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 1
    assert told in capsys.readouterr().err


def test_keys_leave_and_come_back(given: Award, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrase, file = tmp_path / "phrase", tmp_path / "cles"
    phrase.write_text(f"{PHRASE}\n")
    told = ("--issuer", slug(given), "--passphrase-file", str(phrase))
    assert run("export", str(file), *told) == 0
    assert file.stat().st_mode & 0o077 == 0
    assert run("export", str(file), *told) == 1  # it is not written over
    assert run("import", str(file), *told) == 0
    assert "étaient déjà là" in capsys.readouterr().out
    phrase.write_text("une autre phrase, assez longue")
    assert run("import", str(file), *told) == 1
    assert "ne correspond pas" in capsys.readouterr().err


def test_what_waits_is_signed(capsys: pytest.CaptureFixture[str]) -> None:
    waiting = award(PersonFactory(), signed=False)
    assert run("sign") == 0
    waiting.refresh_from_db()
    assert waiting.state == "issued"


def findings() -> list[doctor.Finding]:
    """Return what the doctor says of badges, in the test's own transaction."""
    from django.db import connection

    connection.ensure_connection()
    held: psycopg.Connection = connection.connection
    settings = environment.load({"ENTREMISE_VAR": os.environ["ENTREMISE_VAR"]})
    return doctor._badges(held, replace(settings, badges_key=keyring.key_path()))


def test_the_doctor_looks_at_the_key_and_at_late_lists(given: Award, tmp_path: Path, settings: object) -> None:
    from django.db import connection

    assert [one.verdict for one in findings()] == [Verdict.GOOD]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE credentials_statuslist SET changed_at = now() - interval '11 minutes',"
            " published_at = now() - interval '12 minutes'"
        )
    assert "en retard" in findings()[0].fact
    settings.BADGES_KEY = tmp_path / "absente.key"  # type: ignore[attr-defined]
    assert "manque" in findings()[0].fact
    (tmp_path / "absente.key").write_bytes(bytes(32))
    (tmp_path / "absente.key").chmod(0o644)
    assert "D'autres comptes" in findings()[0].fact
