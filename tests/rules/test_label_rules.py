"""The public formula: its window, its rate, its median, its levels, what would raise it, its recount."""

import datetime as dt
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entremise.reciprok.enums import Count, LabelLevel
from entremise.reciprok.rules_label import THRESHOLDS, Counted, Figures, figures, first_day
from entremise.reciprok.rules_label_badge import Face, svg
from entremise.reciprok.rules_label_examples import examples
from entremise.reciprok.rules_label_gain import median_rank, more_answers, next_gain
from entremise.reciprok.rules_label_recount import Line, counted_from

START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines are shared


def row(person: str, hours: int | None) -> Counted:
    answered = None if hours is None else START + hours * HOUR
    return Counted(person, Count.SILENT if hours is None else Count.ANSWERED, START, answered, answered or START)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ("2026-11-23", "2025-11-24"),
        ("2026-03-01", "2025-03-02"),
        ("2028-02-29", "2027-03-01"),
        ("2025-02-28", "2024-02-29"),
    ],
)  # fmt: skip
def test_the_window_is_twelve_months_to_the_day(today: str, first: str) -> None:
    assert first_day(dt.date.fromisoformat(today)) == dt.date.fromisoformat(first)


@unhurried
@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.none() | st.integers(0, 1_500)), max_size=30))
def test_figures_hold_together_whatever_came(drawn: list[tuple[str, int | None]]) -> None:
    found = figures(row(person, hours) for person, hours in drawn)
    delays = sorted(hours for _person, hours in drawn if hours is not None)
    assert (found.counted, found.answered) == (len(drawn), len(delays))
    assert found.median_hours == (delays[median_rank(len(delays)) - 1] if delays else None)
    assert found.percent <= found.rate * 100 < found.percent + 1
    if found.level:
        lowest, longest = THRESHOLDS[found.level]
        assert found.rate >= lowest
        assert found.median_hours is not None
        assert found.median_hours <= longest
        assert found.people >= 5


@unhurried
@given(
    st.integers(0, 200),
    st.integers(0, 200),
    st.sampled_from([Fraction(60, 100), Fraction(80, 100), Fraction(95, 100)]),
)
def test_the_answers_that_are_missing_are_enough_and_no_more(answered: int, silent: int, lowest: Fraction) -> None:
    found = Figures(answered + silent, answered, 9, 1)
    more = more_answers(found, lowest)
    reached = Figures(found.counted + more, answered + more, 9, 1)
    assert not reached.counted or reached.rate >= lowest
    if more:
        less = Figures(found.counted + more - 1, answered + more - 1, 9, 1)
        assert less.rate < lowest


def test_what_would_raise_a_label_is_told_part_by_part() -> None:
    assert next_gain(Figures(20, 20, 20, 24)) is None
    nobody = next_gain(Figures(0, 0, 0, None))
    assert nobody is not None
    assert (nobody.level, nobody.more_people, nobody.more_answers, nobody.longest_hours) == (
        LabelLevel.ONE,
        5,
        0,
        None,
    )
    slow = next_gain(Figures(10, 10, 10, 400))
    assert slow is not None
    assert (slow.level, slow.more_people, slow.more_answers, slow.longest_hours) == (LabelLevel.TWO, 0, 0, 360)


def test_the_worked_examples_end_as_the_page_says() -> None:
    levels = {example.key: (example.figures.percent, example.figures.level) for example in examples()}
    assert levels == {
        "quick": (83, LabelLevel.TWO),
        "slow": (100, LabelLevel.ONE),
        "few": (100, LabelLevel.NONE),
        "half": (50, LabelLevel.NONE),
    }


def line(verb: str, hours: int, count: str = "") -> Line:
    return Line("one", "A", f"reciprok.{verb}", START + hours * HOUR, count)


@pytest.mark.parametrize(
    ("told", "count", "delay"),
    [
        ([line("applied", 0), line("refuse", 5, "answered")], "answered", 5),
        ([line("applied", 0), line("favour", 2), line("meeting_proposed", 9, "answered")], "answered", 2),
        ([line("applied", 0), line("favour", 2), line("refuse", 90, "answered")], "answered", 90),
        ([line("applied", 0), line("favour", 2), line("hire", 90, "answered")], "answered", 2),
        ([line("applied", 0), line("refuse", 5, "answered"), line("favour", 9), line("refuse", 12)], "answered", 5),
        ([line("applied", 0), line("refuse", 5, "answered"), line("report_judged", 99, "silent")], "silent", 5),
        ([line("applied", 0), line("close_unanswered", 1_440, "silent")], "silent", None),
        ([line("applied", 0), line("withdraw", 9, "silent"), line("count_judged", 10, "aside")], "aside", None),
    ],
)  # fmt: skip
def test_the_journal_says_what_counted_and_when(told: list[Line], count: str, delay: int | None) -> None:
    (found,) = counted_from(told)
    assert (found.count, found.counted_at) == (count, [one.at for one in told if one.count][-1])
    assert found.answered_at == (None if delay is None else START + delay * HOUR)


def test_what_waits_or_was_never_sent_is_not_counted() -> None:
    assert counted_from([line("applied", 0), line("favour", 3)]) == []
    assert counted_from([line("refuse", 3, "answered")]) == []


@unhurried
@given(st.text(max_size=80))
def test_the_image_is_xml_whatever_the_name(name: str) -> None:
    drawing = ElementTree.fromstring(svg(Face(name, 2, name, name, name, name)))
    assert len(list(drawing)) == 10
