"""The receipt of a decision about a consent, written to the person in the same transaction."""

from django.utils import formats
from django.utils.translation import override

from entremise.kernel import clock, mail
from entremise.kernel.models import OutboxMessage
from entremise.people import queries, queries_rights
from entremise.people.enums import Visibility
from entremise.people.mails_rights import ConsentReceipt
from entremise.people.models import Consent


def send_receipt(consent: Consent) -> None:
    """Write what she decided, with the exact text, to her address; who gave none reads it on her page."""
    address, channel = queries_rights.way_to_write(consent.person)
    if channel != OutboxMessage.Channel.EMAIL:
        return
    language = queries.language_of(consent.person)
    moment = clock.local(consent.withdrawn_at or consent.given_at)
    with override(language):
        receipt = ConsentReceipt(
            number=str(consent.pk),
            is_given=consent.withdrawn_at is None,
            is_named=consent.visibility == Visibility.NAMED,
            version=consent.text.version,
            published_on=consent.text.published_on,
            body=consent.text.body,
            at=formats.date_format(moment, "l j F Y"),
        )
    mail.send(receipt, to=address, about=consent.person, language=language)
