"""Identities have one door: `kernel.vault`, asked by the people domain; everybody else goes through its queries."""

import ast
from pathlib import Path

import pytest

from entremise.people.enums import Handling

PACKAGE = Path(__file__).resolve().parents[2] / "entremise"
DOOR = ("people/", "kernel/", "config/", "demo/")  # the demo writes invented identities, and reads none
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "/migrations/" not in path.as_posix())
HANDLED = {"identity_handled", "handled"}


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def outside() -> list[Path]:
    return [path for path in MODULES if not path.relative_to(PACKAGE).as_posix().startswith(DOOR)]


def test_nobody_else_asks_the_table_of_identities() -> None:
    asked = [path for path in outside() if "Identity.objects" in path.read_text()]
    assert asked == []


def test_nobody_else_opens_the_vault() -> None:
    assert [path for path in outside() if "kernel import vault" in path.read_text()] == []


@pytest.mark.parametrize("handling", Handling)
def test_a_reason_to_handle_an_identity_is_used(handling: Handling) -> None:
    name = f"Handling.{handling.name}"
    assert any(name in path.read_text() for path in MODULES)


def test_who_handles_an_identity_says_which_reason() -> None:
    found = [
        (path.name, call)
        for path in MODULES
        if "/kernel/" not in path.as_posix()
        for call in calls(path)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in HANDLED
    ]
    assert len(found) >= len(Handling)
    for name, call in found:
        said = [ast.unparse(value) for value in [*call.args[1:], *(key.value for key in call.keywords)]]
        assert any(word.startswith("Handling.") for word in said), (name, ast.unparse(call))
