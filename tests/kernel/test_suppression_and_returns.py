"""Addresses that get nothing any more: failures, complaints and wishes, and what still leaves."""

import datetime as dt
import mailbox
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from entremise.kernel import delivery, mail, mail_returns, suppression
from entremise.kernel.mail_families import Family, handling
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.models_mail import MailReturn, Suppression
from entremise.kernel.suppression import Reason

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
ADDRESS = "marc@garance.example"


@pytest.fixture(autouse=True)
def monday(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DEMO, settings.SMTP_CONFIGURED, settings.SPOOL = False, True, tmp_path / "spool"
    with time_machine.travel(MONDAY, tick=False):
        yield


def sent(kind: str = "promotions.profile", to: str = ADDRESS) -> OutboxMessage:
    message = mail.send(mail.KINDS[kind].example(), to=to)
    OutboxMessage.objects.filter(pk=message.pk).update(state="sent", sent_at=MONDAY)
    return message


def report(
    message: OutboxMessage, status: str = "5.1.1", *, action: str = "failed", verp: bool = True, number: int = 1
) -> bytes:
    """Write a report of failure as a server does (RFC 3464)."""
    to = f"retours+{message.pk.hex}@emploi.example" if verp else "retours@emploi.example"
    lines = [
        "From: MAILER-DAEMON@mx.example", f"To: {to}", f"Message-ID: <{number}@mx.example>", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "", "--b",
        "Content-Type: text/plain", "", "Votre message n'est pas arrive.", "--b",
        "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
        f"Final-Recipient: rfc822; {message.recipient}", f"Action: {action}", f"Status: {status}", "", "--b",
        "Content-Type: text/rfc822-headers", "", f"Message-ID: <{message.pk.hex}@emploi.example>", "Subject: x", "",
        "--b--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def complaint(message: OutboxMessage) -> bytes:
    """Write a complaint as a mailbox provider does (RFC 5965)."""
    lines = [
        "From: fbl@provider.example", "To: retours@emploi.example", "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"', "", "--b",
        "Content-Type: message/feedback-report", "", "Feedback-Type: abuse", "Version: 1", "", "--b",
        "Content-Type: message/rfc822", "", f"Message-ID: <{message.pk.hex}@emploi.example>", "Subject: x", "", "Oui",
        "--b--", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


def fate(kind: str, to: str = ADDRESS) -> tuple[str, str]:
    """Return what becomes of one more message."""
    message = mail.send(mail.KINDS[kind].example(), to=to)
    delivery.deliver_due()
    message.refresh_from_db()
    return message.state, message.last_error


@pytest.mark.parametrize("verp", [True, False])
def test_a_dead_address_gets_nothing_more_but_what_is_asked_for(verp: bool) -> None:
    message = sent()
    assert mail_returns.note(report(message, verp=verp)) == "final"
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", "5.1.1")
    assert fate("promotions.profile") == ("suppressed", "bounce")
    assert fate("validations.request", "MARC@garance.example ".strip()) == ("suppressed", "bounce")
    assert fate("accounts.login_code_email") == ("handed", "")
    line = JournalEntry.objects.get(verb="mail.address_stopped")
    assert line.data == {"reason": "bounce", "message": str(message.pk)}
    assert ADDRESS not in str(line.data)


@pytest.mark.parametrize("status", ["4.4.1", "5.2.2", "5.7.1"])
def test_three_failures_for_now_in_seven_days_make_a_dead_address(status: str) -> None:
    message = sent()
    for number in (1, 2):
        assert mail_returns.note(report(message, status, number=number)) == "soft"
    assert fate("promotions.profile") == ("handed", "")
    mail_returns.note(report(message, status, number=3))
    assert fate("promotions.profile") == ("suppressed", "bounce")


def test_failures_further_apart_are_forgotten() -> None:
    message = sent()
    for number in range(4):
        with time_machine.travel(MONDAY + dt.timedelta(days=4 * number), tick=False):
            mail_returns.note(report(message, "4.4.1", number=number))
    assert not suppression.is_stopped(ADDRESS, Family.PROMOTION)


def test_the_same_report_counts_once() -> None:
    message = sent()
    for _again in range(5):
        mail_returns.note(report(message, "4.4.1"))
    assert MailReturn.objects.count() == 1
    assert not Suppression.objects.exists()


def test_a_delay_is_no_failure_of_the_address() -> None:
    assert mail_returns.note(report(sent(), "5.1.1", action="delayed")) == "soft"


def test_a_complaint_stops_everything_that_can_be() -> None:
    assert mail_returns.note(complaint(sent())) == "complaints"
    assert fate("promotions.profile") == ("suppressed", "complaint")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"Subject: bonjour\r\n\r\nJe suis en vacances.",
        b"To: retours+zz@emploi.example\r\nContent-Type: multipart/report; report-type=delivery-status\r\n\r\n",
        b"\xff\xfe" * 100,
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n--b--",
    ],
)
def test_anything_else_in_the_mailbox_is_left_alone(raw: bytes) -> None:
    assert mail_returns.note(raw) == "unknown"
    assert not Suppression.objects.exists()


def test_a_report_about_a_message_that_is_not_ours_stops_nobody() -> None:
    message = sent()
    forged = report(message)
    message.delete()
    assert mail_returns.note(forged) == "unknown"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("shape", ["maildir", "mbox"])
def test_a_whole_mailbox_is_read_and_read_again(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "boite"
    box: Any = mailbox.Maildir(path) if shape == "maildir" else mailbox.mbox(path)
    first, second = sent(), sent(to="lina@garance.example")
    for raw in (report(first), report(second, "5.2.2"), complaint(sent(to="x@garance.example")), b"Subject: a\n\nb"):
        box.add(raw)
    box.close()
    told = mail_returns.Told(read=4, final=1, soft=1, complaints=1, unknown=1)
    assert mail_returns.read_mailbox(path) == told
    assert mail_returns.read_mailbox(path) == told
    assert MailReturn.objects.count() == 3


def test_a_wish_stops_one_family_and_can_be_undone() -> None:
    hashed = suppression.address_hash(ADDRESS)
    suppression.stop(hashed, reason=Reason.OPPOSITION, family=Family.PROMOTION)
    assert fate("promotions.profile") == ("suppressed", "opposition")
    assert fate("validations.request") == ("handed", "")
    assert suppression.resume(hashed, family=Family.PROMOTION)
    assert fate("promotions.profile") == ("handed", "")


def test_the_table_holds_no_address(settings: Any) -> None:
    suppression.stop(suppression.address_hash(ADDRESS), reason=Reason.BOUNCE, hint=suppression.masked(ADDRESS))
    row = str(Suppression.objects.values().get())
    assert "marc" not in row
    assert "garance" not in row
    before = suppression.address_hash(ADDRESS)
    settings.SECRET_KEY = "another"
    assert suppression.address_hash(ADDRESS) != before  # without the key nobody can try addresses one by one


@pytest.mark.parametrize(
    ("recipient", "shown"),
    [(ADDRESS, "m•••@g•••.example"), ("+33612345678", "••• 78"), ("a@b", "a•••@b•••.b"), ("", "••• ")],
)
def test_an_address_is_shown_to_who_knows_it(recipient: str, shown: str) -> None:
    assert suppression.masked(recipient) == shown


@pytest.mark.parametrize("family", list(Family))
def test_a_link_stops_what_it_says_and_nothing_else(family: Family) -> None:
    token = suppression.token(ADDRESS, family)
    stop = suppression.read_token(token)
    if not handling(family).can_be_stopped:
        assert stop is None
        return
    assert stop == suppression.Stop(suppression.address_hash(ADDRESS), family)
    middle = len(token) // 2
    bent = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    assert suppression.read_token(bent) is None
    assert suppression.read_token(token[:-2]) is None
    assert suppression.read_token("é" + token) is None
