"""The states of an offer and how it moves between them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import LEADS, Actor, Role
from entremise.kernel.workflow import Transition, Workflow
from entremise.offers.enums import OfferState as S

TEAM = LEADS | {Role.BUSINESS_ADVISER}


def is_in_territory(actor: Actor, offer: Any) -> Decision:
    """Agree when the agency or the place of work of an offer is of the professional's territory."""
    if {offer.agency.department_id, offer.commune.department_id} & actor.departments:
        return Allowed()
    return Denied(_("Cette offre relève d'un autre territoire que le vôtre."))


def _is_employer_there(offer: Any, actor: Actor) -> str:
    if offer.establishment.is_open:
        return ""
    return _("Cet établissement est fermé : l'offre ne peut pas être ouverte.")


def _is_employer_back(offer: Any, actor: Actor) -> str:
    if offer.establishment.is_open:
        return ""
    return _("Cet établissement est fermé : l'offre ne peut pas être rouverte.")


FLOW = Workflow(
    "offers",
    S,
    S.DRAFT,
    [
        Transition("open", {S.DRAFT}, S.OPEN, TEAM, guard=_is_employer_there, check=is_in_territory),
        Transition("close", {S.DRAFT, S.OPEN}, S.CLOSED, TEAM, check=is_in_territory),
        Transition("reopen", {S.CLOSED}, S.OPEN, TEAM, guard=_is_employer_back, check=is_in_territory),
    ],
    refusals={
        S.DRAFT: gettext_lazy("Cette offre est encore un brouillon : elle n'a jamais été close."),
        S.OPEN: gettext_lazy("Cette offre est déjà ouverte."),
        S.CLOSED: gettext_lazy("Cette offre est close."),
    },
)
