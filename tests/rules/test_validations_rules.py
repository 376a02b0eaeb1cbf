"""Who may be asked, how often, when we remind, what an answer is worth."""

import datetime as dt
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entremise.lib import mailboxes
from entremise.lib.workcalendar import WorkCalendar
from entremise.validations import rules
from entremise.validations.enums import CheckReason, Refusal, Verdict
from entremise.validations.rules import LADDER, Answer, AnswerSheet, Counts, Signals, ValidationRefused

PARIS = ZoneInfo("Europe/Paris")
CALENDAR = WorkCalendar()
MOMENTS = st.integers(1_704_067_200, 1_893_456_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, PARIS))


def refusal(code: Refusal) -> pytest.RaisesExc[ValidationRefused]:
    return pytest.raises(ValidationRefused, match=f"^{code.value}$")


def test_fifteen_skills_are_accepted_and_the_sixteenth_is_refused_with_a_number() -> None:
    rules.require_skills(15)
    with pytest.raises(ValidationRefused) as caught:
        rules.require_skills(16)
    assert caught.value.reason.startswith("Vous pouvez choisir 15 compétences au plus.")
    with refusal(Refusal.NO_SKILL):
        rules.require_skills(0)


@pytest.mark.parametrize(
    "address",
    ["awa@example.org", "AWA@Example.org", " awa@example.org ", "awa+chef@example.org", "ａｗａ@example.org"],
)
def test_nobody_asks_herself_under_another_spelling(address: str) -> None:
    with refusal(Refusal.OWN_ADDRESS):
        rules.require_contact(address, ["awa@example.org"])


def test_dots_at_gmail_reach_the_same_mailbox() -> None:
    with refusal(Refusal.OWN_ADDRESS):
        rules.require_contact("a.w.a.diallo@googlemail.com", ["awadiallo@gmail.com"])
    rules.require_contact("a.wa@garance.example", ["awa@garance.example"])


@pytest.mark.parametrize("address", ["chef@yopmail.com", "x@YOPMAIL.com", "x@alt.mailinator.com"])
def test_a_disposable_mailbox_is_refused(address: str) -> None:
    with refusal(Refusal.DISPOSABLE):
        rules.require_contact(address, [])


@pytest.mark.parametrize(
    ("address", "level"),
    [
        ("marc@garance.example", 2),
        ("marc@cuisine.garance.example", 2),
        ("marc@evilgarance.example", 1),
        ("marc@garance.example.evil.test", 1),
        ("marc@gаrance.example", 1),  # a Cyrillic letter
        ("marc@gmail.com", 1),
        ("known@else.example", 2),
        ("KNOWN+promo@else.example", 2),
        ("known@orange.fr", 1),
    ],
)
def test_the_assurance_follows_the_mailbox(address: str, level: int) -> None:
    known = ["known@else.example", "known@orange.fr"]
    assert rules.assurance(address, company_domain="garance.example", known_addresses=known) == level


def test_a_company_that_declares_a_free_mail_domain_gives_no_more_than_one() -> None:
    assert rules.assurance("marc@orange.fr", company_domain="orange.fr", known_addresses=[]) == 1


def test_a_doubt_keeps_the_answer_at_one() -> None:
    address = "marc@garance.example"
    assert rules.assurance(address, company_domain="garance.example", known_addresses=[address], is_doubtful=True) == 1


@given(st.emails(), st.text(max_size=20))
def test_no_unknown_mailbox_outside_the_company_reaches_two(address: str, domain: str) -> None:
    level = rules.assurance(address, company_domain=domain, known_addresses=[])
    assert level == 1 or mailboxes.is_within(mailboxes.domain_of(address), domain)


@given(st.emails())
def test_the_hash_of_an_opposition_forgets_case_and_label(address: str) -> None:
    local, _, domain = address.rpartition("@")
    assert rules.address_hash(address) == rules.address_hash(address.upper() if address.isascii() else address)
    if "+" not in local and address.isascii():
        assert rules.address_hash(address) == rules.address_hash(f"{local}+x@{domain}")
    assert domain.casefold() not in rules.address_hash(address)


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (Counts(same_address_open=1), Refusal.ALREADY_OPEN),
        (Counts(person_day=5), Refusal.PERSON_DAY),
        (Counts(person_open=15), Refusal.PERSON_OPEN),
        (Counts(address_day=3), Refusal.ADDRESS_UNAVAILABLE),
        (Counts(address_month=10), Refusal.ADDRESS_UNAVAILABLE),
        (Counts(siret_day=20), Refusal.ESTABLISHMENT_BUSY),
    ],
)
def test_each_limit_refuses_with_its_own_reason(counts: Counts, code: Refusal) -> None:
    with refusal(code):
        rules.require_room(counts)


def test_just_below_every_limit_a_request_may_leave() -> None:
    rules.require_room(Counts(address_day=2, address_month=9, siret_day=19, person_day=4, person_open=14))


def test_every_refusal_is_a_whole_sentence_once_filled() -> None:
    for code in Refusal:
        sentence = ValidationRefused(code, limit=3, why="L'établissement est fermé.").reason
        assert sentence.endswith(".")
        assert "%(" not in sentence


