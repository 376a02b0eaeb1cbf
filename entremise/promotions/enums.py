"""Closed lists of the promotions domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PromotionState(models.TextChoices):
    """Where a promotion stands."""

    PREPARED = "prepared", _("préparée")
    SENT = "sent", _("envoyée")
    OPENED = "opened", _("ouverte")
    ANSWERED = "answered", _("répondue")
    CLOSED = "closed", _("suite connue")
    EXPIRED = "expired", _("sans réponse")
    WITHDRAWN = "withdrawn", _("retirée")


class Answer(models.TextChoices):
    """What the employer says; the first three are good news of different kinds."""

    MEETING = "meeting", _("je souhaite rencontrer cette personne")
    IMMERSION = "immersion", _("je propose une immersion")
    OFFER = "offer", _("j'ai une offre pour cette personne")
    KEPT = "kept", _("je garde ce profil dans mon vivier")
    NOT_NOW = "not_now", _("pas en ce moment")
    NO = "no", _("ce profil ne correspond pas")


GOOD_NEWS = frozenset({Answer.MEETING, Answer.IMMERSION, Answer.OFFER})  # the adviser has something to do now


class NoReason(models.TextChoices):
    """Why a profile does not fit: a grid, so that the pool's targeting improves."""

    SKILLS = "skills", _("compétences trop éloignées de nos besoins")
    EXPERIENCE = "experience", _("expérience insuffisante")
    DISTANCE = "distance", _("trop loin")
    AVAILABILITY = "availability", _("disponibilité")
    NO_NEED = "no_need", _("aucun besoin de ce type")
    OTHER = "other", _("autre raison")


class AnswerChannel(models.TextChoices):
    """How the answer reached us."""

    LINK = "link", _("page du courriel")
    PHONE = "phone", _("téléphone, noté par l'équipe")
    IMPORT = "import", _("fichier importé")


class Outcome(models.TextChoices):
    """What came of it."""

    HIRED = "hired", _("embauche")
    IMMERSION = "immersion", _("immersion")
    TRAINING = "training", _("formation")
    MEETING = "meeting", _("rencontre sans suite")
    NONE = "none", _("aucune suite")


class WithdrawReason(models.TextChoices):
    """Why a promotion stopped."""

    CONSENT = "consent", _("la personne a retiré son accord")
    ADVISER = "adviser", _("l'équipe l'a retirée")
    OPPOSED = "opposed", _("le contact ne souhaite plus être sollicité")
    CLOSED = "closed", _("l'établissement a fermé")


class Origin(models.TextChoices):
    """Where the promotion was made."""

    HERE = "here", _("ici")
    IMPORT = "import", _("fichier importé")


class ImportState(models.TextChoices):
    """Where an import of a spreadsheet stands."""

    UPLOADED = "uploaded", _("reçu")
    CHECKING = "checking", _("vérification en cours")
    CHECKED = "checked", _("vérifié, rien n'est encore enregistré")
    IMPORTING = "importing", _("import en cours")
    IMPORTED = "imported", _("importé")
    FAILED = "failed", _("illisible")


class Verb(StrEnum):
    """What happens beside the workflow, in the journal."""

    PREPARED = "promotions.prepared"
    BATCH_SENT = "promotions.batch_sent"
    REMINDED = "promotions.reminded"
    PUT_OFF = "promotions.put_off"
    UNDELIVERED = "promotions.undelivered"
    CARD_READ = "promotions.card_read"
    OPPOSED = "promotions.opposed"
    IMPORTED = "promotions.imported"
    SEGMENT_SAVED = "promotions.segment_saved"
    SEGMENT_REMOVED = "promotions.segment_removed"
    IMPORT_RECEIVED = "promotions.import_received"
    IMPORT_MAPPED = "promotions.import_mapped"
    IMPORT_CHECKED = "promotions.import_checked"
    IMPORT_STARTED = "promotions.import_started"
    IMPORT_DONE = "promotions.import_done"
    IMPORT_FAILED = "promotions.import_failed"
    IMPORT_FORGOTTEN = "promotions.import_forgotten"
    EXPORTED = "promotions.exported"
