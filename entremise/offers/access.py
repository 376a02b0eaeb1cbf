"""Who may look at offers and write them; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import Actor
from entremise.offers.workflow import TEAM, is_in_territory

access.register("offers.view", TEAM, is_in_territory)
access.register("offers.edit", TEAM, is_in_territory)


@access.policy("offers.create", TEAM)
def _may_create(actor: Actor, agency: Any) -> Decision:
    if agency.pk in actor.agency_ids:
        return Allowed()
    return Denied(_("Une offre se saisit au nom de votre agence."))


@access.policy("offers.import", TEAM)
def _may_import(actor: Actor, agency: Any) -> Decision:
    return Allowed() if agency.pk in actor.agency_ids else Denied(_("Ce fichier appartient à une autre agence."))


@access.policy("offers.import_file", TEAM)
def _may_touch_import(actor: Actor, file: Any) -> Decision:
    if file.agency_id in actor.agency_ids:
        return Allowed()
    return Denied(_("Ce fichier appartient à une autre agence."))
