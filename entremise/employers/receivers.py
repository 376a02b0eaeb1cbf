"""What is loaded with the domain: the actions of the recruiter spaces, whose transitions and links are registered."""

from entremise.employers import (
    actions_certification,
    actions_fraud,
    actions_members,
    actions_space_checks,
    actions_spaces,
)

WRITES = (actions_certification, actions_fraud, actions_members, actions_space_checks, actions_spaces)
