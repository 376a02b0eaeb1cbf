"""What really crosses the wire to an SMS gateway, and what happens when it refuses, is silent or is gone."""

import base64
import datetime as dt
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import time_machine

from entremise.config.environment_mail import load_mailing
from entremise.kernel import clock, delivery, mail, outside, sms
from entremise.kernel.models import OutboxMessage
from tests.factories.sms import LocalGateway, described

pytestmark = pytest.mark.django_db
NUMBER = "+33612345678"
TEXTS = sorted(kind for kind, cls in mail.KINDS.items() if cls.channel == mail.Channel.SMS)


@pytest.fixture
def gateway(settings: Any, tmp_path: Path) -> Iterator[LocalGateway]:
    with LocalGateway() as started, time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        settings.DEMO, settings.SMS = False, described(started.url, token="jeton")
        settings.SPOOL = tmp_path / "spool"
        yield started


def written(kind: str = "accounts.login_code_sms") -> OutboxMessage:
    return mail.send(mail.KINDS[kind].example(), to=NUMBER)


def tried(message: OutboxMessage) -> tuple[str, str, int]:
    message.refresh_from_db()
    return message.state, message.last_error, message.attempt_count


@pytest.mark.parametrize("kind", TEXTS)
def test_each_sms_crosses_the_wire_whole(gateway: LocalGateway, kind: str) -> None:
    message = written(kind)
    assert delivery.deliver_due() == 1
    (received,) = gateway.received
    assert (received.method, received.path) == ("POST", "/envois")
    assert received.headers["Content-Type"] == "application/json"
    assert received.headers["Authorization"] == "Bearer jeton"
    assert received.headers["Idempotency-Key"] == str(message.pk)
    assert json.loads(received.body) == {"to": NUMBER, "from": "Entremise", "text": message.text.strip()}
    assert tried(message) == ("sent", "", 0)


def test_a_gateway_with_a_form_a_name_and_a_password_receives_them(gateway: LocalGateway, settings: Any) -> None:
    body = "dest={number}&exp={sender}&message={text}&ref={reference}"
    settings.SMS = described(gateway.url, user="nom", password="mot@passe", body=body, sender="EmploiDrome")
    message = written()
    assert delivery.deliver_due() == 1
    (received,) = gateway.received
    assert received.headers["Authorization"] == f"Basic {base64.b64encode(b'nom:mot@passe').decode()}"
    assert received.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(received.body) == {
        "dest": ["33612345678"], "exp": ["EmploiDrome"], "message": [message.text.strip()], "ref": [str(message.pk)],
    }  # fmt: skip


@pytest.mark.parametrize("status", [302, 400, 401, 429, 500])
def test_a_refusal_is_noted_tried_again_then_given_up(gateway: LocalGateway, status: int) -> None:
    gateway.status = status
    with time_machine.travel(clock.now(), tick=False) as moment:
        message = written()
        for _try in range(delivery.MAX_ATTEMPTS):
            assert delivery.deliver_due() == 0
            message.refresh_from_db()
            moment.move_to(message.not_before_at)
        delivery.deliver_due()
    assert tried(message) == ("failed", f"HTTP {status}", delivery.MAX_ATTEMPTS)
    assert len(gateway.received) == delivery.MAX_ATTEMPTS
    assert len({received.headers["Idempotency-Key"] for received in gateway.received}) == 1


def test_a_gateway_that_recovers_gets_the_message(gateway: LocalGateway) -> None:
    gateway.status = 503
    with time_machine.travel(clock.now(), tick=False) as moment:
        message = written()
        delivery.deliver_due()
        gateway.status = 201
        assert delivery.deliver_due() == 0  # not yet
        moment.shift(121)
        assert delivery.deliver_due() == 1
    assert tried(message)[0] == "sent"


def test_an_answer_without_the_words_of_an_acceptance_is_a_refusal(gateway: LocalGateway, settings: Any) -> None:
    settings.SMS = described(gateway.url, accepted='"status":"ok"')
    message = written()
    gateway.answer = '{"status":"error","reason":"credit"}'
    delivery.deliver_due()
    assert tried(message) == ("waiting", "not accepted", 1)
    OutboxMessage.objects.update(not_before_at=clock.now())
    gateway.answer = '{"status":"ok"}'
    assert delivery.deliver_due() == 1


