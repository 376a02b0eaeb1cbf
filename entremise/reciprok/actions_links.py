"""A dead link to an inbox is sent again, to its recorded address, while somebody there still reads."""

from django.conf import settings
from django.utils.translation import override

from entremise.kernel import clock, mail
from entremise.kernel.links import resender
from entremise.kernel.models import MailLink
from entremise.reciprok import queries
from entremise.reciprok.actions_messages import address_of
from entremise.reciprok.links import INBOX
from entremise.reciprok.mails import InboxMail, Why
from entremise.reciprok.models import Inbox
from entremise.reciprok.workflow import still_reads


@resender(INBOX)
def send_again(dead: MailLink) -> None:
    """Send a new link to who still reads the inbox; nothing to who left, and nothing once it holds nobody."""
    box = queries.inbox_by_link(dead)
    if not still_reads(box, dead.recipient):
        return
    waiting = list(queries.waiting_in(box))
    with override(settings.LANGUAGE_CODE):
        told = InboxMail(
            contact_name=_name_of(box, dead.recipient),
            title=box.title,
            why=Why.REMINDER,
            new_count=0,
            waiting_count=len(waiting),
            oldest_on=clock.local(waiting[0].sent_at).date() if waiting else None,
            lines=(),
            is_last=False,
            url=address_of(queries.link_to(box, dead.recipient)),
        )
        mail.send(told, to=dead.recipient, about=box, department=box.establishment.commune.department_id)


def _name_of(box: Inbox, email: str) -> str:
    readers = queries.recipients(box.offer, box.establishment)
    return next((one.name for one in readers if one.email.lower() == email.lower()), "")
