"""Writes of the passport: experiences, skills said, and what others say of them."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from entremise.kernel import clock, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.passport import queries, rules
from entremise.passport.enums import Assurance, DoubtKind, EvidenceSource, ExperienceKind, Verb
from entremise.passport.models import Evidence, Experience, HeldSkill
from entremise.people import actions as people
from entremise.people.models import Person
from entremise.people.queries import hold
from entremise.skills.models import JobTitle, Skill

TOLD = ("kind", "title", "job_title", "establishment", "employer_name", "started_on", "ended_on", "tasks")


class PassportRefused(Exception):
    """The passport cannot be changed so; `reason` is a sentence for the user, `field` the one to correct."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.EXPERIENCE_ADDED, may="passport.edit")
def add_experience(
    person: Person,
    *,
    actor: Actor,
    title: str,
    started_on: dt.date,
    ended_on: dt.date | None = None,
    kind: str = ExperienceKind.JOB,
    job_title: JobTitle | None = None,
    establishment: Any = None,
    employer_name: str = "",
    tasks: str = "",
) -> Experience:
    """Add something the person did; the occupation follows the job title."""
    experience = Experience(person=person, created_at=clock.now())
    told = {
        "title": title,
        "started_on": started_on,
        "ended_on": ended_on,
        "kind": kind,
        "job_title": job_title,
        "establishment": establishment,
        "employer_name": employer_name,
        "tasks": tasks,
    }
    _tell(experience, told)
    notices.profile_changed.fire(person.pk)
    return experience


@action(Verb.EXPERIENCE_CHANGED, may="passport.edit")
def change_experience(experience: Experience, *, actor: Actor, **told: Any) -> Done:
    """Correct an experience."""
    if unknown := set(told) - set(TOLD):
        raise TypeError(f"not to be changed here: {sorted(unknown)}")
    rows = Experience.objects.unscoped("the policy decided on this row; it is read again to lock it")
    locked = rows.select_for_update(of=("self",), no_key=True).get(pk=experience.pk)
    _tell(locked, told)
    notices.profile_changed.fire(locked.person_id)
    return Done(locked, data={"fields": sorted(told)})


@action(Verb.EXPERIENCE_REMOVED, may="passport.edit")
def remove_experience(experience: Experience, *, actor: Actor) -> Done:
    """Remove an experience; its skills stay."""
    removed = str(experience.pk)
    try:
        experience.delete()
    except ProtectedError as error:
        raise PassportRefused(
            _("Une demande de validation s'appuie sur cette expérience : elle doit rester dans votre parcours.")
        ) from error
    notices.profile_changed.fire(experience.person_id)
    return Done(None, data={"experience": removed}, subject=experience.person)


@action(Verb.SKILLS_DECLARED, may="passport.edit")
def declare_skills(
    person: Person, *, actor: Actor, skill_ids: Sequence[UUID], experience: Experience | None = None
) -> Done:
    """Say that the person has these skills, gained in an experience when one is given; return those that are new."""
    wanted = list(dict.fromkeys(skill_ids))
    known = queries.known_skills(wanted)
    if len(known) < len(wanted):
        raise PassportRefused(
            _("Cette compétence n'est pas dans notre liste : choisissez-en une parmi les propositions.")
        )
    hold(person.pk)
    held = {one.skill_id: one for one in person.held_skills.select_for_update(of=("self",), no_key=True)}
    missing = [pk for pk in wanted if pk not in held]
    if len(held) + len(missing) > rules.MAX_HELD_SKILLS:
        raise PassportRefused(
            _("Votre liste est déjà très longue : gardez les %(count)d compétences qui comptent le plus.")
            % {"count": rules.MAX_HELD_SKILLS}
        )
    doubted = queries.doubts(person)
    new = [
        _new_skill(person, pk, is_shown=rules.is_shown_at_first([doubted[pk]] if pk in doubted else []))
        for pk in missing
    ]
    HeldSkill.objects.bulk_create(new)
    if experience is not None:
        experience.held_skills.add(*new, *(held[pk] for pk in wanted if pk in held))
    notices.profile_changed.fire(person.pk)
    return Done(new, data={"skills": [str(pk) for pk in missing]}, subject=person)


