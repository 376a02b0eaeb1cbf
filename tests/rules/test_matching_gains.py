"""What would bring points: worked out by the score, one fact at a time."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.matching import rules, rules_gains
from entremise.matching.engine import score
from entremise.matching.enums import GainKind
from entremise.matching.rules import Facts, HeldSkill

TODAY = dt.date(2026, 11, 23)
DAY = rules.day_number(TODAY)
NOTHING_ASKED = Facts(0, 0, 0, 0, 0, 0, None, None, 20, TODAY)


def facts_for(asked: dict[int, int], held: dict[int, HeldSkill], **told: object) -> Facts:
    count, proved, covered, needs = rules.skill_facts(asked, held, DAY)
    known = replace(
        NOTHING_ASKED, asked_count=len(asked), held_count=count, validated_count=proved, covered=covered,
        need_total=needs,
    )  # fmt: skip
    return replace(known, **told)  # type: ignore[arg-type]


def kinds(facts: Facts, asked: dict[int, int], held: dict[int, HeldSkill]) -> dict[GainKind, int]:
    return {gain.kind: gain.points for gain in rules_gains.gains(facts, asked, held, TODAY)}


@pytest.mark.parametrize(
    ("mine", "kind"),
    [
        (None, GainKind.LEARN),
        (HeldSkill(0, 0, 0), GainKind.PROVE),
        (HeldSkill(1, 0, DAY), GainKind.PROVE_BETTER),
        (HeldSkill(3, 0, DAY - 5 * 365), GainKind.PROVE_AGAIN),
    ],
)
def test_confirming_a_skill_brings_what_the_score_says(mine: HeldSkill | None, kind: GainKind) -> None:
    asked, held = {7: 2}, {7: mine} if mine else {}
    found = kinds(facts_for(asked, held), asked, held)
    before = score.skill_points(2 * mine.weight(DAY) if mine else 0, 2)
    after = score.skill_points(2 * rules_gains.confirmed(mine, DAY).weight(DAY), 2)
    assert found == {kind: after - before}
    assert after > before


def test_a_skill_signed_today_has_nothing_to_gain() -> None:
    held = {7: HeldSkill(4, 0, DAY)}
    assert kinds(facts_for({7: 2}, held), {7: 2}, held) == {}


def test_an_expert_stays_one_once_confirmed() -> None:
    assert rules_gains.confirmed(HeldSkill(0, 3, 0), DAY) == HeldSkill(2, 3, DAY)
    assert rules_gains.confirmed(HeldSkill(4, 1, DAY - 4000), DAY) == HeldSkill(4, 1, DAY)


def test_any_proof_counts_when_no_skill_is_asked_for() -> None:
    found = kinds(replace(NOTHING_ASKED, all_validated_count=1), {}, {})
    assert found == {GainKind.PROVE_ANY: score.proof_points(2) - score.proof_points(1)}
    assert kinds(replace(NOTHING_ASKED, all_validated_count=50), {}, {}) == {}


def test_the_job_the_distance_and_the_date_each_count() -> None:
    lacking = replace(
        NOTHING_ASKED, all_validated_count=50, occupation_points=score.NEAR, distance_m=15_000, mobility_km=20,
        available_on=None,
    )  # fmt: skip
    assert kinds(lacking, {}, {}) == {
        GainKind.WISH: score.WISHED - score.NEAR,
        GainKind.SAY_WHEN: score.AVAILABILITY_POINTS,
        GainKind.GO_FARTHER: score.distance_points(15_000, 30) - score.distance_points(15_000, 20),
    }


def test_who_is_available_later_would_gain_by_being_ready() -> None:
    later = replace(NOTHING_ASKED, all_validated_count=50, available_on=TODAY + dt.timedelta(days=10))
    assert kinds(later, {}, {}) == {GainKind.BE_READY: score.AVAILABILITY_POINTS - score.SOON_POINTS}


HELD = st.builds(HeldSkill, st.integers(0, 4), st.integers(0, 3), st.integers(DAY - 9 * 365, DAY))


@given(
    asked=st.dictionaries(st.integers(1, 6), st.integers(1, 3), max_size=6),
    held=st.dictionaries(st.integers(1, 8), HELD, max_size=8),
    proved=st.integers(0, 9),
    link=st.sampled_from([None, 0, score.NEAR, score.EXERCISED, score.WISHED]),
    metres=st.none() | st.integers(0, 90_000),
    km=st.integers(0, 100),
    ready=st.none() | st.dates(TODAY - dt.timedelta(days=90), TODAY + dt.timedelta(days=90)),
)
def test_every_gain_is_real_sorted_and_never_above_a_hundred(
    asked: dict[int, int], held: dict[int, HeldSkill], proved: int, link: int | None, metres: int | None, km: int,
    ready: dt.date | None,
) -> None:  # fmt: skip
    facts = facts_for(
        asked, held, all_validated_count=proved, occupation_points=link, distance_m=metres, mobility_km=km,
        available_on=ready,
    )  # fmt: skip
    found = rules_gains.gains(facts, asked, held, TODAY)
    assert [gain.points for gain in found] == sorted((gain.points for gain in found), reverse=True)
    assert all(0 < gain.points <= 100 - rules.score(facts, TODAY) for gain in found)
    for gain in found:
        if gain.skill:
            better = {**held, gain.skill: rules_gains.confirmed(held.get(gain.skill), DAY)}
            covered = rules.skill_facts(asked, better, DAY)[2]
            assert rules.score(replace(facts, covered=covered), TODAY) - rules.score(facts, TODAY) == gain.points
