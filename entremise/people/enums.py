"""Closed lists of the people domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContractKind(models.TextChoices):
    """Contracts a person accepts."""

    CDI = "cdi", _("CDI")
    CDD = "cdd", _("CDD")
    TEMPORARY = "temporary", _("intérim")
    APPRENTICESHIP = "apprenticeship", _("alternance")
    SEASONAL = "seasonal", _("saisonnier")


class WorkingTime(models.TextChoices):
    """How much a person wishes to work."""

    FULL = "full", _("temps plein")
    PART = "part", _("temps partiel")
    ANY = "any", _("temps plein ou partiel")


class Schedule(models.TextChoices):
    """When a person accepts to work."""

    DAY = "day", _("en journée")
    EARLY = "early", _("tôt le matin")
    EVENING = "evening", _("le soir")
    NIGHT = "night", _("la nuit")
    WEEKEND = "weekend", _("le week-end")


class Licence(models.TextChoices):
    """Driving licences and common authorisations."""

    B = "b", _("permis B")
    C = "c", _("permis C (poids lourd)")
    D = "d", _("permis D (transport de personnes)")
    CACES = "caces", _("CACES (chariots)")


class Language(models.TextChoices):
    """Languages a person may say she speaks (ISO 639-1), French first, then by their French names."""

    FR = "fr", _("français")
    DE = "de", _("allemand")
    EN = "en", _("anglais")
    AR = "ar", _("arabe")
    HY = "hy", _("arménien")
    ZH = "zh", _("chinois")
    ES = "es", _("espagnol")
    IT = "it", _("italien")
    LN = "ln", _("lingala")
    NL = "nl", _("néerlandais")
    PS = "ps", _("pachto")
    FA = "fa", _("persan ou dari")
    PL = "pl", _("polonais")
    PT = "pt", _("portugais")
    RO = "ro", _("roumain")
    RU = "ru", _("russe")
    SO = "so", _("somali")
    TI = "ti", _("tigrinya")
    TR = "tr", _("turc")
    UK = "uk", _("ukrainien")
    VI = "vi", _("vietnamien")
    WO = "wo", _("wolof")


class ConsentKind(models.TextChoices):
    """What a person consents to."""

    PROMOTION = "promotion", _("promotion de mon profil")


class Visibility(models.TextChoices):
    """How employers see a promoted profile."""

    ANONYMOUS = "anonymous", _("sans mon nom")
    NAMED = "named", _("avec mon nom et mes coordonnées")


class RevealPurpose(models.TextChoices):
    """Why a professional looks at an identity; tied to an act."""

    PROMOTION = "promotion", _("pour une promotion auprès d'employeurs")
    OFFER = "offer", _("pour une offre d'emploi")
    APPOINTMENT = "appointment", _("pour un rendez-vous")
    PORTFOLIO = "portfolio", _("pour le suivi de mon portefeuille")
    APPLICATION = "application", _("pour une candidature")


ASKED = frozenset(RevealPurpose.values) - {RevealPurpose.APPLICATION}  # what a professional may give as a purpose


class ActKind(models.TextChoices):
    """Acts of intermediation: facts on which the effect of validation is measured."""

    REVEAL = "reveal", _("identité consultée")
    CONTACT = "contact", _("contact")
    PROMOTION = "promotion", _("promotion")
    INTRODUCTION = "introduction", _("mise en relation")
    MEETING = "meeting", _("rencontre")
    HIRE = "hire", _("embauche")


class Verb(StrEnum):
    """What happens to people's files, in the journal; looks end with `read`."""

    PROFILE_CREATED = "people.profile_created"
    IDENTITY_CHANGED = "people.identity_changed"
    PROFILE_CHANGED = "people.profile_changed"
    PROFILE_CONFIRMED = "people.profile_confirmed"
    CONSENT_GIVEN = "people.consent_given"
    CONSENT_WITHDRAWN = "people.consent_withdrawn"
    CARD_READ = "people.card_read"
    IDENTITY_READ = "people.identity_read"
    ACT_RECORDED = "people.act_recorded"
    WISHES_CHANGED = "people.wishes_changed"
    VALIDATED_SKILLS_NOTED = "people.validated_skills_noted"
    CONSENT_TEXT_PUBLISHED = "people.consent_text_published"
    ACCESS_QUESTIONED = "people.access_questioned"
    ACCESS_EXPLAINED = "people.access_explained"
    NEWS_CHOSEN = "people.news_chosen"
    ARCHIVE_TAKEN = "people.archive_taken"
    TAKEN_BACK = "people.taken_back"
    ERASED = "people.erased"
    INACTIVITY_WARNED = "people.inactivity_warned"
    RETENTION_APPLIED = "people.retention_applied"
    REVEAL_REFUSED = "people.reveal_refused"
    LOOKS_ALERTED = "people.looks_alerted"
    ALERT_DISMISSED = "people.alert_dismissed"
    ACCOUNT_CUT = "people.account_cut"
    CUT_LIFTED = "people.cut_lifted"
    BUDGET_RAISED = "people.budget_raised"


class Handling(StrEnum):
    """Why the platform itself handles an identity without showing it to who acts."""

    TO_HERSELF = "to_herself"  # writing to her
    VALIDATION = "validation"  # writing in her name to a former employer, with her first name
    EMPLOYER = "employer"  # showing an employer what she chose to show
    NAME_CHECK = "name_check"  # checking that a message does not say her name
    RIGHTS = "rights"  # giving her what is kept about her, or erasing it
