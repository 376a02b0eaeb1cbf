"""`demo`: the invented territory of the story, then as many people as asked for, and how long that took."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import time
from types import ModuleType

from entremise.config import stamps
from entremise.config.console import CommandRefused, Progress, say, warn
from entremise.config.database import as_owner, refresh_statistics
from entremise.config.environment import Environment

STORY_PEOPLE = 300  # the others only make numbers: they come by the crowd
MOST_PEOPLE = 10_000_000
MOST_SEED = 2**32 - 1
BYTES_A_PERSON = 7_500  # tables, their indexes, the pool and its index: measured over 1.9 million
ROOM = 1.3  # of what is needed: what the server writes beside, and what lives there too
GIGABYTE = 1_000_000_000
STAMP = "demo"


def check(people: int, seed: int) -> None:
    """Refuse numbers that make no sense."""
    if people < 1:
        raise CommandRefused("--people doit être un nombre supérieur à zéro.")
    if people > MOST_PEOPLE:
        raise CommandRefused(f"--people : {_count(MOST_PEOPLE)} personnes au plus.")
    if not 0 <= seed <= MOST_SEED:
        raise CommandRefused(f"--seed doit être un nombre entre 0 et {_count(MOST_SEED)}.")


def fill(settings: Environment, people: int, seed: int) -> None:
    """Invent what lacks of these people; say what was done."""
    crowd = _module("crowd")
    started_at = time.monotonic()
    is_told = _module("actions").is_built()
    missing = _missing(crowd, people, seed) if is_told else max(0, people - STORY_PEOPLE)
    _check_room(settings, missing)
    try:
        if not is_told:
            _tell_story(settings, min(people, STORY_PEOPLE), seed)
        if people > STORY_PEOPLE and (missing or _finished(settings) < people):
            _gather(crowd, settings, people, seed, started_at)
        elif is_told:
            say("La démonstration existe déjà dans cette base : rien n'a été ajouté.")
            return
    except KeyboardInterrupt:
        warn("Interrompu. Ce qui est écrit reste : la même commande reprendra là où elle s'est arrêtée.")
        raise
    stamps.note(settings.var, STAMP, f"{people}/{seed}")


def _tell_story(settings: Environment, people: int, seed: int) -> None:
    with Progress("Données de démonstration") as progress:
        _module("actions").build(people=people, seed=seed, progress=progress)
    refresh_statistics(settings)
    importlib.import_module("entremise.matching.actions_nightly").match_everything(again=True)


def _gather(crowd: ModuleType, settings: Environment, people: int, seed: int, started_at: float) -> None:
    """Write the crowd, its rows of the pool, then the index; each part goes on where it was interrupted."""
    with contextlib.ExitStack() as stack, _Spell() as writing:
        if settings.database_owner_url is not None:  # otherwise each foreign key is checked: slower, as true
            stack.enter_context(as_owner(settings))
        with Progress("Personnes inventées") as progress:
            crowd.load(people=people, seed=seed, progress=progress)
    with _Spell() as publishing, Progress("Vivier") as progress:
        crowd.publish(progress=progress)
    with _Spell() as indexing, Progress("Index de recherche du vivier") as progress:
        progress(importlib.import_module("entremise.matching.actions").write_index())
    say(
        f"{_count(people)} personnes en {_duration(time.monotonic() - started_at)}, "
        f"dont {_duration(writing.seconds)} pour les écrire, {_duration(publishing.seconds)} pour le vivier "
        f"et {_duration(indexing.seconds)} pour son index."
    )


def _finished(settings: Environment) -> int:
    """Return how many people the last demonstration that went to its end was asked for."""
    return int((stamps.noted(settings.var, STAMP) or "0").partition("/")[0])


def _missing(crowd: ModuleType, people: int, seed: int) -> int:
    try:
        return int(crowd.missing(people=people, seed=seed))
    except crowd.OtherSeed as refusal:
        if people <= STORY_PEOPLE:
            return 0
        raise CommandRefused(refusal.reason) from refusal


def room_refusal(missing: int, free: int) -> str:
    """Say why this many people more do not fit in the bytes that are free, or nothing."""
    needed = missing * BYTES_A_PERSON * ROOM
    if needed <= free:
        return ""
    possible = int(free / BYTES_A_PERSON / ROOM) // 1000 * 1000
    return (
        f"Le disque n'a pas assez de place : {_count(missing)} personnes de plus demandent "
        f"{_gigabytes(needed)} Go libres, il en reste {_gigabytes(free)}. Faites de la place, "
        f"ou demandez-en moins : environ {_count(possible)} de plus sont possibles."
    )


def _check_room(settings: Environment, missing: int) -> None:
    """Refuse what the disk cannot hold, before the first row; the disk of another server is not ours to see."""
    refusal = room_refusal(missing, shutil.disk_usage(settings.var).free) if settings.embedded else ""
    if refusal:
        raise CommandRefused(refusal)


class _Spell(contextlib.AbstractContextManager["_Spell"]):
    """How long a part took."""

    seconds = 0.0

    def __enter__(self) -> _Spell:
        self._started_at = time.monotonic()
        return self

    def __exit__(self, *details: object) -> None:
        self.seconds = time.monotonic() - self._started_at


def _module(name: str) -> ModuleType:
    """Import a module of the demonstration: it needs the settings, so not before Django is ready."""
    return importlib.import_module(f"entremise.demo.{name}")


def _count(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _gigabytes(size: float) -> str:
    return f"{size / GIGABYTE:.1f}".replace(".", ",")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
