"""Pure decisions about promotions."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib.workcalendar import HolidayArea, WorkCalendar
from entremise.passport.rules_card import Card, Proof, strongest
from entremise.promotions import rules
from entremise.promotions.rules import Ball

CALENDAR = WorkCalendar()
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
MOMENTS = st.builds(dt.datetime.combine, DAYS, st.times(timezones=st.just(dt.UTC)))


def test_reminders_leave_after_five_and_ten_working_days_then_no_more() -> None:
    first = rules.REMINDERS.next_reminder_at(MONDAY, 0, MONDAY, CALENDAR)
    assert first is not None
    assert first.date() == dt.date(2026, 11, 30)
    second = rules.REMINDERS.next_reminder_at(MONDAY, 1, first, CALENDAR)
    assert second is not None
    assert second.date() == dt.date(2026, 12, 7)
    assert rules.REMINDERS.next_reminder_at(MONDAY, 2, second, CALENDAR) is None


def test_holidays_push_a_reminder_back() -> None:
    before_christmas = dt.datetime(2026, 12, 21, 9, tzinfo=dt.UTC)
    alsace = WorkCalendar(area=HolidayArea.ALSACE_MOSELLE)
    first = rules.REMINDERS.next_reminder_at(before_christmas, 0, before_christmas, CALENDAR)
    assert first.date() == dt.date(2026, 12, 29)
    closed_on_the_26th = rules.REMINDERS.next_reminder_at(before_christmas, 0, before_christmas, alsace)
    assert closed_on_the_26th.date() == dt.date(2026, 12, 29)  # the 26th is a Saturday this year


@given(MOMENTS, st.integers(0, 1), st.integers(0, 90))
def test_a_reminder_leaves_in_opening_hours_and_never_within_three_days_of_another(sent_at, count, late) -> None:
    now = sent_at + dt.timedelta(days=late)
    planned = rules.REMINDERS.next_reminder_at(sent_at, count, now, CALENDAR)
    if planned is None:
        assert now + dt.timedelta(days=7) > rules.REMINDERS.expires_at(sent_at, CALENDAR)  # too late to write again
        return
    assert CALENDAR.is_open(planned) or planned.time() in {dt.time(17), dt.time(12)}
    assert planned - now >= dt.timedelta(days=rules.REMINDERS.floor_days)


@given(MOMENTS)
def test_a_promotion_expires_after_its_last_reminder(sent_at) -> None:
    last = rules.REMINDERS.next_reminder_at(sent_at, 1, sent_at, CALENDAR)
    assert sent_at < last < rules.REMINDERS.expires_at(sent_at, CALENDAR) < sent_at + dt.timedelta(days=60)


@given(MOMENTS, st.integers(-5, 60))
def test_the_same_person_is_not_shown_twice_within_thirty_days(sent_at, days) -> None:
    assert rules.is_duplicate(sent_at, sent_at + dt.timedelta(days=days)) == (days < 30)


def test_never_shown_is_no_duplicate() -> None:
    assert not rules.is_duplicate(None, MONDAY)


@pytest.mark.parametrize(
    ("state", "is_good_news", "expected"),
    [
        ("sent", False, Ball.EMPLOYER),
        ("opened", False, Ball.EMPLOYER),
        ("answered", True, Ball.ADVISER),
        ("answered", False, Ball.NOBODY),
        ("expired", False, Ball.ADVISER),
        ("closed", True, Ball.NOBODY),
        ("withdrawn", False, Ball.NOBODY),
        ("prepared", False, Ball.ADVISER),
    ],
)
def test_somebody_has_the_ball(state, is_good_news, expected) -> None:
    assert rules.ball(state, is_good_news=is_good_news) is expected


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Je vous présente Awa, cuisinière.", "Awa"),
        ("MADAME DIALLO cherche un poste.", "Diallo"),
        ("L'élève de Mme diallo", "Diallo"),
        ("Une cuisinière qui travaille en équipe.", ""),
        ("Elle parle diallonké.", ""),
    ],
)
def test_a_name_in_a_message_is_seen(message, name) -> None:
    assert rules.says_name(message, ["Awa", "Diallo"]) == name


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Appelez le 06 12 34 56 78.", True),
        ("+33 6 12 34 56 78", True),
        ("Écrivez à Awa@Example.org", True),
        ("Disponible le 6 décembre.", False),
        ("", False),
    ],
)
def test_contact_details_in_a_message_are_seen(message, expected) -> None:
    assert rules.says_contact(message, "awa@example.org", "+33612345678") is expected


def test_no_detail_known_means_none_given_away() -> None:
    assert not rules.says_contact("Appelez le 06 12 34 56 78.", "", "")


@given(st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)))
def test_an_outcome_comes_after_the_promotion_and_within_a_year(on) -> None:
    sent_on, today = dt.date(2026, 11, 1), dt.date(2026, 11, 23)
    assert rules.is_outcome_date_possible(on, sent_on, today) == (sent_on <= on <= dt.date(2027, 11, 24))


def test_the_best_proved_skill_comes_first() -> None:
    said = Proof("Cuisiner", 0)
    old = Proof("Dresser", 2, given_on=dt.date(2025, 1, 1))
    new = Proof("Servir", 2, given_on=dt.date(2026, 1, 1))
    best = Proof("Accueillir", 3, given_on=dt.date(2020, 1, 1))
    assert strongest([said, old, new, best], 3) == [best, new, old]


def test_a_card_tells_what_is_proved_from_what_is_said() -> None:
    card = Card("K7", proofs=(Proof("Cuisiner", 0), Proof("Servir", 1)))
    assert [p.label for p in card.validated] == ["Servir"]
    assert [p.label for p in card.said] == ["Cuisiner"]


def test_sectors_follow_the_occupation() -> None:
    assert "56" in rules.sectors_of(["G1602"])
    assert rules.sectors_of(["K2204"]) == frozenset({"81", "96"})
    assert rules.sectors_of([]) == frozenset()
