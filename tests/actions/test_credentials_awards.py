"""A confirmed skill gets its badge; it is signed, suspended, withdrawn, declined, forgotten: what a verifier reads."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest
import time_machine

from entremise.credentials import (
    actions,
    actions_classes,
    actions_forms,
    actions_status,
    jobs,
    queries,
    queries_keys,
    rules,
)
from entremise.credentials.enums import AwardState, Form, ListPurpose, RevokeReason
from entremise.credentials.models import Award, Credential
from entremise.credentials.models_status import StatusEntry, StatusList
from entremise.credentials.receivers import erase
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import job_actor
from entremise.kernel.models import JournalEntry, OutboxMessage
from entremise.kernel.workflow import TransitionRefused
from entremise.lib.openbadges import di, schema, statuslist, vcjwt
from entremise.lib.openbadges.claims import StatusPurpose
from entremise.passport.enums import Assurance
from entremise.people.models import Person
from entremise.validations import actions as validations
from entremise.validations.enums import Verdict
from tests.factories import credentials as making
from tests.factories.people import PersonFactory, owner
from tests.factories.validations import answered, experience, sheet, validator

pytestmark = pytest.mark.django_db
YES, NO = Verdict.CONFIRMED, Verdict.NOT_CONFIRMED
SYSTEM = job_actor("test")


def awards(person: Person) -> list[Award]:
    return list(Award.objects.unscoped("a test looks").filter(person=person).order_by("created_at", "pk"))


def one_signed(verdict: Verdict = YES) -> Award:
    person = answered(verdict, NO).person
    jobs.sign_all()
    (award,) = awards(person)
    return award


def document(award: Award) -> dict[str, Any]:
    kept = queries.signed(award)
    assert kept is not None
    found: dict[str, Any] = json.loads(bytes(kept.body))
    return found


def bit(award: Award, purpose: ListPurpose) -> int:
    """Return what the published list says of an award, as a verifier reads it."""
    jobs.publish_all()
    entry = award.status_entries.select_related("status_list").get(status_list__purpose=purpose)
    listed = json.loads(bytes(entry.status_list.published))
    return statuslist.read_bitstring(listed, StatusPurpose(purpose))[entry.index]


def test_each_confirmed_skill_gets_its_badge_and_the_others_none() -> None:
    person = answered(YES, YES, NO).person
    assert [one.state for one in awards(person)] == [AwardState.WAITING] * 2
    assert jobs.sign_all() == 2
    first, second = awards(person)
    assert {first.state, second.state} == {AwardState.ISSUED}
    assert first.badge_class_id != second.badge_class_id
    assert first.public_id != second.public_id
    assert first.subject_id != second.subject_id  # nothing links two badges of one person


def test_the_badge_says_who_confirmed_and_how_we_know_and_never_her_name() -> None:
    award = one_signed()
    said = document(award)
    assert said["credentialSubject"]["achievement"]["name"] == award.badge_class.name
    (proof,) = said["evidence"]
    assert award.origin in proof["narrative"]
    assert "SIRET" in proof["narrative"]
    assert "L'employeur n'a pas de clé de signature" in proof["narrative"]
    kept = bytes(queries.signed(award).body).decode()  # type: ignore[union-attr]
    person = award.person
    assert person is not None
    assert person.reference not in kept
    assert str(person.pk) not in kept
    assert "Marc" not in kept  # the witness's name stays out too


def test_what_is_stored_is_what_was_signed() -> None:
    award = one_signed()
    kept = queries.signed(award)
    assert kept is not None
    assert hashlib.sha256(bytes(kept.body)).hexdigest() == kept.sha256
    said = document(award)
    (proof,) = said["proof"]
    key = queries_keys.public(kept.key)
    assert proof["verificationMethod"] == queries_keys.kid(kept.key)
    assert di.verify(said, proof, key)
    said["credentialSubject"]["achievement"]["name"] += " !"
    assert not di.verify(said, proof, key)


def test_each_badge_has_a_place_of_its_own_in_a_list_that_cannot_tell_who() -> None:
    person = answered(YES, YES, YES, NO).person
    jobs.sign_all()
    entries = StatusEntry.objects.filter(award__person=person)
    assert entries.count() == 3
    assert StatusList.objects.count() == 1
    by_list: dict[Any, list[int]] = {}
    for entry in entries.order_by("pk"):
        by_list.setdefault(entry.status_list_id, []).append(entry.index)
    for taken in by_list.values():
        assert len(set(taken)) == 3
        assert taken != sorted(range(min(taken), min(taken) + 3))  # not one after the other


def test_suspended_then_resumed_then_withdrawn_for_good() -> None:
    award = making.award(PersonFactory())
    assert (bit(award, ListPurpose.REVOCATION), bit(award, ListPurpose.SUSPENSION)) == (0, 0)
    award = actions.suspend(award, actor=SYSTEM)
    assert bit(award, ListPurpose.SUSPENSION) == 1
    award = actions.resume(award, actor=SYSTEM)
    assert bit(award, ListPurpose.SUSPENSION) == 0
    award = actions.revoke(award, actor=SYSTEM, reason=RevokeReason.FRAUD)
    assert (bit(award, ListPurpose.REVOCATION), award.state) == (1, AwardState.REVOKED)
    for again in (actions.resume, actions.suspend):
        with pytest.raises(TransitionRefused, match="un retrait est définitif"):
            again(award, actor=SYSTEM)


def test_a_badge_that_may_not_be_suspended_keeps_to_the_schema_and_is_not_suspended() -> None:
    award = one_signed()
    assert isinstance(document(award)["credentialStatus"], dict)  # one entry: what the schema of 1EdTech allows
    schema.check_achievement(document(award))
    with pytest.raises(TransitionRefused, match="n'a pas été prévu pour être suspendu"):
        actions.suspend(award, actor=SYSTEM)


def test_a_renewed_badge_lasts_its_whole_time_again_and_replaces_the_former() -> None:
    person = PersonFactory()
    badge = making.badge_class(valid_months=12)
    former = making.award(person, of=badge, awarded_on=dt.date(2025, 12, 1))
    actor = making.lead(badge.issuer.organisation)
    newer = making.settled(actions.renew(former, actor=actor, awarded_on=dt.date(2026, 11, 22)))
    former = making.fresh(former)
    assert (former.state, former.reason) == (AwardState.REVOKED, RevokeReason.REPLACED)
    assert bit(former, ListPurpose.REVOCATION) == 1
    assert (newer.person, newer.supersedes_id, newer.state) == (person, former.pk, AwardState.ISSUED)
    assert newer.valid_until is not None
    assert newer.valid_until.date() == dt.date(2027, 11, 22)
    (news,) = OutboxMessage.objects.filter(kind="credentials.badge_moved")
    assert "a renouvelé votre badge" in news.text


def test_what_has_no_end_no_holder_or_no_published_badge_is_not_renewed() -> None:
    endless = making.award(PersonFactory())
    actor = making.lead(endless.badge_class.issuer.organisation)
    with pytest.raises(CredentialRefused, match="n'a pas de fin"):
        actions.renew(endless, actor=actor, awarded_on=clock.today())
    nobodys = making.award(None, of=making.badge_class(valid_months=6), signed=False)
    with pytest.raises(CredentialRefused, match="que quelqu'un a pris"):
        actions.renew(nobodys, actor=SYSTEM, awarded_on=clock.today())
    retired = making.award(PersonFactory(), of=making.badge_class(valid_months=6))
    actions_classes.retire(retired.badge_class, actor=SYSTEM)
    with pytest.raises(CredentialRefused, match="n'est plus remis"):
        actions.renew(making.fresh(retired), actor=SYSTEM, awarded_on=clock.today())
    with pytest.raises(AccessDenied, match="autre organisation"):
        actions.renew(retired, actor=actor, awarded_on=clock.today())


def test_a_published_list_is_signed_by_the_issuer_and_signed_again_only_when_needed() -> None:
    award = one_signed()
    bit(award, ListPurpose.REVOCATION)
    listed = StatusList.objects.get(purpose=ListPurpose.REVOCATION)
    said = json.loads(bytes(listed.published))
    (proof,) = said["proof"]
    key = queries_keys.active_key(award.badge_class.issuer, queries_keys.Algorithm.EDDSA)
    assert key is not None
    assert di.verify(said, proof, queries_keys.public(key))
    assert said["issuer"] == queries_keys.did(award.badge_class.issuer)
    assert jobs.publish_all() == 0
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=rules.LIST_DAYS - 1)):
        assert jobs.publish_all() == 1


def test_a_rectified_answer_takes_the_badge_back() -> None:
    request = answered(YES, YES, NO)
    jobs.sign_all()
    validations.rectify(request, actor=validator(request), sheet=sheet(request, YES, NO))
    states = {one.badge_class.name: one.state for one in awards(request.person)}
    assert sorted(states.values()) == [AwardState.ISSUED, AwardState.REVOKED]


def test_a_proved_fraud_takes_every_badge_back_in_cascade() -> None:
    request = answered(YES, YES, YES)
    jobs.sign_all()
    validations.prove_fraud(request, actor=SYSTEM)
    found = awards(request.person)
    assert {one.state for one in found} == {AwardState.REVOKED}
    assert all(bit(one, ListPurpose.REVOCATION) == 1 for one in found)


def test_a_better_proof_makes_a_newer_badge_in_place_of_the_former() -> None:
    request = answered(YES, NO)
    jobs.sign_all()
    validations.check(request, actor=SYSTEM)
    jobs.sign_all()
    former, newer = awards(request.person)
    assert (former.state, former.reason) == (AwardState.REVOKED, RevokeReason.REPLACED)
    assert (newer.state, newer.assurance, newer.supersedes_id) == (AwardState.ISSUED, Assurance.CHECKED, former.pk)


def test_who_wants_no_badge_gets_none_and_keeps_the_proof() -> None:
    person = PersonFactory()
    actions.choose(person, actor=owner(person), declines=True)
    request = answered(YES, about=experience(person))
    assert awards(request.person) == []
    assert request.person.held_skills.filter(assurance__gt=0).count() == 4


def test_a_declined_badge_is_refused_everywhere() -> None:
    award = one_signed()
    assert award.person is not None
    declined = actions.decline(award, actor=owner(award.person))
    assert (declined.state, bit(declined, ListPurpose.REVOCATION)) == (AwardState.DECLINED, 1)


def test_somebody_else_cannot_decline_nor_download_a_badge() -> None:
    award, other = one_signed(), PersonFactory()
    with pytest.raises(AccessDenied, match="n'est pas le vôtre"):
        actions.decline(award, actor=owner(other))
    with pytest.raises(AccessDenied, match="n'est pas le vôtre"):
        actions_forms.form(award, actor=owner(other), form=Form.OB3_JWT)


def test_the_jwt_form_is_written_when_it_is_asked_for_and_stays_the_same() -> None:
    award = one_signed()
    assert award.person is not None
    kept = actions_forms.form(award, actor=owner(award.person), form=Form.OB3_JWT)
    token = bytes(kept.body).decode()
    said = vcjwt.verify(token, queries_keys.public(kept.key))
    assert said["id"] == rules.public_name(award.public_id)
    again = actions_forms.form(award, actor=owner(award.person), form=Form.OB3_JWT)
    assert bytes(again.body) == bytes(kept.body)


def test_a_badge_that_does_not_hold_is_not_downloaded_any_more() -> None:
    award = one_signed()
    assert award.person is not None
    actions.revoke(award, actor=SYSTEM, reason=RevokeReason.MISTAKE)
    with pytest.raises(CredentialRefused, match="n'est plus valable"):
        actions_forms.form(award, actor=owner(award.person), form=Form.OB3_JWT)


def test_a_badge_not_signed_yet_says_to_wait() -> None:
    person = answered(YES, NO).person
    (award,) = awards(person)
    with pytest.raises(CredentialRefused, match="en cours de signature"):
        actions_forms.form(award, actor=owner(person), form=Form.OB3_DI)


def test_erasure_leaves_a_bit_that_leads_to_nobody() -> None:
    award = one_signed()
    bit(award, ListPurpose.REVOCATION)
    places = {(one.status_list_id, one.index) for one in award.status_entries.all()}
    revoked = award.status_entries.get(status_list__purpose=ListPurpose.REVOCATION)
    assert award.person is not None
    erase(award.person.pk)
    award.refresh_from_db()
    assert (award.person_id, award.source_id, award.origin, award.narrative) == (None, None, "", "")
    assert (award.state, award.reason) == (AwardState.REVOKED, RevokeReason.ERASED)
    assert not Credential.objects.unscoped("a test looks").filter(award=award).exists()
    assert not award.status_entries.exists()
    assert {(one.status_list_id, one.index) for one in StatusEntry.objects.all()} >= places  # never given again
    jobs.publish_all()
    listed = json.loads(bytes(StatusList.objects.get(pk=revoked.status_list_id).published))
    assert statuslist.read_bitstring(listed, StatusPurpose.REVOCATION)[revoked.index] == 1


def test_the_journal_says_each_step_without_a_word_of_what_is_in_the_badge() -> None:
    award = one_signed()
    lines = JournalEntry.objects.filter(subject_id=str(award.pk)).order_by("pk")
    assert [line.verb for line in lines] == ["credentials.awarded", "credentials.issue"]
    assert all(line.person_id == award.person_id for line in lines)
    assert award.badge_class.name not in str([line.data for line in lines])


def test_places_are_taken_once_whoever_asks_again() -> None:
    award = one_signed()
    before = actions_status.places(award)
    assert [one.pk for one in actions_status.take_places(award)] == [one.pk for one in before]
