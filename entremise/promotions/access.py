"""Who may promote, look at promotions, and keep segments of the pool; transitions declare their own policies."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel import access
from entremise.kernel.access import Allowed, Decision, Denied
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role
from entremise.promotions.workflow import holds_link, is_in_territory

access.register("promotions.view", ADVISERS | LEADS, is_in_territory)
access.register("promotions.remind", {Role.SYSTEM})
access.register("promotions.oppose", {Role.EMPLOYER_CONTACT}, holds_link)
access.register("promotions.read_card", {Role.EMPLOYER_CONTACT}, holds_link)


@access.policy("promotions.promote", ADVISERS)
def _may_promote(actor: Actor, person: Any) -> Decision:
    if person.department_id in actor.departments:
        return Allowed()
    return Denied(_("Ce profil relève d'un autre territoire que le vôtre."))


@access.policy("promotions.segment_save", ADVISERS | LEADS)
def _may_save_segment(actor: Actor, agency: Any) -> Decision:
    return Allowed() if agency.pk in actor.agency_ids else Denied(_("Ce segment appartient à une autre agence."))


@access.policy("promotions.segment_remove", ADVISERS | LEADS)
def _may_remove_segment(actor: Actor, segment: Any) -> Decision:
    if segment.agency_id in actor.agency_ids:
        return Allowed()
    return Denied(_("Ce segment appartient à une autre agence."))


access.register("promotions.export", ADVISERS | LEADS)


@access.policy("promotions.import", LEADS)
def _may_import(actor: Actor, agency: Any) -> Decision:
    return Allowed() if agency.pk in actor.agency_ids else Denied(_("Ce fichier appartient à une autre agence."))


@access.policy("promotions.import_file", LEADS)
def _may_touch_import(actor: Actor, file: Any) -> Decision:
    if file.agency_id in actor.agency_ids:
        return Allowed()
    return Denied(_("Ce fichier appartient à une autre agence."))
