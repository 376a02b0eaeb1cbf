"""Weights are dated, kept, and refused with the reason when they make no sense."""

import datetime as dt
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from entremise.matching.engine import compiled, rows, score, store, weights
from entremise.matching.engine.build import build
from entremise.matching.engine.geography import Atlas, Place
from entremise.matching.engine.layout import IndexUnreadable

TEXT = weights.FILE.read_text(encoding="utf-8")
NUMBERS = [field.name for field in fields(weights.Weights) if field.name not in weights.TOLD]

# What each section was when it was written. A section in force is never edited: add one to the file, and here.
WRITTEN = ["2026-11-22-4a1f133f"]


def section(text: str, **changed: object) -> str:
    """Return the text of sections with some values written otherwise."""
    for name, value in changed.items():
        text = re.sub(rf"^{name} = [^\s#]*", f"{name} = {value}", text, flags=re.MULTILINE)
    return text


def only(text: str) -> str:
    """Return the last section of a text."""
    return "[[weights]]" + text.rpartition("[[weights]]")[2]


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "draft.toml"


def refused(draft: Path, text: str) -> str:
    draft.write_text(text, encoding="utf-8")
    with pytest.raises(weights.WeightsRefused) as refusal:
        weights.read(draft)
    return str(refusal.value)


def test_no_section_was_edited_since_it_was_written() -> None:
    assert [told.version for told in weights.read()] == WRITTEN


def test_the_score_uses_the_last_section(draft: Path) -> None:
    assert weights.read()[-1] == score.IN_FORCE
    draft.write_text(TEXT + section(only(TEXT), since="2026-12-01", skills=41, distance=14), encoding="utf-8")
    first, last = weights.read(draft)[-2:]
    assert first == score.IN_FORCE
    assert (last.since, last.skills, last.distance) == (dt.date(2026, 12, 1), first.skills + 1, first.distance - 1)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_section_edited_in_place_is_another_version_all_the_same(name: str) -> None:
    told = score.IN_FORCE
    assert replace(told, **{name: getattr(told, name) + 1}).version != told.version
    assert replace(told, why="Said otherwise.").version == told.version


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"skills": 41}, "the four parts make a hundred"),
        ({"skills": 55, "distance": 0}, "each part is worth a point at least"),
        ({"skills": 41, "occupation": 29}, "a wished occupation is worth its whole part"),
        ({"exercised": 30}, "wished is worth more than exercised"),
        ({"near": 20}, "wished is worth more than exercised"),
        ({"near": 0}, "wished is worth more than exercised"),
        ({"company": 8}, "better proof never weighs less"),
        ({"signed": 11}, "a signed skill weighs twelve"),
        ({"signed": 13}, "a signed skill weighs twelve"),
        ({"old_proof_costs": 2}, "any proof, however old, weighs more than one's word"),
        ({"said": 7}, "any proof, however old, weighs more than one's word"),
        ({"said": 2}, "one's word always weighs something"),
        ({"expert_brings": 6}, "an expert's word weighs less than a signature"),
        ({"very_old_proof_years": 3}, "a proof is old before it is very old"),
        ({"old_proof_years": 0}, "a proof is old before it is very old"),
        ({"proved_skill": 41}, "a proved skill brings a point at least"),
        ({"proved_skill": 0}, "a proved skill brings a point at least"),
        ({"soon": 16}, "available soon brings no more than today"),
        ({"soon_days": -1}, "soon_days is a whole number, not -1"),
        ({"near": 12.5}, "near is a whole number, not 12.5"),
        ({"near": "true"}, "near is a whole number, not True"),
        ({"since": 3}, "`since` is a date"),
        ({"since": "2026-11-22T10:00:00"}, "`since` is a date"),
        ({"why": '""\n#'}, "`why` a sentence"),
    ],
)
def test_weights_that_make_no_sense_are_refused_with_the_reason(
    draft: Path, changed: dict[str, object], reason: str
) -> None:
    message = refused(draft, section(only(TEXT), **changed))
    assert message.startswith("section 1: ")
    assert reason in message


