"""Who may set an offer aside as the same as another, and bring it back."""

from typing import Any

from entremise.kernel import access
from entremise.kernel.access import Decision
from entremise.kernel.actors import Actor, Role
from entremise.offers.workflow import TEAM, is_in_territory


def _is_about_their_offer(actor: Actor, decision: Any) -> Decision:
    return is_in_territory(actor, decision.set_aside)


access.register("offers.duplicates", TEAM | {Role.SYSTEM}, is_in_territory)
access.register("offers.undo_duplicate", TEAM, _is_about_their_offer)
