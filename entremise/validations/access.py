"""Who may what, beside the workflow: the person, the validator, the advisers of the territory."""

from typing import Any

from entremise.kernel.access import OUT_OF_TERRITORY, Allowed, Decision, Denied, policy, register
from entremise.kernel.actors import ADVISERS, Actor, Role
from entremise.validations.workflow import OWNER, VALIDATOR, is_bearer, is_owner

register("validations.view", OWNER, is_owner)
register("validations.prepare", OWNER, is_owner)
register("validations.change", OWNER, is_owner)
register("validations.remind_once", OWNER, is_owner)
register("validations.rectify", VALIDATOR, is_bearer)
register("validations.forward", VALIDATOR, is_bearer)
register("validations.oppose", VALIDATOR, is_bearer)
register("validations.report", VALIDATOR, is_bearer)
register("validations.remind", {Role.SYSTEM})


@policy("validations.check", ADVISERS)
def in_territory(actor: Actor, request: Any) -> Decision:
    """Let the advisers of the person's territory check a validator, and say what they found."""
    if request.person.department_id in actor.departments:
        return Allowed()
    return Denied(str(OUT_OF_TERRITORY))
