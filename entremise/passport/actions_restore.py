"""Taking back a passport from an archive: experiences and skills are said again, proofs are not."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.employers.models import Establishment
from entremise.kernel import clock, erasure
from entremise.kernel.actors import Actor
from entremise.kernel.erasure import Row, Tables
from entremise.lib.archives import day_at, moment_at, reference_at, text_at
from entremise.passport import actions
from entremise.passport.actions import PassportRefused
from entremise.passport.enums import DoubtKind, ExperienceKind, Level
from entremise.passport.models import Experience, HeldSkill
from entremise.passport.rules import MAX_HELD_SKILLS
from entremise.people.models import Person
from entremise.skills.models import JobTitle, Skill

MOST_EXPERIENCES = 200


def restore(person_id: UUID, actor: Actor, tables: Tables) -> list[str]:
    """Say again experiences and skills, keep what was not confirmed; return a sentence for what could not be said."""
    person = Person.objects.unscoped(erasure.WHY).get(pk=person_id)
    lost: list[str] = []
    _doubts(person, tables)  # first: a skill that was asked in vain comes back hidden
    experiences = _experiences(person, actor, tables, lost)
    _skills(person, actor, tables, experiences, lost)
    return lost


def _experiences(person: Person, actor: Actor, tables: Tables, lost: list[str]) -> dict[str, Experience]:
    """Add each experience; return them by the identifier they had in the archive."""
    made = {}
    for row in tables.get("passport.experience", [])[:MOST_EXPERIENCES]:
        title = text_at(row, "title", 250)
        try:
            made[reference_at(row, "id")] = _experience(person, actor, row, title)
        except PassportRefused as refusal:
            lost.append(f"{title} : {refusal.reason}" if title else refusal.reason)
    return made


def _experience(person: Person, actor: Actor, row: Row, title: str) -> Experience:
    started_on = day_at(row, "started_on")
    if started_on is None:
        raise PassportRefused(_("La date de début n'a pas pu être lue."))
    kind, siret = text_at(row, "kind", 15), text_at(row, "establishment__siret", 14)
    source, external_id = text_at(row, "job_title__source", 20), text_at(row, "job_title__external_id", 80)
    titles = JobTitle.objects.filter(source=source, external_id=external_id)
    experience: Experience = actions.add_experience(
        person,
        actor=actor,
        title=title,
        started_on=started_on,
        ended_on=day_at(row, "ended_on"),
        kind=kind if kind in ExperienceKind.values else ExperienceKind.JOB,
        job_title=titles.first() if source and external_id else None,
        establishment=Establishment.objects.filter(siret=siret).first() if siret else None,
        employer_name=text_at(row, "employer_name", 200),
        tasks=text_at(row, "tasks", 20_000),
    )
    return experience


def _skills(person: Person, actor: Actor, tables: Tables, experiences: dict[str, Experience], lost: list[str]) -> None:
    rows = tables.get("passport.heldskill", [])
    found = {reference_at(row, "id"): skill for row in rows if (skill := _skill(row))}
    for row in rows:
        if reference_at(row, "id") not in found and (label := text_at(row, "skill__label", 250)):
            lost.append(_("Cette compétence n'est plus dans notre liste : %(label)s.") % {"label": label})
    wanted = list(dict.fromkeys(skill.pk for skill in found.values()))[:MAX_HELD_SKILLS]
    actions.declare_skills(person, actor=actor, skill_ids=wanted)
    for reference, experience in experiences.items():
        gained = [
            found[held].pk
            for row in tables.get("passport.heldskill_experiences", [])
            if reference_at(row, "experience") == reference and (held := reference_at(row, "heldskill")) in found
        ]
        if gained := [pk for pk in gained if pk in wanted]:
            actions.declare_skills(person, actor=actor, skill_ids=gained, experience=experience)
    held_by_skill = {one.skill_id: one for one in person.held_skills.all()}
    for row in rows:
        skill = found.get(reference_at(row, "id"))
        if skill and skill.pk in held_by_skill:
            _tell(held_by_skill[skill.pk], actor, row)


def _tell(held: HeldSkill, actor: Actor, row: Row) -> None:
    """Say how a skill is held, and keep it hidden when it was."""
    level, last_used_on = text_at(row, "level", 12), day_at(row, "last_used_on")
    today: dt.date = clock.today()
    actions.change_skill(
        held,
        actor=actor,
        level=level if level in Level.values else "",
        last_used_on=last_used_on if last_used_on and last_used_on <= today else None,
        example=text_at(row, "example", 20_000),
    )
    if row.get("is_shown") is False:
        actions.set_shown(held, actor=actor, is_shown=False)


def _doubts(person: Person, tables: Tables) -> None:
    """Keep that a skill was asked in vain: an archive does not wash that away."""
    now = clock.now()
    for row in tables.get("passport.doubt", []):
        skill, kind = _skill(row), text_at(row, "kind", 12)
        if skill and kind in DoubtKind.values:
            at = moment_at(row, "at") or now
            person.doubts.get_or_create(skill=skill, source_id=None, defaults={"kind": kind, "at": min(at, now)})


def _skill(row: Row) -> Skill | None:
    """Return the skill that a row is about, when it is still in the referential."""
    source, external_id = text_at(row, "skill__source", 20), text_at(row, "skill__external_id", 80)
    if not (source and external_id):
        return None
    return Skill.objects.filter(source=source, external_id=external_id, retired_on=None).first()
