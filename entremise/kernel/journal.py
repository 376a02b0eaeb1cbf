"""The journal: append-only, in the transaction of the act (no line, no act); `person_id` opens it to the person."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.models import JournalEntry

READING = "read"  # verbs of looks at a named file end with it, e.g. "people.file_read"


def append(
    verb: str,
    subject: models.Model,
    actor: Actor,
    *,
    before: str = "",
    after: str = "",
    purpose: str = "",
    data: dict[str, Any] | None = None,
) -> JournalEntry:
    """Write one line about a thing; `data` holds codes and ids, never names, addresses or free text."""
    return JournalEntry.objects.create(
        at=clock.now(),
        verb=verb,
        actor_kind=actor.kind,
        actor_id=actor.id,
        organisation_id=actor.organisation_id,
        purpose=purpose,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        person_id=concerned_person(subject),
        before=before,
        after=after,
        data=data or {},
    )


def append_all(
    verb: str,
    subjects: Iterable[models.Model],
    actor: Actor,
    *,
    before: str = "",
    after: str = "",
    purpose: str = "",
    data: dict[str, Any] | None = None,
) -> int:
    """Write one line about each of many things that one act concerns; return how many."""
    now = clock.now()
    lines = [
        JournalEntry(
            at=now,
            verb=verb,
            actor_kind=actor.kind,
            actor_id=actor.id,
            organisation_id=actor.organisation_id,
            purpose=purpose,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            person_id=concerned_person(subject),
            before=before,
            after=after,
            data=data or {},
        )
        for subject in subjects
    ]
    JournalEntry.objects.bulk_create(lines, batch_size=1000)
    return len(lines)


def concerned_person(subject: models.Model) -> UUID | None:
    """Return the person a thing is about: its `concerned_person_id` when its model defines one."""
    return getattr(subject, "concerned_person_id", None)


def history(subject: models.Model) -> models.QuerySet[JournalEntry]:
    """Return what happened to one thing, oldest first."""
    return JournalEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk)).order_by(
        "at", "pk"
    )


def about(person_id: UUID) -> models.QuerySet[JournalEntry]:
    """Return everything that concerns one person, newest first."""
    return JournalEntry.objects.filter(person_id=person_id).order_by("-at", "-pk")


def who_read(person_id: UUID) -> models.QuerySet[JournalEntry]:
    """Return every look at one person's file, newest first."""
    return about(person_id).filter(verb__endswith=READING)
