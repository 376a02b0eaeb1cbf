"""The messages that go with answers back, contested applications, ratings and reports."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from entremise.kernel import clock, mail
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.reciprok import actions_messages as messages
from entremise.reciprok import mails_voice as mails
from entremise.reciprok import queries, rules_voice
from entremise.reciprok.enums import ReportState
from entremise.reciprok.models import Application, Inbox
from entremise.reciprok.models_following import AbuseReport, Rating


def tell_reply(application: Application) -> None:
    """Tell the employer, unless they heard of another answer today, and the agency."""
    box = application.inbox
    if not _was_told_of_replies(box):
        for reader in queries.recipients(box.offer, box.establishment):
            url = messages.address_of(queries.link_to(box, reader.email))
            told = mails.ReplyMail(contact_name=reader.name, title=box.title, url=url)
            mail.send(told, to=reader.email, about=box, department=box.establishment.commune.department_id)
    _tell_team(
        application,
        mails.ReplyTeamMail(
            reference=application.person.reference, establishment=application.establishment.name, title=box.title,
            url=page_of(application),
        ),
    )  # fmt: skip


def tell_contested(application: Application, words: str) -> None:
    """Tell the adviser who made the application with the person, and the agency."""
    told = mails.ApplicationContestedMail(
        reference=application.person.reference, establishment=application.establishment.name,
        title=application.inbox.title, sent_on=clock.local(application.sent_at).date(), words=words,
        url=page_of(application),
    )  # fmt: skip
    adviser = application.adviser.email if application.adviser else None
    _tell_team(application, told, also=adviser or "")


def tell_rating_refused(rating: Rating) -> None:
    """Tell the person why her words are not published."""
    application: Application = rating.application
    facts = {"employer": application.establishment.name, "why": rating.judged_words}
    _tell_person(application, mails.RatingJudgedMail, mails.RatingJudgedText, facts)


def tell_urgent(report: AbuseReport) -> None:
    """Tell the agency of a report that cannot wait."""
    application: Application = report.application
    _tell_team(
        application,
        mails.ReportTeamMail(
            establishment=application.establishment.name, what=str(report.get_kind_display()),
            url=mail.absolute(reverse("adviser_report", args=[report.pk])),
        ),
    )  # fmt: skip


def tell_report_judged(report: AbuseReport, *, is_flipped: bool) -> None:
    """Tell who reported what came of it; the employer hears when one of their answers is not counted any more."""
    application: Application = report.application
    is_upheld = report.state == ReportState.UPHELD
    if report.person_id is not None:
        facts = {
            "employer": application.establishment.name, "is_upheld": is_upheld, "is_flipped": is_flipped,
            "outcome": report.outcome,
        }  # fmt: skip
        _tell_person(application, mails.ReportJudgedMail, mails.ReportJudgedText, facts)
    if report.person_id is None or is_flipped:
        _tell_employer(application, report, is_upheld=is_upheld)


def page_of(application: Application) -> str:
    """Return the address of the advisers' page of an application."""
    return mail.absolute(reverse("adviser_application", args=[application.pk]))


def _was_told_of_replies(inbox: Inbox) -> bool:
    since = clock.now() - rules_voice.TOLD_EVERY
    return mail.sent_about(inbox).filter(kind=mails.ReplyMail.kind, created_at__gt=since).exists()


def _tell_employer(application: Application, report: AbuseReport, *, is_upheld: bool) -> None:
    box = application.inbox
    for reader in queries.recipients(box.offer, box.establishment):
        told = mails.EmployerReportJudgedMail(
            contact_name=reader.name, title=box.title, sent_on=clock.local(application.sent_at).date(),
            is_theirs=report.person_id is None, is_upheld=is_upheld, outcome=report.outcome,
            url=messages.address_of(queries.link_to(box, reader.email)),
        )  # fmt: skip
        mail.send(told, to=reader.email, about=box, department=box.establishment.commune.department_id)


def _tell_team(application: Application, told: mail.Mail, *, also: str = "") -> None:
    agency = application.inbox.agency
    with override(settings.LANGUAGE_CODE):
        for address in {address for address in (agency.email, also) if address}:
            mail.send(told, to=address, about=application, department=agency.department_id)


def _tell_person(
    application: Application,
    by_mail: type[mails.RatingJudgedMail] | type[mails.ReportJudgedMail],
    by_sms: type[mails.RatingJudgedText] | type[mails.ReportJudgedText],
    facts: dict[str, Any],
) -> None:
    person = application.person
    identity = people.identity_handled(person.pk, Handling.TO_HERSELF)
    how, address = (by_mail, identity.email) if identity.email else (by_sms, identity.phone)
    if address:
        language, department = people.language_of(person), person.department_id or ""
        url = mail.absolute(reverse("my_job_application", args=[application.pk]))
        told = how(first_name=identity.first_name, url=url, **facts)
        mail.send(told, to=address, about=application, language=language, department=department)
