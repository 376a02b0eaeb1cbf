"""Links sent by mail: one purpose, one target, readable until their end, and every refusal says which."""

import datetime as dt
import string

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from entremise.kernel import links
from entremise.kernel.actors import Role
from entremise.kernel.models import MailLink
from entremise.lib.uuid7 import uuid7

pytestmark = pytest.mark.django_db

ANSWER = links.Purpose("test.answer", dt.timedelta(days=30), Role.VALIDATOR)
OTHER = links.Purpose("test.other", dt.timedelta(days=30), Role.VALIDATOR)
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def refusal(purpose: links.Purpose, token: str) -> links.Refusal:
    with pytest.raises(links.LinkRefused) as caught:
        links.read(purpose, token)
    return caught.value.reason


def test_a_link_leads_to_its_target() -> None:
    target = uuid7()
    link = links.issue(ANSWER, target, "chef@example.org")
    assert links.read(ANSWER, links.token(link)).target_id == target


def test_a_reminder_carries_the_same_link() -> None:
    target = uuid7()
    link = links.issue(ANSWER, target, "chef@example.org")
    again = links.current(ANSWER, target)
    assert again is not None
    assert links.token(again) == links.token(link)


def test_the_table_alone_gives_no_link(settings) -> None:
    link = links.issue(ANSWER, uuid7(), "chef@example.org")
    token = links.token(link)
    settings.SECRET_KEY = "another server's key"
    assert links.token(link) != token
    assert refusal(ANSWER, token) is links.Refusal.UNKNOWN


def test_a_link_for_another_purpose_is_unknown() -> None:
    assert refusal(OTHER, links.token(links.issue(ANSWER, uuid7(), "a@example.org"))) is links.Refusal.UNKNOWN


def test_every_truncation_is_unknown() -> None:
    token = links.token(links.issue(ANSWER, uuid7(), "a@example.org"))
    for length in range(len(token)):
        assert refusal(ANSWER, token[:length]) is links.Refusal.UNKNOWN


@given(garbage=st.text(alphabet=string.printable + "éèœ🙂", max_size=90))
def test_garbage_is_unknown(garbage: str) -> None:
    assert refusal(ANSWER, garbage) is links.Refusal.UNKNOWN


def test_an_expired_link_says_so_and_is_known() -> None:
    with time_machine.travel(START, tick=False):
        token = links.token(links.issue(ANSWER, uuid7(), "a@example.org"))
    with time_machine.travel(START + dt.timedelta(days=30), tick=False), pytest.raises(links.LinkRefused) as caught:
        links.read(ANSWER, token)
    assert caught.value.reason is links.Refusal.EXPIRED
    assert caught.value.link is not None
    assert caught.value.link.recipient == "a@example.org"


def test_a_revoked_link_says_so() -> None:
    target = uuid7()
    token = links.token(links.issue(ANSWER, target, "a@example.org"))
    assert links.revoke(ANSWER, target) == 1
    assert refusal(ANSWER, token) is links.Refusal.REVOKED
    assert links.current(ANSWER, target) is None


def test_a_used_link_stays_readable_and_keeps_its_first_use() -> None:
    with time_machine.travel(START, tick=False):
        link = links.issue(ANSWER, uuid7(), "a@example.org")
        links.mark_used(link)
    with time_machine.travel(START + dt.timedelta(days=1), tick=False):
        links.mark_used(link)
        assert links.read(ANSWER, links.token(link)).used_at == START


def test_reading_changes_nothing() -> None:
    link = links.issue(ANSWER, uuid7(), "a@example.org")
    before = MailLink.objects.filter(pk=link.pk).values().get()
    links.read(ANSWER, links.token(link))
    assert MailLink.objects.filter(pk=link.pk).values().get() == before


def test_the_code_of_a_letter_leads_to_the_same_link() -> None:
    link = links.issue(ANSWER, uuid7(), "1 rue des Lilas")
    code = links.short_code(link)
    assert links.read_code(ANSWER, f" {code[:5].lower()}-{code[5:]} ").pk == link.pk
    with pytest.raises(links.LinkRefused):
        links.read_code(OTHER, code)
