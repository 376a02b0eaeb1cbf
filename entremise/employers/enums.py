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
    # the establishment's file
    DIRECTORY_IMPORTED = "employers.directory_imported"
    SERVICE_NOTED = "employers.service_noted"
    FORECAST_NOTED = "employers.forecast_noted"
    SATISFACTION_NOTED = "employers.satisfaction_noted"
    # recruiter spaces, on the recruiter's side
    SPACE_ASKED = "employers.space_asked"
    SPACE_OPENED_FOR = "employers.space_opened_for"
    SPACE_PRESENTED = "employers.space_presented"
    SPACE_MEMBER_INVITED = "employers.space_member_invited"
    SPACE_MEMBER_INVITED_AGAIN = "employers.space_member_invited_again"
    SPACE_MEMBER_JOINED = "employers.space_member_joined"
    SPACE_MEMBER_CORRECTED = "employers.space_member_corrected"
    SPACE_RANK_CHANGED = "employers.space_rank_changed"
    SPACE_MEMBER_REMOVED = "employers.space_member_removed"
    SPACE_LEFT = "employers.space_left"
    # recruiter spaces, on the adviser's side
    SPACE_EXAMINED = "employers.space_examined"
    SPACE_CHECKED = "employers.space_checked"
    SPACE_REMINDED = "employers.space_reminded"
    SPACE_ACQUAINTANCE = "employers.space_acquaintance"
    VIGILANCE_REPORTED = "employers.vigilance_reported"
    VIGILANCE_ANSWERED = "employers.vigilance_answered"
    FRAUD_REPORTED = "employers.fraud_reported"
    FRAUD_DECLARED = "employers.fraud_declared"
    CANDIDATES_WARNED = "employers.candidates_warned"
    EXCLUSION_LIFTED = "employers.exclusion_lifted"
    KNOWN_CONTACT_CHANGED = "employers.known_contact_changed"
