"""Mails, SMS and letters: one class per message, written with the act that causes it, sent after it.

A message class gives `kind`, `subject` and its templates `mails/<kind with a slash>.txt` (and `.html` for e-mail);
its fields are the template's context. `example()` feeds the preview page. A class that asks again says `is_reminder`:
such messages are counted for an address, and wait when its owner wants a pause.
"""

import dataclasses
import datetime as dt
import re
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import override

from entremise.kernel import clock, suppression
from entremise.kernel.mail_families import Family, handling
from entremise.kernel.models import OutboxMessage
from entremise.lib.contrast import shades
from entremise.lib.quiet_hours import next_allowed

Channel = OutboxMessage.Channel
LONGEST_SUBJECT = 200
FRENCH_SPACES = re.compile(r"(?<=\S) (?=[:;?!»])|(?<=«) ")  # a line never starts with these signs, nor ends with «
KINDS: dict[str, type["Mail"]] = {}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Mail:
    """Base of the messages; subclasses are frozen dataclasses registered with `@message`."""

    kind: ClassVar[str] = ""
    channel: ClassVar[str] = Channel.EMAIL
    family: ClassVar[Family] = Family.CAMPAIGN  # the most careful one: each class says its own
    is_reminder: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """Return the subject, in the active language; SMS have none."""
        return ""

    @classmethod
    def example(cls) -> Self:
        """Return a message with invented facts, for the preview page and the tests."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """Return what the templates read: the fields, the brand, its readable colours and the subject."""
        fields = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        brand = settings.BRAND
        frame = {"brand": brand, "colours": shades(brand.primary, brand.accent), "base_url": settings.BASE_URL}
        return {**fields, **frame, "subject": self.subject}


@dataclasses.dataclass(frozen=True, slots=True)
class Rendered:
    """A message ready to be shown or sent."""

    subject: str
    text: str
    html: str


def message(cls: type[Mail]) -> type[Mail]:
    """Register a message class, so that the preview page and the tests know it."""
    KINDS[cls.kind] = cls
    return cls


def render(mail: Mail, *, language: str = "", to: str = "") -> Rendered:
    """Render the text (and for e-mail and letters the HTML) in one language, by default the installation's.

    With the reader's address, an e-mail that may be refused says where.
    """
    language = language or settings.LANGUAGE_CODE
    path = "mails/" + mail.kind.replace(".", "/")
    with override(language):
        may_stop = to and mail.channel == Channel.EMAIL and handling(mail.family).can_be_stopped
        stop_url = stop_address(to, mail.family) if may_stop else ""
        context = mail.context() | {"stop_url": stop_url, "can_pause": can_be_paused(mail.family)}
        text = render_to_string(f"{path}.txt", context).strip() + "\n"
        html = "" if mail.channel == Channel.SMS else render_to_string(f"{path}.html", context)
        if language == "fr":
            html = FRENCH_SPACES.sub("\N{NO-BREAK SPACE}", html)
        return Rendered(_in_one_line(str(context["subject"])), text, html)


def send(
    mail: Mail,
    *,
    to: str,
    about: models.Model | None = None,
    language: str = "",
    not_before: dt.datetime | None = None,
    department: str = "",
) -> OutboxMessage:
    """Write the message to the outbox; it leaves when the surrounding transaction commits, or at `not_before`.

    Give the reader's language when it is known; else the message speaks the installation's. The reader's department
    says when it is night there: nobody is woken for news.
    """
    language = language or settings.LANGUAGE_CODE
    rendered = render(mail, language=language, to=to)
    now = clock.now()
    return OutboxMessage.objects.create(
        kind=mail.kind,
        channel=mail.channel,
        recipient=to,
        language=language,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        about_type=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
        created_at=now,
        not_before_at=earliest(mail.kind, to, not_before or now, department),
        rank=handling(mail.family).rank,
        department=department,
    )


def family_of(kind: str) -> Family:
    """Return the family of a kind of message; one that the code no longer knows is handled with most care."""
    return KINDS[kind].family if kind in KINDS else Family.CAMPAIGN


def after_quiet_hours(moment: dt.datetime, family: Family, department: str) -> dt.datetime:
    """Return when a message of this family may arrive; in the demonstration nothing does."""
    if settings.DEMO or not handling(family).keeps_quiet_hours:
        return moment
    return next_allowed(moment, department, settings.MAILING.hours)


def earliest(kind: str, recipient: str, moment: dt.datetime, department: str) -> dt.datetime:
    """Return when a message of a kind may arrive: after its reader's pause, outside of the quiet hours."""
    pause = suppression.paused_until(recipient) if waits_for_pause(kind) else None
    return after_quiet_hours(max(moment, pause or moment), family_of(kind), department)


def waits_for_pause(kind: str) -> bool:
    """Tell whether a kind of message waits while its reader is in pause: profiles, and every reminder."""
    found = KINDS.get(kind)
    if found is None or not handling(found.family).can_be_stopped:
        return False
    return found.is_reminder or handling(found.family).waits_for_pause


def can_be_paused(family: Family) -> bool:
    """Tell whether the reader of a family may ask for a pause."""
    return any(kind.family == family and waits_for_pause(name) for name, kind in KINDS.items())


def reminder_kinds() -> list[str]:
    """Return the kinds of messages that ask again."""
    return sorted(name for name, kind in KINDS.items() if kind.is_reminder)


def release(hashed: str, until_at: dt.datetime) -> int:
    """Let the messages leave that waited for the end of a pause; return how many."""
    waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING, not_before_at__gte=until_at)
    mine = [
        message.pk
        for message in waiting.only("kind", "recipient")
        if waits_for_pause(message.kind) and suppression.address_hash(message.recipient) == hashed
    ]
    return OutboxMessage.objects.filter(pk__in=mine).update(not_before_at=clock.now())  # quiet hours are seen again


def sent_about(thing: models.Model) -> models.QuerySet[OutboxMessage]:
    """Return the messages about a thing, newest first."""
    return OutboxMessage.objects.filter(about_type=thing._meta.label_lower, about_id=str(thing.pk)).order_by(
        "-created_at"
    )


def outbox(*, recipient: str = "", channel: str = "") -> models.QuerySet[OutboxMessage]:
    """Return what was written to the outbox, newest first (for the demonstration's mailbox)."""
    messages = OutboxMessage.objects.order_by("-created_at")
    if recipient:
        messages = messages.filter(recipient__icontains=recipient)
    return messages.filter(channel=channel) if channel else messages


def preview(kind: str, language: str) -> Rendered:
    """Render the example of one kind of message."""
    with override(language):
        return render(KINDS[kind].example(), language=language, to="quelqu-un@exemple.fr")


def stop_address(recipient: str, family: Family) -> str:
    """Return the address of the page that stops a family for this reader."""
    return absolute(reverse("mail_stop", args=[suppression.token(recipient, family)]))


def absolute(path: str) -> str:
    """Return the full address of a page for a mail."""
    return settings.BASE_URL.rstrip("/") + path


def _in_one_line(subject: str) -> str:
    """Keep a header a header: names typed by people may hold line ends, and be long."""
    return Truncator(" ".join(subject.split())).chars(LONGEST_SUBJECT)
