"""The states of an offer and how it moves between them: what an uncertified space writes is never open."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.kernel.workflow import Transition, Workflow
from entremise.offers.enums import OfferState as S
from entremise.offers.enums import Stopper

TEAM = LEADS | {Role.BUSINESS_ADVISER}
BOTH = TEAM | {Role.RECRUITER}
PUBLIC_LIFE = frozenset({S.OPEN, S.SUSPENDED})
WRITABLE = frozenset({S.DRAFT, S.RETURNED, S.WAITING, S.OPEN, S.SUSPENDED})


def is_in_territory(actor: Actor, offer: Any) -> Decision:
    """Agree when the agency or the place of work of an offer is of the professional's territory."""
    if {offer.agency.department_id, offer.commune.department_id} & actor.departments:
        return Allowed()
    return Denied(_("Cette offre relève d'un autre territoire que le vôtre."))


def is_own(actor: Actor, offer: Any) -> Decision:
    """Agree for the current members of the space that an offer comes from."""
    members = offer.space.members.filter(user_id=actor.user_id, left_at=None) if offer.space_id else None
    if actor.user_id and members is not None and members.exists():
        return Allowed()
    return Denied(_("Cette offre n'est pas de votre espace."))


def is_theirs(actor: Actor, offer: Any) -> Decision:
    """Agree for the professionals of the territory, for the offer's own recruiter, and for the platform."""
    if actor.is_system:
        return Allowed()
    return is_own(actor, offer) if actor.has(Role.RECRUITER) else is_in_territory(actor, offer)


def may_be_public(offer: Any) -> str:
    """Return why an offer may not be shown to anybody, or an empty text."""
    if not offer.establishment.is_open:
        return _("Cet établissement est fermé : l'offre ne peut pas être ouverte.")
    if offer.space_id and not offer.space.is_certified:
        return _("L'espace recruteur de cette entreprise n'est pas certifié : l'offre attend sa certification.")
    return ""


def _is_employer_there(offer: Any, actor: Actor) -> str:
    return may_be_public(offer)


def _is_employer_back(offer: Any, actor: Actor) -> str:
    if offer.establishment.is_open:
        return may_be_public(offer)
    return _("Cet établissement est fermé : l'offre ne peut pas être rouverte.")


def _may_resume(offer: Any, actor: Actor) -> str:
    """Let only who suspended an offer, or an adviser, let it go on."""
    if actor.has(Role.RECRUITER) and offer.stopped_by != Stopper.RECRUITER:
        return _("Votre conseiller a suspendu cette offre : parlez-en avec lui.")
    return _is_employer_back(offer, actor)


FLOW = Workflow(
    "offers",
    S,
    S.DRAFT,
    [
        Transition("submit", {S.DRAFT, S.RETURNED}, S.WAITING, {Role.RECRUITER}, check=is_own),
        Transition("take_back", {S.WAITING}, S.DRAFT, {Role.RECRUITER}, check=is_own),
        Transition("send_back", {S.WAITING}, S.RETURNED, TEAM, check=is_in_territory),
        Transition("open", {S.DRAFT, S.WAITING}, S.OPEN, TEAM, guard=_is_employer_there, check=is_in_territory),
        Transition("publish", {S.DRAFT, S.WAITING}, S.OPEN, {Role.SYSTEM}, guard=_is_employer_there),
        Transition("hold_back", {S.OPEN}, S.WAITING, {Role.SYSTEM}),  # changed by its recruiter, and to be read again
        Transition("suspend", {S.OPEN}, S.SUSPENDED, BOTH | {Role.SYSTEM}, check=is_theirs),
        Transition("resume", {S.SUSPENDED}, S.OPEN, BOTH | {Role.SYSTEM}, check=is_theirs, guard=_may_resume),
        Transition("expire", PUBLIC_LIFE, S.EXPIRED, {Role.SYSTEM}),
        Transition("close", {*WRITABLE, S.EXPIRED}, S.CLOSED, BOTH | {Role.SYSTEM}, check=is_theirs),
        Transition("bring_back", {S.CLOSED, S.EXPIRED}, S.OPEN, {Role.SYSTEM}, guard=_is_employer_back),  # a partner's
        Transition("reopen", {S.CLOSED, S.EXPIRED}, S.OPEN, TEAM, guard=_is_employer_back, check=is_in_territory),
    ],
    refusals={
        S.DRAFT: gettext_lazy("Cette offre est encore un brouillon : elle n'a jamais été close."),
        S.WAITING: gettext_lazy("Cette offre attend la validation d'un conseiller."),
        S.RETURNED: gettext_lazy("Cette offre est à corriger par le recruteur."),
        S.OPEN: gettext_lazy("Cette offre est déjà ouverte."),
        S.SUSPENDED: gettext_lazy("Cette offre est suspendue."),
        S.EXPIRED: gettext_lazy("Cette offre a expiré."),
        S.CLOSED: gettext_lazy("Cette offre est close."),
    },
)