def test_a_silent_gateway_is_not_waited_for_and_leaves_a_doubt(
    gateway: LocalGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "TIMEOUT", httpx.Timeout(0.2))  # five seconds, in life
    gateway.silent_seconds = 1.0
    message = written()
    assert delivery.deliver_due() == 0
    assert tried(message) == ("held", "ReadTimeout", 0)  # it may have left: nobody gets two
    assert delivery.deliver_due() == 0
    assert len(gateway.received) == 1


@pytest.mark.parametrize("status", [502, 504])
def test_a_lost_answer_is_a_doubt_too(gateway: LocalGateway, status: int) -> None:
    gateway.status = status
    message = written()
    delivery.deliver_due()
    assert tried(message) == ("held", f"HTTP {status}", 0)


def test_a_gateway_that_knows_repeats_gets_the_same_reference_again(gateway: LocalGateway, settings: Any) -> None:
    settings.MAILING = load_mailing({"ENTREMISE_SMS_KNOWS_REPEATS": "1"})
    gateway.status = 504
    message = written()
    delivery.deliver_due()  # at once, then after growing delays
    gateway.status = 200
    OutboxMessage.objects.update(not_before_at=clock.now())
    delivery.deliver_due()
    assert tried(message)[0] in ("sent", "failed")
    assert len({received.headers["Idempotency-Key"] for received in gateway.received}) == 1


def test_a_worker_killed_while_posting_leaves_a_doubt(gateway: LocalGateway) -> None:
    message = written()
    OutboxMessage.objects.update(state="handed", leased_until_at=clock.now() - dt.timedelta(seconds=1))
    assert delivery.deliver_due() == 0
    assert tried(message) == ("held", "in doubt", 0)
    assert gateway.received == []


def test_a_gateway_that_is_gone_does_not_hold_back_the_mails(gateway: LocalGateway, settings: Any) -> None:
    settings.SMS, settings.SMTP_CONFIGURED = described("http://127.0.0.1:9/envois"), True  # nobody listens there
    lost, letter = written(), mail.send(mail.KINDS["accounts.login_code_email"].example(), to="awa@example.org")
    assert delivery.deliver_due() == 1
    assert tried(lost) == ("waiting", "ConnectError", 1)
    assert tried(letter)[0] == "handed"


def test_neither_the_number_nor_the_text_nor_the_keys_are_logged(
    gateway: LocalGateway, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SMS = described(f"{gateway.url}?cle=s3cr3t", token="jeton")
    gateway.status, gateway.answer = 400, f"bad number {NUMBER}"
    with caplog.at_level(logging.INFO, logger="entremise"):
        message = written()
        delivery.deliver_due()
    assert caplog.messages == [f"message {message.pk} not delivered: HTTP 400"]
    logged = caplog.text + tried(message)[1]
    for secret in (NUMBER, "482915", "s3cr3t", "jeton"):
        assert secret not in logged


def test_in_the_demonstration_nothing_reaches_the_gateway(gateway: LocalGateway, settings: Any) -> None:
    settings.DEMO = True
    message = written()
    assert delivery.deliver_due() == 1
    assert (gateway.received, tried(message)[0]) == ([], "sent")
    assert isinstance(sms.gateway(), sms.NullSms)


def test_without_a_gateway_sms_wait_and_leave_once_there_is_one(gateway: LocalGateway, settings: Any) -> None:
    there, settings.SMS = settings.SMS, None
    message = written()
    assert delivery.deliver_due() == 0
    assert not delivery.has_way_out(mail.Channel.SMS)
    with pytest.raises(outside.OutsideUnavailable):
        sms.gateway()
    assert tried(message) == ("waiting", "", 0)
    settings.SMS = there
    assert delivery.deliver_due() == 1


@pytest.mark.parametrize(
    ("status", "reason"), [(200, ""), (404, ""), (405, ""), (401, "HTTP 401"), (403, "HTTP 403"), (502, "HTTP 502")]
)
def test_reaching_the_gateway_sends_nothing_and_tells_a_refusal(
    gateway: LocalGateway, settings: Any, status: int, reason: str
) -> None:
    gateway.status = status
    assert sms.reach(settings.SMS) == reason
    assert [(one.method, one.body) for one in gateway.received] == [("HEAD", "")]


def test_a_gateway_that_is_nowhere_is_told() -> None:
    assert sms.reach(described("http://127.0.0.1:9/")) == "ConnectError"
