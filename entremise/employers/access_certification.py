"""Who looks after recruiter spaces: business advisers and leads of their territory; what the platform does alone."""

from typing import Any

from entremise.employers.workflow import CERTIFIERS, is_of_territory
from entremise.kernel import access
from entremise.kernel.access import Decision
from entremise.kernel.actors import ADVISERS, LEADS, Actor, Role

access.register("employers.look_after_spaces", CERTIFIERS)
access.register("employers.check_space", CERTIFIERS, is_of_territory)
access.register("employers.examine_space", {Role.SYSTEM})
access.register("employers.report_fraud", CERTIFIERS, is_of_territory)


@access.policy("employers.answer_vigilance", CERTIFIERS)
def _may_answer(actor: Actor, point: Any) -> Decision:
    return is_of_territory(actor, point.space)


@access.policy("employers.note_contact_change", ADVISERS | LEADS)
def _may_note_change(actor: Actor, contact: Any) -> Decision:
    return is_of_territory(actor, contact)  # a contact has its establishment, as a space has
