"""The outbox: written with the act, sent after it, once, with patience."""

import dataclasses
import datetime as dt
import re
from typing import ClassVar

import pytest
import time_machine
from django.db import transaction

from entremise.config.environment import Brand
from entremise.kernel import clock, delivery, mail
from entremise.kernel.models import OutboxMessage
from entremise.lib.contrast import MIN_TEXT_RATIO, contrast_ratio
from tests.factories.smtp import Sink, carried

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def waiting(**fields: object) -> OutboxMessage:
    now = clock.now()
    values = {"kind": "test.hello", "channel": "email", "recipient": "a@example.org", "subject": "Bonjour"}
    values |= {"text": "Bonjour", "created_at": now, "not_before_at": now}
    return OutboxMessage.objects.create(**{**values, **fields})


@pytest.fixture
def sink(settings, tmp_path):
    settings.DEMO, settings.SMTP_CONFIGURED, settings.MAIL_DOMAIN = False, True, "example.org"
    settings.SPOOL = tmp_path / "spool"
    with Sink() as started, time_machine.travel(NOW):
        yield started


@pytest.mark.parametrize("kind", sorted(mail.KINDS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_message_has_an_example_that_renders(kind: str, language: str) -> None:
    rendered = mail.render(mail.KINDS[kind].example(), language=language)
    assert len(rendered.text.strip()) > 20
    if mail.KINDS[kind].channel == mail.Channel.EMAIL:
        assert rendered.subject
        assert "\n" not in rendered.subject
        assert "<html" in rendered.html


def test_a_message_leaves_with_its_transaction_or_not_at_all() -> None:
    example = mail.KINDS[sorted(mail.KINDS)[0]].example()

    def fail_after_sending() -> None:
        mail.send(example, to="a@example.org")
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction.atomic():
        fail_after_sending()
    assert not OutboxMessage.objects.exists()


def test_every_kind_of_message_says_its_family() -> None:
    for kind, cls in mail.KINDS.items():
        assert cls.family is not mail.Mail.family or "campaign" in kind, kind


def test_what_is_due_is_sent_once(sink) -> None:
    waiting()
    assert carried(sink.port) == 1
    assert carried(sink.port) == 0
    assert [m["Subject"] for m in sink.received] == ["Bonjour"]


def test_a_message_for_later_waits(sink) -> None:
    with time_machine.travel(NOW, tick=False):
        waiting(not_before_at=NOW + dt.timedelta(hours=1))
        assert carried(sink.port) == 0
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        assert carried(sink.port) == 1


def test_a_leased_message_is_left_alone_until_the_lease_ends(sink) -> None:
    with time_machine.travel(NOW, tick=False):
        waiting()
        assert len(delivery.lease()) == 1
        assert delivery.lease() == []
    with time_machine.travel(NOW + delivery.LEASE, tick=False):
        assert len(delivery.lease()) == 1


NIGHT = dt.datetime(2026, 11, 23, 21, 30, tzinfo=dt.UTC)  # a Monday, 22:30 in Paris and 17:30 in Martinique
ALSACE_ON_GOOD_FRIDAY = dt.datetime(2027, 3, 26, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "department", "moment", "hours_later"),
    [
        ("validations.answered", "26", NIGHT, 9.5),  # until 8:00
        ("validations.answered", "972", NIGHT, 0),
        ("validations.answered", "67", ALSACE_ON_GOOD_FRIDAY, 21),  # a holiday there only
        ("validations.answered", "26", ALSACE_ON_GOOD_FRIDAY, 0),
        ("validations.answered", "", dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC), 21),  # a Sunday
        ("validations.notice_sms", "26", NIGHT, 9.5),
        ("promotions.profile", "26", NIGHT, 9.5),
        ("accounts.login_code_email", "26", NIGHT, 0),  # asked for just now
        ("accounts.login_code_sms", "26", NIGHT, 0),
        ("validations.receipt", "26", NIGHT, 0),
        ("promotions.answer_notice", "26", NIGHT, 0),  # work
    ],
)
def test_nobody_is_woken_for_news(kind, department, moment, hours_later, settings) -> None:
    settings.DEMO = False
    with time_machine.travel(moment, tick=False):
        message = mail.send(mail.KINDS[kind].example(), to="a@example.org", department=department)
    assert message.not_before_at - moment == dt.timedelta(hours=hours_later)


