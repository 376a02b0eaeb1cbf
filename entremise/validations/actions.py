"""Writes of the validations: the person asks, the validator answers, the platform reminds, an adviser checks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from entremise.employers import queries as employers
from entremise.employers.models import Establishment
from entremise.kernel import clock, reminders
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.kernel.links import resender
from entremise.kernel.models import MailLink
from entremise.lib import mailboxes
from entremise.passport import actions as passport
from entremise.passport.enums import Assurance, EvidenceSource
from entremise.passport.models import Evidence, Experience
from entremise.people.models import Person
from entremise.people.queries import hold
from entremise.skills.models import Skill
from entremise.validations import actions_messages as messages
from entremise.validations import links, mails, queries, rules
from entremise.validations.enums import DeclineReason, Refusal, RequestState, Verb, Verdict
from entremise.validations.models import Opposition, Request, RequestedSkill
from entremise.validations.rules import AnswerSheet, Cascade, ValidationRefused
from entremise.validations.workflow import FLOW, OPEN

FRAUD = job_actor("validations.fraud")


@action(Verb.PREPARED, may="validations.prepare")
def prepare(
    experience: Experience,
    *,
    actor: Actor,
    contact_name: str,
    contact_email: str,
    contact_role: str = "",
    skill_ids: Sequence[UUID],
    message: str = "",
    establishment: Establishment | None = None,
) -> Request:
    """Prepare a request about one experience; nothing leaves yet."""
    asked = Request(experience=experience, person=experience.person, created_at=clock.now())
    _fill(asked, contact_name, contact_email, contact_role, message, establishment)
    skills = _chosen(asked, actor, skill_ids)
    asked.save(force_insert=True)
    RequestedSkill.objects.bulk_create(RequestedSkill(request=asked, skill=skill) for skill in skills)
    return asked


@action(Verb.CHANGED, may="validations.change")
def change(
    asked: Request,
    *,
    actor: Actor,
    contact_name: str,
    contact_email: str,
    contact_role: str = "",
    skill_ids: Sequence[UUID],
    message: str = "",
    establishment: Establishment | None = None,
) -> Request:
    """Change a request that did not leave."""
    locked = _locked(asked)
    if locked.state != RequestState.DRAFT:
        raise ValidationRefused(Refusal.NOT_DRAFT)
    _fill(locked, contact_name, contact_email, contact_role, message, establishment)
    skills = _chosen(locked, actor, skill_ids)
    locked.save()
    locked.skills.all().delete()
    RequestedSkill.objects.bulk_create(RequestedSkill(request=locked, skill=skill) for skill in skills)
    return locked


@FLOW.action("send")
def send(asked: Request, *, actor: Actor) -> None:
    """Send the request, once everything was checked again: limits, opposition, establishment still open."""
    now = clock.now()
    hold(asked.person_id)  # one sending at a time: her limits hold
    _require_sendable(asked)
    rules.require_room(queries.counts(asked.person, asked.contact_email, asked.establishment))
    asked.sent_at = asked.last_written_at = now
    policy = reminders.policy("validations", queries.department(asked.establishment))
    asked.expires_at = policy.expires_at(now)
    asked.next_reminder_at = policy.next_reminder_at(now, 0, now, queries.calendar(asked.establishment))
    messages.ask(asked)


@FLOW.action("mark_opened")
def mark_opened(asked: Request, *, actor: Actor) -> None:
    """Note the first human act on the page: never a mere GET, since mail scanners open links."""
    asked.opened_at = clock.now()


@FLOW.action("answer")
def answer(asked: Request, *, actor: Actor, sheet: AnswerSheet, is_same_device: bool = False) -> Done:
    """Record the validator's verdicts, skill by skill; what is confirmed becomes evidence, the rest stays private."""
    now = clock.now()
    asked.answered_at = asked.closed_at = now
    asked.opened_at = asked.opened_at or now
    asked.next_reminder_at = None
    asked.is_same_device = is_same_device
    asked.to_check = asked.to_check or is_same_device or (sheet.confirms_something and rules.is_sampled(asked.pk))
    _record(asked, actor, sheet)
    messages.acknowledge(asked)
    return Done(None, data=_tally(asked))


