"""Closed lists of what a person shows of her badges."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """What a badge is worth at this moment, for its holder and for whoever looks."""

    VALID = "valid", pgettext_lazy("badge", "valable")
    WAITING = "waiting", pgettext_lazy("badge", "en cours de signature")
    SUSPENDED = "suspended", pgettext_lazy("badge", "suspendu")
    EXPIRED = "expired", pgettext_lazy("badge", "expiré")
    REVOKED = "revoked", pgettext_lazy("badge", "retiré")
    DECLINED = "declined", pgettext_lazy("badge", "refusé par vous")


class SeenRecipient(models.TextChoices):
    """What is known of the person that a badge from elsewhere was given to."""

    HERS = "hers", pgettext_lazy("badge", "à votre adresse électronique")
    UNKNOWN = "unknown", pgettext_lazy("badge", "destinataire non vérifié")
