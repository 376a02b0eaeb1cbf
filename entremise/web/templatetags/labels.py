"""How the label says its delays."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
DAY_HOURS, LONGEST_IN_HOURS = 24, 48


@register.filter
def delay(hours: int | None) -> str:
    """Say a delay: in hours up to two days, then in days, rounded up so that nobody looks quicker than they are."""
    if hours is None:
        return ""
    if hours < 1:
        return _("moins d'une heure")
    if hours < LONGEST_IN_HOURS:
        return ngettext("%(n)d heure", "%(n)d heures", hours) % {"n": hours}
    days = -(-hours // DAY_HOURS)
    return ngettext("%(n)d jour", "%(n)d jours", days) % {"n": days}
