"""Closed lists of the employers domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SizeBand(models.TextChoices):
    """Number of employees, by SIRENE bands."""

    NONE = "00", _("aucun salarié")
    SMALL = "01", _("1 à 9 salariés")
    MEDIUM = "11", _("10 à 49 salariés")
    LARGE = "21", _("50 à 249 salariés")
    VERY_LARGE = "32", _("250 salariés ou plus")


class LogChannel(models.TextChoices):
    """How an adviser and an employer talked."""

    CALL = "call", _("appel")
    VISIT = "visit", _("visite")
    EMAIL = "email", _("courriel")
    MEETING = "meeting", _("rendez-vous")


class LogPurpose(models.TextChoices):
    """Why an adviser and an employer talked."""

    PROMOTION = "promotion", _("promotion de profils")
    OFFER = "offer", _("offre d'emploi")
    PROSPECTING = "prospecting", _("prospection")
    SERVICE = "service", _("service à l'entreprise")
    COMPLAINT = "complaint", _("réclamation")


class Verb(StrEnum):
    """What happens to establishments, in the journal."""

    ESTABLISHMENT_ADDED = "employers.establishment_added"
    ESTABLISHMENT_CLOSED = "employers.establishment_closed"
    CONTACT_SAVED = "employers.contact_saved"
    CONTACT_OPPOSED = "employers.contact_opposed"
    CONTACT_LOGGED = "employers.contact_logged"
