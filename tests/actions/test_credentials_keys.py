"""Keys of issuers: the next one known a day ahead, the former one believed still, the lost one believed no more."""

import datetime as dt
import json
from typing import Any

import pytest
import time_machine

from entremise.credentials import (
    actions,
    actions_forms,
    actions_keys,
    actions_keys_files,
    actions_verifying,
    jobs,
    queries_keys,
    queries_rotation,
    queries_standards,
)
from entremise.credentials.enums import Form, KeyState, RevokeReason
from entremise.credentials.models import Award, Credential, Issuer, SigningKey
from entremise.credentials.models_status import StatusEntry, StatusList
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import journal, passphrases
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Role
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.report import Verdict
from tests.factories.accounts import AgencyFactory, actor_of, professional
from tests.factories.credentials import award, badge_class, fresh, issuer, lead, settled
from tests.factories.people import PersonFactory, owner

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
OPERATOR = actions_keys.MAKER
PHRASE = "une phrase assez longue pour cela"


@pytest.fixture
def given() -> Award:
    return award(PersonFactory())


def body_of(of: Award, form: Form = Form.OB3_DI) -> bytes:
    return bytes(Credential.objects.unscoped("a test's row").get(award=of, form=form).body)


def verdict(body: bytes) -> tuple[str, str]:
    report = actions_verifying.check(body)
    return report.verdict.value, report.reason.code


def kid(body: bytes) -> str:
    return str(json.loads(body)["proof"][0]["verificationMethod"]).rpartition("#")[2]


def published(of: Issuer) -> list[str]:
    document: dict[str, Any] = json.loads(queries_standards.issuer_document(of.slug) or b"")
    return [one["id"].rpartition("#")[2] for one in document["verificationMethod"]]


def test_the_next_key_is_published_a_day_before_it_signs() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        first = award(PersonFactory())
        by = first.badge_class.issuer
        coming = actions_keys.prepare_next(by, actor=OPERATOR, algorithm=Algorithm.EDDSA)
        assert coming.name in published(by)
        assert jobs.tend_keys() == (0, 0)
        assert kid(body_of(award(PersonFactory(), of=first.badge_class))) == "ed25519-2026-1"
        clock.shift(dt.timedelta(hours=23, minutes=59))
        assert jobs.tend_keys() == (0, 0)
        clock.shift(dt.timedelta(minutes=2))
        assert jobs.tend_keys() == (0, 1)
        second = award(PersonFactory(), of=first.badge_class)
        assert kid(body_of(second)) == coming.name == "ed25519-2026-2"
        assert sorted(published(by)) == ["ed25519-2026-1", "ed25519-2026-2"]
        assert [verdict(body_of(one))[0] for one in (first, second)] == ["valid", "valid"]


def test_a_key_is_followed_after_a_year_without_anybody() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        first = award(PersonFactory())
        clock.shift(dt.timedelta(days=364, hours=1))
        assert jobs.tend_keys()[0] == 1
        assert jobs.tend_keys()[0] == 0  # asked each hour, prepared once
        clock.shift(dt.timedelta(hours=25))
        assert jobs.tend_keys()[1] == 1
        jobs.publish_all()
        assert queries_keys.active_key(first.badge_class.issuer, Algorithm.EDDSA).name == "ed25519-2027-1"  # type: ignore[union-attr]
        assert verdict(body_of(first)) == ("valid", "signature_ok")


def test_lists_are_signed_by_the_new_key(given: Award) -> None:
    by = given.badge_class.issuer
    coming = actions_keys.prepare_next(by, actor=OPERATOR, algorithm=Algorithm.EDDSA)
    actions_keys.start(coming, actor=OPERATOR)
    assert jobs.publish_all() == StatusList.objects.filter(issuer=by).count()
    assert {kid(bytes(one.published)) for one in StatusList.objects.filter(issuer=by)} == {coming.name}


