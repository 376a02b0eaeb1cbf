"""`entremise demo --people N`: what it says when it adds people, when there is nothing to add, when it refuses."""

from __future__ import annotations

import re

import psycopg
import pytest

from entremise.config import cli_demo
from entremise.config.console import CommandRefused
from entremise.kernel.postgres import read_connection_file, serving
from tests.config.test_commands import Installation, assert_refused, installation, made

__all__ = ["installation", "made"]  # the fixtures
NOTHING_ADDED = "La démonstration existe déjà dans cette base : rien n'a été ajouté."


def test_it_adds_what_lacks_says_how_long_and_does_nothing_twice(made: Installation) -> None:
    first = made.do("demo", "--people", "700")
    assert first.returncode == 0, first.stderr
    sentence = r"^700 personnes en (.+), dont .+ pour les écrire, .+ pour le vivier et .+\.$"
    said = re.search(sentence, first.stdout, re.M)
    assert said, first.stdout
    again = made.do("demo", "--people", "700")
    assert (again.returncode, NOTHING_ADDED in again.stdout) == (0, True)
    fewer = made.do("demo", "--people", "100")
    assert NOTHING_ADDED in fewer.stdout
    more = made.do("demo", "--people", "900")
    assert "900 personnes en " in more.stdout
    assert_refused(made.do("demo", "--people", "950", "--seed", "2"), "une foule inventée avec --seed 1")
    with serving(made.folder / "var"):
        connection = read_connection_file(made.folder / "var")
        assert connection
        with psycopg.connect(connection.owner_url) as base:
            counts = base.execute(
                "select (select count(*) from people_person), (select count(*) from people_consent k where"
                " k.withdrawn_at is null), (select count(*) from matching_poolentry)"
            ).fetchone()
    assert counts is not None
    assert counts[0] == 902
    assert counts[1] == counts[2]


@pytest.mark.parametrize(
    ("people", "seed", "sentence"),
    [
        (0, 1, "--people doit être un nombre supérieur à zéro."),
        (10_000_001, 1, "--people : 10 000 000 personnes au plus."),
        (300, -1, "--seed doit être un nombre entre 0 et 4 294 967 295."),
        (300, 2**32, "--seed doit être un nombre entre 0 et 4 294 967 295."),
    ],
)
def test_numbers_that_make_no_sense_are_refused(people: int, seed: int, sentence: str) -> None:
    with pytest.raises(CommandRefused, match=re.escape(sentence)):
        cli_demo.check(people, seed)
    cli_demo.check(cli_demo.MOST_PEOPLE, cli_demo.MOST_SEED)


def test_a_disk_without_room_is_refused_with_what_would_fit() -> None:
    needed = int(1_000_000 * cli_demo.BYTES_A_PERSON * cli_demo.ROOM)
    assert cli_demo.room_refusal(1_000_000, needed) == ""
    refusal = cli_demo.room_refusal(1_000_000, needed // 2)
    assert "1 000 000 personnes de plus demandent" in refusal
    assert "Go libres" in refusal
    assert "environ 500 000 de plus sont possibles." in refusal or "environ 499 000 de plus" in refusal
