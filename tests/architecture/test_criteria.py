"""The criteria of a domain, each with the tests that show it: those that are named exist."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.test_asvs import TESTS, written_in

FILES = sorted((TESTS.parent / "docs" / "domains").glob("*.toml"))
BADGES = [f"A{number}" for number in range(1, 16)]


def criteria(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_badges_answer_every_criterion_of_their_acceptance() -> None:
    (badges,) = [path for path in FILES if path.stem == "credentials"]
    assert list(criteria(badges)) == BADGES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_criterion_names_tests_that_exist(path: Path) -> None:
    lost = []
    for name, one in criteria(path).items():
        assert one["tests"], name
        for named in one["tests"]:
            file, _, test = named.partition("::")
            if not (TESTS / file).is_file() or test not in written_in(TESTS / file):
                lost.append(f"{name} {named}")
    assert lost == []