def test_a_lost_key_is_refused_at_once_and_its_badges_signed_again(given: Award) -> None:
    other = award(PersonFactory(), of=given.badge_class)
    by, before = given.badge_class.issuer, body_of(given)
    lost = SigningKey.objects.get(issuer=by, algorithm="EdDSA")
    assert actions_keys.give_up(by, actor=OPERATOR, key=lost) == 2
    assert verdict(before) == ("refused", "unknown_key")
    found = {line.key.name: line for one in queries_rotation.by_issuer(OPERATOR) for line in one.lines}
    assert found[lost.name].signed_count == 2  # what is left to do
    assert jobs.reissue_all(lost) == 2
    jobs.publish_all()
    assert verdict(before) == ("refused", "unknown_key")  # for ever
    for one in (given, other):
        assert verdict(body_of(one))[0] == Verdict.VALID.value
        assert kid(body_of(one)) == "ed25519-2026-2"
        assert json.loads(body_of(one))["id"] == f"urn:uuid:{one.public_id}"
    assert jobs.reissue_all(lost) == 0
    said = journal.history(by).filter(verb="credentials.key_compromised").get()
    assert (said.data["key"], said.data["credential_count"]) == (lost.name, 2)


def test_a_lost_key_gives_its_place_to_the_one_that_was_to_follow(given: Award) -> None:
    by = given.badge_class.issuer
    coming = actions_keys.prepare_next(by, actor=OPERATOR, algorithm=Algorithm.EDDSA)
    actions_keys.give_up(by, actor=OPERATOR, key=SigningKey.objects.get(issuer=by, name="ed25519-2026-1"))
    coming.refresh_from_db()
    assert (coming.state, published(by)) == (KeyState.ACTIVE, [coming.name])


def test_what_was_withdrawn_is_not_signed_again(given: Award) -> None:
    by = given.badge_class.issuer
    lost = SigningKey.objects.get(issuer=by, algorithm="EdDSA")
    actions.revoke(given, actor=actions.PLATFORM, reason=RevokeReason.FRAUD)
    actions_keys.give_up(by, actor=OPERATOR, key=lost)
    jobs.reissue_all(lost)
    assert not Credential.objects.unscoped("a test's row").filter(award=given).exists()


def test_an_agreement_taken_back_does_not_stop_the_others() -> None:
    of = badge_class(issuer("Mission locale de Die", writes_v2=True))
    first, second = award(PersonFactory(), of=of), award(PersonFactory(), of=of)
    for one in (first, second):
        assert one.person is not None
        actions_forms.form(one, actor=owner(one.person), form=Form.OB3_JWT)
    lost = SigningKey.objects.get(issuer=of.issuer, algorithm="RS256")
    Credential.objects.unscoped("a test's row").filter(award=first, form=Form.OB3_JWT).update(form=Form.OB2_HOSTED)
    actions_keys.give_up(of.issuer, actor=OPERATOR, key=lost)
    assert jobs.reissue_all(lost) == 2
    rows = Credential.objects.unscoped("a test's row").filter(key__algorithm="RS256")
    assert [(row.award_id, row.form) for row in rows] == [(second.pk, Form.OB3_JWT)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DIRECTOR, Role.ADMIN, Role.SYSTEM}))
def test_who_does_not_answer_for_keys_touches_none(given: Award, role: Role) -> None:
    by = given.badge_class.issuer
    agency = AgencyFactory(organisation=by.organisation)
    actor = owner(PersonFactory()) if role not in PROFESSIONAL else actor_of(professional(role, agency=agency))
    key = SigningKey.objects.get(issuer=by, algorithm="EdDSA")
    with pytest.raises(AccessDenied):
        actions_keys.prepare_next(by, actor=actor, algorithm=Algorithm.EDDSA)
    with pytest.raises(AccessDenied):
        actions_keys.give_up(by, actor=actor, key=key)
    with pytest.raises(AccessDenied):
        actions_keys_files.export(by, actor=actor, passphrase=PHRASE)


PROFESSIONAL = {
    Role.PLACEMENT_ADVISER, Role.BUSINESS_ADVISER, Role.TEAM_LEAD, Role.MODERATOR, Role.ISSUER,
}  # fmt: skip


