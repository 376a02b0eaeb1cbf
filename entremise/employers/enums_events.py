"""Closed lists of the establishment's file: its events, the services it received, its forecasts, its satisfaction."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What happened to an establishment."""

    CREATED = "created", _("nouvel établissement d'une entreprise connue")
    CLOSED = "closed", _("fermeture")
    REOPENED = "reopened", _("réouverture")
    MOVED = "moved", _("nouvelle adresse")
    RENAMED = "renamed", _("nouveau nom")
    ACTIVITY = "activity", _("nouvelle activité")
    SIZE = "size", _("nouvel effectif")
    CONTACT = "contact", _("nouveau contact : l'ambassadeur d'un espace recruteur certifié")


class EventSource(models.TextChoices):
    """Who said so."""

    SIRENE = "sirene", _("fichier Sirene")
    ADVISER = "adviser", _("un conseiller")


class ServiceKind(models.TextChoices):
    """A service or a measure that an establishment received."""

    NEED = "need", _("aide à définir le besoin")
    WORDING = "wording", _("aide à rédiger l'offre")
    DIAGNOSIS = "diagnosis", _("diagnostic partagé")
    PRESELECTION = "preselection", _("présélection de candidats")
    JOB_ANALYSIS = "job_analysis", _("analyse de poste")
    EVENT = "event", _("rencontre ou forum de recrutement")
    MRS = "mrs", _("méthode de recrutement par simulation (MRS)")
    PMSMP = "pmsmp", _("immersion professionnelle (PMSMP)")
    AFPR = "afpr", _("formation préalable au recrutement (AFPR)")
    POEI = "poei", _("préparation opérationnelle à l'emploi individuelle (POEI)")
    POEC = "poec", _("préparation opérationnelle à l'emploi collective (POEC)")
    APPRENTICESHIP = "apprenticeship", _("contrat d'apprentissage")
    PROFESSIONALISATION = "professionalisation", _("contrat de professionnalisation")
    SUBSIDISED = "subsidised", _("contrat aidé (PEC, CIE)")
    INSERTION = "insertion", _("insertion par l'activité économique (IAE)")
    DISABILITY = "disability", _("aide de l'Agefiph")
    TUTORING = "tutoring", _("aide au tutorat")
    OTHER = "other", _("autre service")


class ForecastContract(models.TextChoices):
    """The contract foreseen; the codes are those of people's wishes."""

    CDI = "cdi", _("CDI")
    CDD = "cdd", _("CDD")
    TEMPORARY = "temporary", _("intérim")
    APPRENTICESHIP = "apprenticeship", _("alternance")
    SEASONAL = "seasonal", _("saisonnier")


class ForecastSource(models.TextChoices):
    """How a forecast is known."""

    SAID = "said", _("dit par l'employeur")
    PRESS = "press", _("lu dans la presse ou sur son site")
    SURVEY = "survey", _("enquête sur les besoins en main-d'œuvre")
    GUESSED = "guessed", _("déduit des années précédentes")


class Certainty(models.TextChoices):
    """How sure a forecast is."""

    SURE = "sure", _("sûr")
    LIKELY = "likely", _("probable")
    POSSIBLE = "possible", _("possible")


class Moment(models.TextChoices):
    """After what an employer was asked."""

    MEETING = "meeting", _("après une rencontre")
    PROMOTION = "promotion", _("après une présentation de profils")
    OFFER_CLOSED = "offer_closed", _("après la clôture d'une offre")