@action(Verb.SKILL_CHANGED, may="passport.edit")
def change_skill(
    held: HeldSkill, *, actor: Actor, level: str = "", last_used_on: dt.date | None = None, example: str = ""
) -> HeldSkill:
    """Say how well, until when and with which example a skill is mastered."""
    if last_used_on and rules.is_future(last_used_on, clock.today()):
        raise PassportRefused(_("Cette date n'est pas encore passée."), "last_used_on")
    locked = _locked(held)
    locked.level, locked.last_used_on, locked.example = level, last_used_on, example.strip()
    _check(locked, exclude=["person", "skill"])
    locked.save(update_fields=["level", "last_used_on", "example"])
    notices.profile_changed.fire(locked.person_id)
    return locked


@action(Verb.SKILL_SHOWN, may="passport.edit")
def set_shown(held: HeldSkill, *, actor: Actor, is_shown: bool) -> Done:
    """Show a skill to others or keep it for oneself; one that was asked and not confirmed stays private."""
    locked = _locked(held)
    if is_shown and not rules.may_show(has_evidence=_is_proved(locked), doubts=_doubts(locked)):
        raise PassportRefused(
            _(
                "Cette compétence n'a pas été confirmée : vous seule ou vous seul la voyez. "
                "Une autre personne qui vous a vu faire peut encore la confirmer."
            )
        )
    locked.is_shown = is_shown
    locked.save(update_fields=["is_shown"])
    _settle(locked.person, actor)
    return Done(locked, data={"shown": is_shown})


@action(Verb.SKILL_REMOVED, may="passport.edit")
def remove_skill(held: HeldSkill, *, actor: Actor) -> Done:
    """Remove a skill that is only said; a proved one can be hidden, since its proof was given by somebody else."""
    locked = _locked(held)
    if _is_proved(locked):
        raise PassportRefused(
            _("Cette compétence est prouvée. Vous pouvez la garder pour vous : personne d'autre ne la verra.")
        )
    person, skill = locked.person, str(locked.skill_id)
    locked.delete()
    notices.profile_changed.fire(person.pk)
    return Done(None, data={"skill": skill}, subject=person)


@action(Verb.EVIDENCE_RECORDED, may="passport.record_evidence")
def record_evidence(
    person: Person,
    *,
    actor: Actor,
    skill: Skill,
    source: str,
    source_id: UUID,
    assurance: int,
    origin: str,
    origin_siret: str = "",
    witness_role: str = "",
    example: str = "",
    level: str = "",
    given_on: dt.date | None = None,
) -> Done:
    """Record that someone confirmed a skill; the same source speaking again corrects what it said."""
    hold(person.pk)  # two witnesses answering at once: the skills are counted one after the other
    held = _held(person, skill)
    evidence, _made = Evidence.objects.unscoped("the policy decided on the person").update_or_create(
        held_skill=held,
        source=EvidenceSource(source),
        source_id=source_id,
        defaults={
            "assurance": Assurance(assurance),
            "origin": origin,
            "origin_siret": origin_siret,
            "witness_role": witness_role,
            "example": example,
            "level": level,
            "given_on": given_on or clock.today(),
            "revoked_at": None,
        },
    )
    held.is_shown = rules.is_shown_after_evidence(was_shown=held.is_shown, doubts=_doubts(held))
    person.doubts.filter(skill=skill, source_id=source_id).delete()
    _weigh(held)
    _settle(person, actor)
    notices.evidence_recorded.fire(evidence.pk)
    data = {"skill": str(skill.pk), "source": str(source), "source_id": str(source_id), "assurance": int(assurance)}
    return Done(evidence, data=data, subject=held)


@action(Verb.EVIDENCE_REVOKED, may="passport.revoke_evidence")
def revoke_evidence(evidence: Evidence, *, actor: Actor) -> Done:
    """Take a proof back; the skill falls to the best of what remains."""
    hold(evidence.held_skill.person_id)
    rows = Evidence.objects.unscoped("the policy decided on this row; it is read again to lock it")
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("held_skill__person").get(pk=evidence.pk)
    locked.revoked_at = locked.revoked_at or clock.now()
    locked.save(update_fields=["revoked_at"])
    _weigh(locked.held_skill)
    _settle(locked.held_skill.person, actor)
    notices.evidence_revoked.fire(locked.pk)
    return Done(locked, data={"skill": str(locked.held_skill.skill_id), "source_id": str(locked.source_id)})


