"""Nothing in the log points at somebody, whatever a library writes there."""

import logging
import sys

import pytest
from django.conf import settings

from entremise.kernel.logs import HIDDEN, RedactingFormatter, redacted

TOKEN = "c5dWz58nRRSBcIpb5s-M6APIJjW6NxxA5Jl_t11MomoXfUxAvyqqaZO4Y1t3HZizQ"  # the shape that kernel.links gives


@pytest.mark.parametrize(
    "text",
    [
        f"Not Found: /valider/{TOKEN},/",
        "DETAIL:  Key (email)=(zephyrine.oulibicheff@exemple.fr) already exists.",
        "to <awa+emploi@sous.domaine.example>",
        "DETAIL:  Key (phone)=(+33639981234) already exists.",
        "appel au 06 39 98 12 34",
        "appel au 06.39.98.12.34",
        "appel au 0639981234",
    ],
)
def test_what_points_at_somebody_is_hidden(text: str) -> None:
    shown = redacted(text)
    assert HIDDEN in shown
    for secret in (TOKEN, "oulibicheff", "exemple.fr", "awa", "98"):
        assert secret not in shown


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21 22:15:29,795 ERROR django.request Internal Server Error: /conseil/vivier/",
        "promotions.remind 01900000-0000-7000-8000-000000000000 done in 0.123 s",
        "SIRET 73282932000074 not found in 12026 rows",
        "/entremise/web/kit/middleware.py:107",
    ],
)
def test_what_helps_the_operator_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_traceback_is_cleaned_too() -> None:
    try:
        raise ValueError("Key (email)=(zephyrine@exemple.fr) already exists")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "failed", (), sys.exc_info())
    written = RedactingFormatter("%(message)s").format(record)
    assert "ValueError" in written
    assert "zephyrine" not in written


def test_the_site_writes_its_log_through_this_guard() -> None:
    formatters = {one["()"] for one in settings.LOGGING["formatters"].values()}
    assert formatters == {"entremise.kernel.logs.RedactingFormatter"}
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} <= set(settings.LOGGING["formatters"])


def test_a_line_break_that_somebody_typed_does_not_begin_a_line_of_the_log() -> None:
    forged = "x\r\n2026-11-22T09:00:00+0000 INFO entremise accounts.signed_in admin\u2028\x1b[2J"
    record = logging.LogRecord("entremise", logging.INFO, __file__, 1, "refused: %s", (forged,), None)
    written = RedactingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s").format(record)
    assert len(written.splitlines()) == 1
    assert "\x1b" not in written


def test_a_traceback_cannot_be_taken_for_lines_of_the_log() -> None:
    try:
        raise ValueError("x\n2026-11-22T09:00:00+0000 INFO entremise accounts.signed_in admin")
    except ValueError:
        record = logging.LogRecord("entremise", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    first, *others = RedactingFormatter("%(levelname)s %(message)s").format(record).splitlines()
    assert first == "ERROR failed"
    assert others
    assert all(line.startswith("  | ") for line in others)


def test_the_times_of_the_log_say_their_zone() -> None:
    formatter = settings.LOGGING["formatters"]["plain"]
    assert formatter["datefmt"].endswith("%z")
    assert formatter["format"].startswith("%(asctime)s %(levelname)s %(name)s")
