"""The messages that go with an act: to the employer, to the person, to the adviser."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override

from entremise.accounts.models import User
from entremise.kernel import clock, links, mail
from entremise.kernel.models import MailLink, OutboxMessage
from entremise.lib.identifiers import phone_in_pairs
from entremise.passport import queries_card
from entremise.passport.rules_card import Card
from entremise.people import queries as people
from entremise.people.enums import Handling, Visibility
from entremise.people.models import Person
from entremise.promotions import queries
from entremise.promotions.enums import GOOD_NEWS, WithdrawReason
from entremise.promotions.mails import (
    AnsweredMail,
    AnsweredText,
    AnswerNotice,
    ProfileMail,
    PromotedMail,
    PromotedText,
    ReceiptMail,
    ReminderMail,
    StoppedNotice,
)
from entremise.promotions.models import Promotion
from entremise.promotions.queries_words import news_for_person, next_step_for_employer

TO_EMPLOYER = ("promotions.profile", "promotions.reminder")


def card_to_send(person: Person, visibility: str) -> Card:
    """Return the card in the language of the mails to employers, whatever the screen of the adviser speaks."""
    with override(settings.LANGUAGE_CODE):
        return queries_card.card_of(person, visibility)


def send_profile(promotion: Promotion, card: Card, link: MailLink) -> None:
    """Show the profile to the employer."""
    message = ProfileMail(**_employer_facts(promotion, card, link), message=promotion.message)
    mail.send(message, to=link.recipient, about=promotion, department=_there(promotion))


def send_reminder(promotion: Promotion, card: Card, link: MailLink) -> None:
    """Ask the employer again, with the same link."""
    message = ReminderMail(
        **_employer_facts(promotion, card, link),
        sent_on=clock.local(promotion.sent_at or clock.now()).date(),
        is_last=promotion.next_reminder_at is None,
    )
    mail.send(message, to=link.recipient, about=promotion, department=_there(promotion))


def tell_answer(promotion: Promotion, *, is_changed: bool = False, link: MailLink | None = None) -> None:
    """Tell everybody concerned what the employer answered; the receipt goes to who answered by the link."""
    if link is not None:
        _send_receipt(promotion, link)
    if link is not None and promotion.adviser and promotion.adviser.email:
        _tell_adviser(promotion, promotion.adviser, is_changed=is_changed)
    with override(people.language_of(promotion.person)):
        news = news_for_person(promotion)
    facts = {
        "establishment": promotion.establishment.name,
        "news": news.text,
        "next_step": news.next_step,
        "url": mail.absolute(reverse("my_promotions")),
    }
    _tell_person(promotion.person, AnsweredMail, AnsweredText, facts)


def tell_promoted(person: Person, sent: Sequence[Promotion]) -> None:
    """Tell the person to whom her profile was shown."""
    first = sent[0]
    facts = {
        "establishments": tuple(dict.fromkeys(promotion.establishment.name for promotion in sent)),
        "agency_name": first.agency.name,
        "is_named": first.visibility == Visibility.NAMED,
        "url": mail.absolute(reverse("my_promotions")),
    }
    _tell_person(person, PromotedMail, PromotedText, facts)


def tell_stopped(promotion: Promotion, reason: WithdrawReason) -> None:
    """Tell the adviser that a promotion stopped without them."""
    adviser = promotion.adviser
    if adviser is None or not adviser.email:
        return
    with override(adviser.language):
        message = StoppedNotice(
            establishment=promotion.establishment.name,
            reference=promotion.person.reference,
            reason=str(reason.label),
            url=mail.absolute(reverse("promotion", args=[promotion.pk])),
        )
    mail.send(message, to=adviser.email, about=promotion, language=adviser.language)


def cancel_waiting(promotion: Promotion) -> None:
    """Stop the messages to the employer that have not left yet."""
    mail.sent_about(promotion).filter(kind__in=TO_EMPLOYER, state=OutboxMessage.State.WAITING).update(
        state=OutboxMessage.State.CANCELLED
    )


def address_of(link: MailLink) -> str:
    """Return the full address of the employer's page."""
    return mail.absolute(reverse("promotion_answer", args=[links.token(link)]))


def _employer_facts(promotion: Promotion, card: Card, link: MailLink) -> dict[str, Any]:
    contact = promotion.contact
    return {
        "contact_name": contact.name if contact else "",
        "adviser_name": queries.adviser_name(promotion.adviser),
        "agency_name": promotion.agency.name,
        "agency_phone": phone_in_pairs(promotion.agency.phone),
        "card": card,
        "url": address_of(link),
    }


def _send_receipt(promotion: Promotion, link: MailLink) -> None:
    receipt = ReceiptMail(
        contact_name=promotion.contact.name if promotion.contact else "",
        answer=str(promotion.get_answer_display()),
        next_step=next_step_for_employer(promotion, queries.adviser_name(promotion.adviser)),
        agency_name=promotion.agency.name,
        agency_phone=phone_in_pairs(promotion.agency.phone),
        url=address_of(link),
    )
    mail.send(receipt, to=link.recipient, about=promotion, language=get_language() or settings.LANGUAGE_CODE)


def _tell_adviser(promotion: Promotion, adviser: User, *, is_changed: bool) -> None:
    with override(adviser.language):
        notice = AnswerNotice(
            establishment=promotion.establishment.name,
            reference=promotion.person.reference,
            answer=str(promotion.get_answer_display()),
            word=promotion.answer_word,
            is_changed=is_changed,
            reason=str(promotion.get_no_reason_display()) if promotion.no_reason else "",
            is_good_news=promotion.answer in GOOD_NEWS,
            url=mail.absolute(reverse("promotion", args=[promotion.pk])),
        )
    mail.send(notice, to=adviser.email or "", about=promotion, language=adviser.language)


def _tell_person(
    person: Person,
    by_mail: type[AnsweredMail] | type[PromotedMail],
    by_sms: type[AnsweredText] | type[PromotedText],
    facts: Mapping[str, Any],
) -> None:
    """Write to the person's e-mail address, else to her telephone, in her language."""
    identity = people.identity_handled(person.pk, Handling.TO_HERSELF)
    how, address = (by_mail, identity.email) if identity.email else (by_sms, identity.phone)
    if address:
        message = how(first_name=identity.first_name, **facts)
        language, department = people.language_of(person), person.department_id or ""
        mail.send(message, to=address, about=person, language=language, department=department)


def _there(promotion: Promotion) -> str:
    return promotion.establishment.commune.department_id
