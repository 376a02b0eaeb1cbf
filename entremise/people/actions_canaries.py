"""Invented people that nobody has a reason to open: whoever does is seen at the first look."""

import datetime as dt
import secrets
from collections.abc import Sequence

from entremise.accounts.models import User
from entremise.accounts.queries import actor_for
from entremise.kernel import clock
from entremise.kernel.models_vault import Canary
from entremise.people import actions
from entremise.people.enums import Visibility
from entremise.people.models import Person
from entremise.territories.models import Commune

FICTION = "+3363998"  # mobile numbers that are kept for fiction and reach nobody
FAR_DAYS = 120  # available in four months: no search of today wants them first


def make_canaries(count: int, names: tuple[Sequence[str], Sequence[str]]) -> int:
    """Invent that many people where others live, with the steps of anybody else; run as the owner of the database."""
    rng = secrets.SystemRandom()
    lived = Person.objects.unscoped("canaries live where people live").exclude(commune=None)
    communes = list(Commune.objects.filter(pk__in=lived.values("commune")).order_by("pk"))
    if not communes:
        return 0
    used = set(User.objects.filter(phone__startswith=FICTION).values_list("phone", flat=True))
    free = [phone for phone in (f"{FICTION}{number:04d}" for number in range(10_000)) if phone not in used]
    for phone in rng.sample(free, count):
        user = User.objects.create_user(email=None, phone=phone, phone_verified=True)
        _live(user, rng.choice(communes), rng.choice(names[0]), rng.choice(names[1]))
    return count


def _live(user: User, commune: Commune, first_name: str, last_name: str) -> None:
    herself = actor_for(user, second_factor=False)
    facts = {"first_name": first_name, "last_name": last_name, "department": commune.department}
    person = actions.open_profile(user, actor=herself, **facts)
    soon = clock.today() + dt.timedelta(days=FAR_DAYS)
    actions.change_profile(person, actor=herself, commune=commune, available_on=soon)
    actions.give_consent(person, actor=herself, visibility=Visibility.NAMED)
    Canary.objects.create(person_id=person.pk, created_at=clock.now())
