"""The messages that the actions write to the outbox, in the same transaction."""

from typing import Any

from django.utils.translation import get_language

from entremise.credentials import queries as badges
from entremise.kernel import clock, mail
from entremise.validations import links, mails, queries, rules
from entremise.validations.enums import Verdict
from entremise.validations.models import Request


def _facts(asked: Request) -> dict[str, Any]:
    lines = asked.skills.select_related("skill").order_by("skill__kind", "skill__label")
    return {
        "first_name": queries.identity(asked.person).first_name,
        "skills": tuple(line.skill.label for line in lines),
        "expires_on": clock.local(asked.expires_at or clock.now()).date(),
    }


def ask(asked: Request, forwarded_by: str = "") -> None:
    """Write to the contact with a new link."""
    link = links.issue(asked.pk, asked.contact_email)
    first = mails.RequestMail.of(asked, url=links.address(link), **_facts(asked), forwarded_by=forwarded_by)
    mail.send(first, to=asked.contact_email, about=asked, department=_there(asked))


def acknowledge(asked: Request, *, is_rectified: bool = False) -> None:
    """Send the receipt to the validator, and tell the person."""
    link = links.current(asked.pk)
    if link is not None:
        links.mark_used(link)
        receipt = mails.ReceiptMail.of(
            asked,
            first_name=queries.identity(asked.person).first_name,
            is_rectified=is_rectified,
            until=clock.local(rules.rectifiable_until(asked.answered_at or clock.now())).date(),
            url=links.address(link),
        )
        mail.send(receipt, to=asked.contact_email, about=asked, language=get_language() or "")  # of the page answered
    found = queries.verdicts(asked)[Verdict.CONFIRMED]
    added = [line for line in found if line.is_added_by_validator]
    counts = {"confirmed_count": len(found) - len(added), "added_count": len(added)}
    tell(asked, mails.AnsweredMail, **counts, badge_count=0 if badges.declines(asked.person) else len(found))


def tell(asked: Request, kind: type[mails.PersonNotice], **more: Any) -> None:
    """Tell the person, by e-mail or else by SMS."""
    email, phone = queries.recipient(asked.person)
    url, language = links.request_page(asked.pk), queries.language(asked.person)
    if email:
        news = kind.of(asked, url=url, **more)
        mail.send(news, to=email, about=asked, language=language, department=asked.person.department_id or "")
    elif phone:
        text = mails.NoticeSms(contact_name=asked.contact_name, url=url)
        mail.send(text, to=phone, about=asked, language=language, department=asked.person.department_id or "")


def remind(asked: Request, *, is_from_person: bool) -> None:
    """Write to the contact again, with the same link."""
    link = links.current(asked.pk) or links.issue(asked.pk, asked.contact_email)
    reminder = mails.ReminderMail.of(
        asked,
        url=links.address(link),
        **_facts(asked),
        sent_on=clock.local(asked.sent_at or clock.now()).date(),
        is_from_person=is_from_person,
        is_last=asked.next_reminder_at is None,
    )
    mail.send(reminder, to=asked.contact_email, about=asked, department=_there(asked))


def _there(asked: Request) -> str:
    return queries.department(asked.establishment)
