"""The validator's link: 60 days to answer at most, as the territory says, then 30 to rectify; readable until then."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from entremise.kernel import links
from entremise.kernel.actors import Role
from entremise.kernel.mail import absolute
from entremise.kernel.models import MailLink
from entremise.validations.workflow import LINK_PURPOSE

ANSWER = links.register(links.Purpose(LINK_PURPOSE, timedelta(days=92), Role.VALIDATOR, "validate"))


def issue(request_id: UUID, recipient: str) -> MailLink:
    """Create the link that goes to one contact."""
    return links.issue(ANSWER, request_id, recipient)


def current(request_id: UUID) -> MailLink | None:
    """Return the living link to a request: a reminder carries the same one."""
    return links.current(ANSWER, request_id)


def mark_used(link: MailLink) -> None:
    """Note the first answer given through a link."""
    links.mark_used(link)


def revoke(request_id: UUID) -> int:
    """Make the links already sent for a request useless (it was forwarded: only the colleague may answer)."""
    return links.revoke(ANSWER, request_id)


def address(link: MailLink) -> str:
    """Return the full address of the page, for a mail."""
    return absolute(reverse("validate", args=[links.token(link)]))


def request_page(request_id: UUID) -> str:
    """Return the full address of the person's own page about a request, for a notice."""
    return absolute(reverse("my_validation", args=[request_id]))
