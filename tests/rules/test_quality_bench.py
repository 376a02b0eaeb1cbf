"""The bench of quality at a small size: it agrees with the engine, and compares weights honestly."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import quality, quality_world
from entremise.matching.engine import weights

SMALL = ["--json", "--people", "2500", "--offers", "60"]
TEXT = weights.FILE.read_text(encoding="utf-8")


def figures(capsys: pytest.CaptureFixture[str], *asked: str) -> list[dict[str, Any]]:
    quality.main([*SMALL, *asked])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def named(found: list[dict[str, Any]], name: str, dataset: str = "") -> list[float]:
    return [one["value"] for one in found if one["name"] == name and one["dataset"].startswith(dataset)]


def test_the_engine_answers_as_the_score_written_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys)
    assert named(found, "offers the engine answers otherwise than this bench") == [0]
    (own,) = named(found, "NDCG@10", "weights in force")
    assert named(found, "NDCG@10, drawn")[0] < own < named(found, "NDCG@10, the truth")[0]
    tenths = [named(found, f"positive answers, tenth {tenth} of ranks")[0] for tenth in range(1, 11)]
    assert sum(tenths) == pytest.approx(100)
    assert named(found, "skills nothing")[0] < 0
    assert not [one for one in found if "candidate" in one["dataset"]]


def test_the_same_seed_gives_the_same_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert figures(capsys) == figures(capsys)


def test_a_candidate_is_shown_beside_the_weights_in_force(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.toml"
    again = TEXT.rpartition("[[weights]]")[2]
    draft.write_text(f"{TEXT}\n[[weights]]{again.replace('2026-11-22', '2027-01-01')}", encoding="utf-8")
    monkeypatch.setenv("ENTREMISE_WEIGHTS", str(draft))
    found = figures(capsys)
    for name in ("NDCG@10", "a hire in the first ten", "pool seen in a first fifty", "Gini of exposure"):
        assert named(found, name, "weights candidate") == named(found, name, "weights in force")
    (compared,) = [one for one in found if one["name"] == "NDCG@10" and "2027-01-01" in one["dataset"]]
    assert "with those in force +0.00 (95 %: +0.00 to +0.00)" in compared["against"]


@pytest.mark.parametrize("text", ["", TEXT.replace("skills = 40", "skills = 50")])
def test_a_candidate_that_makes_no_sense_is_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    draft = tmp_path / "draft.toml"
    draft.write_text(text, encoding="utf-8")
    monkeypatch.setenv("ENTREMISE_WEIGHTS", str(draft))
    assert quality.main(SMALL) == 2
    assert capsys.readouterr().err.startswith("ENTREMISE_WEIGHTS: ")


def test_both_worlds_hold_the_same_people_who_differ_by_their_proofs_alone() -> None:
    alike, unequal = (quality_world.people(600, 5, unequal=unequal) for unequal in (False, True))
    for name in alike.__dataclass_fields__:
        same = np.array_equal(getattr(alike, name), getattr(unequal, name))
        assert same == (name != "assurance"), name
    proved, fewer = ((one.assurance > 0).sum(axis=1) for one in (alike, unequal))
    assert (fewer <= proved).all()
    concerned = alike.groups @ np.array(quality_world.FEWER_ANSWERS) > 0
    assert (fewer == proved)[~concerned].all()
    assert fewer[concerned].sum() < 0.8 * proved[concerned].sum()
