"""Establishments and applications in number, written by COPY as a whole country would hold them."""

import datetime as dt
import random
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from entremise.config.database import as_owner
from entremise.config.environment import Environment
from entremise.kernel import clock
from entremise.lib.uuid7 import uuid7
from entremise.people import rules
from entremise.territories import actions as territories
from entremise.territories.models import Commune
from tests.factories.accounts import AgencyFactory

PLACE = "id, siret, name, legal_name, search_name, commune_id, address, size_band, email_domain, phone, is_fictional"
PERSON = (
    "id, reference, mobility_km, contracts, working_time, schedules, languages, licences, validated_skill_count, "
    "created_at"
)
INBOX = "id, establishment_id, agency_id, created_at, reminder_count"
APPLICATION = (
    "id, inbox_id, establishment_id, person_id, origin, state, is_current, parts, words, words_digest, sent_at, "
    "answered_at, changed_at, expires_at, channel, reason, answer_words, note, step, reply, count, counted_at, "
    "aside_reason"
)
INDEXES = """
select indexname, indexdef from pg_indexes where tablename = 'reciprok_application'
  and indexname not in (select conname from pg_constraint)
"""
OF_ONE_PERSON = 10  # applications, on average
SPREAD = 0.9  # of how much establishments receive (the exponent of a Pareto law)
DAY, HOUR = 86_400.0, 3_600.0
STATES = {"answered": "refused", "silent": "unanswered", "aside": "withdrawn", "": "acknowledged"}


def fill(settings: Environment, places: int, applications: int, seed: int) -> list[UUID]:
    """Write everything; return the establishments. Keys are not checked meanwhile: every row refers to one written."""
    rng = random.Random(seed)
    territories.load_builtin()
    communes = list(Commune.objects.order_by("pk").values_list("pk", flat=True)[:2_000])
    now = clock.now()
    place_ids = [uuid7() for _ in range(places)]
    inbox_ids = [uuid7() for _ in range(places)]
    person_ids = [uuid7() for _ in range(max(100, applications // OF_ONE_PERSON))]
    with as_owner(settings), connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        agency = AgencyFactory().pk
        _copy(cursor, "employers_establishment", PLACE, _places(place_ids, communes, rng))
        _copy(cursor, "people_person", PERSON, _people(person_ids, now))
        boxes = ((pk, of, agency, now, 0) for pk, of in zip(inbox_ids, place_ids, strict=True))
        _copy(cursor, "reciprok_inbox", INBOX, boxes)
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _made in indexes:
            cursor.execute(f'drop index "{name}"')
        rows = _applications(place_ids, inbox_ids, person_ids, applications, now, rng)
        _copy(cursor, "reciprok_application", APPLICATION, rows)
        for _name, made in indexes:
            cursor.execute(made)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze reciprok_application")
        cursor.execute("vacuum analyze employers_establishment")
    return place_ids


def _places(ids: list[UUID], communes: list[str], rng: random.Random) -> Iterator[tuple[Any, ...]]:
    for number, pk in enumerate(ids):
        name = f"Maison {number}"
        yield pk, f"{number:014d}", name, "", name.lower(), rng.choice(communes), "", "", "", "", True


def _people(ids: list[UUID], now: dt.datetime) -> Iterator[tuple[Any, ...]]:
    for number, pk in enumerate(ids):
        yield pk, rules.reference_of(number + 1), 20, "{}", "any", "{}", "{}", "{}", 0, now


def _applications(
    places: list[UUID], inboxes: list[UUID], people: list[UUID], count: int, now: dt.datetime, rng: random.Random
) -> Iterator[tuple[Any, ...]]:
    """Return applications in the order in which they came: those of one establishment lie far apart on the disk."""
    weights = [rng.paretovariate(SPREAD) for _ in places]
    shares = [min(0.99, rng.betavariate(2, 1)) for _ in places]  # who answers, and how often
    slow = [rng.lognormvariate(4.5, 1.1) for _ in places]  # typical hours to an answer
    chosen = rng.choices(range(len(places)), weights, k=count)
    started, span = time.monotonic(), 460 * DAY
    for number, rank in enumerate(chosen):
        sent = now - dt.timedelta(seconds=span * (1 - number / count))
        fate = _fate(sent, shares[rank], slow[rank], now, rng)
        yield uuid7(), inboxes[rank], places[rank], rng.choice(people), *fate
        if number % 500_000 == 0 and number:
            _told(number, count, started)


def _fate(sent: dt.datetime, share: float, slow: float, now: dt.datetime, rng: random.Random) -> tuple[Any, ...]:
    answered = sent + dt.timedelta(seconds=HOUR * slow * rng.lognormvariate(0, 0.8))
    over = sent + dt.timedelta(days=60)
    counted: dt.datetime | None
    count, counted = ("answered", answered) if rng.random() < share and answered < over else ("silent", over)
    if rng.random() < 0.05:
        count = "aside"
    if counted is not None and counted > now:
        count, counted = "", None
    at = answered if count == "answered" else None
    return (
        "self", STATES[count], False, "{}", "", "", sent, at, counted or sent, over, "", "", "", "", "", "", count,
        counted, "",
    )  # fmt: skip


def _told(number: int, count: int, started: float) -> None:
    sys.stderr.write(f"{number:,} of {count:,} applications written, {time.monotonic() - started:.0f} s\n")


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
