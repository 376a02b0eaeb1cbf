"""What a skill is worth, who may see it, how complete and fresh a profile is."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.passport import rules
from entremise.passport.enums import Assurance, DoubtKind, Item, MeterReason, NextAction

TODAY = dt.date(2026, 11, 24)
levels = st.lists(st.sampled_from(Assurance), max_size=6)
doubts = st.sets(st.sampled_from(DoubtKind))
days = st.dates(dt.date(2020, 1, 1), dt.date(2026, 11, 24))
facts = st.builds(
    rules.Facts,
    items=st.frozensets(st.sampled_from(Item)),
    skill_count=st.integers(0, 30),
    proved_count=st.integers(0, 10),
    confirmed_on=st.none() | days,
    waiting_count=st.integers(0, 3),
    is_consenting=st.booleans(),
)


@given(levels)
def test_the_assurance_is_the_best_of_the_evidence(found: list[int]) -> None:
    assurance = rules.assurance_of(found)
    assert all(assurance >= level for level in found)
    assert assurance in {Assurance.DECLARED, *found}


@given(levels, st.sampled_from(Assurance))
def test_one_more_proof_never_lowers_the_assurance(found: list[int], level: int) -> None:
    assert rules.assurance_of([*found, level]) >= rules.assurance_of(found)


@given(st.booleans(), st.booleans(), doubts)
def test_nobody_else_sees_a_skill_asked_and_not_confirmed(
    was_shown: bool, has_evidence: bool, asked: set[str]
) -> None:
    is_shown = rules.is_shown_after_setback(was_shown=was_shown, has_evidence=has_evidence, doubts=asked)
    if is_shown:
        assert has_evidence or not asked


@given(st.booleans(), doubts)
def test_the_person_may_never_show_what_was_not_confirmed(has_evidence: bool, asked: set[str]) -> None:
    may = rules.may_show(has_evidence=has_evidence, doubts=asked)
    assert may == (has_evidence or DoubtKind.UNCONFIRMED not in asked)


def test_what_could_not_be_judged_may_be_shown_again_as_declared() -> None:
    assert rules.may_show(has_evidence=False, doubts={DoubtKind.UNJUDGED})
    assert not rules.is_shown_at_first({DoubtKind.UNJUDGED})


def test_a_proof_shows_a_doubted_skill_but_not_one_its_owner_keeps_for_herself() -> None:
    assert rules.is_shown_after_evidence(was_shown=False, doubts={DoubtKind.UNCONFIRMED})
    assert not rules.is_shown_after_evidence(was_shown=False, doubts=set())


def test_a_taken_back_proof_does_not_show_what_its_owner_hid() -> None:
    assert not rules.is_shown_after_setback(was_shown=False, has_evidence=True, doubts=set())


@given(facts)
def test_each_part_of_the_meter_is_a_percentage(found: rules.Facts) -> None:
    meter = rules.meter(found, TODAY)
    assert all(0 <= part.percent <= 100 for part in (meter.declared, meter.filled, meter.fresh))


@given(facts, st.sampled_from(Item))
def test_saying_more_never_lowers_the_meter(found: rules.Facts, item: Item) -> None:
    more = rules.Facts(**{**{f: getattr(found, f) for f in found.__slots__}, "items": found.items | {item}})
    assert rules.meter(more, TODAY).filled.percent >= rules.meter(found, TODAY).filled.percent


@given(days, st.integers(0, 400), st.integers(0, 400))
def test_a_profile_only_ages(confirmed_on: dt.date, sooner: int, later: int) -> None:
    first, second = sorted((sooner, later))
    fresh = [rules.freshness(confirmed_on, confirmed_on + dt.timedelta(days=n)).percent for n in (first, second)]
    assert fresh[0] >= fresh[1]


@given(facts)
def test_a_missing_item_is_never_left_without_an_action(found: rules.Facts) -> None:
    meter = rules.meter(found, TODAY)
    is_perfect = not meter.missing and meter.fresh.percent == 100 and found.is_consenting
    if meter.next_action is NextAction.NOTHING:
        assert is_perfect
        assert found.proved_count >= rules.ENOUGH_PROOFS or found.waiting_count


def test_a_new_profile_is_told_the_three_reasons_why_advisers_would_miss_it() -> None:
    meter = rules.meter(rules.Facts(), TODAY)
    assert (meter.declared, meter.filled, meter.fresh) == (
        rules.Part(0, MeterReason.NO_SKILL),
        rules.Part(0, MeterReason.NOT_FILLED),
        rules.Part(0, MeterReason.NEVER_CONFIRMED),
    )
    assert meter.next_action is NextAction.WISH


def test_skills_that_are_only_said_weigh_nothing_until_somebody_confirms_them() -> None:
    assert rules.meter(rules.Facts(skill_count=9), TODAY).declared == rules.Part(0, MeterReason.ONLY_DECLARED)
    assert rules.meter(rules.Facts(skill_count=9, proved_count=3), TODAY).declared.percent == 75
    assert rules.meter(rules.Facts(skill_count=9, proved_count=4), TODAY).declared.reason is MeterReason.WELL_PROVED


@pytest.mark.parametrize(
    ("missing", "changes", "expected"),
    [
        ({Item.WISH, Item.SKILLS}, {}, NextAction.WISH),
        ({Item.COMMUNE, Item.EXPERIENCE}, {}, NextAction.COMMUNE),
        ({Item.EXPERIENCE, Item.NAME}, {}, NextAction.EXPERIENCE),
        ({Item.SKILLS, Item.NAME}, {}, NextAction.SKILLS),
        ({Item.NAME, Item.CONTRACTS}, {}, NextAction.NAME),
        (set(), {"proved_count": 1}, NextAction.PROOF),
        (set(), {"proved_count": 1, "waiting_count": 1}, NextAction.CONSENT),
        (set(), {"confirmed_on": dt.date(2026, 8, 24)}, NextAction.FRESHEN),
        ({Item.CONTRACTS}, {}, NextAction.DETAILS),
        (set(), {}, NextAction.CONSENT),
        (set(), {"is_consenting": True}, NextAction.NOTHING),
    ],
)
def test_there_is_one_next_action(missing: set[Item], changes: dict[str, object], expected: NextAction) -> None:
    full = {"items": frozenset(Item) - missing, "skill_count": 9, "proved_count": 4, "confirmed_on": TODAY, **changes}
    assert rules.meter(rules.Facts(**full), TODAY).next_action is expected


def test_a_profile_fades_from_three_months_to_six() -> None:
    confirmed = dt.date(2026, 1, 31)
    assert rules.freshness(confirmed, dt.date(2026, 4, 29)) == rules.Part(100, MeterReason.FRESH)
    assert rules.freshness(confirmed, dt.date(2026, 4, 30)).reason is MeterReason.STALE
    assert 0 < rules.freshness(confirmed, dt.date(2026, 6, 15)).percent < 99
    assert rules.freshness(confirmed, dt.date(2026, 7, 31)) == rules.Part(0, MeterReason.STALE)
