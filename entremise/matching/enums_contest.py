"""Closed lists of the contested results."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContestState(models.TextChoices):
    """Where a contest stands."""

    RECEIVED = "received", pgettext_lazy("contestation", "en attente de réponse")
    ANSWERED = "answered", pgettext_lazy("contestation", "répondue")
    WITHDRAWN = "withdrawn", pgettext_lazy("contestation", "retirée")


class ContestSide(models.TextChoices):
    """Who contests."""

    PERSON = "person", _("la personne elle-même")
    ADVISER = "adviser", _("un conseiller ou une conseillère")


class ContestReason(models.TextChoices):
    """What seems wrong, in plain words."""

    SKILL = "skill", _("une compétence est mal comptée")
    DISTANCE = "distance", _("la distance est fausse")
    OCCUPATION = "occupation", _("le métier n'est pas le bon")
    AVAILABILITY = "availability", _("la disponibilité est fausse")
    UNCLEAR = "unclear", _("je ne comprends pas ce résultat")
    OTHER = "other", _("autre chose")


class ContestVerdict(models.TextChoices):
    """What a person found after looking into it."""

    CORRECTED = "corrected", _("le résultat est rectifié")
    EXPLAINED = "explained", _("le résultat est juste, et expliqué")
    BY_PERSON = "by_person", _("le profil est à corriger par la personne")
