"""Closed lists of the import of offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfferField(models.TextChoices):
    """What a column of the spreadsheet may tell."""

    REFERENCE = "reference", _("Votre référence de l'offre")
    TITLE = "title", _("Intitulé du poste")
    ROME = "rome", _("Code ROME")
    SIRET = "siret", _("SIRET de l'établissement")
    INSEE = "insee", _("Code INSEE de la commune")
    POSTCODE = "postcode", _("Code postal du lieu de travail")
    CITY = "city", _("Commune du lieu de travail")
    CONTRACT = "contract", _("Contrat")
    WORKING_TIME = "working_time", _("Temps de travail")
    SCHEDULES = "schedules", _("Horaires")
    LICENCES = "licences", _("Permis exigés")
    LANGUAGES = "languages", _("Langues exigées")
    RADIUS = "radius_km", _("Habiter à moins de (km)")
    SKILLS = "skills", _("Compétences demandées")
    DESCRIPTION = "description", _("Description")


PLACE_FIELDS = (OfferField.INSEE, OfferField.POSTCODE, OfferField.CITY)


class ImportState(models.TextChoices):
    """Where an import of offers stands."""

    UPLOADED = "uploaded", _("reçu")
    CHECKING = "checking", _("vérification en cours")
    CHECKED = "checked", _("vérifié, rien n'est encore enregistré")
    IMPORTING = "importing", _("import en cours")
    IMPORTED = "imported", _("importé")
    FAILED = "failed", _("illisible")


class LineFate(models.TextChoices):
    """What an import does, or would do, with a line."""

    CREATED = "created", _("nouvelle offre")
    UPDATED = "updated", _("offre mise à jour")
    UNCHANGED = "unchanged", _("rien à changer")
    REFUSED = "refused", _("à corriger")
