"""Closed lists of the offers domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfferState(models.TextChoices):
    """Where an offer stands."""

    DRAFT = "draft", _("brouillon")
    WAITING = "waiting", pgettext_lazy("offre", "en attente de validation")
    RETURNED = "returned", pgettext_lazy("offre", "à corriger")
    OPEN = "open", pgettext_lazy("offre", "ouverte")
    SUSPENDED = "suspended", pgettext_lazy("offre", "suspendue")
    EXPIRED = "expired", pgettext_lazy("offre", "expirée")
    CLOSED = "closed", pgettext_lazy("offre", "close")


class Channel(models.TextChoices):
    """By which way an offer came."""

    ADVISER = "adviser", _("saisie par un conseiller")
    RECRUITER = "recruiter", _("déposée en ligne par le recruteur")
    API = "api", _("reçue d'un système partenaire")
    FILE = "file", _("reçue dans le fichier du jour")
    MULTIPOSTER = "multiposter", _("reçue d'un multidiffuseur")


class PayPeriod(models.TextChoices):
    """What a pay is counted for, gross."""

    HOUR = "hour", _("par heure")
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class Benefit(models.TextChoices):
    """What comes with the pay."""

    MEALS = "meals", _("titres-restaurant ou panier")
    HEALTH = "health", _("mutuelle")
    TRANSPORT = "transport", _("transport remboursé au-delà de la loi")
    CAR = "car", _("véhicule de service")
    HOUSING = "housing", _("logement")
    BONUS = "bonus", _("primes")
    THIRTEENTH = "thirteenth", _("treizième mois")
    PROFIT_SHARING = "profit_sharing", _("intéressement ou participation")
    REMOTE = "remote", _("télétravail")
    TRAINING = "training", _("formation à la prise de poste")
    CHILDCARE = "childcare", _("place en crèche")
    DISCOUNTS = "discounts", _("réductions ou comité d'entreprise")


class Stopper(models.TextChoices):
    """Who suspended an offer: only they, or somebody above them, let it go on."""

    RECRUITER = "recruiter", _("le recruteur")
    ADVISER = "adviser", _("un conseiller")
    PLATFORM = "platform", _("la plateforme : l'espace recruteur n'est plus certifié")


class AlertKind(models.TextChoices):
    """What an adviser looks at before an offer is published."""

    DISCRIMINATION = "discrimination", _("formulation discriminatoire")
    ILLEGAL = "illegal", _("cadre légal")
    DUPLICATE = "duplicate", _("doublon")
    FRAUD = "fraud", _("ressemble à une fraude")
    LENGTH = "length", _("longueur")


class AlertDecision(models.TextChoices):
    """What an adviser decided of an alert."""

    KEPT = "kept", _("la formulation est licite")
    CORRECTED = "corrected", _("corrigée avec le recruteur")
    REFUSED = "refused", _("à corriger avant publication")


SETTLED = frozenset({AlertDecision.KEPT, AlertDecision.CORRECTED})
UNDECIDED = frozenset({"", *AlertDecision.values} - SETTLED)  # an adviser has still to look before publication


class CloseReason(models.TextChoices):
    """Why an offer is closed."""

    FILLED = "filled", _("pourvue par une personne présentée")
    FILLED_APPLIED = "applied", _("pourvue par une personne qui a postulé")
    FILLED_ELSEWHERE = "elsewhere", _("pourvue autrement")
    ABANDONED = "abandoned", _("abandonnée par l'employeur")
    MISTAKEN = "mistaken", _("saisie par erreur")
    DUPLICATE = "duplicate", _("doublon d'une autre offre")
    WITHDRAWN = "withdrawn", _("n'est plus dans le fichier du partenaire")


FILLED_REASONS = frozenset({CloseReason.FILLED, CloseReason.FILLED_APPLIED, CloseReason.FILLED_ELSEWHERE})


class Need(models.IntegerChoices):
    """How much an offer needs a skill."""

    USEFUL = 1, pgettext_lazy("compétence", "utile")
    ASKED = 2, pgettext_lazy("compétence", "demandée")
    ESSENTIAL = 3, pgettext_lazy("compétence", "indispensable")


class Verb(StrEnum):
    """What happens to offers, in the journal; openings and closings are those of the workflow."""

    CREATED = "offers.created"
    EDITED = "offers.edited"
    DEPOSITED = "offers.deposited"
    AMENDED = "offers.amended"
    HANDED_IN = "offers.handed_in"
    VALIDATED = "offers.validated"
    DUPLICATED = "offers.duplicated"
    KEPT_LONGER = "offers.kept_longer"
    AGGREGATED = "offers.aggregated"
    ALERTS_READ = "offers.alerts_read"
    ALERT_ANSWERED = "offers.alert_answered"
    PARTNER_SAVED = "offers.partner_saved"
    PARTNER_STOPPED = "offers.partner_stopped"
    INTRODUCED = "offers.introduced"
    FEEDBACK_NOTED = "offers.feedback_noted"
    TASK_PLANNED = "offers.task_planned"
    TASK_DONE = "offers.task_done"
    TASK_PUT_OFF = "offers.task_put_off"
    TASKS_OF_OPENING = "offers.tasks_of_opening"
    DIAGNOSIS_STARTED = "offers.diagnosis_started"
    DIAGNOSIS_WRITTEN = "offers.diagnosis_written"
    DIAGNOSIS_SENT = "offers.diagnosis_sent"
    DIAGNOSIS_AGREED = "offers.diagnosis_agreed"
    FEED_RECEIVED = "offers.feed_received"
    FEED_DONE = "offers.feed_done"
    FEED_FAILED = "offers.feed_failed"
    FEED_CONFIRMED = "offers.feed_confirmed"
    FEED_FORGOTTEN = "offers.feed_forgotten"
    PARTNER_MOVED = "offers.partner_moved"
    PARTNER_KEY = "offers.partner_key"
    DUPLICATE_SET_ASIDE = "offers.duplicate_set_aside"
    DUPLICATE_UNDONE = "offers.duplicate_undone"
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
