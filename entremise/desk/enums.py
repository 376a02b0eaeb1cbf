"""Closed lists of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DueKind(models.TextChoices):
    """What calls an adviser."""

    ANSWER = "answer", _("réponse d'employeur à suivre")
    SILENCE = "silence", _("employeur à rappeler")
    WISH = "wish", _("rencontre demandée par un employeur")
    NEXT_ACTION = "next_action", _("suite promise à un employeur")
    CHECK = "check", _("confirmation à vérifier")
    STALE = "stale", _("profil à rafraîchir")
    CONTEST = "contest", _("réponse à votre contestation")
    NEWS = "news", _("nouvelle réponse")


class Urgency(models.TextChoices):
    """Under which title something due is shown, in this order."""

    OVERDUE = "overdue", _("En retard")
    TODAY = "today", _("Aujourd'hui")
    COMING = "coming", _("À venir")
    NEWS = "news", _("Du nouveau")
