"""The deadlines of a certification, and what is missing before it.

The table was worked out minute by minute, with the public holidays written from the law: some of it is counted
again here in the same way, without anything of the product.
"""

import csv
import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.employers import rules_certification as rules
from entremise.employers.enums_spaces import Acquaintance, CheckItem, CheckKind, CheckOutcome
from entremise.employers.rules_certification import CheckMade, Course, Missing, NumberChange, Request, Step
from entremise.lib.workcalendar import SERVICE_HOURS, HolidayArea, OpeningHours, WorkCalendar

TABLE = Path(__file__).with_name("certification_cases.csv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream, delimiter=";"))
WEEKS = {
    "service": (*["9:00-17:00"] * 4, "9:00-12:00", "", ""),
    "lunch": (*["8:45-12:30 13:30-16:45"] * 4, "8:45-12:30", "", ""),
    "saturday": ("", *["10:00-18:00"] * 4, "9:00-12:00", ""),
}
ZONES = {
    "metropole": "Europe/Paris", "alsace-moselle": "Europe/Paris", "guadeloupe": "America/Guadeloupe",
    "martinique": "America/Martinique", "guyane": "America/Cayenne", "reunion": "Indian/Reunion",
    "mayotte": "Indian/Mayotte", "saint-pierre-et-miquelon": "America/Miquelon",
}  # fmt: skip
# The days without work between 2025 and 2028 that the cases meet, from the Code du travail and the almanac.
COMMON = frozenset({
    "2025-12-25", "2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14",
    "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-12-25", "2028-01-01",
})  # fmt: skip
LOCAL = {
    "alsace-moselle": {"2025-12-26", "2026-04-03", "2026-12-26", "2027-12-26"},
    "guadeloupe": {"2026-04-03", "2026-05-27", "2026-07-21"}, "martinique": {"2026-05-22", "2026-07-21"},
    "guyane": {"2026-06-10"}, "reunion": {"2026-12-20", "2027-12-20"}, "mayotte": {"2026-04-27"},
}  # fmt: skip
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
ALL = frozenset(CheckItem.values)


def counted(area: str, hours: str, start: dt.datetime) -> str:
    """Count 48 hours of open doors, one minute after another."""
    zone, at, left = ZoneInfo(ZONES[area]), start.astimezone(dt.UTC), 48 * 60
    while left:
        wall = at.astimezone(zone)
        is_worked = wall.date().isoformat() not in COMMON | LOCAL.get(area, set())
        minute = f"{wall.hour:02d}:{wall.minute:02d}"
        spans = [span.split("-") for span in WEEKS[hours][wall.weekday()].split()]
        left -= is_worked and any(start.zfill(5) <= minute < end.zfill(5) for start, end in spans)
        at += dt.timedelta(minutes=1)
    return at.astimezone(zone).isoformat()


def read(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_every_deadline_of_the_table_is_right_in_every_territory_and_across_both_clock_changes() -> None:
    assert len({tuple(case.values()) for case in CASES}) >= 200
    assert {case["area"] for case in CASES} == set(ZONES)
    wrong = []
    for case in CASES:
        hours = SERVICE_HOURS if case["hours"] == "service" else OpeningHours.of(*WEEKS[case["hours"]])
        calendar = WorkCalendar(hours, HolidayArea(case["area"]))
        told = rules.clocks(read(case["created"]), calendar)
        found = (
            told.call_by_at.isoformat(), told.ends_at.isoformat(),
            rules.remind_by(read(case["failed"]), calendar).isoformat(),
            rules.letter_by(read(case["reminded"]), calendar).isoformat(),
        )  # fmt: skip
        if found != (case["call_by"], case["ends"], case["remind_by"], case["letter_by"]):
            wrong.append((case, found))
    assert not wrong


def test_the_table_itself_is_what_a_clock_and_an_almanac_say() -> None:
    for case in CASES[::32]:
        where = (case["area"], case["hours"])
        assert counted(*where, read(case["failed"])) == case["remind_by"]
        elapsed = read(case["ends"]).astimezone(dt.UTC) - read(case["created"]).astimezone(dt.UTC)
        assert elapsed == dt.timedelta(hours=192)
        assert read(case["call_by"]).astimezone(dt.UTC) - read(case["created"]).astimezone(dt.UTC) == dt.timedelta(1)


def course(**facts) -> Course:
    end = NOW + dt.timedelta(days=8)
    return Course(**{"call_by_at": NOW + dt.timedelta(days=1), "ends_at": end} | facts)


def test_each_step_has_its_deadline_and_none_comes_after_the_end() -> None:
    soon, late = NOW + dt.timedelta(days=3), NOW + dt.timedelta(days=12)
    end = course().ends_at
    table = [
        ({}, Step.CALL, course().call_by_at),
        ({"remind_by_at": soon}, Step.REMIND, soon),
        ({"remind_by_at": late}, Step.REMIND, end),
        ({"remind_by_at": soon, "letter_by_at": soon}, Step.LETTER, soon),
        ({"remind_by_at": soon, "letter_by_at": soon, "is_letter_sent": True}, Step.WAIT, end),
        ({"remind_by_at": soon, "is_reached": True}, Step.DECIDE, end),
        ({"is_reached": True, "call_back_at": soon}, Step.CALL_BACK, soon),
    ]
    for facts, step, due in table:
        assert (rules.next_step(course(**facts)), rules.due_at(course(**facts))) == (step, due), facts
    assert not rules.is_overdue(NOW, NOW)
    assert rules.is_overdue(NOW, NOW + dt.timedelta(seconds=1))
    assert not rules.is_overdue(None, NOW)
    assert rules.mail_reminder_at(late, end) == end - rules.LAST_REMINDER
    assert rules.mail_reminder_at(soon, end) == soon


def made(kind: str, outcome: str = CheckOutcome.CONFIRMED, number: str = "+33475445566") -> CheckMade:
    return CheckMade(kind, outcome, NOW, number)


def test_what_proves_a_company_depends_on_the_branch_of_the_tree() -> None:
    seen = made(CheckKind.DOCUMENT, CheckOutcome.DONE)
    table = [
        (Acquaintance.UNKNOWN, (), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.LANDLINE),), True),
        (Acquaintance.UNKNOWN, (made(CheckKind.LANDLINE, number="+33612345678"),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.LANDLINE, number="+33899123456"),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.LANDLINE, CheckOutcome.DOUBT),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.PRIVILEGED),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.OTHER_CALL),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.VISIT),), False),
        (Acquaintance.UNKNOWN, (made(CheckKind.VISIT), seen), True),
        (Acquaintance.UNKNOWN, (made(CheckKind.VIDEO), seen), True),
        (Acquaintance.UNKNOWN, (made(CheckKind.VISIT), made(CheckKind.DOCUMENT, CheckOutcome.DOUBT)), False),
        (Acquaintance.UNKNOWN, (seen,), False),
        (Acquaintance.KNOWN, (made(CheckKind.LANDLINE),), False),
        (Acquaintance.KNOWN, (made(CheckKind.PRIVILEGED),), True),
        (Acquaintance.KNOWN, (made(CheckKind.PRIVILEGED, number="+33475000000"),), False),
        (Acquaintance.KNOWN, (made(CheckKind.MEETING), seen), True),
    ]
    for branch, checks, is_proved in table:
        request = Request(branch, ALL, checks, recorded_numbers=frozenset({"+33475445566"}))
        assert rules.is_proved(request) is is_proved, (branch, checks)
        assert (rules.missing(request) == []) is is_proved