@action(Verb.RECTIFIED, may="validations.rectify")
def rectify(asked: Request, *, actor: Actor, sheet: AnswerSheet) -> Done:
    """Let the validator change the answer during 30 days: evidence follows in both directions."""
    locked = _locked(asked)
    rules.require_rectifiable(locked.answered_at, locked.fraud_proved_at, clock.now())
    if locked.checked_at:  # what the adviser heard is not what is said now
        locked.to_check, locked.checked_at = True, None
    _record(locked, actor, sheet)
    locked.save()
    messages.acknowledge(locked, is_rectified=True)
    return Done(locked, data=_tally(locked))


@FLOW.action("decline")
def decline(asked: Request, *, actor: Actor, reason: DeclineReason) -> Done:
    """Let the contact say no: not me, no wish to answer, or an abuse, which an adviser looks at."""
    asked.closed_at = clock.now()
    asked.next_reminder_at = None
    asked.decline_reason = reason
    asked.to_check = asked.to_check or reason == DeclineReason.ABUSE
    messages.tell(asked, mails.DeclinedMail, is_wrong_address=reason == DeclineReason.NOT_ME)
    return Done(None, data={"reason": reason.value})


@action(Verb.FORWARDED, may="validations.forward")
def forward(asked: Request, *, actor: Actor, name: str, email: str, role: str = "") -> Request:
    """Hand the request over to a colleague: the first link dies, and an adviser will check the answer."""
    locked = _open(asked)
    if locked.forwarded_count >= rules.MAX_FORWARDS:
        raise ValidationRefused(Refusal.FORWARDED_ENOUGH, limit=rules.MAX_FORWARDS)
    if mailboxes.mailbox(email) == mailboxes.mailbox(locked.contact_email):
        raise ValidationRefused(Refusal.FORWARD_SAME)
    before = locked.contact_name
    _require_reachable(locked.person, email)
    counts = queries.counts(locked.person, email, locked.establishment)
    if counts.same_address_open or counts.address_day >= rules.ADDRESS_PER_DAY:
        raise ValidationRefused(Refusal.ADDRESS_UNAVAILABLE)
    links.revoke(locked.pk)
    locked.contact_name, locked.contact_role = name.strip(), role.strip()
    locked.contact_email = mailboxes.normalised(email)
    locked.forwarded_count += 1
    locked.to_check = True
    locked.last_written_at = clock.now()
    locked.save()
    messages.ask(locked, forwarded_by=before)
    return locked


@action(Verb.OPPOSED, may="validations.oppose")
def oppose(asked: Request, *, actor: Actor) -> Request:
    """Never write to this address again, whoever asks; what is open there stops."""
    Opposition.objects.get_or_create(
        address_hash=rules.address_hash(asked.contact_email), defaults={"opposed_at": clock.now()}
    )
    for other in queries.to_address(asked.contact_email).filter(state__in=OPEN):
        decline(other, actor=job_actor("validations.oppose"), reason=DeclineReason.REFUSE)
    return asked


@action(Verb.REPORTED, may="validations.report")
def report(asked: Request, *, actor: Actor) -> Request:
    """Let the owner of the mailbox say that the answer is not theirs: it is worth less until an adviser has called."""
    locked = _locked(asked)
    if locked.state != RequestState.ANSWERED:
        raise ValidationRefused(Refusal.NOT_ANSWERED)
    locked.to_check, locked.checked_at = True, None
    locked.save(update_fields=["to_check", "checked_at"])
    for line in locked.skills.select_related("skill").filter(verdict=Verdict.CONFIRMED):
        _prove(locked, actor, line, Assurance.ANSWERED)
    return locked


@FLOW.action("withdraw")
def withdraw(asked: Request, *, actor: Actor) -> None:
    """Stop a request; the contact's page then says so and shows nothing of the person any more."""
    asked.closed_at = clock.now()
    asked.next_reminder_at = None


@FLOW.action("stop")
def stop(asked: Request, *, actor: Actor) -> None:
    """Stop a request to an establishment that closed, and tell the person the other ways."""
    asked.closed_at = clock.now()
    asked.next_reminder_at = None
    messages.tell(asked, mails.EstablishmentClosedMail)


@action(Verb.REMINDED, may="validations.remind_once")
def remind_once(asked: Request, *, actor: Actor) -> Request:
    """Let the person remind her contact once; our own next reminder moves away from it."""
    locked, now = _open(asked), clock.now()
    rules.require_reminder(locked.person_reminded_at, locked.last_written_at or now, now)
    locked.person_reminded_at = now
    return _write_again(locked, now, is_from_person=True)


