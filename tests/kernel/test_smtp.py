"""What really crosses the wire: each kind of message read back from a small SMTP server on the loopback."""

import datetime as dt
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine

from entremise.config.environment_mail import load_mailing
from entremise.kernel import clock, delivery, mail, suppression
from entremise.kernel.mail_families import handling
from entremise.kernel.models import OutboxMessage
from entremise.kernel.relay import Pace, last_sign
from entremise.kernel.relay_journal import Journal
from entremise.kernel.spool import Entry, Envelope, Outcome, Result, Spool
from tests.factories.smtp import Sink, carried, relay_to

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
State = OutboxMessage.State
LETTERS = sorted(kind for kind, cls in mail.KINDS.items() if cls.channel == mail.Channel.EMAIL)


@pytest.fixture
def sink(settings: Any, tmp_path: Path) -> Iterator[Sink]:
    settings.DEMO, settings.SMTP_CONFIGURED, settings.SPOOL = False, True, tmp_path / "spool"
    settings.DEFAULT_FROM_EMAIL, settings.MAIL_DOMAIN = "Emploi en Drôme <reponses@emploi.example>", "emploi.example"
    with Sink() as started, time_machine.travel(MONDAY):
        yield started


def written(kind: str = "validations.request", to: str = "marc@garance.example", **more: Any) -> OutboxMessage:
    return mail.send(mail.KINDS[kind].example(), to=to, **more)


def known(message: OutboxMessage) -> tuple[str, str, int]:
    message.refresh_from_db()
    return message.state, message.last_error, message.attempt_count


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    assert found is not None
    return str(found.get_content())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_mail_crosses_the_wire_whole_and_can_be_stopped_in_one_click(sink: Sink, language: str) -> None:
    """But those of a service that the person asked for: they are not stopped."""
    written_ones = [written(kind, f"awa@boite-{n}.example", language=language) for n, kind in enumerate(LETTERS)]
    assert carried(sink.port) == len(LETTERS) > 40
    received = {one["Message-ID"]: one for one in sink.received}
    assert len(received) == len(sink.received) == len(LETTERS)
    assert sorted(sink.envelopes) == sorted(("reponses@emploi.example", one.recipient) for one in written_ones)
    for kind, message in zip(LETTERS, written_ones, strict=True):
        assert known(message) == ("sent", "", 0), kind
        crossed = received[f"<{message.pk.hex}@emploi.example>"]
        assert_whole(crossed, message, kind)
        assert_stopped_in_one_click(crossed, message, kind)


def assert_whole(received: EmailMessage, message: OutboxMessage, kind: str) -> None:
    told = {name: received[name] for name in ("Subject", "From", "To", "Content-Language", "Auto-Submitted")}
    assert told == {
        "Subject": message.subject, "From": "Emploi en Drôme <reponses@emploi.example>", "To": message.recipient,
        "Content-Language": message.language, "Auto-Submitted": "auto-generated",
    }, kind  # fmt: skip
    assert received["Date"].datetime is not None, kind
    assert received.get_content_type() == "multipart/alternative", kind
    assert [one.get_content_type() for one in received.iter_parts()] == ["text/plain", "text/html"], kind
    assert part(received, "plain").replace("\r\n", "\n").strip() == message.text.strip(), kind
    assert part(received, "html").replace("\r\n", "\n").strip() == message.html.strip(), kind


def assert_stopped_in_one_click(received: EmailMessage, message: OutboxMessage, kind: str) -> None:
    family = mail.KINDS[kind].family
    if not handling(family).can_be_stopped:
        assert received["List-Unsubscribe"] is received["List-Unsubscribe-Post"] is None, kind
        assert "/courriels/arret/" not in part(received, "plain") + part(received, "html"), kind
        return
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", kind  # RFC 8058 §3.1
    page = received["List-Unsubscribe"].strip(" <>")
    assert page in part(received, "plain"), kind  # for those whose program shows no button
    assert f'<a href="{page}"' in part(received, "html"), kind
    stop = suppression.read_token(page.rstrip("/").rpartition("/")[2])
    assert stop is not None, kind
    assert (stop.address_hash, stop.family) == (suppression.address_hash(message.recipient.upper()), family), kind


