"""Closed lists of the partners' files of offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedForm(models.TextChoices):
    """How a partner's file is written."""

    JSON = "json", "JSON"
    CSV = "csv", "CSV"
    XML = "xml", "XML"


class FeedState(models.TextChoices):
    """Where a partner's file stands."""

    RECEIVED = "received", _("reçu")
    READING = "reading", _("lecture en cours")
    ASKING = "asking", _("traité, des retraits sont à confirmer")
    DONE = "done", _("traité")
    SAME = "same", _("identique au précédent")
    FAILED = "failed", _("illisible")


class FeedFate(models.TextChoices):
    """What became of one line of a partner's file."""

    CREATED = "created", _("publiée")
    UPDATED = "updated", _("mise à jour")
    UNCHANGED = "unchanged", _("rien à changer")
    DUPLICATE = "duplicate", _("doublon écarté")
    REFUSED = "refused", _("rejetée")