@given(st.frozensets(st.sampled_from(sorted(ALL))), st.integers(0, 3))
def test_nothing_is_certified_with_a_line_unticked_or_a_point_unanswered(items: frozenset[str], held: int) -> None:
    request = Request(Acquaintance.UNKNOWN, items, (made(CheckKind.LANDLINE),), unanswered_count=held)
    found = rules.missing(request)
    assert (Missing.ITEMS in found) is (items != ALL)
    assert (Missing.HELD in found) is bool(held)


def test_for_72_hours_the_former_number_is_the_one_to_call() -> None:
    current = frozenset({"+33475000001", "+33475000002"})
    change = NumberChange("+33475000001", "+33475000009", NOW - dt.timedelta(hours=71, minutes=59))
    assert rules.trusted_numbers(current, (change,), NOW) == {"+33475000002", "+33475000009"}
    assert rules.trusted_numbers(current, (change,), NOW + dt.timedelta(minutes=1)) == current
    again = NumberChange("+33475000003", "+33475000001", NOW)  # changed twice: what came between counts no more
    assert rules.trusted_numbers(frozenset({"+33475000003"}), (change, again), NOW) == {"+33475000009"}
    first = NumberChange("+33475000003", "", NOW)
    assert rules.trusted_numbers(frozenset({"+33475000003"}), (first,), NOW) == frozenset()


def test_a_space_that_slept_six_months_is_dormant_and_few_are_drawn() -> None:
    assert rules.is_dormant(NOW - rules.DORMANT, NOW)
    assert not rules.is_dormant(NOW - rules.DORMANT + dt.timedelta(seconds=1), NOW)
    drawn = sum(rules.is_drawn(n / 1_000_000) for n in range(1_000_000)) / 1_000_000
    assert drawn * 365 == pytest.approx(0.02, rel=0.05)
    assert rules.has_nobody_left([NOW], NOW - dt.timedelta(days=1))
    assert not rules.has_nobody_left([NOW, NOW - dt.timedelta(days=2)], NOW - dt.timedelta(days=1))
    assert not rules.has_nobody_left([None], NOW)
