"""Reads about the label: today's figures, their lines, what is contested, who is paused."""

import datetime as dt
from uuid import UUID

from django.db.models import Q

from entremise.reciprok.models_label import Pause


def pause_of(establishment_id: UUID, now: dt.datetime) -> Pause | None:
    """Return the pause that stops new applications to an establishment now; one only announced stops nothing."""
    pauses = Pause.objects.unscoped("whoever applies is told that an establishment is paused")
    running = Q(ends_at=None) | Q(ends_at__gt=now)
    return pauses.filter(running, establishment_id=establishment_id, starts_at__lte=now, lifted_at=None).first()
