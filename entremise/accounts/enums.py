"""Closed lists of the accounts domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Role


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    EMPLOYMENT_SERVICE = "employment_service", _("Service public de l'emploi")
    CAP_EMPLOI = "cap_emploi", _("Cap emploi")
    MISSION_LOCALE = "mission_locale", _("Mission locale")
    PLIE = "plie", _("PLIE (plan local pour l'insertion et l'emploi)")
    TOWN_HALL = "town_hall", _("Mairie")
    ASSOCIATION = "association", _("Association")
    TRAINING_BODY = "training_body", _("Organisme de formation")
    EMPLOYER = "employer", _("Employeur")
    BRANCH = "branch", _("Branche professionnelle ou OPCO")


class MemberRole(models.TextChoices):
    """The professional roles that a membership may give."""

    PLACEMENT_ADVISER = Role.PLACEMENT_ADVISER.value, _("Conseiller ou conseillère à dominante demandeurs")
    BUSINESS_ADVISER = Role.BUSINESS_ADVISER.value, _("Conseiller ou conseillère à dominante entreprises")
    TEAM_LEAD = Role.TEAM_LEAD.value, _("Responsable d'équipe")
    DIRECTOR = Role.DIRECTOR.value, _("Direction")
    MODERATOR = Role.MODERATOR.value, _("Modération du référentiel")
    ADMIN = Role.ADMIN.value, _("Administration")
    ISSUER = Role.ISSUER.value, _("Remise de badges")


class Verb(StrEnum):
    """What happens to accounts, in the journal."""

    CODE_SENT = "accounts.code_sent"
    JOBSEEKER_REGISTERED = "accounts.jobseeker_registered"
    RECRUITER_REGISTERED = "accounts.recruiter_registered"
    SIGNED_IN = "accounts.signed_in"
    LANGUAGE_CHOSEN = "accounts.language_chosen"
    PASSWORD_RESET_ASKED = "accounts.password_reset_asked"  # noqa: S105 a verb
    PASSWORD_CHANGED = "accounts.password_changed"  # noqa: S105 a verb
    SIGN_IN_FAILED = "accounts.sign_in_failed"
    SESSIONS_ENDED = "accounts.sessions_ended"
    NOT_ME = "accounts.not_me"
    SECOND_FACTOR_CHANGED = "accounts.second_factor_changed"
    MEMBER_ADDED = "accounts.member_added"
    MEMBER_REMOVED = "accounts.member_removed"
    INVITED = "accounts.invited"
    INVITATION_SENT_AGAIN = "accounts.invitation_sent_again"
    INVITATION_ACCEPTED = "accounts.invitation_accepted"
    INVITATION_REVOKED = "accounts.invitation_revoked"
    AGENCY_OPENED = "accounts.agency_opened"
    AGENCY_CHANGED = "accounts.agency_changed"
    PROFESSIONAL_CREATED = "accounts.professional_created"
    PARTNER_REGISTERED = "accounts.partner_registered"
    PARTNER_ALLOWED = "accounts.partner_allowed"
    PARTNER_SERVED = "accounts.partner_served"
    PARTNER_LOOKED = "accounts.partner_looked"
    PARTNER_WROTE = "accounts.partner_wrote"
    PARTNER_STOPPED = "accounts.partner_stopped"
    MAIL_SENT_AGAIN = "accounts.mail_sent_again"
    MAIL_TAKEN_AS_SENT = "accounts.mail_taken_as_sent"
    MAIL_SEARCHED = "accounts.mail_searched"
    MAIL_ADDRESS_RESTORED = "accounts.mail_address_restored"
    MAIL_STOPPED = "accounts.mail_stopped"
    MAIL_RESUMED = "accounts.mail_resumed"
    MAIL_PAUSED = "accounts.mail_paused"
    MAIL_PAUSE_ENDED = "accounts.mail_pause_ended"
    REMINDERS_SET = "accounts.reminders_set"
    REMINDERS_USUAL = "accounts.reminders_usual"
    WEEKLY_CAP_SET = "accounts.weekly_cap_set"
