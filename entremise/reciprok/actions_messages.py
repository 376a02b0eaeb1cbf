"""The messages that go with an application: to the person, to the employer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from entremise.kernel import clock, links, mail, reminders
from entremise.kernel.models import MailLink
from entremise.passport import queries_card
from entremise.people import queries as people
from entremise.people.enums import Handling, Visibility
from entremise.people.models import Identity, Person
from entremise.reciprok import queries, queries_words
from entremise.reciprok.enums import ApplicationOrigin, ApplicationState, Part
from entremise.reciprok.links import CONTEST
from entremise.reciprok.mails import (
    AcknowledgedMail,
    AcknowledgedText,
    InboxMail,
    InboxReminder,
    NewsMail,
    NewsText,
    Why,
)
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.queries import Recipient

MOST_LINES = 5


def acknowledge(application: Application, identity: Identity) -> None:
    """Tell the person that her application arrived, with what it shows; by SMS when she has no mailbox."""
    person = application.person
    language = people.language_of(person)
    url = mail.absolute(reverse("my_job_application", args=[application.pk]))
    with override(language):
        facts = {
            "first_name": identity.first_name,
            "employer": application.establishment.name,
            "title": queries_words.what_for(application),
            "shown": shown_parts(application),
            "answer_by": clock.local(application.expires_at).date(),
            "adviser": application.adviser.full_name if application.adviser else "",
            "url": url,
            "contest_url": _contest_url(application, identity),
        }
    _send(person, identity, AcknowledgedMail, AcknowledgedText, facts, application)


def tell_person(application: Application, state: ApplicationState) -> None:
    """Tell the person kindly where her application stands from now on."""
    person = application.person
    identity = people.identity_handled(person.pk, Handling.TO_HERSELF)
    with override(people.language_of(person)):
        told = queries_words.news(application, state)
        facts = {
            "first_name": identity.first_name,
            "employer": application.establishment.name,
            "title": queries_words.what_for(application),
            "fact": told.fact,
            "reason": told.reason,
            "words": application.answer_words,
            "next_step": told.next_step,
            "url": mail.absolute(reverse("my_job_application", args=[application.pk])),
        }
    _send(person, identity, NewsMail, NewsText, facts, application)


@dataclass(frozen=True, slots=True)
class Told:
    """To how many readers we wrote, and when the first who had enough this week may be written to again."""

    count: int
    later_at: dt.datetime | None = None


def tell_inbox(inbox: Inbox, why: Why, *, is_last: bool = False) -> Told:
    """Write to who reads an inbox, with the same link each time; a reminder waits for its reader's turn."""
    readers = queries.recipients(inbox.offer, inbox.establishment)
    is_reminder = why in (Why.REMINDER, Why.HELP)
    ready, later_at = _whose_turn(readers, inbox) if is_reminder else (readers, None)
    waiting = list(queries.waiting_in(inbox))
    fresh = [one for one in waiting if inbox.told_at is None or one.sent_at > inbox.told_at]
    with override(settings.LANGUAGE_CODE):
        facts: dict[str, Any] = {
            "title": inbox.title,
            "why": why,
            "new_count": len(fresh),
            "waiting_count": len(waiting),
            "oldest_on": clock.local(waiting[0].sent_at).date() if waiting else None,
            "lines": tuple(_line(one) for one in fresh[:MOST_LINES]),
            "is_last": is_last,
        }
    shape = InboxReminder if is_reminder else InboxMail
    for reader in ready:
        message = shape(contact_name=reader.name, url=address_of(queries.link_to(inbox, reader.email)), **facts)
        department = inbox.establishment.commune.department_id
        mail.send(message, to=reader.email, about=inbox, department=department)
    return Told(len(ready), later_at)


def _whose_turn(readers: Sequence[Recipient], inbox: Inbox) -> tuple[list[Recipient], dt.datetime | None]:
    """Return who may be reminded now, and when the first of the others may be."""
    ready, later = [], []
    for reader in readers:
        try:
            reminders.require_turn(reader.email, inbox.agency.department_id, clock.now())
            ready.append(reader)
        except reminders.PutOff as put_off:
            later.append(put_off.until_at)
    return ready, min(later, default=None)


def address_of(link: MailLink) -> str:
    """Return the full address of the employer's page."""
    return mail.absolute(reverse("inbox", args=[links.token(link)]))


def shown_parts(application: Application) -> tuple[str, ...]:
    """Return in words what an application shows, in the active language: proofs first."""
    proved = application.person.validated_skill_count
    proofs = ngettext("%(n)d compétence confirmée", "%(n)d compétences confirmées", proved) % {"n": proved}
    return (proofs if proved else _("mes compétences"), *(str(Part(part).label) for part in application.parts))


def _line(application: Application) -> str:
    """Return one candidate in a line: nothing that names her leaves by mail before the page is opened."""
    card = queries.masked(queries_card.card_of(application.person, Visibility.ANONYMOUS), application.parts)
    proved = len(card.validated)
    trade = card.occupations[0] if card.occupations else _("Un profil")
    place = f"{trade}, {card.place}" if card.place else trade
    if not proved:
        return place
    told = ngettext("%(n)d compétence confirmée", "%(n)d compétences confirmées", proved) % {"n": proved}
    return _("%(who)s : %(proofs)s") % {"who": place, "proofs": told}


def _contest_url(application: Application, identity: Identity) -> str:
    if application.origin != ApplicationOrigin.ADVISER:
        return ""
    link = links.issue(CONTEST, application.pk, identity.email or identity.phone)
    return mail.absolute(reverse("application_contest", args=[links.token(link)]))


def _send(
    person: Person,
    identity: Identity,
    by_mail: type[AcknowledgedMail] | type[NewsMail],
    by_sms: type[AcknowledgedText] | type[NewsText],
    facts: dict[str, Any],
    application: Application,
) -> None:
    how, address = (by_mail, identity.email) if identity.email else (by_sms, identity.phone)
    if address:
        language, department = people.language_of(person), person.department_id or ""
        mail.send(how(**facts), to=address, about=application, language=language, department=department)
