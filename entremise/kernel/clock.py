"""The only source of time; tests freeze it with time-machine."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return the current instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Return today's date in the site's time zone."""
    return timezone.localdate()


def local(moment: dt.datetime) -> dt.datetime:
    """Return an aware instant in the site's time zone."""
    return timezone.localtime(moment)
