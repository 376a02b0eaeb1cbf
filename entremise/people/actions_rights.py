"""What people do with their own data: take it away, take it back, have it erased; erasures after a restore."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from entremise.kernel import clock, erasure, mail, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.models import OutboxMessage
from entremise.lib.archives import Flat
from entremise.people import mails_rights, queries, queries_rights
from entremise.people.actions import ProfileRefused
from entremise.people.enums import Verb
from entremise.people.models import Person
from entremise.people.models_rights import Erasure, InactivityWarning, PastRecord, RetentionRun

LIST = "effacements.txt"  # in the data folder: what a restored database no longer knows
LONGEST_FACTS = 40_000  # signs of one row taken back
PAST_ROWS = 5_000


class TakingBackRefused(ProfileRefused):
    """An archive cannot be taken back here."""


@action(Verb.ARCHIVE_TAKEN, may="people.take_archive")
def take_archive(person: Person, *, actor: Actor) -> Done:
    """Give a person everything that is kept about her, table by table."""
    tables = erasure.export_all(person.pk)
    return Done(tables, data={table: len(rows) for table, rows in tables.items()}, subject=person)


@action(Verb.TAKEN_BACK, may="people.take_back")
def take_back(person: Person, *, actor: Actor, tables: Mapping[str, Sequence[Flat]]) -> Done:
    """Say again what an archive says of her, keep the rest as history; return a sentence for what could not be.

    Nobody vouches for an archive: a consent is not given again, a proof comes back as a memory that she alone reads.
    """
    queries.hold(person.pk)
    if not may_take_back(person):
        raise TakingBackRefused(
            _("Votre profil n'est pas vide : une archive se reprend dans un compte neuf, pour ne rien mélanger.")
        )
    lists = {table: list(rows) for table, rows in tables.items()}
    lost = [sentence for one in erasure.upwards() for sentence in one.restore(person.pk, actor, lists)]
    kept = _remember(person, lists)
    notices.profile_changed.fire(person.pk)
    return Done(lost, data={"rows": sum(map(len, lists.values())), "past": kept, "lost": len(lost)}, subject=person)


def may_take_back(person: Person) -> bool:
    """Tell whether a profile is empty: no upper domain holds anything that a restored archive could mix with."""
    filled = {table for one in erasure.declarations() for table in one.restored if not table.startswith("people.")}
    held = [held for one in erasure.declarations() for held in one.held if held.table in filled]
    return not person.past_records.exists() and not any(one.query(person.pk).exists() for one in held)


def what_stays() -> list[str]:
    """Return what each domain keeps after an erasure, in words."""
    return [str(one.kept) for one in erasure.upwards() if str(one.kept)]


def _remember(person: Person, tables: Mapping[str, Sequence[Flat]]) -> int:
    """Keep the rows that nobody says again: proofs, consents, presentations, and the memories of memories."""
    restored = {table for one in erasure.declarations() for table in one.restored}
    known = {table for one in erasure.declarations() for table in one.tables}
    now = clock.now()
    rows: list[PastRecord] = []
    for table in sorted(set(tables) & known - restored):
        for row in tables[table]:
            is_memory = table == PastRecord._meta.label_lower
            name, facts = (str(row.get("table", "")), row.get("facts")) if is_memory else (table, row)
            if name in known and isinstance(facts, dict) and len(str(facts)) <= LONGEST_FACTS:
                rows.append(PastRecord(person=person, table=name, facts=_clean(facts), taken_back_at=now))
    return len(PastRecord.objects.bulk_create(rows[:PAST_ROWS]))


def _clean(value: Any) -> Any:
    """Return JSON that PostgreSQL keeps: no null character."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {_clean(str(key)): _clean(inner) for key, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list) else value


@action(Verb.ERASED, may="people.erase")
def erase(person: Person, *, actor: Actor) -> Done:
    """Forget a person for good, everywhere; open presentations stop first, and who holds a link sees it closed."""
    queries.hold(person.pk)
    if queries.has_consent(person.pk):
        notices.consent_withdrawn.fire(person.pk)
    counts = erasure.erase_all(person.pk)
    digest, now = queries_rights.person_digest(person.pk), clock.now()
    Erasure.objects.get_or_create(person_hash=digest, defaults={"erased_at": now})
    transaction.on_commit(lambda: _note([(digest, now)]))
    return Done(sum(counts.values()), data=dict(counts), subject=person)


def replay_erasures(list_path: Path | None = None) -> int:
    """Erase again, after a restore, those who were erased since the backup; return how many.

    The backup brings them back: the list of erasures kept beside the database (or a copy of it) says who.
    """
    noted = {**_noted(_list_path()), **(_noted(list_path) if list_path else {})}
    tabled = dict(Erasure.objects.values_list("person_hash", "erased_at"))
    if not set(noted) - set(tabled):
        return 0  # the database knows all the erasures that the list tells: nobody came back
    for digest, at in noted.items():
        Erasure.objects.get_or_create(person_hash=digest, defaults={"erased_at": at})
    _note([(digest, at) for digest, at in {**noted, **tabled}.items() if digest not in _noted(_list_path())])
    back = [
        person
        for person in Person.objects.unscoped(erasure.WHY).exclude(reference__startswith="~").iterator(chunk_size=2000)
        if queries_rights.person_digest(person.pk) in noted | tabled
    ]
    for person in back:
        erase(person, actor=job_actor("people.replay_erasures"))
    return len(back)


@action(Verb.INACTIVITY_WARNED, may="people.apply_retention")
def warn_of_erasure(person: Person, *, actor: Actor, erased_on: dt.date) -> Done:
    """Tell a person that her unused account will be erased, by mail or else by SMS; without either, note it."""
    address, channel = queries_rights.way_to_write(person)
    if address:
        kind = mails_rights.ErasureSoonSms if channel == OutboxMessage.Channel.SMS else mails_rights.ErasureSoon
        mail.send(kind.on(erased_on), to=address, about=person, language=queries.language_of(person))
    rows = InactivityWarning.objects.unscoped("the platform's own retention job")
    rows.update_or_create(person=person, defaults={"sent_at": clock.now()})
    return Done(person, data={"channel": str(channel)})


@action(Verb.RETENTION_APPLIED, may="people.apply_retention")
def note_retention(run: RetentionRun, *, actor: Actor) -> Done:
    """Keep what the nightly job let go."""
    run.save(force_insert=True)
    return Done(run, data={"code": run.code, "count": run.count})


def _list_path() -> Path:
    return Path(settings.VAR) / LIST


def _note(erased: Sequence[tuple[str, dt.datetime]]) -> None:
    """Add digests to the list beside the database, and wait until the disk has them."""
    if not erased:
        return
    path = _list_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.writelines(f"{digest} {at.isoformat()}\n" for digest, at in erased)
        out.flush()
        os.fsync(out.fileno())


def _noted(path: Path) -> dict[str, dt.datetime]:
    """Return the digests of a list; a line cut by a crash is passed over: the table has it."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        digest, _space, at = line.partition(" ")
        try:
            found[digest] = dt.datetime.fromisoformat(at)
        except ValueError:
            continue
    return found
