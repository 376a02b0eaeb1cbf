"""What the product imports is what it declares: a package that only came with another may leave with it."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"[A-Za-z0-9._-]+")
PINNED = re.compile(r"[a-z0-9._-]+==\S+( ; [^\\]+)? \\")


def imported() -> set[str]:
    """Return the first names of what the product imports from elsewhere."""
    found: set[str] = set()
    for path in (ROOT / "entremise").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(str(node.module).partition(".")[0])
    return found - sys.stdlib_module_names - {"entremise"}


def declared() -> set[str]:
    """Return the names of the packages that `pyproject.toml` asks for, without their extras."""
    return {normal(NAME.match(line).group()) for line in project()["dependencies"]}  # type: ignore[union-attr]


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def optional() -> set[str]:
    """Return the names of the packages of the extras that a site may add; not those of who develops."""
    extras = project()["optional-dependencies"]
    lines = [line for name, packages in extras.items() if name != "dev" for line in packages]
    return {normal(NAME.match(line).group()) for line in lines}  # type: ignore[union-attr]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_that_is_imported_is_declared() -> None:
    where = packages_distributions()
    names = imported()
    assert "django" in names
    assert not {name for name in names if not {normal(one) for one in where.get(name, ())} & (declared() | optional())}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_what_is_installed_is_pinned_by_its_content_and_names_no_place_to_find_it(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) > 20
    for block in blocks:
        assert PINNED.match(block), block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]
    pinned = {normal(block.partition("==")[0]) for block in blocks}
    assert declared() <= {re.sub(r"\[.*", "", one) for one in pinned}
