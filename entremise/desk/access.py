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
