"""What is kept too long goes, class by class, with a moved clock; a trial changes nothing; unused accounts."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session

from entremise.accounts.enums_partners import Authentication, Scope, TokenKind
from entremise.accounts.models import SignIn, User
from entremise.accounts.models_partners import Grant, GrantToken, PartnerApplication
from entremise.credentials import actions_files
from entremise.credentials.models_files import AwardFile, Claim
from entremise.credentials.models_sharing import Share
from entremise.credentials.models_wallet import WalletNonce, WalletOffer
from entremise.desk.models import Complaint
from entremise.employers.models_spaces import FraudReport, SpaceMember
from entremise.kernel import clock, idempotency, retention, suppression
from entremise.kernel.actors import ANONYMOUS
from entremise.kernel.models import IdempotencyKey, JournalEntry, MailLink, OutboxMessage
from entremise.kernel.models_mail import MailPause
from entremise.lib.uuid7 import uuid7
from entremise.matching.models_applications import ApplicationFit
from entremise.matching.models_contest import Contest
from entremise.matching.models_recruiter import MeetingWish, RecruiterSearch
from entremise.offers.models_followup import Introduction
from entremise.people.jobs import run_retention
from entremise.people.models import Consent, IntermediationAct, Person
from entremise.people.models_rights import InactivityWarning, RetentionRun
from entremise.people.rules import months_after
from entremise.promotions.models import Promotion
from entremise.reciprok.models import Application
from entremise.validations.models import Request
from tests.factories import contests, issuing, promotions
from tests.factories import validations as asking
from tests.factories.accounts import AgencyFactory, InvitationFactory
from tests.factories.employers import EstablishmentFactory
from tests.factories.labels import applied
from tests.factories.offers import OfferFactory
from tests.factories.people import PersonFactory, consent, owner
from tests.factories.spaces import RecruiterSpaceFactory, SpaceMemberFactory

pytestmark = pytest.mark.django_db
WHY = "a test's row"
START = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def now(tmp_path: Path, settings: Any):
    settings.VAR = tmp_path
    with time_machine.travel(START, tick=False) as moved:
        yield moved


def form() -> Callable[[], bool]:
    assert idempotency.take("k" * 64, ANONYMOUS)
    return IdempotencyKey.objects.exists


def link() -> Callable[[], bool]:
    row = MailLink.objects.create(
        purpose="x", target_id=uuid7(), recipient="x@x.example", short_code_hash="h", issued_at=clock.now(),
        expires_at=clock.now(),
    )  # fmt: skip
    return MailLink.objects.filter(pk=row.pk).exists


def sent() -> Callable[[], bool]:
    now = clock.now()
    facts = {"kind": "x", "channel": "email", "recipient": "x@x.example", "text": "x", "state": "sent"}
    row = OutboxMessage.objects.create(**facts, created_at=now, not_before_at=now)
    return OutboxMessage.objects.filter(pk=row.pk).exists


def session() -> Callable[[], bool]:
    Session.objects.create(session_key="s", session_data="", expire_date=clock.now())
    return Session.objects.exists


def pause() -> Callable[[], bool]:
    return MailPause.objects.filter(pk=suppression.pause("h", until_at=clock.now()).pk).exists


def invitation() -> Callable[[], bool]:
    row = InvitationFactory(created_at=clock.now(), revoked_at=clock.now())
    return type(row).objects.filter(pk=row.pk).exists


def sign_in() -> Callable[[], bool]:
    account = young().user
    assert account is not None
    SignIn.objects.create(user=account, at=clock.now(), succeeded=True)
    return SignIn.objects.exists


def act() -> Callable[[], bool]:
    facts = {"kind": "contact", "at": clock.now(), "validated_skill_count": 0}
    IntermediationAct.objects.unscoped(WHY).create(person=young(), **facts)
    return IntermediationAct.objects.unscoped(WHY).exists


def withdrawn() -> Callable[[], bool]:
    row = consent(young())
    row.withdrawn_at = clock.now()
    row.save()
    return Consent.objects.unscoped(WHY).exists


def young() -> Person:
    """Return a person whose account outlives the test: she comes back in the future."""
    person: Person = PersonFactory(confirmed_at=START + 5000 * DAY)
    return person


def draft() -> Callable[[], bool]:
    row = asking.asked(about=asking.experience(young()))
    Request.objects.unscoped(WHY).filter(pk=row.pk).update(created_at=clock.now())
    return Request.objects.unscoped(WHY).filter(pk=row.pk).exists


def closed_request() -> Callable[[], bool]:
    row = asking.answered(about=asking.experience(young()))
    return Request.objects.unscoped(WHY).filter(pk=row.pk).exclude(contact_email="").exists


def closed_promotion() -> Callable[[], bool]:
    small = promotions.world(confirmed_at=START + 5000 * DAY)
    (row,) = small.send()
    Promotion.objects.unscoped(WHY).filter(pk=row.pk).update(closed_at=clock.now(), state="expired")
    return Promotion.objects.unscoped(WHY).filter(pk=row.pk).exclude(message="").exists


def contest() -> Callable[[], bool]:
    small = promotions.world()
    row = contests.contest(contests.in_pool(person=young()), small.adviser)
    Contest.objects.unscoped(WHY).filter(pk=row.pk).update(
        answered_at=clock.now(), state="answered", verdict="explained"
    )
    return Contest.objects.unscoped(WHY).filter(pk=row.pk).exists


def search() -> Callable[[], bool]:
    access = contests.opened(promotions.world())
    contests.in_pool(person=young())
    contests.searched(access)
    return RecruiterSearch.objects.unscoped(WHY).exists


def wish() -> Callable[[], bool]:
    access = contests.opened(promotions.world())
    MeetingWish.objects.unscoped(WHY).create(
        access=access, person=young(), created_at=clock.now(), set_aside_at=clock.now()
    )
    return MeetingWish.objects.unscoped(WHY).exists


def passage() -> Callable[[], bool]:
    row = RetentionRun.objects.create(code="x", count=1, ran_at=clock.now())
    return RetentionRun.objects.filter(pk=row.pk).exists


def claim() -> Callable[[], bool]:
    waiting = issuing.house().offer("attend@exemple.fr")
    return Claim.objects.filter(award=waiting.pk).exists


def award_file() -> Callable[[], bool]:
    desk = issuing.house()
    content = issuing.spreadsheet(*issuing.people(1))
    actions_files.receive(desk.badge, actor=desk.actor, filename="groupe.csv", content=content)
    return AwardFile.objects.unscoped(WHY).exclude(rows=[]).exists


def partner() -> PartnerApplication:
    made: PartnerApplication = PartnerApplication.objects.create(
        name="Autre plateforme",
        redirects=["https://ailleurs.example/retour"],
        scopes=[Scope.READ_BADGES],
        authentication=Authentication.NONE,
        created_at=clock.now(),
    )
    return made


def application() -> Callable[[], bool]:
    return PartnerApplication.objects.filter(pk=partner().pk).exists


def grant(**told: Any) -> Grant:
    user = young().user
    assert user is not None
    made: Grant = Grant.objects.create(
        application=partner(),
        user=user,
        scopes=[Scope.READ_BADGES],
        created_at=clock.now(),
        until=clock.now() + 900 * DAY,
        **told,
    )
    return made


def ended_grant() -> Callable[[], bool]:
    return Grant.objects.filter(pk=grant(ended_at=clock.now()).pk).exists


def token() -> Callable[[], bool]:
    made = GrantToken.objects.create(grant=grant(), token_hash="a" * 64, kind=TokenKind.CODE, until=clock.now())
    return GrantToken.objects.filter(pk=made.pk).exists


def badge_link() -> Callable[[], bool]:
    made = Share.objects.unscoped(WHY).create(person=young(), created_at=clock.now(), until=clock.now())
    return Share.objects.unscoped(WHY).filter(pk=made.pk).exists


def wallet_offer() -> Callable[[], bool]:
    made = WalletOffer.objects.unscoped(WHY).create(
        person=young(), configuration="skills-passport", created_at=clock.now(), until=clock.now()
    )
    return WalletOffer.objects.unscoped(WHY).filter(pk=made.pk).exists


def nonce() -> Callable[[], bool]:
    made = WalletNonce.objects.create(nonce_hash="b" * 64, until=clock.now())
    return WalletNonce.objects.filter(pk=made.pk).exists


def introduction() -> Callable[[], bool]:
    row = Introduction.objects.unscoped(WHY).create(
        offer=OfferFactory(), person=PersonFactory(), origin="presented", at=clock.now(), note="x"
    )
    return Introduction.objects.unscoped(WHY).filter(pk=row.pk, note="x").exists


def former_member() -> Callable[[], bool]:
    row = SpaceMemberFactory(left_at=clock.now())
    SpaceMemberFactory()  # still there
    return SpaceMember.objects.unscoped(WHY).filter(pk=row.pk).exists


def fraud_report() -> Callable[[], bool]:
    row = FraudReport.objects.unscoped(WHY).create(space=RecruiterSpaceFactory(), facts="x", created_at=clock.now())
    return FraudReport.objects.unscoped(WHY).filter(pk=row.pk, facts="x").exists


def complaint() -> Callable[[], bool]:
    now = clock.now()
    row = Complaint.objects.unscoped(WHY).create(
        agency=AgencyFactory(), origin="other", about="tool", words="x", received_at=now, due_at=now, answered_at=now
    )
    return Complaint.objects.unscoped(WHY).filter(pk=row.pk, words="x").exists


def told_application() -> Callable[[], bool]:
    made = applied(EstablishmentFactory(), state="refused", closed_at=clock.now(), words="Bonjour", answer_words="Non")
    return lambda: bool(Application.objects.unscoped(WHY).get(pk=made.pk).words)


def fit() -> Callable[[], bool]:
    made = applied(EstablishmentFactory(), state="refused", closed_at=clock.now())
    row = ApplicationFit.objects.unscoped(WHY).create(application=made, percent=60, at=clock.now())
    return ApplicationFit.objects.unscoped(WHY).filter(pk=row.pk).exists


CASES: dict[str, tuple[Callable[[], Callable[[], bool]], int]] = {
    "kernel.forms": (form, 7),
    "kernel.links": (link, 365),
    "kernel.messages": (sent, 365),
    "kernel.pauses": (pause, 0),
    "kernel.sessions": (session, 0),
    "accounts.invitations": (invitation, 365),
    "accounts.sign_ins": (sign_in, 90),
    "people.acts": (act, 5 * 365),
    "people.consents": (withdrawn, 5 * 365),
    "people.retention": (passage, 3 * 365),
    "validations.drafts": (draft, 180),
    "reciprok.words": (told_application, 730),
    "validations.contacts": (closed_request, 730),
    "promotions.words": (closed_promotion, 730),
    "matching.contests": (contest, 730),
    "matching.searches": (search, 90),
    "matching.wishes": (wish, 365),
    "matching.fits": (fit, 365),
    "accounts.grant_tokens": (token, 0),
    "accounts.grants": (ended_grant, 365),
    "accounts.partners": (application, 30),
    "credentials.claims": (claim, 90),
    "credentials.shares": (badge_link, 365),
    "credentials.wallet_nonces": (nonce, 0),
    "credentials.wallet_offers": (wallet_offer, 1),
    "credentials.award_files": (award_file, 30),
    "offers.introductions": (introduction, 730),
    "employers.members": (former_member, 730),
    "employers.fraud_reports": (fraud_report, 5 * 365),
    "desk.complaints": (complaint, 730),
}
UNUSED = {"people.files", "people.files.warning"}  # below


def the(code: str) -> retention.Class:
    (found,) = [one for one in retention.classes() if one.code == code]
    return found


def test_every_class_has_its_case() -> None:
    assert {one.code for one in retention.classes() if one.rows} == set(CASES) | UNUSED
    assert all(one.by for one in retention.classes() if not one.rows)


@pytest.mark.parametrize("code", CASES)
def test_a_class_is_kept_until_its_day_and_goes_the_day_after(code: str, now: Any) -> None:
    make, days = CASES[code]
    is_there = make()
    now.move_to(START + days * DAY - dt.timedelta(minutes=1))
    assert the(code).apply(clock.now()) == 0
    assert is_there()
    now.move_to(START + days * DAY + DAY)
    assert the(code).count(clock.now()) == 1
    assert is_there()  # counting changes nothing
    assert the(code).apply(clock.now()) == 1
    assert not is_there()
    assert the(code).apply(clock.now()) == 0


class TestUnusedAccounts:
    """Warned a month before, erased, unless somebody comes back."""

    @pytest.fixture
    def person(self) -> Person:
        made: Person = PersonFactory()
        User.objects.filter(person=made).update(last_login=START)
        return made

    def is_there(self, person: Person) -> bool:
        return Person.objects.unscoped(WHY).get(pk=person.pk).user_id is not None

    def warning_day(self) -> dt.datetime:
        last = months_after(START.date(), 24) - dt.timedelta(days=30)
        return dt.datetime.combine(last, dt.time(9), tzinfo=dt.UTC)

    def test_a_month_before_she_is_told_once(self, person: Person, now: Any) -> None:
        now.move_to(self.warning_day() - DAY)
        assert not run_retention()["people.files.warning"]
        now.move_to(self.warning_day())
        assert run_retention()["people.files.warning"] == 1
        message = OutboxMessage.objects.get(kind="people.erasure_soon")
        assert person.user is not None
        assert message.recipient == person.user.email
        assert "23 novembre 2028" in message.subject
        now.move_to(self.warning_day() + DAY)
        assert not run_retention()["people.files.warning"]

    def test_then_all_is_erased_and_the_journal_says_so(self, person: Person, now: Any) -> None:
        now.move_to(self.warning_day())
        run_retention()
        now.move_to(self.warning_day() + 29 * DAY)
        run_retention()
        assert self.is_there(person)
        now.move_to(self.warning_day() + 31 * DAY)
        assert run_retention()["people.files"] == 1
        assert not self.is_there(person)
        assert JournalEntry.objects.filter(verb="people.erased", actor_kind="job").count() == 1
        codes = JournalEntry.objects.filter(verb="people.retention_applied").values_list("data__code", flat=True)
        assert {"people.files", "people.files.warning"} <= set(codes)

    def test_coming_back_keeps_everything(self, person: Person, now: Any) -> None:
        now.move_to(self.warning_day())
        run_retention()
        User.objects.filter(person=person).update(last_login=clock.now() + 5 * DAY)
        now.move_to(self.warning_day() + 31 * DAY)
        run_retention()
        assert self.is_there(person)
        now.move_to(self.warning_day() + 720 * DAY)
        assert run_retention()["people.files.warning"] == 1  # unused again: told again
        assert self.is_there(person)

    def test_a_job_stopped_for_months_still_leaves_a_month(self, person: Person, now: Any) -> None:
        now.move_to(START + 1200 * DAY)
        assert run_retention()["people.files"] == 0
        assert self.is_there(person)
        now.shift(31 * DAY)
        assert run_retention()["people.files"] == 1

    def test_who_gave_a_telephone_only_gets_an_sms(self, now: Any) -> None:
        PersonFactory(user__email=None, user__phone="+33698765432", identity__phone="")
        now.move_to(self.warning_day())
        run_retention()
        message = OutboxMessage.objects.get(kind="people.erasure_soon_sms")
        assert (message.channel, message.recipient) == ("sms", "+33698765432")

    def test_a_trial_counts_and_changes_nothing(self, person: Person, now: Any) -> None:
        now.move_to(self.warning_day())
        assert run_retention(is_trial=True)["people.files.warning"] == 1
        assert not OutboxMessage.objects.exists()
        assert not InactivityWarning.objects.unscoped(WHY).exists()
        assert not RetentionRun.objects.exists()

    def test_her_own_visit_is_not_needed_when_her_profile_was_confirmed(self, person: Person, now: Any) -> None:
        Person.objects.unscoped(WHY).filter(pk=person.pk).update(confirmed_at=START + 400 * DAY)
        now.move_to(self.warning_day())
        assert not run_retention()["people.files.warning"]
        assert owner(person)