def test_a_director_answers_for_the_keys_of_her_house_only(given: Award) -> None:
    by = given.badge_class.issuer
    hers = actor_of(professional(Role.DIRECTOR, agency=AgencyFactory(organisation=by.organisation)))
    assert actions_keys.prepare_next(by, actor=hers, algorithm=Algorithm.EDDSA).state == KeyState.NEXT
    elsewhere = actor_of(professional(Role.DIRECTOR))
    with pytest.raises(AccessDenied, match="autre organisation"):
        actions_keys.prepare_next(by, actor=elsewhere, algorithm=Algorithm.EDDSA)
    assert [one.issuer for one in queries_rotation.by_issuer(hers)] == [by]
    assert queries_rotation.by_issuer(elsewhere) == []


def test_keys_leave_sealed_and_come_back_where_they_are_missing(given: Award) -> None:
    by, body = given.badge_class.issuer, body_of(given)
    file = actions_keys_files.export(by, actor=OPERATOR, passphrase=PHRASE)
    assert b"ed25519" not in file
    assert actions_keys_files.bring(by, actor=OPERATOR, file=file, passphrase=PHRASE) == []
    Credential.objects.unscoped("a test's row").filter(award=given).delete()
    SigningKey.objects.filter(issuer=by).delete()
    assert verdict(body)[0] == "refused"
    assert actions_keys_files.bring(by, actor=OPERATOR, file=file, passphrase=PHRASE) == ["ed25519-2026-1"]
    assert verdict(body) == ("valid", "signature_ok")
    assert queries_keys.active_key(by, Algorithm.EDDSA) is not None


def test_a_file_of_keys_opens_with_its_phrase_for_its_issuer_only(given: Award) -> None:
    by = given.badge_class.issuer
    file = actions_keys_files.export(by, actor=OPERATOR, passphrase=PHRASE)
    with pytest.raises(passphrases.PassphraseRefused, match="ne correspond pas"):
        actions_keys_files.bring(by, actor=OPERATOR, file=file, passphrase=PHRASE + "!")
    with pytest.raises(passphrases.PassphraseRefused, match="pas été écrit"):
        actions_keys_files.bring(by, actor=OPERATOR, file=b"{}", passphrase=PHRASE)
    with pytest.raises(CredentialRefused, match="autre émetteur"):
        actions_keys_files.bring(issuer("Autre maison"), actor=OPERATOR, file=file, passphrase=PHRASE)
    with pytest.raises(passphrases.PassphraseRefused, match="au moins 16"):
        actions_keys_files.export(by, actor=OPERATOR, passphrase="courte")


def test_a_withdrawal_is_seen_within_one_publication(given: Award) -> None:
    body = body_of(given)
    actions.revoke(given, actor=lead(given.badge_class.issuer.organisation), reason=RevokeReason.MISTAKE)
    assert verdict(body)[0] == "valid"  # the list is signed each minute
    assert jobs.publish_all() == 1
    assert verdict(body) == ("refused", "revoked")


def test_a_suspension_is_lifted_and_a_withdrawal_is_not(given: Award) -> None:
    body, actor = body_of(given), lead(given.badge_class.issuer.organisation)
    actions.suspend(given, actor=actor)
    settled(given)
    assert verdict(body) == ("refused", "suspended")
    actions.resume(fresh(given), actor=actor)
    settled(given)
    assert verdict(body)[0] == "valid"
    actions.revoke(fresh(given), actor=actor, reason=RevokeReason.MISTAKE)
    settled(given)
    with pytest.raises(TransitionRefused, match="définitif"):
        actions.resume(fresh(given), actor=actor)
    assert verdict(body) == ("refused", "revoked")


def test_places_in_a_list_follow_no_order_and_serve_once() -> None:
    of = badge_class()
    for _turn in range(12):
        award(PersonFactory(), of=of, signed=False)
    jobs.sign_all()
    for one in StatusList.objects.filter(issuer=of.issuer):
        taken = list(StatusEntry.objects.filter(status_list=one).order_by("pk").values_list("index", flat=True))
        assert len(set(taken)) == len(taken) == one.taken_count == 12
        assert taken != sorted(taken)
        assert max(taken) - min(taken) > one.size // 20
        assert one.size >= 131_072