@pytest.mark.parametrize("rule", [rule for rule, _is_kept in weights.RULES])
def test_every_rule_is_tried(rule: str) -> None:
    tried = {mark.args[1][i][1] for mark in _marks() for i in range(len(mark.args[1]))}
    assert any(reason in rule for reason in tried)


def _marks() -> list[pytest.Mark]:
    return test_weights_that_make_no_sense_are_refused_with_the_reason.pytestmark  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds sections [[weights]]"),
        ("weights = 3", "holds sections [[weights]]"),
        ("weights = []", "holds sections [[weights]]"),
        (TEXT + "\n[other]\nname = 1\n", "holds sections [[weights]]"),
        (TEXT + "\ncolour = 3\n", "unknown {'colour'}"),
        (only(TEXT).replace("near = ", "# near = "), "section 1: missing {'near'}"),
        (TEXT + only(TEXT), "sections follow their dates: 2026-11-22 comes after 2026-11-22"),
        (TEXT + section(only(TEXT), since="2026-01-31"), "2026-01-31 comes after 2026-11-22"),
        ("[[weights]", "cannot be read"),
    ],
)
def test_a_file_that_is_not_one_is_refused_with_the_reason(draft: Path, text: str, reason: str) -> None:
    assert reason in refused(draft, text)


def test_an_older_section_is_checked_too(draft: Path) -> None:
    """What was in force is compared with: it must stay readable."""
    bad = section(only(TEXT), since="2020-01-01", soon=99)
    assert "section 1: available soon" in refused(draft, bad + TEXT)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(weights.WeightsRefused, match="cannot be read"):
        weights.read(tmp_path / "nothing.toml")


def test_the_rules_are_enough_for_any_weights_that_pass_them() -> None:
    """A skill weighs between one and twelve, and any proof of it more than one's word, as `test_engine_score` says."""
    kept = 0
    for said, asked, costs, less, more in itertools.product(
        range(13), range(13), range(6), range(13), range(0, 13, 2)
    ):
        told = replace(
            score.IN_FORCE, said=said, address_book=asked, company=12, checked=12, old_proof_costs=costs,
            beginner_costs=less, expert_brings=more,
        )  # fmt: skip
        if not all(is_kept(told) for _rule, is_kept in weights.RULES):
            continue
        kept += 1
        for level in (-less, 0, more):
            word = min(said + level, weights.FULL)
            assert word >= 1
            assert min(asked - 2 * costs + level, weights.FULL) > word
    assert kept > 500


def copied_engine(tmp_path: Path, text: str) -> Path:
    """Copy the engine with other weights, as an installation with another file has it."""
    package = tmp_path / "entremise" / "matching" / "engine"
    shutil.copytree(weights.FILE.parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in (package.parent.parent, package.parent):
        (folder / "__init__.py").touch()
    (package / weights.FILE.name).write_text(text, encoding="utf-8")
    return tmp_path


def told_by(root: Path, code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(root), **environment},
    )  # fmt: skip
    return done.stdout.strip()


def test_another_file_gives_other_constants_another_version_and_other_compiled_kernels(tmp_path: Path) -> None:
    """Constants are frozen in what is compiled: it must be compiled again when they change."""
    text = TEXT + section(only(TEXT), since="2026-12-01", skills=41, distance=14)
    root = copied_engine(tmp_path, text)
    code = (
        "from entremise.matching.engine import compiled, score;"
        "print(score.SKILL_POINTS, score.VERSION, score.MARK, compiled._folder().name)"
    )
    points, version, mark, folder = told_by(root, code).split()
    assert (int(points), int(version)) == (41, score.VERSION + 1)
    assert mark == f"{version}-{weights.read(_file(root))[-1].version}" != score.MARK
    assert folder != compiled._folder().name


