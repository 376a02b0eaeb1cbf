"""Keys of the forms already submitted: taken in the transaction of the act, kept with the address of its answer."""

import datetime as dt

from django.db import IntegrityError, transaction

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.models import IdempotencyKey

KEPT = dt.timedelta(days=7)


def take(key: str, actor: Actor) -> bool:
    """Reserve a key; answer no when it is taken, after waiting for the transaction that holds it."""
    try:
        with transaction.atomic():
            IdempotencyKey.objects.create(key=key, actor_id=actor.id, location="", created_at=clock.now())
    except IntegrityError:
        return False
    return True


def keep(key: str, location: str) -> None:
    """Note where the act led."""
    IdempotencyKey.objects.filter(pk=key).update(location=location)


def give_back(key: str) -> None:
    """Free a key whose act did not happen."""
    IdempotencyKey.objects.filter(pk=key).delete()


def location(key: str) -> str:
    """Return where the first arrival was sent."""
    return IdempotencyKey.objects.filter(pk=key).values_list("location", flat=True).first() or ""


def forget_old() -> int:
    """Delete the keys that nobody will submit again; return how many."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
