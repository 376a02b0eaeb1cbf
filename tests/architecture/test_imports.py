"""The import contracts hold, and nobody imports inside a function to get round them."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.factories.sources import PACKAGE, nodes, texts

ROOT = PACKAGE.parent
# Late imports with a reason: heavy or optional libraries, and the settings that must be chosen before Django loads.
LATE = {"config", "kernel/apps.py"}


def test_import_contracts() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_import_of_ours_inside_a_function() -> None:
    late = [
        f"{name}:{node.lineno} {node.module}"
        for name, function in nodes(ast.FunctionDef)
        if not name.startswith(tuple(LATE))
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("entremise")
    ]
    assert late == []


def test_a_file_stays_short() -> None:
    assert len(texts()) > 500
    assert {name: length for name, text in texts().items() if (length := len(text.splitlines())) > 400} == {}


def test_a_function_stays_short() -> None:
    found = nodes(ast.FunctionDef)
    assert len(found) > 2_000
    assert [f"{name} {one.name}" for name, one in found if (one.end_lineno or 0) - one.lineno > 40] == []
