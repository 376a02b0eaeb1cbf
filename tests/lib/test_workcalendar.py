"""Working time: a table of cases worked out minute by minute, holidays by law, and properties (SAFETY R8)."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entremise.lib.workcalendar import (
    SERVICE_HOURS,
    HolidayArea,
    OpeningHours,
    Span,
    WorkCalendar,
    area_of_department,
    public_holidays,
)
from tests.promises import Promise

PARIS = ZoneInfo("Europe/Paris")
HOURS = {
    "service": SERVICE_HOURS,
    "shop": OpeningHours.of("", *["9:00-12:30 14:00-18:30"] * 4, "10:00-16:00"),
    "night": OpeningHours.of("", "", "", "", "", "22:00-24:00", "0:00-6:00"),
}
CLOCK_CHANGES = ("2026-03-29", "2026-10-25")
TABLE = Path(__file__).with_name("workcalendar_cases.csv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream, delimiter=";"))


def test_the_table_has_at_least_two_hundred_different_cases() -> None:
    assert len({tuple(case.values()) for case in CASES}) >= 200


def test_the_whole_table_is_right_everywhere_and_on_both_nights_of_clock_change(promise: Promise) -> None:
    wrong = [
        case
        for case in CASES
        if answer_of(WorkCalendar(HOURS[case["hours"]], HolidayArea(case["area"])), case) != case["answer"]
    ]
    written = [" ".join(case.values()) for case in CASES]
    nights = sum(any(night in line for line in written) for night in CLOCK_CHANGES)
    areas_told = {case["area"] for case in CASES}
    measured = f"{len(wrong)} faux sur {len(CASES)} cas, {len(areas_told)} territoires, {nights} nuits de changement"
    promise("R8", measured, is_met=not wrong and len(CASES) >= 200 and areas_told == set(HolidayArea) and nights >= 2)


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(list(case.values())[:5]))
def test_each_case_of_the_table(case: dict[str, str]) -> None:
    calendar = WorkCalendar(HOURS[case["hours"]], HolidayArea(case["area"]))
    assert answer_of(calendar, case) == case["answer"]


def answer_of(calendar: WorkCalendar, case: dict[str, str]) -> str:
    start, argument = case["start"], case["argument"]
    match case["question"]:
        case "add_hours":
            return calendar.add_working_hours(datetime.fromisoformat(start), float(argument)).isoformat()
        case "next_opening":
            return calendar.next_opening(datetime.fromisoformat(start)).isoformat()
        case "is_open":
            return "yes" if calendar.is_open(datetime.fromisoformat(start)) else "no"
        case "add_days":
            return calendar.add_working_days(date.fromisoformat(start), int(argument)).isoformat()
        case _:
            elapsed = calendar.elapsed(datetime.fromisoformat(start), datetime.fromisoformat(argument))
            return str(int(elapsed / timedelta(minutes=1)))


@pytest.mark.parametrize(
    ("area", "day"),
    [
        (HolidayArea.METROPOLE, "2026-04-06"),  # Easter Monday
        (HolidayArea.METROPOLE, "2027-05-06"),  # Ascension
        (HolidayArea.METROPOLE, "2028-06-05"),  # Whit Monday
        (HolidayArea.ALSACE_MOSELLE, "2026-04-03"),  # Good Friday (Code du travail, L3134-13)
        (HolidayArea.ALSACE_MOSELLE, "2026-12-26"),
        (HolidayArea.GUADELOUPE, "2026-05-27"),  # abolition of slavery (Code du travail, L3422-2)
        (HolidayArea.MARTINIQUE, "2026-05-22"),
        (HolidayArea.GUYANE, "2026-06-10"),
        (HolidayArea.REUNION, "2026-12-20"),
        (HolidayArea.MAYOTTE, "2026-04-27"),
        (HolidayArea.SAINT_BARTHELEMY, "2026-10-09"),
        (HolidayArea.SAINT_MARTIN, "2026-05-28"),
        (HolidayArea.NOUVELLE_CALEDONIE, "2026-09-24"),
        (HolidayArea.POLYNESIE, "2026-03-05"),
        (HolidayArea.WALLIS_ET_FUTUNA, "2026-07-29"),
        (HolidayArea.SAINT_PIERRE_ET_MIQUELON, "2026-07-14"),
    ],
)
def test_the_public_holidays_of_the_law_are_known(area: HolidayArea, day: str) -> None:
    assert WorkCalendar(area=area).is_holiday(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-04-03", "2026-12-26", "2026-05-27", "2026-06-10", "2026-12-20"])
def test_a_holiday_elsewhere_is_worked_in_the_rest_of_france(day: str) -> None:
    assert not WorkCalendar().is_holiday(date.fromisoformat(day))


@given(st.sampled_from(list(HolidayArea)), st.integers(2000, 2080))
def test_every_area_has_the_eleven_common_holidays(area: HolidayArea, year: int) -> None:
    assert public_holidays(HolidayArea.METROPOLE, year) <= public_holidays(area, year)


def test_eleven_holidays_a_year_in_metropolitan_france() -> None:
    assert len(public_holidays(HolidayArea.METROPOLE, 2026)) == 11


@pytest.mark.parametrize(
    ("department", "area"),
    [
        ("26", HolidayArea.METROPOLE),
        ("2A", HolidayArea.METROPOLE),
        ("57", HolidayArea.ALSACE_MOSELLE),
        ("974", HolidayArea.REUNION),
        ("975", HolidayArea.SAINT_PIERRE_ET_MIQUELON),
        ("988", HolidayArea.NOUVELLE_CALEDONIE),
    ],
)
def test_a_department_has_its_area(department: str, area: HolidayArea) -> None:
    assert area_of_department(department) == area


def test_a_deadline_in_working_days_keeps_the_clock_time_within_opening_hours() -> None:
    calendar = WorkCalendar()
    asked = datetime(2026, 11, 13, 16, 30, tzinfo=PARIS)  # a Friday: closes at noon
    assert calendar.working_days_later(asked, 4).isoformat() == "2026-11-19T16:30:00+01:00"
    assert calendar.working_days_later(asked, 5).isoformat() == "2026-11-20T12:00:00+01:00"
    assert calendar.working_days_later(asked.replace(hour=7), 1).isoformat() == "2026-11-16T09:00:00+01:00"
    assert calendar.working_days_later(asked, 0).isoformat() == "2026-11-16T09:00:00+01:00"


def test_the_doors_close_at_the_end_of_the_stretch_and_have_no_closing_when_shut() -> None:
    calendar = WorkCalendar(OpeningHours.of("9:00-12:30 14:00-18:30"))
    monday = datetime(2026, 11, 16, 9, tzinfo=PARIS)
    assert calendar.closing(monday) == monday.replace(hour=12, minute=30)
    assert calendar.closing(monday.replace(hour=12, minute=30)) is None
    assert calendar.closing(monday.replace(hour=15)) == monday.replace(hour=18, minute=30)
    assert calendar.closing(monday.replace(day=17)) is None


def test_an_exceptional_closure_counts_as_a_holiday() -> None:
    calendar = WorkCalendar(closures=frozenset({date(2026, 11, 23)}))
    assert calendar.add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert WorkCalendar().add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 23)


def test_working_days_between_two_dates_exclude_the_first_and_include_the_last() -> None:
    assert WorkCalendar().working_days_between(date(2026, 11, 9), date(2026, 11, 13)) == 3  # the 11th is a holiday
    assert WorkCalendar().working_days_between(date(2026, 11, 13), date(2026, 11, 9)) == 0


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = datetime(2026, 11, 20, 10)  # noqa: DTZ001  # the mistake under test
    for question in (WorkCalendar().is_open, WorkCalendar().next_opening):
        with pytest.raises(ValueError, match="time zone"):
            question(naive)


def test_deadlines_are_only_counted_forwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        WorkCalendar().add_working_hours(datetime.now(UTC), -1)
    with pytest.raises(ValueError, match="forwards"):
        WorkCalendar().add_working_days(date(2026, 1, 5), -1)


def test_impossible_opening_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="at least once a week"):
        OpeningHours.of("")
    with pytest.raises(ValueError, match="ends after it starts"):
        OpeningHours.of("17:00-9:00")
    with pytest.raises(ValueError, match="without overlap"):
        OpeningHours.of("9:00-13:00 12:00-17:00")
    with pytest.raises(ValueError, match="seven days"):
        OpeningHours(((Span(time(9), time(17)),),))


def test_a_service_closed_for_ten_years_is_a_mistake() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=n) for n in range(4000))
    with pytest.raises(ValueError, match="check the opening hours"):
        WorkCalendar(closures=closed).add_working_days(date(2026, 1, 1), 1)


areas = st.sampled_from(list(HolidayArea))
hours = st.sampled_from(list(HOURS.values()))
calendars = st.builds(WorkCalendar, hours, areas)
moments = st.integers(0, 60 * 24 * 365 * 3).map(lambda m: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=m))


@given(calendars, moments, st.integers(0, 6000))
def test_the_working_time_until_a_deadline_is_what_was_asked(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    deadline = calendar.add_working_hours(start, minutes / 60)
    assert deadline >= start
    assert abs(calendar.elapsed(start, deadline) - timedelta(minutes=minutes)) < timedelta(milliseconds=1)


@given(calendars, moments, st.integers(0, 3000), st.integers(1, 3000))
def test_two_delays_one_after_the_other_make_their_sum(
    calendar: WorkCalendar, start: datetime, first: int, second: int
) -> None:
    in_two = calendar.add_working_hours(calendar.add_working_hours(start, first / 60), second / 60)
    at_once = calendar.add_working_hours(start, (first + second) / 60)
    assert abs(in_two - at_once) < timedelta(milliseconds=1)


@given(calendars, moments, moments, moments)
def test_elapsed_time_adds_up(calendar: WorkCalendar, one: datetime, two: datetime, three: datetime) -> None:
    early, middle, late = sorted((one, two, three))
    whole = calendar.elapsed(early, late)
    assert whole == calendar.elapsed(early, middle) + calendar.elapsed(middle, late)
    assert timedelta(0) <= whole <= late - early


@given(calendars, moments)
def test_the_next_opening_is_open_and_nothing_opens_before(calendar: WorkCalendar, moment: datetime) -> None:
    opening = calendar.next_opening(moment)
    assert calendar.is_open(opening)
    assert calendar.elapsed(moment, opening) == timedelta(0)


@given(calendars, moments, st.integers(1, 30))
def test_a_deadline_in_days_falls_on_a_working_day_and_counts_them(
    calendar: WorkCalendar, moment: datetime, days: int
) -> None:
    start = moment.date()
    deadline = calendar.add_working_days(start, days)
    assert calendar.is_working_day(deadline)
    assert calendar.working_days_between(start, deadline) == days


@given(st.sampled_from([date(2026, 3, 28), date(2026, 10, 24)]), st.integers(0, 60 * 48), st.integers(1, 240))
@settings(max_examples=60)
def test_both_nights_of_clock_change_agree_with_counting_minutes(day: date, offset: int, length: int) -> None:
    calendar = WorkCalendar(HOURS["night"])
    start = datetime.combine(day, time(12), UTC) - timedelta(hours=12) + timedelta(minutes=offset)
    minutes = [start + timedelta(minutes=n) for n in range(length)]
    assert calendar.elapsed(start, start + timedelta(minutes=length)) == timedelta(
        minutes=sum(calendar.is_open(minute) for minute in minutes)
    )
