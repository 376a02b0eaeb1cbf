"""Closed lists of the import of old spreadsheets."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportField(models.TextChoices):
    """What a column of the spreadsheet may tell."""

    REFERENCE = "reference", _("Référence du profil")
    EMAIL = "email", _("Adresse électronique de la personne")
    PHONE = "phone", _("Téléphone de la personne")
    SIRET = "siret", _("SIRET de l'établissement")
    EMPLOYER = "employer", _("Nom de l'établissement")
    CITY = "city", _("Ville de l'établissement")
    SENT_ON = "sent_on", _("Date de la promotion")
    ADVISER = "adviser", _("Conseiller ou conseillère (adresse ou nom)")
    AGENCY = "agency", _("Agence")
    ANSWER = "answer", _("Réponse de l'employeur")
    ANSWERED_ON = "answered_on", _("Date de la réponse")
    OUTCOME = "outcome", _("Suite donnée")
    OUTCOME_ON = "outcome_on", _("Date de la suite")
    COMMENT = "comment", _("Commentaire")


PERSON_FIELDS = (ImportField.REFERENCE, ImportField.EMAIL, ImportField.PHONE)


class LineFate(StrEnum):
    """What an import does, or would do, with a line."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    ERROR = "error"
