"""OWASP ASVS: every requirement of levels 1 and 2 once, each with tests that exist or a written reason. Promise S6."""

import ast
import re
from collections import Counter
from pathlib import Path

from scripts import asvs
from tests.promises import Promise

TESTS = Path(__file__).resolve().parents[1]
# How many requirements of levels 1 and 2 each chapter of the standard has, in order.
BY_CHAPTER = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7]


def written_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_requirement_of_levels_1_and_2_is_there_once() -> None:
    known, standard = asvs.requirements(), asvs.standard()
    levels = Counter(one["level"] for one in known.values())
    assert levels == {1: standard["level_1"], 2: standard["level_2"]}
    assert [Counter(asvs.order(number)[0] for number in known)[n] for n in range(1, 18)] == BY_CHAPTER
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in known)  # once: TOML refuses a key given twice


def test_every_test_that_is_named_exists() -> None:
    lost, read = [], {}
    for number, one in asvs.requirements().items():
        for named in one.get("tests", []):
            file, _, name = named.partition("::")
            path = TESTS / file
            if path not in read:
                read[path] = written_in(path) if path.is_file() else set()
            if name not in read[path]:
                lost.append(f"{number} {named}")
    assert lost == []
    assert len(read) > 25


def test_what_has_no_test_has_a_whole_reason() -> None:
    for number, one in asvs.requirements().items():
        assert bool(one.get("tests")) != bool(one.get("because")), number
        assert asvs.kind_of(one) in asvs.KINDS, number
        if reason := one.get("because"):
            assert reason[0].isupper() or ".md" in reason.split()[0], number
            assert reason.endswith("."), number
            assert len(reason) > 15, number


def test_the_page_is_up_to_date() -> None:
    assert asvs.PAGE.read_text(encoding="utf-8") == asvs.page()


def test_each_requirement_is_answered(promise: Promise) -> None:
    told = asvs.counts()
    said = f"{told.total()} exigences : {told[asvs.TESTED]} avec un test, {told[asvs.WRITTEN]} par écrit,"
    said += f" {told[asvs.OPERATOR]} à l'exploitant, {told[asvs.OUT]} sans objet, {told[asvs.MISSING]} pas encore"
    promise("S6", said, is_met=told[asvs.MISSING] == 0)
