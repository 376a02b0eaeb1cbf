"""Files that calendars open: written by us, read back by a parser and by hand (RFC 5545)."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from entremise.web.kit.calendar_files import Appointment, Day, calendar_file

PARIS = ZoneInfo("Europe/Paris")
NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
AT = dt.datetime(2026, 12, 1, 14, 30, tzinfo=PARIS)
LINK = "https://entremise.example/rendez-vous/0195"
MEETING = Appointment("0195@rendez-vous", AT, 45, "Entretien d'embauche", "12 rue de l'Église, Valence", LINK)
# A calendar file is text: no control character but tabs and line breaks (RFC 5545 §3.1).
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=300).map(str.strip)


def written(*events: Appointment | Day) -> bytes:
    return calendar_file("rendez-vous", events, stamped_at=NOW).content


def lines(*events: Appointment | Day) -> list[str]:
    """Read a file by hand: its lines unfolded."""
    return written(*events).decode().replace("\r\n ", "").split("\r\n")


def test_an_appointment_is_told_in_universal_time_with_its_place_and_link() -> None:
    told = lines(MEETING)
    assert "UID:0195@rendez-vous" in told
    assert "DTSTART:20261201T133000Z" in told
    assert "DTEND:20261201T141500Z" in told
    assert "SUMMARY:Entretien d'embauche" in told
    assert "LOCATION:12 rue de l'Église\\, Valence" in told
    assert f"URL:{LINK}" in told or f"URL;VALUE=URI:{LINK}" in told
    assert "SEQUENCE:0" in told
    assert "STATUS:CONFIRMED" in told
    assert "DTSTAMP:20261123T080000Z" in told


def test_the_hour_is_right_on_both_sides_of_the_change_of_clocks() -> None:
    before = Appointment("a", dt.datetime(2026, 10, 25, 1, 30, tzinfo=PARIS), 180, "Nuit")
    assert {"DTSTART:20261024T233000Z", "DTEND:20261025T023000Z"} <= set(lines(before))


def test_a_cancelled_appointment_replaces_the_first_one() -> None:
    cancelled = Appointment("0195@rendez-vous", AT, 45, "Entretien", "", "", is_cancelled=True, sequence=2)
    assert {"UID:0195@rendez-vous", "STATUS:CANCELLED", "SEQUENCE:2"} <= set(lines(cancelled))


def test_who_to_ask_and_the_words_are_written_with_their_line_breaks() -> None:
    told = lines(Appointment("a", AT, 30, "Entretien", words="Apporter :\n- CV; diplôme", contact="Mme Zoé, accueil"))
    assert "DESCRIPTION:Apporter :\\n- CV\\; diplôme" in told
    assert "CONTACT:Mme Zoé\\, accueil" in told


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut() -> None:
    long = "Réunion préparée à l’été — œuvre façonnée 😀 " * 12
    whole = written(Appointment("a", AT, 30, long.strip(), long.strip(), f"{LINK}/{'x' * 200}", words=long.strip()))
    assert max(map(len, whole.split(b"\r\n"))) <= 75
    assert all(part.decode() is not None for part in whole.split(b"\r\n"))
    (event,) = Calendar.from_ical(whole).walk("VEVENT")
    assert str(event["summary"]) == long.strip()


@pytest.mark.parametrize("words", ["Fin\r\nEND:VEVENT\r\nBEGIN:VALARM", "a\nATTACH:file", "a\\nb, c; d:e"])
def test_words_cannot_add_a_line_of_their_own(words: str) -> None:
    told = lines(Appointment("a", AT, 30, words, words, words=words, contact=words))
    assert sum(line == "END:VEVENT" for line in told) == 1
    assert not any(line.startswith(("BEGIN:VALARM", "ATTACH")) for line in told)


def test_an_appointment_and_a_day_are_in_the_same_file() -> None:
    day = Day("b", dt.date(2026, 12, 2), "Dernier jour", LINK)
    meeting, whole_day = Calendar.from_ical(written(MEETING, day)).walk("VEVENT")
    assert meeting.decoded("dtstart") == AT
    assert whole_day.decoded("dtstart") == dt.date(2026, 12, 2)
    assert "status" not in whole_day


@pytest.mark.parametrize(("at", "minutes"), [(AT.replace(tzinfo=None), 30), (AT, 0), (AT, -5)])
def test_an_hour_of_nowhere_or_an_appointment_of_no_time_is_refused(at: dt.datetime, minutes: int) -> None:
    with pytest.raises(ValueError, match="has a zone and lasts"):
        Appointment("a", at, minutes, "Entretien")


@given(WORDS, WORDS, st.integers(0, 4_000_000_000), st.integers(1, 1440))
def test_what_is_written_is_read_back(summary: str, place: str, second: int, minutes: int) -> None:
    starts_at = dt.datetime.fromtimestamp(second, tz=dt.UTC)
    (event,) = Calendar.from_ical(written(Appointment("a", starts_at, minutes, summary, place))).walk("VEVENT")
    assert event.decoded("dtstart") == starts_at
    assert event.decoded("dtend") - starts_at == dt.timedelta(minutes=minutes)
    assert str(event.get("summary", "")) == summary
    assert str(event.get("location", "")) == place
