"""Who may issue, hold, show and withdraw badges; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.credentials.workflow import ISSUERS, is_holder, is_of_issuer
from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.people.access import owned, owner_or_territory

OPENERS = LEADS | {Role.ADMIN, Role.BUSINESS_ADVISER}


def issues_here(actor: Actor, issuer: Any) -> Decision:
    """Agree for the members of the organisation that an issuer belongs to."""
    if issuer.organisation_id is not None and issuer.organisation_id == actor.organisation_id:
        return Allowed()
    return Denied(_("Cet émetteur appartient à une autre organisation que la vôtre."))


def badge_is_ours(actor: Actor, thing: Any) -> Decision:
    """Agree about what hangs from a badge class of the actor's own organisation."""
    badge_class = getattr(thing, "badge_class", thing)
    return issues_here(actor, badge_class.issuer)


def owns(actor: Actor, thing: Any) -> Decision:
    """Agree when the thing is the person's own."""
    return owned(actor, thing.person)


access.register("credentials.desk", ISSUERS)  # the issuer's screens
access.register("credentials.manage_issuer", ISSUERS, issues_here)
access.register("credentials.open_issuer", OPENERS)
access.register("credentials.design", ISSUERS, badge_is_ours)
access.register("credentials.award", ISSUERS, badge_is_ours)
access.register("credentials.endorse", ISSUERS, issues_here)
access.register("credentials.keys", {Role.DIRECTOR, Role.ADMIN}, issues_here)
access.register("credentials.sign", {Role.SYSTEM})
access.register("credentials.claim", {Role.JOBSEEKER})
access.register("credentials.choose", {Role.JOBSEEKER}, owned)
access.register("credentials.hold", {Role.JOBSEEKER}, owned)  # import, certify a CV, send to a wallet
access.register("credentials.own", {Role.JOBSEEKER}, owns)  # a share, a foreign badge, a CV
access.register("credentials.own_award", {Role.JOBSEEKER}, is_holder)
access.register("credentials.see", ADVISERS | LEADS, owner_or_territory)

__all__ = ["badge_is_ours", "is_of_issuer", "issues_here", "owns"]


@access.policy("credentials.certify_employment", LEADS | {Role.ISSUER, Role.BUSINESS_ADVISER})
def _may_certify_employment(actor: Actor, person: Any) -> Decision:
    if actor.is_professional:
        return Allowed()
    return Denied(_("Un certificat de travail est écrit par l'employeur, ou par un conseiller en son nom."))
