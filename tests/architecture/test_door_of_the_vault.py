"""Identities have one door: `kernel.vault`, asked by the people domain; everybody else goes through its queries."""

import ast

import pytest

from entremise.people.enums import Handling
from tests.factories.sources import nodes, texts

DOOR = ("people/", "kernel/", "config/", "demo/")  # the demo writes invented identities, and reads none
HANDLED = {"identity_handled", "handled"}


def outside() -> dict[str, str]:
    return {name: text for name, text in texts().items() if not name.startswith(DOOR)}


def test_nobody_else_asks_the_table_of_identities() -> None:
    assert [name for name, text in outside().items() if "Identity.objects" in text] == []


def test_nobody_else_opens_the_vault() -> None:
    assert [name for name, text in outside().items() if "kernel import vault" in text] == []


@pytest.mark.parametrize("handling", Handling)
def test_a_reason_to_handle_an_identity_is_used(handling: Handling) -> None:
    name = f"Handling.{handling.name}"
    assert any(name in text for text in texts().values())


def test_who_handles_an_identity_says_which_reason() -> None:
    found = [
        (name, call)
        for name, call in nodes(ast.Call)
        if not name.startswith("kernel/") and getattr(call.func, "attr", getattr(call.func, "id", "")) in HANDLED
    ]
    assert len(found) >= len(Handling)
    for name, call in found:
        said = [ast.unparse(value) for value in [*call.args[1:], *(key.value for key in call.keywords)]]
        assert any(word.startswith("Handling.") for word in said), (name, ast.unparse(call))
