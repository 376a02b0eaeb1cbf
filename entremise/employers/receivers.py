"""What is loaded with the domain: the actions of the recruiter spaces, whose transitions and links are registered."""

from uuid import UUID

from entremise.employers import (
    actions_certification,
    actions_fraud,
    actions_members,
    actions_space_checks,
    actions_spaces,
    actions_vigilance,
    queries_vigilance,
)
from entremise.kernel import notices

WRITES = (actions_certification, actions_fraud, actions_members, actions_space_checks, actions_spaces)


@notices.establishment_closed.receiver
def look_at_spaces(establishment_id: UUID) -> None:
    """Hold the certified spaces of a place that was found closed."""
    for space in queries_vigilance.spaces_of(establishment_id):
        actions_vigilance.examine(space)