@action(Verb.SKILLS_HIDDEN, may="passport.hide_unconfirmed")
def hide_unconfirmed(
    person: Person,
    *,
    actor: Actor,
    skill_ids: Collection[UUID],
    unjudged_ids: Collection[UUID] = (),
    source_id: UUID | None = None,
) -> Done:
    """Keep for the person alone what was asked and not confirmed; she may show again what could only not be judged.

    `skill_ids` were not confirmed, `unjudged_ids` could not be judged; the same source speaking again corrects itself.
    """
    hold(person.pk)
    kinds = dict.fromkeys(skill_ids, DoubtKind.UNCONFIRMED) | dict.fromkeys(unjudged_ids, DoubtKind.UNJUDGED)
    now = clock.now()
    for skill_id, kind in kinds.items():
        person.doubts.update_or_create(skill_id=skill_id, source_id=source_id, defaults={"kind": kind, "at": now})
    for held in person.held_skills.select_for_update(of=("self",), no_key=True).filter(skill__in=kinds):
        _weigh(held)
    _settle(person, actor)
    return Done(person, data={str(pk): str(kind) for pk, kind in kinds.items()})


def _tell(experience: Experience, told: dict[str, Any]) -> None:
    for name, value in told.items():
        setattr(experience, name, value.strip() if isinstance(value, str) else value)
    if "job_title" in told:
        experience.occupation = experience.job_title.occupation if experience.job_title else None
    if rules.is_future(experience.started_on, clock.today()):
        raise PassportRefused(
            _("Cette date n'est pas encore passée : indiquez quand vous avez commencé."), "started_on"
        )
    _check(experience, exclude=["person"])
    experience.save()


def _new_skill(person: Person, skill_id: UUID, *, is_shown: bool) -> HeldSkill:
    return HeldSkill(person=person, skill_id=skill_id, declared_at=clock.now(), is_shown=is_shown)


def _doubts(held: HeldSkill) -> set[str]:
    return set(held.person.doubts.filter(skill=held.skill_id).values_list("kind", flat=True))


def _locked(held: HeldSkill) -> HeldSkill:
    hold(held.person_id)
    rows = HeldSkill.objects.unscoped("the policy decided on this row; it is read again to lock it")
    return rows.select_for_update(of=("self",), no_key=True).select_related("person").get(pk=held.pk)


def _held(person: Person, skill: Skill) -> HeldSkill:
    """Return the skill as the person has it, locked; she has it now if she had not."""
    rows = HeldSkill.objects.unscoped("the policy decided on the person").select_for_update(of=("self",), no_key=True)
    held, _made = rows.get_or_create(person=person, skill=skill, defaults={"declared_at": clock.now()})
    return held


def _is_proved(held: HeldSkill) -> bool:
    return held.evidence.filter(revoked_at=None).exists()


def _weigh(held: HeldSkill) -> None:
    """Keep the assurance equal to the best living evidence, and hide what was asked in vain."""
    levels = list(held.evidence.filter(revoked_at=None).values_list("assurance", flat=True))
    held.assurance = rules.assurance_of(levels)
    held.is_shown = rules.is_shown_after_setback(
        was_shown=held.is_shown, has_evidence=bool(levels), doubts=_doubts(held)
    )
    held.save(update_fields=["assurance", "is_shown"])


def _settle(person: Person, actor: Actor) -> None:
    """Tell the profile how many skills are proved, when it changed, and search that something did."""
    count = person.held_skills.filter(assurance__gt=Assurance.DECLARED, is_shown=True).count()
    noted = Person.objects.unscoped("the policy decided on this person").filter(pk=person.pk)
    if count != noted.values_list("validated_skill_count", flat=True).get():
        people.note_validated_skills(person, actor=actor, count=count)
    notices.profile_changed.fire(person.pk)


def _check(row: Experience | HeldSkill, *, exclude: Sequence[str]) -> None:
    """Ask the table's own constraints and fields, and refuse with their first sentence."""
    try:
        row.validate_constraints(exclude=exclude)
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise PassportRefused(sentences[0], "" if field == "__all__" else field) from error
