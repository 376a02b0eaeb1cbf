"""Closed lists of the watch over what accounts look at."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Finding(models.TextChoices):
    """What somebody answerable found about an alert."""

    EVENT = "event", _("un forum, un job dating ou une session de recrutement")
    REPLACEMENT = "replacement", _("le remplacement d'un collègue")
    URGENCY = "urgency", _("une urgence, vue avec la personne")
    CHECKED = "checked", _("vérifié ensemble : le travail habituel")


class CutReason(models.TextChoices):
    """Why identities are closed to an account."""

    CANARY = "canary", _("dossier témoin ouvert")
    BUDGET_RUN = "budget_run", _("toutes les identités du jour prises au rythme d'une machine")
    MANY_SIGNS = "many_signs", _("plusieurs signes forts à la fois")
    BY_LEAD = "by_lead", _("décision d'un responsable")


class RaiseReason(models.TextChoices):
    """Why an account may see more identities today."""

    EVENT = "event", _("forum ou job dating")
    CAMPAIGN = "campaign", _("session de recrutement")
    REPLACEMENT = "replacement", _("remplacement d'un collègue")


class Outcome(StrEnum):
    """What became of an alert."""

    CUT = "cut"
    LIFTED = "lifted"
