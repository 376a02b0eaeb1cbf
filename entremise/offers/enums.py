"""Closed lists of the offers domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferState(models.TextChoices):
    """Where an offer stands."""

    DRAFT = "draft", _("brouillon")
    OPEN = "open", pgettext_lazy("offre", "ouverte")
    CLOSED = "closed", pgettext_lazy("offre", "close")


class CloseReason(models.TextChoices):
    """Why an offer is closed."""

    FILLED = "filled", _("pourvue par une personne présentée")
    FILLED_ELSEWHERE = "elsewhere", _("pourvue autrement")
    ABANDONED = "abandoned", _("abandonnée par l'employeur")
    MISTAKEN = "mistaken", _("saisie par erreur")


class Need(models.IntegerChoices):
    """How much an offer needs a skill."""

    USEFUL = 1, pgettext_lazy("compétence", "utile")
    ASKED = 2, pgettext_lazy("compétence", "demandée")
    ESSENTIAL = 3, pgettext_lazy("compétence", "indispensable")


class Verb(StrEnum):
    """What happens to offers, in the journal; openings and closings are those of the workflow."""

    CREATED = "offers.created"
    EDITED = "offers.edited"
    RELAXED = "offers.relaxed"
    RESTORED = "offers.restored"
    IMPORT_RECEIVED = "offers.import_received"
    IMPORT_MAPPED = "offers.import_mapped"
    IMPORT_CHECKED = "offers.import_checked"
    IMPORT_STARTED = "offers.import_started"
    IMPORTED = "offers.imported"
    IMPORT_DONE = "offers.import_done"
    IMPORT_FAILED = "offers.import_failed"
    IMPORT_FORGOTTEN = "offers.import_forgotten"
