"""The import contracts hold, and nobody imports inside a function to get round them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import entremise

PACKAGE = Path(entremise.__file__).parent
ALL = [p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts]
ROOT = PACKAGE.parent
# Late imports with a reason: heavy or optional libraries, and the settings that must be chosen before Django loads.
LATE = {"config", "kernel/apps.py"}


def test_import_contracts() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_import_of_ours_inside_a_function(path: Path) -> None:
    name = str(path.relative_to(PACKAGE))
    if name.startswith(tuple(LATE)):
        return
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
                assert not module.startswith("entremise"), f"line {node.lineno}: {module}"


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_stays_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_function_stays_short(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 40, node.name