@action(Verb.REMINDED, may="validations.remind")
def remind(asked: Request, *, actor: Actor, now: datetime) -> Request:
    """Send the automatic reminder that is due, with the same link; a second call finds nothing due."""
    locked = _open(asked)
    if locked.next_reminder_at is None or locked.next_reminder_at > now:
        return locked
    reminders.require_turn(locked.contact_email, queries.department(locked.establishment), now)
    locked.reminder_count += 1
    return _write_again(locked, now)


@FLOW.action("expire")
def expire(asked: Request, *, actor: Actor) -> None:
    """Close a request that nobody answered in time, and tell the person the other ways."""
    asked.closed_at = clock.now()
    asked.next_reminder_at = None
    messages.tell(asked, mails.ExpiredMail)


@FLOW.action("bounce")
def bounce(asked: Request, *, actor: Actor) -> None:
    """Close a request whose message could not be delivered."""
    asked.closed_at = clock.now()
    asked.next_reminder_at = None
    messages.tell(asked, mails.BouncedMail)


@action(Verb.CHECKED, may="validations.check")
def check(asked: Request, *, actor: Actor) -> Request:
    """Note that an adviser called the establishment and heard the same: the proofs of an answer rise to level 3."""
    locked = _locked(asked)
    if locked.state not in (RequestState.ANSWERED, RequestState.DECLINED):
        raise ValidationRefused(Refusal.NOT_ANSWERED)
    if locked.fraud_proved_at:
        raise ValidationRefused(Refusal.SET_ASIDE)
    locked.to_check, locked.checked_at = False, clock.now()
    locked.save(update_fields=["to_check", "checked_at"])
    for line in locked.skills.select_related("skill").filter(verdict=Verdict.CONFIRMED):
        _prove(locked, actor, line, Assurance.CHECKED)
    return locked


@action(Verb.FRAUD_PROVED, may="validations.check")
def prove_fraud(asked: Request, *, actor: Actor) -> Done:
    """Revoke every proof that came from a false validator's address, stop what is open there, tell each person."""
    if _locked(asked).state != RequestState.ANSWERED:
        raise ValidationRefused(Refusal.NOT_ANSWERED)
    now, answers, proofs, stopped = clock.now(), 0, 0, 0
    for other in queries.to_address(asked.contact_email).select_for_update(of=("self",), no_key=True):
        if other.state in OPEN:
            withdraw(other, actor=FRAUD)
            messages.tell(other, mails.SetAsideMail, had_answer=False)
            stopped += 1
        elif other.state == RequestState.ANSWERED and other.fraud_proved_at is None:
            Request.objects.unscoped("fraud concerns the address, whoever asked").filter(pk=other.pk).update(
                fraud_proved_at=now, to_check=False, checked_at=now
            )
            answers += 1
            proofs += _revoke(other, [line.skill_id for line in other.skills.all()], FRAUD)
            messages.tell(other, mails.SetAsideMail)
    if not answers:
        raise ValidationRefused(Refusal.SET_ASIDE)
    data = {"answer_count": answers, "revoked_count": proofs, "stopped_count": stopped}
    return Done(Cascade(answers, proofs, stopped), data=data, subject=asked)


@resender(links.ANSWER)
def _send_again(link: MailLink) -> None:
    """Send a new link to the same contact while the answer is awaited, and to nobody else."""
    asked = queries.by_link(link)
    if asked.is_open and mailboxes.mailbox(link.recipient) == mailboxes.mailbox(asked.contact_email):
        messages.ask(asked)


def _fill(asked: Request, name: str, email: str, role: str, message: str, establishment: Establishment | None) -> None:
    place = establishment or asked.experience.establishment
    if place is None:
        raise ValidationRefused(Refusal.NO_ESTABLISHMENT)
    asked.establishment = place
    asked.contact_name, asked.contact_email = name.strip(), mailboxes.normalised(email)
    asked.contact_role, asked.message = role.strip(), message.strip()
    _require_sendable(asked)


def _require_sendable(asked: Request) -> None:
    try:
        employers.require_open(Establishment.objects.get(pk=asked.establishment_id), clock.now())
    except employers.EstablishmentClosed as closed:
        raise ValidationRefused(Refusal.ESTABLISHMENT_CLOSED, why=closed.reason) from closed
    if not queries.identity(asked.person).first_name:
        raise ValidationRefused(Refusal.NAME_MISSING)
    _require_reachable(asked.person, asked.contact_email)


