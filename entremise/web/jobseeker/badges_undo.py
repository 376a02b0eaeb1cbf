"""How what was done to badges is undone (registered in `undo`)."""

from typing import Any
from uuid import UUID

from entremise.credentials import actions_foreign, actions_sharing, queries_foreign, queries_sharing
from entremise.credentials.rules import CredentialRefused
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.screens import ActorRequest

Facts = dict[str, Any]
WALL = "my_badges"


def shown(request: ActorRequest, facts: Facts) -> str:
    """Show a badge again, or keep it again for oneself."""
    worn = queries_sharing.own_badge(UUID(facts["award"]), request.actor)
    if worn:
        actions_sharing.show(worn.award, actor=request.actor, is_shown=facts["is_shown"])
    return WALL


def foreign_shown(request: ActorRequest, facts: Facts) -> str:
    """The same for a badge from elsewhere."""
    badge = queries_foreign.own(UUID(facts["badge"]), request.actor)
    if badge:
        actions_foreign.show(badge, actor=request.actor, is_shown=facts["is_shown"])
    return WALL


def foreign_badge(request: ActorRequest, facts: Facts) -> str:
    """Put back a badge from elsewhere."""
    actions_foreign.put_back(my_person(request), actor=request.actor, facts=facts)
    return WALL


UNDOERS = {"badge_shown": shown, "foreign_shown": foreign_shown, "foreign_badge": foreign_badge}
REFUSED = CredentialRefused