def test_accents_travel_encoded_in_headers(sink: Sink) -> None:
    written("validations.set_aside", "awa@example.org")
    carried(sink.port)
    head = sink.heads[0]
    assert head.isascii()
    assert b"subject: =?utf-8?" in head.lower()  # never an empty first line, which some readers show as no subject
    lines = [line for line in head.splitlines() if b"/courriels/arret/" not in line]  # an address is never cut
    assert max(map(len, lines)) <= 78  # RFC 5322 §2.1.1


def test_lines_that_begin_with_a_dot_arrive_whole(sink: Sink) -> None:
    message = written("accounts.login_code_email", "awa@example.org")
    OutboxMessage.objects.update(text="Bonjour\n.\n..fin\n", html="")
    carried(sink.port)
    assert str(sink.received[0].get_content()).splitlines() == ["Bonjour", ".", "..fin"]
    assert known(message)[0] == State.SENT


def test_an_address_that_the_server_refuses_is_left_alone_and_the_next_ones_leave(sink: Sink) -> None:
    refused, good = written(to="personne@garance.example"), written()
    carried(sink.port)
    assert known(refused) == ("failed", "550 5.1.1", 1)
    assert known(good)[0] == State.SENT
    assert [received["To"] for received in sink.received] == ["marc@garance.example"]
    again = written(to="Personne@garance.example")
    assert carried(sink.port) == 0
    assert known(again) == ("suppressed", "bounce", 0)
    code = written("accounts.login_code_email", "personne@garance.example")  # asked for: it is tried all the same
    assert carried(sink.port) == 1
    assert known(code)[0] == State.FAILED


def test_a_refusal_for_now_is_tried_again_with_growing_delays_then_given_up(sink: Sink) -> None:
    delays = []
    with time_machine.travel(MONDAY, tick=False) as moment:
        message = written("accounts.login_code_email", "plustard@example.org")
        for _try in range(delivery.MAX_ATTEMPTS):
            carried(sink.port)
            message.refresh_from_db()
            delays.append(message.not_before_at - clock.now())
            moment.move_to(message.not_before_at)
    assert delays == sorted(set(delays))
    assert known(message) == ("failed", "451 4.7.1", delivery.MAX_ATTEMPTS)


def test_a_refused_content_is_given_up_and_says_nothing_of_the_address(sink: Sink) -> None:
    sink.refuses_content = True
    message = written()
    carried(sink.port)
    assert known(message) == ("failed", "554 5.7.1", 1)
    assert not suppression.is_stopped(message.recipient, mail.family_of(message.kind))


def test_a_server_that_is_away_is_waited_for_without_counting_attempts(sink: Sink, settings: Any) -> None:
    message = written()
    sink.hush()
    carried(sink.port)
    assert known(message) == ("handed", "", 0)
    assert last_sign(settings.SPOOL)[1] == "ConnectionRefusedError"
    sink.listen()
    carried(sink.port)
    assert known(message) == ("sent", "", 0)
    assert last_sign(settings.SPOOL)[1] == ""


def test_a_server_that_hangs_up_after_the_dot_leaves_a_message_in_doubt_held_for_a_person(sink: Sink) -> None:
    sink.hangs_up_after_dot = 1
    to_employer = written()
    carried(sink.port)
    assert known(to_employer) == ("held", "in doubt", 0)
    assert carried(sink.port) == 0
    assert len(sink.received) == 1  # it had arrived: sending it again would have been a second one


def test_personal_news_in_doubt_leaves_again_with_the_same_message_id(sink: Sink) -> None:
    sink.hangs_up_after_dot = 1
    news = written("validations.answered", "awa@example.org")
    carried(sink.port)
    assert known(news) == ("waiting", "in doubt", 1)
    carried(sink.port)
    assert known(news) == ("sent", "", 1)
    assert sink.ids == [news.pk.hex] * 2


def test_the_relay_never_gives_the_same_attempt_twice(sink: Sink) -> None:
    message = written()
    carried(sink.port)
    OutboxMessage.objects.update(state=State.WAITING, leased_until_at=None)  # as after an older backup
    carried(sink.port)
    assert known(message)[0] == State.SENT
    assert sink.ids == [message.pk.hex]


