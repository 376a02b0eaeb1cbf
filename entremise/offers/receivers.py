"""What the offers do when a recruiter space is certified, or is not any more."""

from uuid import UUID

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import notices
from entremise.offers import actions_deposit, actions_publication, receivers_feeds, receivers_followup

LOADED = (actions_deposit, receivers_feeds, receivers_followup)  # with the domain


@notices.recruiter_space_moved.receiver
def follow_space(space_id: UUID) -> None:
    """Publish what waited for the certification; stop showing what an uncertified space had published."""
    space = RecruiterSpace.objects.unscoped("the notice names this space").get(pk=space_id)
    if space.is_certified:
        actions_publication.release_all(space_id)
    else:
        actions_publication.suspend_all(space_id)
