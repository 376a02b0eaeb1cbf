"""Who has a desk, who searches the pool, who opens a profile."""

from typing import Any

from django.utils.translation import gettext as _

from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied, policy, register
from entremise.kernel.actors import ADVISERS, LEADS, Actor
from entremise.people.access import follows
from entremise.people.rules import is_in_portfolio

TEAM = ADVISERS | LEADS

register("desk.view", TEAM)
register("desk.search_pool", TEAM)
register("desk.see_complaints", TEAM)
register("desk.prospect", TEAM)


@policy("desk.open_profile", TEAM)
def _may_open_profile(actor: Actor, person: Any) -> Decision:
    """Open a profile that its owner shares, or that one follows; the consent is read with the person."""
    if person.department_id not in actor.departments:
        return Denied(str(OUT_OF_TERRITORY))
    link = follows(actor, referent_id=person.referent_id, agency_id=person.agency_id)
    if person.shared or is_in_portfolio(**link):
        return Allowed()
    return Denied(
        _("Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer.")
    )


@policy("desk.register_complaint", TEAM)
def _may_register_complaint(actor: Actor, agency: Any) -> Decision:
    """Register a complaint for one's own agency."""
    if agency.pk in actor.agency_ids:
        return Allowed()
    return Denied(_("Une réclamation s'enregistre pour votre agence."))


@policy("desk.handle_complaint", TEAM)
def _may_handle_complaint(actor: Actor, complaint: Any) -> Decision:
    """Answer what was given to oneself; who leads the agency answers and assigns everything there."""
    if complaint.agency_id not in actor.agency_ids:
        return Denied(_("Cette réclamation est suivie par une autre agence."))
    if complaint.assigned_to_id == actor.user_id or actor.has(*LEADS):
        return Allowed()
    return Denied(_("Cette réclamation est confiée à un ou une collègue."))


@policy("desk.make_plan", TEAM)
def _may_make_plan(actor: Actor, agency: Any) -> Decision:
    """Plan visits from one's own agency."""
    if agency.pk in actor.agency_ids:
        return Allowed()
    return Denied(_("Des visites se prévoient depuis votre agence."))


@policy("desk.change_plan", TEAM)
def _may_change_plan(actor: Actor, plan: Any) -> Decision:
    """Change one's own plan."""
    if plan.adviser_id == actor.user_id:
        return Allowed()
    return Denied(_("Ce plan de visites est celui d'un ou d'une collègue."))


@policy("desk.change_visit", TEAM)
def _may_change_visit(actor: Actor, visit: Any) -> Decision:
    """Change the visits of one's own plan."""
    return _may_change_plan(actor, visit.plan)
