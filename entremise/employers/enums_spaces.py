"""Closed lists of the recruiter spaces: certification, checks, vigilance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpaceState(models.TextChoices):
    """Where a recruiter space stands; refused and blocked read as one to the recruiter, a blocked one is a fraud."""

    TO_CERTIFY = "to_certify", pgettext_lazy("espace", "à certifier")
    UNDER_REVIEW = "under_review", pgettext_lazy("espace", "en examen")
    DOCUMENTS = "documents", pgettext_lazy("espace", "pièces attendues")
    CERTIFIED = "certified", pgettext_lazy("espace", "certifié")
    REFUSED = "refused", pgettext_lazy("espace", "refusé")
    BLOCKED = "blocked", pgettext_lazy("espace", "bloqué")
    CLOSED = "closed", pgettext_lazy("espace", "fermé")


class Acquaintance(models.TextChoices):
    """Which branch of the decision tree: whom the adviser calls first."""

    UNKNOWN = "unknown", _("entreprise peu ou pas connue")
    KNOWN = "known", _("entreprise connue")


class MemberRank(models.TextChoices):
    """What a member may do in a recruiter space."""

    AMBASSADOR = "ambassador", _("ambassadeur : gère l'espace et ses membres")
    MEMBER = "member", _("membre")


class CheckKind(models.TextChoices):
    """One step of the verification of a space, in the log of checks."""

    LANDLINE = "landline", _("appel sur la ligne fixe")
    PRIVILEGED = "privileged", _("appel au contact privilégié")
    OTHER_CALL = "call", _("autre appel")
    VISIT = "visit", _("visite dans l'entreprise")
    MEETING = "meeting", _("rendez-vous en agence")
    VIDEO = "video", _("rendez-vous en visio")
    DOCUMENT = "document", _("pièce vue, sans copie")
    CALL_BACK = "call_back", _("rappel prévu")
    EMAIL = "email", _("courriel de relance")
    LETTER = "letter", _("courrier de relance")
    NOTE = "note", _("remarque")


class CheckOutcome(models.TextChoices):
    """What came of a check."""

    CONFIRMED = "confirmed", _("informations confirmées")
    NOT_CONFIRMED = "not_confirmed", _("informations non confirmées")
    UNREACHABLE = "unreachable", _("personne de joignable")
    DOUBT = "doubt", _("un doute demeure")
    DONE = "done", pgettext_lazy("vérification", "fait")


class DocumentKind(models.TextChoices):
    """A document that is seen and never kept."""

    KBIS = "kbis", _("extrait Kbis")
    STATUTES = "statutes", _("statuts de l'association")
    IDENTITY = "identity", _("pièce d'identité")


class CheckItem(models.TextChoices):
    """A line of the checklist, each to be ticked before a space is certified."""

    IDENTITY_COMPARED = (
        "identity",
        _("J'ai comparé l'espace avec la fiche de l'établissement (nom, adresse, activité)."),
    )
    SIREN_SEEN = "siren", _("J'ai regardé les autres établissements de l'entreprise et leurs espaces.")
    CONTACTS_SEEN = "contacts", _("J'ai comparé les coordonnées avec celles de nos contacts.")
    OFFERS_SEEN = "offers", _("J'ai lu les offres en attente et l'historique des offres.")
    VIGILANCE_SEEN = "vigilance", _("J'ai lu chaque point de vigilance et j'y ai répondu.")
    SPOKEN = (
        "spoken",
        _("J'ai parlé à l'entreprise par un numéro que je connais, ou vu les pièces sans en garder copie."),
    )
    PURPOSE_CONFIRMED = "purpose", _("L'entreprise confirme avoir demandé cet espace, et pourquoi.")


class RefusalReason(models.TextChoices):
    """Why a space is refused or blocked."""

    UNREACHABLE = "unreachable", _("aucun contact avec l'entreprise dans les délais")
    NOT_REQUESTED = "not_requested", _("l'entreprise n'a pas demandé cet espace")
    NOT_CONFIRMED = "not_confirmed", _("les informations ne se confirment pas")
    NO_ACTIVITY = "no_activity", _("l'établissement est fermé ou n'existe pas")
    IMPERSONATION = "impersonation", _("usurpation de l'identité d'une entreprise")
    FRAUDULENT_OFFERS = "fraudulent_offers", _("offres frauduleuses")
    PHISHED = "phished", _("compte détourné : l'entreprise est la victime")
    OTHER = "other", _("autre raison, écrite dans le commentaire")


class RecheckReason(models.TextChoices):
    """Why a space that was certified is looked at again."""

    DORMANT = "dormant", _("espace resté longtemps sans activité")
    RANDOM = "random", _("contrôle au hasard")
    MEMBERS = "members", _("ses membres ont changé")
    CONTACT = "contact", _("son contact connu a changé")
    VIGILANCE = "vigilance", _("un point de vigilance est apparu")
    PHISHED = "phished", _("son compte a été détourné")
    UNBLOCKED = "unblocked", _("il a été débloqué")
    REOPENED = "reopened", _("il a été demandé de nouveau")


class VigilanceKind(models.TextChoices):
    """One reason to look twice."""

    SAME_PHONE = "same_phone", _("même téléphone qu'un autre espace")
    SAME_EMAIL = "same_email", _("même adresse électronique qu'un autre espace")
    SAME_NAME = "same_name", _("même nom qu'un membre d'un autre espace")
    DOMAIN_DIFFERS = "domain_differs", _("le domaine de messagerie n'est pas celui de l'entreprise")
    DOMAIN_LOOKALIKE = "domain_lookalike", _("le domaine de messagerie imite celui de l'entreprise")
    FREE_MAIL = "free_mail", _("messagerie gratuite")
    DISPOSABLE_MAIL = "disposable_mail", _("messagerie jetable")
    RECENT_SIREN = "recent_siren", _("entreprise créée récemment")
    CLOSED_PLACE = "closed_place", _("établissement fermé")
    SECOND_CLAIM = "second_claim", _("un autre espace existe pour ce SIRET")
    PHONE_UNKNOWN = "phone_unknown", _("téléphone sans rapport avec la fiche de l'établissement")
    PHONE_ABROAD = "phone_abroad", _("téléphone étranger ou surtaxé")
    BANNED = "banned", _("SIRET ou coordonnées exclus après une fraude")
    MANY_VIEWS = "many_views", _("volume inhabituel de profils consultés")
    MANY_OFFERS = "many_offers", _("volume inhabituel d'offres")
    OFFER_PATTERN = "offer_pattern", _("offre qui ressemble à une fraude")
    CONTACT_CHANGED = "contact_changed", _("contact connu changé il y a moins de 72 heures")
    NEW_MEMBER = "new_member", _("membre récent avec une adresse personnelle")
    NEW_DEVICE = "new_device", _("connexion inhabituelle")


class Gravity(models.IntegerChoices):
    """How much a vigilance point weighs."""

    INFORMATION = 1, _("à savoir")
    ATTENTION = 2, _("à vérifier")
    HOLD = 3, _("bloque tant que personne n'a répondu")
