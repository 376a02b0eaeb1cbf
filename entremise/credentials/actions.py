"""Writes of awards: given, signed, suspended, withdrawn, declined, signed again."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from entremise.credentials import (
    actions_classes,
    actions_endings,
    actions_forms,
    actions_status,
    actions_wallet,
    queries,
    rules,
)
from entremise.credentials.enums import AwardSource, AwardState, Form, ListPurpose, RevokeReason, Verb
from entremise.credentials.models import Award, BadgeChoice, BadgeClass, Credential
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.workflow import FLOW, LIVING
from entremise.kernel import clock, jobs
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.lib.openbadges.limits import clean_text
from entremise.passport.enums import Assurance
from entremise.passport.models import Evidence
from entremise.people.models import Person

SIGNING = "credentials.sign_waiting"
PLATFORM = job_actor("credentials.awards")


@action(Verb.AWARDED, may="credentials.sign")
def award_proof(evidence: Evidence, *, actor: Actor) -> Done:
    """Award the badge of a skill that somebody confirmed; what changed in the proof makes a new badge."""
    person = evidence.held_skill.person
    if queries.declines(person):
        return Done(None, subject=person)
    badge_class = actions_classes.of_skill(evidence.held_skill.skill)
    origin = rules.Origin(
        evidence.origin, evidence.origin_siret, evidence.witness_role, evidence.given_on, evidence.assurance
    )
    narrative = rules.told(origin)
    former = queries.living_of_proof(evidence.pk)
    if former and (former.narrative, former.level, former.assurance) == (
        narrative,
        evidence.level,
        evidence.assurance,
    ):
        return Done(former, subject=former)
    if former:
        withdraw(former, reason=RevokeReason.REPLACED)
    award = _new(
        badge_class,
        person,
        source=AwardSource.VALIDATION,
        source_id=evidence.pk,
        assurance=Assurance(evidence.assurance),
        origin=evidence.origin,
        narrative=narrative,
        level=evidence.level,
        awarded_on=evidence.given_on,
        supersedes=former,
    )
    return Done(award, data={"badge": str(badge_class.pk)})


@action(Verb.AWARDED, may="credentials.award")
def award(
    badge_class: BadgeClass,
    *,
    actor: Actor,
    person: Person | None,
    awarded_on: dt.date,
    source: AwardSource = AwardSource.ISSUER,
    source_id: UUID | None = None,
    narrative: str = "",
    level: str = "",
    origin: str = "",
    assurance: Assurance = Assurance.SIGNED,
) -> Done:
    """Award a badge to a person, or to somebody who will take it by a link when no person is given."""
    queries.require_published(badge_class)
    given = _new(
        badge_class,
        person,
        source=source,
        source_id=source_id,
        assurance=assurance,
        origin=origin or badge_class.issuer.name,
        narrative=narrative.strip(),
        level=level,
        awarded_on=awarded_on,
    )
    return Done(given, data={"badge": str(badge_class.pk)})


@action(Verb.RENEWED, may="credentials.award")
def renew(former: Award, *, actor: Actor, awarded_on: dt.date) -> Done:
    """Award a badge again to who has it, for its whole time from a new day; the former one is replaced."""
    rows = Award.objects.unscoped("the policy decided on this row").select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("badge_class__issuer", "person").get(pk=former.pk)
    if reason := queries.not_to_renew(locked):
        raise CredentialRefused(reason)
    newer = _new(
        queries.latest_version(locked.badge_class),
        locked.person,
        source=locked.source,
        source_id=locked.source_id,
        assurance=locked.assurance,
        origin=locked.origin,
        narrative=locked.narrative,
        level=locked.level,
        awarded_on=awarded_on,
        supersedes=locked,
    )
    withdraw(locked, reason=RevokeReason.REPLACED)
    actions_endings.tell_holder(newer, "renewed")
    return Done(newer, data={"former": str(locked.pk)})


@FLOW.action("take")
def take(offered: Award, *, actor: Actor, person: Person) -> None:
    """Give an offered badge to the person who came to take it; it is signed at once after."""
    offered.person = person
    actions_endings.after_taking(offered, person)
    jobs.defer_once(SIGNING)


@FLOW.action("issue")
def issue(waiting: Award, *, actor: Actor) -> None:
    """Sign an award: its places in the status lists, then the bytes that will be served and verified."""
    _sign([waiting])


@FLOW.batch("issue")
def issue_many(waiting: Sequence[Award], *, actor: Actor) -> Sequence[str]:
    """Sign many awards of one issuer in one go."""
    _sign(waiting)
    return ["issued_at"]


@FLOW.action("suspend")
def suspend(issued: Award, *, actor: Actor) -> None:
    """Suspend an award: verifiers refuse it until it is resumed."""
    actions_status.set_bit(issued, ListPurpose.SUSPENSION, is_set=True)
    actions_endings.tell_holder(issued, "suspended")
    actions_wallet.withdraw_with(issued)


@FLOW.action("resume")
def resume(suspended: Award, *, actor: Actor) -> None:
    """Let a suspended award hold again."""
    actions_status.set_bit(suspended, ListPurpose.SUSPENSION, is_set=False)
    actions_endings.tell_holder(suspended, "resumed")


@FLOW.action("revoke")
def revoke(living: Award, *, actor: Actor, reason: RevokeReason) -> Done:
    """Withdraw an award for good."""
    living.reason, living.ended_at = reason, clock.now()
    actions_status.set_bit(living, ListPurpose.REVOCATION, is_set=True)
    actions_wallet.withdraw_with(living)
    actions_endings.after_revocation(living, reason)
    return Done(None, data={"reason": reason.value})


@FLOW.action("decline")
def decline(living: Award, *, actor: Actor) -> None:
    """Let the person refuse a badge: nobody sees it any more, and copies of it are refused."""
    living.reason, living.ended_at = RevokeReason.HOLDER, clock.now()
    actions_status.set_bit(living, ListPurpose.REVOCATION, is_set=True)
    actions_wallet.withdraw_with(living)


@action(Verb.REISSUED, may="credentials.sign")
def reissue(credential: Credential, *, actor: Actor) -> Done:
    """Sign again, with the key of today, what a key that was given up had signed."""
    award = credential.award
    form = Form(credential.form)
    credential.delete()
    is_written = award.state in LIVING and award.state != AwardState.WAITING and actions_forms.again(award, form)
    return Done(award, data={"form": form.value, "written": bool(is_written)})


@action(Verb.BADGES_CHOSEN, may="credentials.choose")
def choose(person: Person, *, actor: Actor, declines: bool, hosts_v2: bool = False) -> Done:
    """Keep what the person wants done with the badges to come; those that she has stay."""
    choice, _made = BadgeChoice.objects.unscoped("the policy decided on the person").update_or_create(
        person=person, defaults={"declines": declines, "hosts_v2": hosts_v2, "changed_at": clock.now()}
    )
    return Done(choice, data={"declines": declines, "hosts_v2": hosts_v2}, subject=person)


@action(Verb.FORGOTTEN, may="credentials.sign")
def forget(award: Award, *, actor: Actor) -> Done:
    """Forget whose badge it was and what it said; its public identifier, its date and why it ended stay."""
    award.credentials.all().delete()
    award.status_entries.update(award=None)
    award.endorsements.all().delete()
    kept = Award(pk=award.pk)
    rows = Award.objects.unscoped("the platform erases")
    rows.filter(pk=award.pk).update(
        person=None, source_id=None, origin="", narrative="", level="", subject_id=uuid4(), is_shown=False
    )
    return Done(kept, subject=kept)


def withdraw(award: Award, *, reason: RevokeReason) -> Award:
    """Withdraw an award for the platform: a proof was taken back, a newer badge replaces it."""
    revoked: Award = revoke(award, actor=PLATFORM, reason=reason)
    return revoked


def _sign(waiting: Sequence[Award]) -> None:
    places = actions_status.take_many(waiting[0].badge_class.issuer, waiting)
    actions_forms.write_many(waiting, places)
    now = clock.now()
    for award in waiting:
        award.issued_at = now


def _new(badge_class: BadgeClass, person: Person | None, *, awarded_on: dt.date, **said: object) -> Award:
    now = clock.now()
    said = {name: clean_text(value) if isinstance(value, str) else value for name, value in said.items()}
    awarded_at = dt.datetime.combine(awarded_on, dt.time(12), tzinfo=clock.local(now).tzinfo)
    award = Award(
        badge_class=badge_class,
        person=person,
        awarded_on=awarded_on,
        valid_until=rules.valid_until(awarded_at, badge_class.valid_months),
        state=AwardState.WAITING if person else AwardState.OFFERED,
        created_at=now,
        **said,
    )
    award.save(force_insert=True)
    if person:
        jobs.defer_once(SIGNING)
    return award