def _require_reachable(person: Person, email: str) -> None:
    rules.require_contact(email, queries.own_addresses(person))
    if queries.has_opposed(email) or queries.is_known_fraud(email):
        raise ValidationRefused(Refusal.ADDRESS_UNAVAILABLE)


def _chosen(asked: Request, actor: Actor, skill_ids: Sequence[UUID]) -> list[Skill]:
    wanted = list(dict.fromkeys(skill_ids))
    rules.require_skills(len(wanted))
    skills = queries.skills(wanted)
    if len(skills) != len(wanted):
        raise ValidationRefused(Refusal.UNKNOWN_SKILL)
    passport.declare_skills(asked.person, actor=actor, skill_ids=wanted, experience=asked.experience)
    return skills


def _record(asked: Request, actor: Actor, sheet: AnswerSheet) -> None:
    lines = {line.skill_id: line for line in asked.skills.select_related("skill")}
    rules.require_sheet(sheet, lines)
    for skill in queries.skills([pk for pk in sheet.added if pk not in lines]):
        lines[skill.pk] = RequestedSkill(request=asked, skill=skill, is_added_by_validator=True)
    for skill_id, line in lines.items():
        given = sheet.answers.get(skill_id) or sheet.added[skill_id]
        line.verdict, line.example, line.level = given.verdict, given.example.strip(), given.level
        line.save()
    asked.word = sheet.word.strip()
    _prove_all(asked, actor, list(lines.values()))


def _prove_all(asked: Request, actor: Actor, lines: Sequence[RequestedSkill]) -> None:
    level = rules.assurance(
        asked.contact_email,
        company_domain=asked.establishment.email_domain,
        known_addresses=queries.known_addresses(asked.establishment),
        is_doubtful=queries.is_doubted(asked),
    )
    refused = [line.skill_id for line in lines if line.verdict == Verdict.NOT_CONFIRMED]
    unjudged = [line.skill_id for line in lines if line.verdict == Verdict.CANNOT_JUDGE]
    _revoke(asked, [*refused, *unjudged], actor)
    for line in lines:
        if line.verdict == Verdict.CONFIRMED:
            _prove(asked, actor, line, Assurance(level))
    if refused or unjudged:
        passport.hide_unconfirmed(
            asked.person, actor=actor, skill_ids=refused, unjudged_ids=unjudged, source_id=asked.pk
        )


def _prove(asked: Request, actor: Actor, line: RequestedSkill, level: Assurance) -> Evidence:
    proof: Evidence = passport.record_evidence(
        asked.person,
        actor=actor,
        skill=line.skill,
        source=EvidenceSource.VALIDATION,
        source_id=asked.pk,
        assurance=level,
        origin=asked.establishment.name,
        origin_siret=asked.establishment.siret,
        witness_role=asked.contact_role,
        example=line.example,
        level=line.level,
        given_on=clock.local(asked.answered_at or clock.now()).date(),
    )
    return proof


def _revoke(asked: Request, skill_ids: Sequence[UUID], actor: Actor) -> int:
    proofs = Evidence.objects.unscoped("the validator's own answer, rectified or false").filter(
        source=EvidenceSource.VALIDATION, source_id=asked.pk, held_skill__skill_id__in=skill_ids, revoked_at=None
    )
    revoked = [passport.revoke_evidence(proof, actor=actor) for proof in proofs]
    return len(revoked)


def _write_again(locked: Request, now: datetime, *, is_from_person: bool = False) -> Request:
    locked.last_written_at = now
    locked.next_reminder_at = queries.next_reminder_at(locked, now)
    locked.save()
    messages.remind(locked, is_from_person=is_from_person)
    return locked


def _locked(asked: Request) -> Request:
    rows = Request.objects.unscoped("the action's own row, locked")
    found: Request = rows.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    return found


def _open(asked: Request) -> Request:
    locked = _locked(asked)
    if not locked.is_open:
        raise ValidationRefused(Refusal.NOT_OPEN)
    return locked


def _tally(asked: Request) -> dict[str, Any]:
    found = queries.verdicts(asked)
    return {f"{verdict}_count": len(lines) for verdict, lines in found.items() if lines}
