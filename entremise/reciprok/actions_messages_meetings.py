"""The messages that go with meetings and recommendations: to the person, to the employer."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from entremise.kernel import clock, links, mail
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.reciprok import queries, queries_words
from entremise.reciprok.actions_messages import address_of
from entremise.reciprok.mails_meetings import (
    About,
    MeetingMail,
    MeetingNewsMail,
    MeetingText,
    RecommendedMail,
    RecommendedText,
)
from entremise.reciprok.models import Application
from entremise.reciprok.models_following import Meeting, Recommendation


def tell_person(meeting: Meeting, about: About, words: str = "") -> None:
    """Tell the candidate of a meeting proposed, fixed or cancelled; by SMS when she has no mailbox."""
    with override(people.language_of(meeting.application.person)):
        slots = [meeting.chosen_at] if meeting.chosen_at else meeting.slots
        facts = {
            "about": about,
            "title": queries_words.what_for(meeting.application),
            "what": str(meeting.get_kind_display()),
            "slots": tuple(clock.local(slot) for slot in slots),
            "length": meeting.length,
            "place": meeting.place,
            "words": words,
        }
    _to_person(meeting.application, MeetingMail, MeetingText, facts)


def tell_employer(meeting: Meeting, about: About, words: str = "") -> None:
    """Tell who reads the inbox what became of a meeting."""
    box = meeting.application.inbox
    at = clock.local(meeting.chosen_at) if meeting.chosen_at else None
    for reader in queries.recipients(box.offer, meeting.application.establishment):
        link = queries.link_to(box, reader.email)
        with override(settings.LANGUAGE_CODE):
            told = MeetingNewsMail(
                about=about, contact_name=reader.name, reference=meeting.application.person.reference,
                title=box.title, what=str(meeting.get_kind_display()), at=at, minutes=meeting.minutes,
                place=meeting.place, words=words, url=address_of(link),
                calendar_url=mail.absolute(reverse("inbox_calendar", args=[links.token(link)])),
            )  # fmt: skip
        department = meeting.application.establishment.commune.department_id
        mail.send(told, to=reader.email, about=meeting, department=department)


def ask_person(recommendation: Recommendation) -> None:
    """Ask the candidate whether her profile may be passed on."""
    application, target = recommendation.application, recommendation.target
    facts = {
        "target": target.establishment.name,
        "title": target.offer.title if target.offer else "",
        "words": recommendation.words,
    }
    _to_person(application, RecommendedMail, RecommendedText, facts)


def _to_person(application: Application, by_mail: Any, by_sms: Any, facts: dict[str, Any]) -> None:
    person = application.person
    identity = people.identity_handled(person.pk, Handling.TO_HERSELF)
    how, address = (by_mail, identity.email) if identity.email else (by_sms, identity.phone)
    if not address:
        return
    told = how(
        first_name=identity.first_name,
        employer=application.establishment.name,
        url=mail.absolute(reverse("my_job_application", args=[application.pk])),
        **facts,
    )
    language, department = people.language_of(person), person.department_id or ""
    mail.send(told, to=address, about=application, language=language, department=department)