OTHERWISE = {
    "since": "2026-12-01", "skills": 44, "occupation": 28, "distance": 17, "availability": 11, "wished": 28,
    "exercised": 19, "near": 7, "said": 3, "address_book": 8, "company": 9, "checked": 10, "old_proof_years": 2,
    "very_old_proof_years": 4, "old_proof_costs": 2, "beginner_costs": 1, "expert_brings": 2, "proved_skill": 9,
    "soon_days": 14, "soon": 6,
}  # fmt: skip
COUNTED = """
import json
from entremise.matching.engine import score
def weigh(assurance, level=0, years=0): return score.skill_weight(assurance, level, 365 * years + 1)
print(json.dumps({
    "skills": score.skill_points(score.FULL_WEIGHT, 1), "occupation": score.OCCUPATION_POINTS,
    "distance": score.distance_points(0, 10), "availability": score.availability_points(100, 100),
    "wished": score.WISHED, "exercised": score.EXERCISED, "near": score.NEAR,
    "said": weigh(0), "address_book": weigh(1), "company": weigh(2), "checked": weigh(3),
    "old_proof_years": next(years for years in range(9) if weigh(2, 0, years) < weigh(2)),
    "very_old_proof_years": next(years for years in range(9) if weigh(2, 0, years) == weigh(2, 0, 9)),
    "old_proof_costs": (weigh(2) - weigh(2, 0, 9)) // 2,
    "beginner_costs": weigh(0) - weigh(0, score.BEGINNER), "expert_brings": weigh(0, score.EXPERT) - weigh(0),
    "proved_skill": score.proof_points(1), "soon": score.availability_points(101, 100),
    "soon_days": sum(score.availability_points(day, 100) > 0 for day in range(101, 400)),
}))
"""


def test_each_number_of_the_file_is_the_one_that_the_score_counts_with(tmp_path: Path) -> None:
    """None is written twice: with other numbers everywhere, the score counts with them and no other."""
    assert set(NUMBERS) - OTHERWISE.keys() == {"signed"}  # always twelve
    assert all(getattr(score.IN_FORCE, name) != value for name, value in OTHERWISE.items())
    root = copied_engine(tmp_path, section(only(TEXT), **OTHERWISE))
    told = {name: value for name, value in OTHERWISE.items() if name != "since"}
    assert json.loads(told_by(root, COUNTED)) == told


def test_no_variable_changes_the_weights_of_a_running_site(tmp_path: Path, draft: Path) -> None:
    """ENTREMISE_WEIGHTS is for the bench: two processes of one site must never score differently."""
    draft.write_text(section(only(TEXT), skills=41, distance=14), encoding="utf-8")
    root = copied_engine(tmp_path, TEXT)
    code = "from entremise.matching.engine import score; print(score.MARK)"
    assert told_by(root, code, ENTREMISE_WEIGHTS=str(draft)) == score.MARK


def _file(root: Path) -> Path:
    return root / "entremise" / "matching" / "engine" / weights.FILE.name


def test_an_index_of_weights_edited_in_place_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows hold what each skill weighs: the number of sections alone would not tell."""
    atlas = Atlas.drawn([Place("75056", "75", 48.8566, 2.3522)])
    segment = build(rows.empty(), atlas.geography)
    edited = replace(score.IN_FORCE, company=score.IN_FORCE.company + 1)
    with monkeypatch.context() as then:
        then.setattr(store, "MARK", f"{score.VERSION}-{edited.version}")
        store.write(tmp_path, segment, atlas, {})
    with pytest.raises(IndexUnreadable, match="not ours"):
        store.current(tmp_path)
    store.write(tmp_path, segment, atlas, {})
    assert store.current(tmp_path).segment.row_count == 0


def test_the_weights_hold_nothing_about_who_a_person_is() -> None:
    assert set(asdict(score.IN_FORCE)) == {
        "since", "why", "skills", "occupation", "distance", "availability", "wished", "exercised", "near", "said",
        "address_book", "company", "checked", "signed", "old_proof_years", "very_old_proof_years", "old_proof_costs",
        "beginner_costs", "expert_brings", "proved_skill", "soon_days", "soon",
    }  # fmt: skip
