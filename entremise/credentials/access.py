"""Who may issue, hold, show and withdraw badges; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.credentials.enums import BadgeKind, IssuerKind
from entremise.credentials.workflow import ISSUERS, is_holder, is_of_house, is_of_issuer
from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.people.access import in_territory, owned, owner_or_territory

OPENERS = LEADS | {Role.ADMIN, Role.BUSINESS_ADVISER}
PARTNERS = frozenset({IssuerKind.TRAINING, IssuerKind.EMPLOYER, IssuerKind.ASSOCIATION, IssuerKind.BRANCH})


def issues_here(actor: Actor, issuer: Any) -> Decision:
    """Agree for the members of the organisation that an issuer belongs to."""
    if is_of_house(actor, issuer):
        return Allowed()
    return Denied(_("Cet émetteur appartient à une autre organisation que la vôtre."))


def oversees(actor: Actor, issuer: Any) -> Decision:
    """Agree about one's own issuer, and about the partners of one's territory, which were opened from there."""
    agencies = issuer.organisation.agencies.all() if issuer.organisation_id else ()
    is_partner = issuer.kind in PARTNERS and any(one.department_id in actor.departments for one in agencies)
    if is_of_house(actor, issuer) or is_partner:
        return Allowed()
    return Denied(_("Cet émetteur est d'une autre organisation, hors de votre territoire."))


def badge_is_ours(actor: Actor, thing: Any) -> Decision:
    """Agree about what hangs from a badge class of the actor's own organisation."""
    badge_class = getattr(thing, "badge_class", thing)
    if badge_class is thing and badge_class.kind == BadgeKind.EMPLOYMENT:
        return Denied(_("Un certificat de travail ne se remet pas comme un badge : il s'écrit à sa propre page."))
    return issues_here(actor, badge_class.issuer)


def owns(actor: Actor, thing: Any) -> Decision:
    """Agree when the thing is the person's own."""
    return owned(actor, thing.person)


access.register("credentials.desk", ISSUERS)  # the issuer's screens
access.register("credentials.manage_issuer", ISSUERS, issues_here)
access.register("credentials.open_issuer", OPENERS)
access.register("credentials.stop_issuer", OPENERS, oversees)
access.register("credentials.design", ISSUERS, badge_is_ours)
access.register("credentials.award", ISSUERS, badge_is_ours)
access.register("credentials.write_certificate", {Role.ISSUER}, issues_here)  # an employer's own
access.register("credentials.endorse", ISSUERS, issues_here)
access.register("credentials.keys", {Role.DIRECTOR, Role.ADMIN}, issues_here)
access.register("credentials.sign", {Role.SYSTEM})
access.register("credentials.claim", {Role.JOBSEEKER})
access.register("credentials.choose", {Role.JOBSEEKER}, owned)
access.register("credentials.hold", {Role.JOBSEEKER}, owned)  # import, certify a CV, send to a wallet
access.register("credentials.check_foreign", {Role.JOBSEEKER}, owns)  # and, each week, the platform
access.register("credentials.own", {Role.JOBSEEKER}, owns)  # a share, a foreign badge, a CV
access.register("credentials.own_award", {Role.JOBSEEKER}, is_holder)
access.register("credentials.see", ADVISERS | LEADS, owner_or_territory)

__all__ = ["badge_is_ours", "is_of_issuer", "issues_here", "owns"]


@access.policy("credentials.certify_employment", ADVISERS | LEADS)
def _may_certify_employment(actor: Actor, person: Any) -> Decision:
    """Let advisers write for an employer about the people of their territory."""
    return in_territory(actor, person)


@access.policy("credentials.withdraw_employment", ADVISERS | LEADS)
def _may_withdraw_employment(actor: Actor, certificate: Any) -> Decision:
    """Let who wrote a certificate withdraw it, or those who answer for the territory."""
    if not certificate.is_on_behalf:
        return Denied(_("Ce certificat est signé par l'employeur lui-même : lui seul le retire."))
    if certificate.written_by_id != actor.user_id and not actor.has(*LEADS):
        return Denied(_("Ce certificat a été écrit par quelqu'un d'autre : demandez-lui, ou à un responsable."))
    return in_territory(actor, certificate.person)
