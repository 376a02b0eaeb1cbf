"""Applications as the label counts them, written straight into the table: `counted(place, answered_after_hours=3)`."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.people.models import Person
from entremise.reciprok.enums import Count
from entremise.reciprok.models import Application, Inbox
from tests.factories.accounts import AgencyFactory
from tests.factories.people import PersonFactory

WHY = "a test's row"
HOUR = dt.timedelta(hours=1)


def inbox_at(establishment: Establishment, **facts: Any) -> Inbox:
    """Return the inbox of the spontaneous applications to an establishment."""
    rows: Any = Inbox.objects.unscoped(WHY)
    known: Inbox | None = rows.filter(establishment=establishment, offer=None).first()
    facts = {"agency": facts.get("agency") or AgencyFactory(), "created_at": clock.now()}
    return known or rows.create(establishment=establishment, **facts)


def applied(establishment: Establishment, *, person: Person | None = None, **facts: Any) -> Application:
    """Return an application that waits, sent ten days ago unless said otherwise."""
    sent_at = facts.pop("sent_at", clock.now() - dt.timedelta(days=10))
    told = {
        "inbox": facts.pop("inbox", None) or inbox_at(establishment), "establishment": establishment,
        "person": person or PersonFactory(), "sent_at": sent_at, "changed_at": sent_at, "state": "acknowledged",
        "expires_at": sent_at + dt.timedelta(days=60), "is_current": False,
    }  # fmt: skip
    made: Application = Application.objects.unscoped(WHY).create(**told | facts)  # type: ignore[assignment]
    return made


def counted(
    establishment: Establishment,
    *,
    hours: float | None,
    ago_days: float = 100,
    person: Person | None = None,
    **facts: Any,
) -> Application:
    """Return an application answered after so many hours, or left without answer for two months (None)."""
    sent_at = clock.now() - dt.timedelta(days=ago_days)
    if hours is None:
        over = sent_at + dt.timedelta(days=60)
        told = {"state": "unanswered", "count": Count.SILENT, "counted_at": over, "closed_at": over}
    else:
        at = sent_at + hours * HOUR
        told = {"state": "refused", "count": Count.ANSWERED, "counted_at": at, "answered_at": at, "closed_at": at}
    return applied(establishment, person=person, **{"sent_at": sent_at} | told | facts)


def history(establishment: Establishment, answered: int, silent: int, *, hours: float = 24) -> list[Application]:
    """Return what gives a label: so many answers after so many hours, so many silences, each of another person."""
    return [counted(establishment, hours=hours) for _ in range(answered)] + [
        counted(establishment, hours=None) for _ in range(silent)
    ]


def drawn(people: list[Person], rng: random.Random, now: dt.datetime) -> Iterator[dict[str, Any]]:
    """Draw what an establishment received: answered, silent, aside, out of the window, from the same few people."""
    for _ in range(rng.randint(0, 14)):
        ago = rng.choice([1, 30, 90, 300, 364, 365, 366, 500])
        sent_at = now - dt.timedelta(days=ago, hours=rng.randint(0, 23))
        hours = rng.choice([0, 5, 24, 167, 168, 169, 360, 361, 720, 800])
        at = min(now, sent_at + dt.timedelta(hours=hours, seconds=rng.randint(0, 1)))
        count = rng.choices(["answered", "silent", "aside", ""], [rng.choice([2, 20]), 2, 1, 1])[0]
        is_answered = count == "answered" or rng.random() < 0.1
        yield {
            "person": rng.choice(people), "sent_at": sent_at, "count": count,
            "answered_at": at if is_answered else None, "counted_at": at if count else None,
        }  # fmt: skip
