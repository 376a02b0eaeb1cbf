"""Writes about partners who issue badges: the organisation is opened, its first member is invited."""

from django.utils.translation import gettext as _

from entremise.accounts import rules
from entremise.accounts.actions import AccountRefused, invitation_to
from entremise.accounts.enums import MemberRole, OrganisationKind, Verb
from entremise.accounts.models import Agency, Invitation, Organisation
from entremise.kernel.actions import action
from entremise.kernel.actors import Actor
from entremise.territories.models import Commune

LONGEST_NAME = 160


@action(Verb.AGENCY_OPENED, may="accounts.open_partner")
def open_partner(commune: Commune, *, actor: Actor, name: str, kind: str) -> Agency:
    """Open an organisation that issues badges, with one place; nobody works there yet."""
    told = " ".join(name.split())
    if not told or len(told) > LONGEST_NAME:
        raise AccountRefused(_("Donnez le nom de l'organisation, en 160 caractères au plus."))
    if kind not in rules.PARTNERS:
        raise AccountRefused(_("Choisissez ce qu'est cette organisation."))
    if not actor.is_system and actor.departments and commune.department_id not in actor.departments:
        raise AccountRefused(_("Cette commune est hors de votre territoire."))
    if Organisation.objects.filter(name__iexact=told).exists():
        raise AccountRefused(
            _("Une organisation porte déjà ce nom. Demandez-lui de vous inviter, ou précisez le nom.")
        )
    organisation = Organisation.objects.create(name=told, kind=OrganisationKind(kind))
    return Agency.objects.create(organisation=organisation, name=told, commune=commune, department=commune.department)


@action(Verb.INVITED, may="accounts.invite_issuer")
def invite_issuer(agency: Agency, *, actor: Actor, email: str) -> Invitation:
    """Invite somebody to award badges for an agency: this role and no other."""
    return invitation_to(agency, email=email, role=MemberRole.ISSUER, invited_by=actor.user_id)
