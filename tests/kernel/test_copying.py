"""Many rows written in one stream are the rows that an insertion writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from entremise.kernel.copying import write_new
from entremise.lib.uuid7 import uuid7
from entremise.offers import actions_aggregated
from entremise.offers.models import Offer
from tests.factories.offer_feeds import Sender

pytestmark = pytest.mark.django_db
ODD = {
    "title": "Soudeur \\N / Soudeuse\ttrilingue", "description": "Ligne une\\n\r\nligne « deux »\t; \\.\n\\N " * 9,
    "pay_max": "2300.55", "weekly_hours": "17,5", "schedules": "nuit", "apply_url": "https://p.example/a?b=c&d=%5C",
}  # fmt: skip


def written(sender: Sender) -> list[dict[str, Any]]:
    """Return the offers that a file writes, whatever each time differs left out; then undo it."""
    with transaction.atomic():
        sender.send(sender.offer("A-1", **ODD), sender.offer("A-2", contract="CDD", pay_min="", pay_period=""))
        rows = list(Offer.objects.unscoped("a test").order_by("reference").values())
        assert all(row.pop("number") for row in rows)
        transaction.set_rollback(True)
    for row in rows:
        del row["id"], row["created_at"], row["opened_at"]
    return rows


def test_a_stream_writes_what_an_insertion_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    sender = Sender()
    inserted = written(sender)
    assert [(row["reference"], row["state"]) for row in inserted] == [("A-1", "open"), ("A-2", "open")]
    monkeypatch.setattr(actions_aggregated, "STREAMED", 1)
    assert written(sender) == inserted


def test_a_stream_is_held_to_the_same_constraints(monkeypatch: pytest.MonkeyPatch) -> None:
    write_new([])
    sender = Sender()
    sender.send(sender.offer("A-1"))
    offer = sender.held("A-1")
    offer.pk, offer.number = uuid7(), offer.number + 1
    with pytest.raises(IntegrityError, match="offer_partner_reference"), transaction.atomic():
        write_new([offer])
