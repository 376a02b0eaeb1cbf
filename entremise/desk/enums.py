"""Closed lists of the desk."""

from enum import StrEnum

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
    EVENT = "event", _("du nouveau chez un employeur")
    TASK = "task", _("suivi d'une offre")
    PUBLISH = "publish", _("offres à lire")
    SPACE = "space", _("espaces recruteurs à vérifier")
    VISIT = "visit", _("visite prévue")
    COMPLAINT = "complaint", _("réclamation à traiter")
    RATING = "rating", _("avis à relire")
    REPORT = "report", _("signalement d'une candidature")
    COUNT = "count", _("compte contesté par un employeur")
    ADVICE = "advice", _("conseil de recrutement à donner")
    PAUSE = "pause", _("établissements en pause")


class Urgency(models.TextChoices):
    """Under which title something due is shown, in this order."""

    OVERDUE = "overdue", _("En retard")
    TODAY = "today", _("Aujourd'hui")
    COMING = "coming", _("À venir")
    NEWS = "news", _("Du nouveau")


class EntryKind(models.TextChoices):
    """What a line of an establishment's timeline is."""

    LOG = "log", _("échanges")
    EVENT = "event", _("vie de l'établissement")
    SERVICE = "service", _("services")
    FORECAST = "forecast", _("prévisions d'embauche")
    SATISFACTION = "satisfaction", _("satisfaction")
    OFFER = "offer", _("offres")
    PROMOTION = "promotion", _("présentations et réponses")
    VALIDATION = "validation", _("validations")
    HIRE = "hire", _("embauches")


class Verb(StrEnum):
    """What happens on the desk, in the journal."""

    PLAN_MADE = "desk.plan_made"
    PLAN_CHANGED = "desk.plan_changed"
    VISIT_NOTED = "desk.visit_noted"
    COMPLAINT_REGISTERED = "desk.complaint_registered"
    COMPLAINT_ASSIGNED = "desk.complaint_assigned"
    COMPLAINT_ANSWERED = "desk.complaint_answered"