def test_reminders_leave_after_seven_and_fourteen_days_at_working_hours() -> None:
    sent = dt.datetime(2026, 11, 21, 20, 0, tzinfo=PARIS)  # a Saturday evening
    first = LADDER.next_reminder_at(sent, 0, sent, CALENDAR)
    assert first == dt.datetime(2026, 11, 30, 9, 0, tzinfo=PARIS)  # the Monday after the seventh day
    second = LADDER.next_reminder_at(sent, 1, first, CALENDAR)
    assert second == dt.datetime(2026, 12, 7, 9, 0, tzinfo=PARIS)
    assert LADDER.next_reminder_at(sent, 2, second, CALENDAR) is None


def test_a_reminder_by_the_person_pushes_ours_three_days_away() -> None:
    sent = dt.datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)
    by_her = dt.datetime(2026, 11, 29, 10, 0, tzinfo=PARIS)
    assert LADDER.next_reminder_at(sent, 0, by_her, CALENDAR) == dt.datetime(2026, 12, 2, 10, 0, tzinfo=PARIS)


@given(MOMENTS, st.integers(0, 2), st.integers(0, 30))
def test_no_reminder_at_night_nor_within_the_floor_nor_after_the_end(sent: dt.datetime, count: int, days: int) -> None:
    last = sent + dt.timedelta(days=days)
    at = LADDER.next_reminder_at(sent, count, last, CALENDAR)
    if at is not None:
        assert CALENDAR.is_open(at)
        assert at >= last + dt.timedelta(days=rules.REMINDER_FLOOR_DAYS)
        assert at < LADDER.expires_at(sent)
        assert count < 2


def test_the_person_reminds_once_and_not_too_soon() -> None:
    sent = dt.datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)
    with refusal(Refusal.REMINDED_RECENTLY):
        rules.require_reminder(None, sent, sent + dt.timedelta(days=2))
    rules.require_reminder(None, sent, sent + dt.timedelta(days=3))
    with refusal(Refusal.REMINDED_ALREADY):
        rules.require_reminder(sent, sent, sent + dt.timedelta(days=20))


def test_a_sheet_answers_every_line_and_nothing_else() -> None:
    asked = [uuid4(), uuid4()]
    yes = Answer(Verdict.CONFIRMED)
    rules.require_sheet(AnswerSheet(dict.fromkeys(asked, yes)), asked)
    for wrong in (
        {asked[0]: yes},
        {**dict.fromkeys(asked, yes), uuid4(): yes},
        {asked[0]: yes, asked[1]: Answer(Verdict.PENDING)},
    ):
        with refusal(Refusal.LINE_MISSING):
            rules.require_sheet(AnswerSheet(wrong), asked)
    added = {uuid4(): yes for _ in range(6)}
    with refusal(Refusal.TOO_MANY_ADDED):
        rules.require_sheet(AnswerSheet(dict.fromkeys(asked, yes), added), asked)


@given(st.uuids())
def test_sampling_gives_the_same_answer_each_time(request_id: UUID) -> None:
    assert rules.is_sampled(request_id) == rules.is_sampled(request_id)
    assert rules.is_sampled(request_id, 1.0)
    assert not rules.is_sampled(request_id, 0.0)


def test_sampling_takes_about_one_in_twenty() -> None:
    assert 350 < sum(rules.is_sampled(UUID(int=n * 7919)) for n in range(10_000)) < 650


@pytest.mark.parametrize(
    ("signals", "reasons"),
    [
        (Signals(), [CheckReason.SAMPLED]),
        (Signals(is_same_device=True), [CheckReason.SAME_DEVICE]),
        (Signals(is_forwarded=True, is_reported=True), [CheckReason.REPORTED, CheckReason.FORWARDED]),
        (Signals(is_changed=True, is_abuse=True), [CheckReason.ABUSE, CheckReason.CHANGED]),
    ],
)
def test_a_check_has_its_reasons_the_most_serious_first(signals: Signals, reasons: list[CheckReason]) -> None:
    assert rules.reasons_to_check(signals) == reasons


@given(st.builds(Signals, *[st.booleans()] * 5))
def test_every_sign_is_told_and_chance_only_when_there_is_none(signals: Signals) -> None:
    reasons = rules.reasons_to_check(signals)
    raised = sum(getattr(signals, name) for name in Signals.__slots__)
    assert len(reasons) == max(raised, 1)
    assert (CheckReason.SAMPLED in reasons) == (raised == 0)


@pytest.mark.parametrize(
    ("verdicts", "is_shown"),
    [([Verdict.NOT_CONFIRMED, Verdict.CANNOT_JUDGE], False), ([Verdict.CANNOT_JUDGE, Verdict.CONFIRMED], True)],
)
def test_an_answer_confirms_something_or_nothing(verdicts: list[Verdict], is_shown: bool) -> None:
    said = {uuid4(): Answer(verdict) for verdict in verdicts}
    assert AnswerSheet(said).confirms_something is is_shown
    assert AnswerSheet({}, said).confirms_something is is_shown
