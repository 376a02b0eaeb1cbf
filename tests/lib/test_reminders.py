"""The one reminder policy: a table of cases, and what no setting can break."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.quiet_hours import is_quiet, next_allowed
from entremise.lib.reminders import (
    DEFAULTS,
    FLOOR_DAYS,
    WEEK,
    Fault,
    RuleRefused,
    Unit,
    changed,
    checked_cap,
    free_at,
    parse,
    parse_days,
)
from entremise.lib.workcalendar import HolidayArea, WorkCalendar

PARIS = ZoneInfo("Europe/Paris")
USUAL = WorkCalendar()
ALSACE = WorkCalendar(area=HolidayArea.ALSACE_MOSELLE)
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2028, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001


def at(day: int, month: int, hour: int = 10, minute: int = 0, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=PARIS)


CASES = [  # kind, sent, reminders already sent, last written, calendar, expected
    ("validations", at(23, 11), 0, at(23, 11), USUAL, at(30, 11)),  # Monday to Monday
    ("validations", at(23, 11), 1, at(30, 11), USUAL, at(7, 12)),
    ("validations", at(23, 11), 2, at(7, 12), USUAL, None),  # no third one
    ("validations", at(21, 11, 20), 0, at(21, 11, 20), USUAL, at(30, 11, 9)),  # a Saturday evening: Monday morning
    ("validations", at(23, 11), 0, at(29, 11), USUAL, at(2, 12)),  # three days after what the person wrote
    ("validations", at(23, 11), 1, at(22, 12), USUAL, None),  # it would leave after the end
    ("validations", at(18, 12), 0, at(18, 12), USUAL, at(28, 12, 9)),  # Christmas, then a weekend
    ("promotions", at(23, 11), 0, at(23, 11), USUAL, at(30, 11)),
    ("promotions", at(23, 11), 1, at(30, 11), USUAL, at(7, 12)),
    ("promotions", at(23, 11), 2, at(7, 12), USUAL, None),
    ("promotions", at(21, 12), 0, at(21, 12), USUAL, at(29, 12)),  # Christmas is no working day
    ("promotions", at(22, 3, year=2027), 0, at(22, 3, year=2027), USUAL, at(30, 3, year=2027)),  # Easter Monday
    ("promotions", at(22, 3, year=2027), 0, at(22, 3, year=2027), ALSACE, at(31, 3, year=2027)),  # and Good Friday
    ("promotions", at(27, 11), 0, at(27, 11), USUAL, at(4, 12)),  # Friday: the service closes at noon
    ("promotions", at(27, 11, 16), 0, at(27, 11, 16), USUAL, at(4, 12, 12)),
]


@pytest.mark.parametrize(("kind", "sent", "count", "last", "calendar", "expected"), CASES)
def test_when_the_next_reminder_leaves(kind, sent, count, last, calendar, expected) -> None:
    assert DEFAULTS[kind].next_reminder_at(sent, count, last, calendar) == expected


def test_when_waiting_ends() -> None:
    assert DEFAULTS["validations"].expires_at(at(23, 11)) == at(23, 12)
    assert DEFAULTS["promotions"].expires_at(at(23, 11), USUAL) == at(21, 12)


@given(st.sampled_from(sorted(DEFAULTS)), MOMENTS, st.integers(0, 3), st.integers(0, 60))
def test_no_reminder_within_the_floor_nor_after_the_end(kind, sent, count, late) -> None:
    policy, last = DEFAULTS[kind], sent + dt.timedelta(days=late)
    planned = policy.next_reminder_at(sent, count, last, USUAL)
    if planned is not None:
        assert count < policy.count
        assert planned >= last + dt.timedelta(days=policy.floor_days)
        assert planned < policy.expires_at(sent, USUAL)
        assert USUAL.is_working_day(planned.astimezone(PARIS).date())


def test_an_installation_says_otherwise() -> None:
    changed = parse("validations=10/40 promotions=3,6,9/15")
    assert (changed["validations"].unit, str(changed["validations"])) == (Unit.CALENDAR, "10/40")
    assert (changed["promotions"].unit, str(changed["promotions"])) == (Unit.WORKING, "3,6,9/15")
    assert parse("validations=/20")["validations"].days == ()  # none at all
    assert parse("") == DEFAULTS


IMPOSSIBLE = ("validations", "validations=7,14", "autres=1/2", "validations=14,7/30", "validations=7,7/30")
TOO_FAR = ("promotions=5,30/20", "validations=0/30", "validations=7/400", "validations=-1/3")


@pytest.mark.parametrize("text", [*IMPOSSIBLE, *TOO_FAR])
def test_an_impossible_policy_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse(text)


REFUSED = [  # kind, days, end, why
    ("validations", (2, 7), 30, Fault.FIRST_TOO_SOON),
    ("validations", (7, 9), 30, Fault.TOO_CLOSE),
    ("validations", (7, 7), 30, Fault.TOO_CLOSE),
    ("validations", (14, 7), 30, Fault.UNORDERED),
    ("validations", (7, 14), 16, Fault.END_TOO_SOON),
    ("validations", (7, 14), 61, Fault.END_TOO_LATE),
    ("validations", (), 2, Fault.END_TOO_SOON),
    ("validations", (3, 6, 9, 12, 15), 30, Fault.TOO_MANY),
    ("badges", (7, 14), 30, Fault.TOO_MANY),  # a badge that waits is recalled once
]


@pytest.mark.parametrize(("kind", "days", "end", "why"), REFUSED)
def test_a_rule_that_would_tire_people_says_why_it_cannot_be(kind, days, end, why) -> None:
    with pytest.raises(RuleRefused) as refusal:
        changed(DEFAULTS[kind], days, end)
    assert refusal.value.fault == why


@given(st.sampled_from(sorted(DEFAULTS)), st.lists(st.integers(0, 40), max_size=5), st.integers(0, 130), MOMENTS)
def test_whatever_rule_is_taken_its_messages_keep_the_floor(kind, days, end, sent) -> None:
    try:
        policy = changed(DEFAULTS[kind], tuple(days), end)
    except RuleRefused:
        return
    moments = [step.at for step in policy.steps(sent, USUAL)]
    assert len(moments) <= policy.count + 2
    for earlier, later in pairwise(moments[:-1]):
        assert later - earlier >= dt.timedelta(days=FLOOR_DAYS)


def test_the_calendar_of_a_request_that_nobody_answers() -> None:
    steps = DEFAULTS["validations"].steps(at(2, 3), USUAL)
    assert [(step.kind, step.at) for step in steps] == [
        ("sent", at(2, 3)), ("reminder", at(9, 3)), ("last", at(16, 3)), ("end", at(1, 4)),
    ]  # fmt: skip
    one = changed(DEFAULTS["applications"], (7,), 60).steps(at(2, 3), USUAL)
    assert [step.kind for step in one] == ["sent", "last", "end"]
    none = changed(DEFAULTS["applications"], (), 60).steps(at(2, 3), USUAL)
    assert [step.kind for step in none] == ["sent", "end"]


def test_a_request_keeps_the_end_it_was_told_though_the_rule_changed() -> None:
    longer = changed(DEFAULTS["validations"], (7, 21), 40)
    sent, end = at(23, 11), at(7, 12)
    assert longer.next_reminder_at(sent, 1, at(30, 11), USUAL) == at(14, 12)
    assert longer.next_reminder_at(sent, 1, at(30, 11), USUAL, ends_at=end) is None


def test_days_are_read_as_people_write_them() -> None:
    assert parse_days(" 7, 14 ;21") == (7, 14, 21)
    assert parse_days("  ") == ()


@pytest.mark.parametrize("text", ["sept", "7.5", "-3", "7 jours", "²", "9999"])
def test_days_that_are_no_numbers_are_refused(text: str) -> None:
    with pytest.raises(RuleRefused) as refusal:
        parse_days(text)
    assert refusal.value.fault == Fault.UNREADABLE


@pytest.mark.parametrize("most", [0, 8, -1])
def test_an_impossible_cap_is_refused(most: int) -> None:
    with pytest.raises(RuleRefused, match=str(most)):
        checked_cap(most)
    assert checked_cap(3) == 3


@given(st.lists(MOMENTS, max_size=8), st.integers(1, 7), MOMENTS)
def test_seven_days_never_hold_more_reminders_than_the_cap(written, most, now) -> None:
    past = [one for one in written if one <= now]
    at_last = free_at(past, most, now) or now
    assert sum(at_last - WEEK < one for one in past) < most
    assert (at_last == now) == (sum(now - WEEK < one for one in past) < most)


@given(MOMENTS, st.sampled_from(["", "26", "67", "971", "974", "988"]))
def test_nobody_is_reached_in_quiet_hours(moment: dt.datetime, department: str) -> None:
    allowed = next_allowed(moment, department)
    assert allowed >= moment
    assert not is_quiet(allowed, department)
    assert allowed - moment < dt.timedelta(days=4)
    assert (allowed == moment) == (not is_quiet(moment, department))
