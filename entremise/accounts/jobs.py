"""Housekeeping of the accounts: what is no longer of use is forgotten every night."""

from django.contrib.sessions.models import Session

from entremise.kernel import clock, idempotency, jobs


def forget_old() -> int:
    """Delete ended sessions and the keys of old forms; return how many rows left."""
    sessions, _by_model = Session.objects.filter(expire_date__lt=clock.now()).delete()
    return sessions + idempotency.forget_old()


@jobs.periodic(name="accounts.forget_old", cron="17 2 * * *")
def forget_every_night(timestamp: int) -> None:
    """Forget every night."""
    forget_old()
