"""Closed lists of the indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    """The period a dashboard looks at."""

    MONTH = "30", _("30 derniers jours")
    QUARTER = "90", _("90 derniers jours")
    YEAR = "365", _("12 derniers mois")
    CUSTOM = "libre", _("Du… au…")
