"""Closed lists of the credentials domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IssuerKind(models.TextChoices):
    """What an issuer is."""

    PLATFORM = "platform", _("ce service")
    AGENCY = "agency", _("organisation du réseau pour l'emploi")
    TRAINING = "training", _("organisme de formation")
    EMPLOYER = "employer", _("employeur")
    ASSOCIATION = "association", _("association")
    BRANCH = "branch", _("branche professionnelle ou OPCO")


class KeyState(models.TextChoices):
    """Where a signing key stands: published a day before it signs, kept published as long as it is needed."""

    NEXT = "next", pgettext_lazy("clé", "à venir")
    ACTIVE = "active", pgettext_lazy("clé", "en service")
    RETIRED = "retired", pgettext_lazy("clé", "retirée")
    COMPROMISED = "compromised", pgettext_lazy("clé", "compromise")


class BadgeState(models.TextChoices):
    """Where one version of a badge class stands."""

    DRAFT = "draft", _("brouillon")
    PUBLISHED = "published", pgettext_lazy("badge", "publié")
    RETIRED = "retired", pgettext_lazy("badge", "retiré")


class BadgeKind(models.TextChoices):
    """What a badge recognises; the values are those of Open Badges 3.0 (§B.1.1)."""

    COMPETENCY = "Competency", _("une compétence")
    ACHIEVEMENT = "Achievement", _("une réalisation")
    COURSE = "Course", _("une formation suivie")
    CERTIFICATE = "Certificate", _("une certification")
    PARTICIPATION = "CommunityService", _("un engagement ou une participation")
    EMPLOYMENT = "ext:EmploymentCertificate", _("un emploi")


class Framework(models.TextChoices):
    """A referential that a badge may be aligned to."""

    ROME = "rome", "ROME"
    ESCO = "esco", "ESCO"
    RNCP = "rncp", "RNCP"
    RS = "rs", _("Répertoire spécifique")
    CLEA = "clea", "CléA"


class AwardSource(models.TextChoices):
    """What an award comes from."""

    VALIDATION = "validation", _("compétence confirmée")
    ISSUER = "issuer", _("remis par un émetteur")
    EVENT = "event", _("pris lors d'un événement")
    CERTIFICATE = "certificate", _("certificat de travail")


class AwardState(models.TextChoices):
    """Where an award stands."""

    OFFERED = "offered", pgettext_lazy("badge", "proposé")
    WAITING = "waiting", pgettext_lazy("badge", "à signer")
    ISSUED = "issued", pgettext_lazy("badge", "valable")
    SUSPENDED = "suspended", pgettext_lazy("badge", "suspendu")
    REVOKED = "revoked", pgettext_lazy("badge", "retiré")
    DECLINED = "declined", pgettext_lazy("badge", "refusé")


class RevokeReason(models.TextChoices):
    """Why an award does not hold any more; a class of reasons, which outlives the person's data."""

    PROOF = "proof", _("la preuve a été retirée")
    REPLACED = "replaced", _("un badge plus récent le remplace")
    MISTAKE = "mistake", _("remis par erreur")
    FRAUD = "fraud", _("fraude prouvée")
    HOLDER = "holder", _("retiré à la demande de la personne")
    ERASED = "erased", _("effacé avec les données de la personne")


class Form(models.TextChoices):
    """A signed form of an award."""

    OB3_DI = "ob3-di", _("Open Badges 3.0")
    OB3_JWT = "ob3-jwt", _("Open Badges 3.0, jeton JWT")
    OB2_SIGNED = "ob2-signed", _("Open Badges 2.0, signé")
    OB2_HOSTED = "ob2-hosted", _("Open Badges 2.0, en ligne")
    SD_JWT = "sd-jwt", _("portefeuille numérique (SD-JWT)")


class ListKind(models.TextChoices):
    """How a status list is written."""

    BITSTRING = "bitstring", "Bitstring Status List"
    TOKEN = "token", "Token Status List"  # the standard's name


class ListPurpose(models.TextChoices):
    """What a set bit means."""

    REVOCATION = "revocation", _("retrait")
    SUSPENSION = "suspension", _("suspension")


class Channel(models.TextChoices):
    """Where a verification was asked; counted, never who asked nor about whom."""

    PAGE = "page", _("page publique")
    API = "api", _("interface de programmation")
    SHARE = "share", _("lien de partage")


class Verb(StrEnum):
    """What happens to badges, in the journal; moves of an award are those of the workflow."""

    ISSUER_OPENED = "credentials.issuer_opened"
    ISSUER_CHANGED = "credentials.issuer_changed"
    ISSUER_STOPPED = "credentials.issuer_stopped"
    ISSUER_STARTED = "credentials.issuer_started"
    KEY_MADE = "credentials.key_made"
    KEY_ROTATED = "credentials.key_rotated"
    KEY_COMPROMISED = "credentials.key_compromised"
    KEY_EXPORTED = "credentials.key_exported"
    BADGE_DRAFTED = "credentials.badge_drafted"
    BADGE_CHANGED = "credentials.badge_changed"
    BADGE_PUBLISHED = "credentials.badge_published"
    BADGE_RETIRED = "credentials.badge_retired"
    AWARDED = "credentials.awarded"
    RENEWED = "credentials.renewed"
    FORGOTTEN = "credentials.forgotten"
    REISSUED = "credentials.reissued"
    FORM_WRITTEN = "credentials.form_written"
    LIST_PUBLISHED = "credentials.list_published"
    BADGES_CHOSEN = "credentials.badges_chosen"
    AWARD_SHOWN = "credentials.award_shown"
    ENDORSED = "credentials.endorsed"
    ENDORSEMENT_WITHDRAWN = "credentials.endorsement_withdrawn"
    FOREIGN_ADDED = "credentials.foreign_added"
    FOREIGN_BROUGHT = "credentials.foreign_brought"
    FOREIGN_CHANGED = "credentials.foreign_changed"
    FOREIGN_CHECKED = "credentials.foreign_checked"
    FOREIGN_REMOVED = "credentials.foreign_removed"
    SHARED = "credentials.shared"
    SHARE_STOPPED = "credentials.share_stopped"
    CLAIM_SENT = "credentials.claim_sent"
    CLAIMED = "credentials.claimed"
    EVENT_OPENED = "credentials.event_opened"
    EVENT_CLOSED = "credentials.event_closed"
    FILE_RECEIVED = "credentials.file_received"
    FILE_STARTED = "credentials.file_started"
    FILE_DONE = "credentials.file_done"
    FILE_FORGOTTEN = "credentials.file_forgotten"
    CV_CERTIFIED = "credentials.cv_certified"
    CV_CHANGED = "credentials.cv_changed"
    CV_STOPPED = "credentials.cv_stopped"
    CV_RESUMED = "credentials.cv_resumed"
    CV_REMOVED = "credentials.cv_removed"
    CV_RESTORED = "credentials.cv_restored"
    EMPLOYMENT_WRITTEN = "credentials.employment_written"
    EMPLOYMENT_WITHDRAWN = "credentials.employment_withdrawn"
    EMPLOYMENT_CONTESTED = "credentials.employment_contested"
    WALLET_OFFERED = "credentials.wallet_offered"
    WALLET_ASKED = "credentials.wallet_asked"
    WALLET_TAKEN = "credentials.wallet_taken"
    WALLET_TOLD = "credentials.wallet_told"
    WALLET_WITHDRAWN = "credentials.wallet_withdrawn"
    WALLET_CANCELLED = "credentials.wallet_cancelled"
    BUNDLED = "credentials.bundled"
    REMINDED = "credentials.reminded"