def test_codes_leave_first_then_personal_news_then_messages_to_employers(sink: Sink) -> None:
    last = written()
    middle = written("validations.answered", "awa@example.org")
    first = written("accounts.login_code_email", "lina@example.org")
    carried(sink.port)
    assert sink.ids == [one.pk.hex for one in (first, middle, last)]


def test_a_domain_gets_so_many_messages_a_minute_but_codes_do_not_wait(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        written(to=f"{name}@garance.example")
    elsewhere = written(to="d@ailleurs.example")
    code = written("accounts.login_code_email", "e@garance.example")
    delivery.deliver_due()
    relay = relay_to(sink.port, delivery.spool(), Pace(per_minute=100, per_domain=2))
    assert relay.turn() == 3
    assert (sink.ids[0], sink.ids[2]) == (code.pk.hex, elsewhere.pk.hex)
    assert relay.turn() == 0
    monkeypatch.setattr("entremise.kernel.relay.WINDOW_SECONDS", 0.0)  # the minute is over
    assert relay.turn() == 2
    relay.close()


def test_reports_of_failure_come_back_to_an_address_that_names_the_message(sink: Sink, settings: Any) -> None:
    settings.MAILING = load_mailing({"ENTREMISE_MAIL_RETURNS": "retours@emploi.example"})
    message = written()
    carried(sink.port)
    assert sink.envelopes == [(f"retours+{message.pk.hex}@emploi.example", "marc@garance.example")]


def test_the_spool_stays_short_and_codes_pass(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "BATCH", 2)
    monkeypatch.setattr(delivery, "DEPTH", 2)
    for _one in range(5):
        written()
    assert delivery.deliver_due() == 2
    written("accounts.login_code_email", "lina@example.org")
    assert delivery.deliver_due() == 1
    assert delivery.spool().depth() == 3


def test_what_was_erased_leaves_the_spool_too(sink: Sink) -> None:
    kept, erased = written(), written()
    delivery.deliver_due()
    erased.delete()
    assert delivery.sweep() == 1
    assert [entry.message for entry in delivery.spool().entries()] == [kept.pk.hex]


def test_a_message_of_which_nothing_is_known_any_more_is_in_doubt(sink: Sink) -> None:
    lost, waits = written(), written()
    delivery.deliver_due()
    (entry,) = [one for one in delivery.spool().entries() if one.message == lost.pk.hex]
    delivery.spool().withdraw(entry)  # the folder was lost, or another one was put back
    with time_machine.travel(MONDAY + delivery.HANDED_LEASE * 2):
        delivery.deliver_due()
    assert known(lost) == ("held", "in doubt", 0)
    assert known(waits) == ("handed", "", 0)


def test_a_killed_relay_finds_in_its_journal_what_it_had_given(tmp_path: Path) -> None:
    spool, entry = Spool(tmp_path), Entry(2, "0" * 31 + "1", 0)
    journal = Journal(tmp_path / "journal")
    journal.give(entry)
    journal.close()
    with (tmp_path / "journal" / f"{dt.datetime.now(dt.UTC).date()}.log").open("a") as log:
        log.write("17000 00000000000000000000000000000001-00 se")  # cut by a power failure
    again = Journal(tmp_path / "journal")
    assert again.outcome(entry) == Outcome(Result.DOUBT)
    again.conclude(entry, Outcome(Result.SENT, "250"))
    assert Journal(tmp_path / "journal").outcome(entry) == Outcome(Result.SENT, "250")
    assert Journal(tmp_path / "journal").outcome(Entry(2, "0" * 31 + "1", 1)) is None
    assert spool.entries() == []


def test_the_spool_takes_a_message_once(tmp_path: Path) -> None:
    spool, entry = Spool(tmp_path), Entry(2, "0" * 31 + "1", 3)
    spool.offer(entry, Envelope("a@example.org", "b@example.org"), b"one")
    spool.offer(entry, Envelope("a@example.org", "b@example.org"), b"two")
    assert spool.read(entry) == (Envelope("a@example.org", "b@example.org"), b"one")
    assert [path.stat().st_mode & 0o077 for path in spool.messages.iterdir()] == [0]
    assert list(spool.drafts.iterdir()) == []
    spool.answer(entry, Outcome(Result.SENT, "250"))
    assert list(spool.answers()) == [(entry, Outcome(Result.SENT, "250"))]
    assert spool.depth() == 0
