"""A way back for ten seconds and more: what an act removed is kept in the session, and a POST puts it back."""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials.rules import CredentialRefused
from entremise.employers import queries as employers
from entremise.passport import actions as passport
from entremise.passport import queries as passport_queries
from entremise.passport.actions import PassportRefused
from entremise.passport.models import Experience, HeldSkill
from entremise.people import actions as people
from entremise.people.actions import ProfileRefused
from entremise.web.components import flash
from entremise.web.jobseeker import badges_undo, cv_undo
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen

SLOT = "undo"
KEPT = 5
Facts = dict[str, Any]


def offer(request: ActorRequest, kind: str, facts: Facts, said: str) -> None:
    """Say what was done, with a button that undoes it."""
    token = secrets.token_urlsafe(8)
    waiting = dict(request.session.get(SLOT, {}))
    waiting[token] = {"kind": kind, "facts": facts}
    request.session[SLOT] = dict(list(waiting.items())[-KEPT:])
    flash.say_undoable(request, said, undo_url=reverse("my_undo", args=[token]))


@require_POST
@screen("people.see_own")
@once
def my_undo(request: ActorRequest, token: str) -> HttpResponse:
    """Put back what was removed; once only."""
    waiting = dict(request.session.get(SLOT, {}))
    kept = waiting.pop(token, None)
    request.session[SLOT] = waiting
    if kept is None:
        return refused(request, _("Il est trop tard pour annuler : refaites le changement à la main."), "my_home")
    try:
        back = UNDOERS[kept["kind"]](request, kept["facts"])
    except (CredentialRefused, PassportRefused, ProfileRefused) as refusal:
        return refused(request, refusal.reason, "my_home")
    return done(request, _("C'est annulé : tout est comme avant."), back)


def facts_of_experience(experience: Experience) -> Facts:
    """Return what is needed to tell an experience again."""
    return {
        "kind": experience.kind,
        "title": experience.title,
        "job_title": str(experience.job_title_id or ""),
        "establishment": str(experience.establishment_id or ""),
        "employer_name": experience.employer_name,
        "started_on": experience.started_on.isoformat(),
        "ended_on": experience.ended_on.isoformat() if experience.ended_on else "",
        "tasks": experience.tasks,
        "skills": [str(pk) for pk in experience.held_skills.values_list("skill_id", flat=True)],
    }


def facts_of_skill(held: HeldSkill) -> Facts:
    """Return what is needed to say a skill again."""
    return {
        "skill": str(held.skill_id),
        "level": held.level,
        "last_used_on": held.last_used_on.isoformat() if held.last_used_on else "",
        "example": held.example,
        "experiences": [str(pk) for pk in held.experiences.values_list("pk", flat=True)],
    }


def _experience(request: ActorRequest, facts: Facts) -> str:
    person = my_person(request)
    experience = passport.add_experience(
        person,
        actor=request.actor,
        kind=facts["kind"],
        title=facts["title"],
        job_title=passport_queries.job_title(UUID(facts["job_title"])) if facts["job_title"] else None,
        establishment=employers.establishment(UUID(facts["establishment"])) if facts["establishment"] else None,
        employer_name=facts["employer_name"],
        started_on=dt.date.fromisoformat(facts["started_on"]),
        ended_on=_day(facts["ended_on"]),
        tasks=facts["tasks"],
    )
    if facts["skills"]:
        skills = [UUID(pk) for pk in facts["skills"]]
        passport.declare_skills(person, actor=request.actor, skill_ids=skills, experience=experience)
    return "my_skills"


def _skill(request: ActorRequest, facts: Facts) -> str:
    person = my_person(request)
    skill_id = UUID(facts["skill"])
    passport.declare_skills(person, actor=request.actor, skill_ids=[skill_id])
    held = next(one for one in passport_queries.held_skills(person) if one.skill_id == skill_id)
    passport.change_skill(
        held,
        actor=request.actor,
        level=facts["level"],
        last_used_on=_day(facts["last_used_on"]),
        example=facts["example"],
    )
    for experience in passport_queries.experiences(person).filter(pk__in=facts["experiences"]):
        passport.declare_skills(person, actor=request.actor, skill_ids=[skill_id], experience=experience)
    return "my_skills"


def _declared(request: ActorRequest, facts: Facts) -> str:
    new = set(facts["held"])
    for held in passport_queries.held_skills(my_person(request)):
        if str(held.pk) in new:
            passport.remove_skill(held, actor=request.actor)
    return "my_skills"


def _shown(request: ActorRequest, facts: Facts) -> str:
    held = passport_queries.held_skill(UUID(facts["held"]), request.actor)
    passport.set_shown(held, actor=request.actor, is_shown=facts["is_shown"])
    return "my_skills"


def _consent(request: ActorRequest, facts: Facts) -> str:
    person = my_person(request)
    if facts["visibility"] == "none":
        people.withdraw_consent(person, actor=request.actor)
    else:
        told = {"visibility": facts["visibility"], "language": facts["language"], "same_text": facts.get("version")}
        people.give_consent(person, actor=request.actor, **told)
    return "my_consent"


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


UNDOERS: dict[str, Callable[[ActorRequest, Facts], str]] = {
    "experience": _experience,
    "skill": _skill,
    "declared": _declared,
    "shown": _shown,
    "consent": _consent,
    **badges_undo.UNDOERS,
    **cv_undo.UNDOERS,
}