def test_what_waited_into_the_night_waits_for_the_morning(sink) -> None:
    with time_machine.travel(NOW, tick=False):
        message = waiting(kind="validations.answered", department="26")
    with time_machine.travel(NIGHT, tick=False):
        assert carried(sink.port) == 0
    message.refresh_from_db()
    assert message.not_before_at == NIGHT + dt.timedelta(hours=9.5)
    with time_machine.travel(NIGHT + dt.timedelta(hours=9.5), tick=False):
        assert carried(sink.port) == 1


def test_in_the_demonstration_nothing_leaves_and_the_mailbox_keeps_everything(sink, settings) -> None:
    settings.DEMO = True
    waiting()
    waiting(channel="sms", recipient="+33612345678")
    assert delivery.deliver_due() == 2
    assert OutboxMessage.objects.filter(state="sent").count() == 2
    assert (sink.received, delivery.spool().depth()) == ([], 0)


def test_without_a_way_out_a_message_waits_instead_of_being_noted_as_sent(sink, settings) -> None:
    settings.SMTP_CONFIGURED = False
    letter, sms = waiting(), waiting(channel="sms", recipient="+33612345678")
    assert carried(sink.port) == 0
    settings.SMTP_CONFIGURED = True
    assert carried(sink.port) == 1
    letter.refresh_from_db()
    sms.refresh_from_db()
    assert (letter.state, sms.state) == (OutboxMessage.State.SENT, OutboxMessage.State.WAITING)


def test_a_message_that_nobody_can_send_is_given_up_and_does_not_hold_back_the_others(sink) -> None:
    broken, good = waiting(subject="Bonjour\nBcc: x@example.org"), waiting(recipient="b@example.org")
    assert carried(sink.port) == 1
    broken.refresh_from_db()
    good.refresh_from_db()
    assert (broken.state, broken.last_error) == (OutboxMessage.State.FAILED, "BadHeaderError")
    assert good.state == OutboxMessage.State.SENT


def test_a_subject_made_of_typed_words_stays_one_short_line() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Typed(mail.KINDS["accounts.login_code_email"]):  # type: ignore[misc]
        @property
        def subject(self) -> str:
            return f"Réponse de Marc\r\nBcc: tout-le-monde@example.org {'très ' * 60}long"

    rendered = mail.render(Typed(code="123456"))
    assert rendered.subject.startswith("Réponse de Marc Bcc: tout-le-monde@example.org très")
    assert len(rendered.subject) == mail.LONGEST_SUBJECT


def test_a_message_class_is_frozen() -> None:
    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Hello(mail.Mail):
        kind: ClassVar[str] = "test.hello"
        name: str

    with pytest.raises(dataclasses.FrozenInstanceError):
        Hello(name="Awa").name = "Léa"  # type: ignore[misc]


def test_french_signs_are_never_alone_on_a_line_of_the_page() -> None:
    html = mail.preview("validations.request", "fr").html
    assert "comme «\N{NO-BREAK SPACE}Cuisinière\N{NO-BREAK SPACE}»." in html
    assert "avez vu\N{NO-BREAK SPACE}?" in html
    assert "\N{NO-BREAK SPACE}" not in mail.preview("validations.request", "en").html


@pytest.mark.parametrize("kind", sorted(mail.KINDS))
def test_a_message_wears_the_name_and_the_colours_of_the_installation(kind: str, settings) -> None:
    settings.BRAND = Brand(name="Emploi Drôme", primary="#6a1b9a", accent="#1b5e20")
    html = mail.preview(kind, "fr").html
    if mail.KINDS[kind].channel == mail.Channel.EMAIL:
        assert "Emploi Drôme" in html
        assert "#6a1b9a" in html
    assert not {Brand.primary, Brand.accent} & set(re.findall(r"#[0-9a-f]{6}", html))


def test_the_words_somebody_wrote_are_marked_with_the_installation_s_second_colour(settings) -> None:
    settings.BRAND = Brand(accent="#1b5e20")
    assert "border-left:3px solid #1b5e20" in mail.preview("promotions.answer_notice", "fr").html


def test_a_pale_colour_is_made_readable_in_messages_as_on_the_site(settings) -> None:
    settings.BRAND = Brand(primary="#ffe680")
    html = mail.preview("accounts.password_reset", "fr").html
    background, text = re.search(r"background:(#[0-9a-f]{6})\"><a [^>]*;color:(#[0-9a-f]{6})", html).groups()
    assert "#ffe680" not in html
    assert contrast_ratio(background, text) >= MIN_TEXT_RATIO
