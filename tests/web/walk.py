"""Visiting many addresses one after the other, each on an unchanged base, and telling what a visit wrote."""

import html
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client
from django.utils.encoding import force_str

from entremise.kernel.models import JournalEntry

BOOKKEEPING = {"django_session", "cache", "kernel_idempotencykey"}  # who visits, how often, which form was sent


@dataclass
class Visit:
    """What a visit gave: the status, the page, what it wrote, why it failed."""

    name: str
    method: str
    status: int
    body: str
    headers: str
    written: dict[str, int]
    lines: list[JournalEntry]
    raw: str = ""
    fault: str = ""
    sent: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = {key: str(value)[:40] for key, value in self.sent.items()}
        return f"{self.method} {self.name} → {self.status} {self.fault} {told or ''}"

    def leaks(self, secrets: tuple[str, ...]) -> list[str]:
        """Return the secrets that this visit shows."""
        return [secret for secret in secrets if secret in self.body or secret in self.headers]


def visit(
    client: Client, name: str, method: str, path: str, sent: dict[str, Any] | None = None, **extra: Any
) -> Visit:
    """Open an address, then put everything back as it was."""
    caches["process"].clear()
    faults: list[str] = []

    def note(sender: object, **_: object) -> None:
        faults.append(repr(sys.exc_info()[1])[:300])

    got_request_exception.connect(note)
    try:
        with put_back(client):
            before = written()
            newest = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            response = getattr(client, method)(path, sent or {}, **extra)
            body = b"" if response.status_code == 204 else response.getvalue()
            broken = connection.needs_rollback
            after = {} if broken else written()
            lines = [] if broken else list(JournalEntry.objects.filter(pk__gt=newest).order_by("pk"))
    finally:
        got_request_exception.disconnect(note)
    changed = {table: n - before.get(table, 0) for table, n in after.items() if n != before.get(table, 0)}
    told = {table: n for table, n in changed.items() if table not in BOOKKEEPING}
    raw = force_str(body, errors="replace")
    text = html.unescape(raw).replace("\xa0", " ")
    headers = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    return Visit(name, method, response.status_code, text, headers, told, lines, raw, " ".join(faults), sent or {})


@contextmanager
def put_back(client: Client | None = None) -> Iterator[None]:
    """Undo at the end whatever was written, in the base and in the cookies of the visitor."""
    cookies = dict(client.cookies) if client else {}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if client:
        client.cookies.clear()
        client.cookies.update(cookies)


def written() -> dict[str, int]:
    """Return how many rows this transaction wrote, by table of ours, whatever became of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n FROM (SELECT relname, pg_stat_get_xact_tuples_inserted(oid)"
            " + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid) AS n"
            " FROM pg_class WHERE relkind = 'r' AND oid >= 16384) AS counted WHERE n > 0"
        )
        return dict(cursor.fetchall())
