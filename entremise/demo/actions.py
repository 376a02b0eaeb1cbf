"""Build the demonstration: the same seed gives the same people, companies and history (identifiers aside)."""

import random
from collections.abc import Callable

from django.db import transaction

from entremise.accounts.models import User
from entremise.demo import (
    applications,
    badges,
    business,
    companies,
    history,
    network,
    offers,
    profiles,
    recruiters,
    story,
)
from entremise.demo.accounts import AWA_PHONE
from entremise.kernel import clock
from entremise.matching import actions as matching
from entremise.people import actions as people_actions

DEFAULT_PEOPLE = 400
CHUNK = 2_000
Progress = Callable[[int, int | None], None]


class DemoExists(Exception):
    """The demonstration was already built here; `reason` is a sentence for the operator."""

    def __init__(self) -> None:
        self.reason = "La démonstration existe déjà dans cette base : rien n'a été ajouté."
        super().__init__(self.reason)


def build(*, people: int = DEFAULT_PEOPLE, seed: int = 1, progress: Progress | None = None) -> int:
    """Invent a territory with this many people; refuse to do it twice. Return the number of people."""
    if is_built():
        raise DemoExists
    with transaction.atomic():
        rng = random.Random(seed)  # noqa: S311  invented data, no secret
        return _build(people, rng, progress or (lambda done, total: None))


def is_built() -> bool:
    """Tell whether the demonstration is there."""
    return User.objects.filter(phone=AWA_PHONE).exists()


def _build(count: int, rng: random.Random, progress: Progress) -> int:
    now = clock.now()
    people_actions.load_builtin()
    founded = network.found()
    by_rome = companies.found(rng, founded, now.date())
    drawn = profiles.world(founded, by_rome, now)
    done = 0
    while done < count:
        chunk = profiles.populate(rng, drawn, done, min(CHUNK, count - done))
        history.tell(rng, drawn, chunk)
        matching.refresh([person.pk for person in chunk])
        done += len(chunk)
        progress(done, count)
    history.save_segments(drawn)
    story.tell(drawn)
    offers.tell(rng, drawn)
    badges.tell()
    recruiters.tell(by_rome, now)
    business.tell(rng, drawn)
    applications.tell(rng, drawn)
    return done + 2
