"""The operator's guide says everything the operator can set, do and read, and nothing that does not exist."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from entremise.config import doctor, environment
from entremise.config.cli import build_parser
from tests.factories.sources import nodes

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "operate"
EXPLOITER = (GUIDE / "exploiter.md").read_text(encoding="utf-8")
DOCTOR = (GUIDE / "doctor.md").read_text(encoding="utf-8")
VARIABLE = re.compile(r"(?:ENTREMISE_[A-Z_]+|PORT|SMTP_URL|DATABASE_URL|DATABASE_OWNER_URL)")
ROW = re.compile(r"^\| `([A-Z_]+)` \|.*\| (.*) \|$", re.MULTILINE)
REPORTERS = {"_good", "_bad", "_warning"}


def variables_of_the_code() -> set[str]:
    said = {node.value for _where, node in nodes(ast.Constant) if isinstance(node.value, str)}
    return {word for word in said if VARIABLE.fullmatch(word)}


def test_every_setting_is_explained_and_no_other() -> None:
    assert {name for name, _default in ROW.findall(EXPLOITER)} == variables_of_the_code()


def test_the_defaults_are_those_of_the_code(tmp_path: Path) -> None:
    said = dict(ROW.findall(EXPLOITER))
    settings = environment.load({"ENTREMISE_VAR": str(tmp_path)})
    actual = {
        "PORT": settings.port,
        "ENTREMISE_BIND": settings.bind,
        "ENTREMISE_LANGUAGE": settings.language,
        "ENTREMISE_MAIL_FROM": settings.mail_from,
        "ENTREMISE_NAME": settings.brand.name,
        "ENTREMISE_PRIMARY_COLOUR": settings.brand.primary,
        "ENTREMISE_ACCENT_COLOUR": settings.brand.accent,
    }
    assert {name: said[name] for name in actual} == {name: f"`{value}`" for name, value in actual.items()}
    assert said["ENTREMISE_DEMO"].startswith(f"`{int(settings.demo)}`")


def test_every_command_is_explained_and_no_other() -> None:
    (commands,) = (action for action in build_parser()._actions if action.choices)
    assert set(re.findall(r"^\| `entremise (\w+)` \|", EXPLOITER, re.MULTILINE)) == set(commands.choices or ())


def findings() -> list[list[str]]:
    """Return, for each thing the doctor may say, its fixed words around what it measures."""
    found = []
    for node in ast.walk(ast.parse(Path(doctor.__file__).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in REPORTERS | {"Finding"}:
            continue
        said = node.args[node.func.id == "Finding"]
        pieces = said.values if isinstance(said, ast.JoinedStr) else [said]
        words = [p.value.strip() for p in pieces if isinstance(p, ast.Constant) and isinstance(p.value, str)]
        found.append([word for word in words if len(word) > 1])
    return [words for words in found if words]


@pytest.mark.parametrize("words", findings(), ids=lambda words: words[0][:40])
def test_everything_the_doctor_says_is_explained_in_one_line(words: list[str]) -> None:
    assert any(all(word in line for word in words) for line in DOCTOR.splitlines()), words


def test_the_doctor_s_lines_are_found_in_its_code() -> None:
    assert len(findings()) >= 18


@pytest.mark.parametrize("page", sorted(GUIDE.glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([\w./-]*\.md)?(?:#([^)]+))?\)", page.read_text(encoding="utf-8")):
        there = page.parent / target if target else page
        assert there.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}, anchor


@pytest.mark.parametrize("page", sorted(GUIDE.glob("*.md")), ids=lambda page: page.name)
def test_each_page_has_one_title_and_ordered_headings(page: Path) -> None:
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
