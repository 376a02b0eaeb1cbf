"""What the person did, and the skills it gave her."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from entremise.passport import actions, queries
from entremise.passport.actions import PassportRefused
from entremise.passport.models import Experience
from entremise.people import queries as people
from entremise.skills import queries as skills
from entremise.skills.models import Skill
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.forms_passport import ExperienceForm, SkillsForm
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifiers

FOUND = 8
PAGE = "web/jobseeker/experience.html"


@screen("passport.edit")
@once
def my_experience_add(request: ActorRequest) -> HttpResponse:
    """Tell an experience; its skills are proposed on the next page."""
    form = ExperienceForm(posted(request), actor=request.actor)
    if form.is_valid():
        try:
            told = actions.add_experience(my_person(request), actor=request.actor, **form.facts())
        except PassportRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Votre expérience est enregistrée."), "my_experience_skills", pk=told.pk)
    return respond(request, PAGE, {"form": form}, status=422 if form.errors else 200)


@screen("passport.edit")
@once
def my_experience(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct an experience."""
    experience = _mine(request, pk)
    initial = ExperienceForm.initial_of(experience)
    form = ExperienceForm(posted(request), actor=request.actor, initial=initial)
    if form.is_valid():
        try:
            actions.change_experience(experience, actor=request.actor, **form.facts())
        except PassportRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Votre expérience est corrigée."), "my_skills")
    context = {"form": form, "experience": experience}
    return respond(request, PAGE, context, status=422 if form.errors else 200)


@require_POST
@screen("passport.edit")
@once
def my_experience_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove an experience, with a way back."""
    experience = _mine(request, pk)
    facts = undo.facts_of_experience(experience)
    try:
        actions.remove_experience(experience, actor=request.actor)
    except PassportRefused as refusal:
        return refused(request, refusal.reason, "my_experience", pk=pk)
    undo.offer(request, "experience", facts, _("L'expérience « %s » est retirée.") % experience.title)
    return done(request, "", "my_skills")


@screen("passport.edit")
def my_experience_skills(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose the skills that an experience gave."""
    experience = _mine(request, pk)
    source = experience.job_title or experience.occupation
    return _choose(request, queries.proposed_skills(source, my_person(request)), experience)


@screen("passport.edit")
def my_skills_add(request: ActorRequest) -> HttpResponse:
    """Choose skills from the occupations that the person looks for or did."""
    person = my_person(request)
    sources = [wish.occupation for wish in people.wishes(person)] or [
        one.occupation for one in queries.experiences(person) if one.occupation
    ]
    proposed = {skill.pk: skill for source in sources[:2] for skill in queries.proposed_skills(source, person)}
    return _choose(request, list(proposed.values()), None)


def _choose(request: ActorRequest, proposed: list[Skill], experience: Experience | None) -> HttpResponse:
    typed, is_search = request.POST.get("find", "").strip(), "search" in request.POST
    form = SkillsForm(posted(request), proposed=proposed, found=_found(request, typed))
    context = {"form": form, "experience": experience, "is_search": is_search, "typed": typed}
    page, part = "web/jobseeker/skills_choose.html", "web/jobseeker/_skills_found.html"
    if is_search or not form.is_valid():
        return respond(request, page, context, part=part)
    try:
        new = actions.declare_skills(
            my_person(request), actor=request.actor, skill_ids=form.skill_ids(), experience=experience
        )
    except PassportRefused as refusal:
        form.add_error(None, refusal.reason)
        return respond(request, page, context, status=422)
    if not form.skill_ids():
        return done(request, "", "my_skills")
    said = ngettext("%(count)d compétence est ajoutée.", "%(count)d compétences sont ajoutées.", len(new)) % {
        "count": len(new)
    }
    undo.offer(request, "declared", {"held": [str(held.pk) for held in new]}, said)
    return done(request, "", "my_skills")


def _found(request: ActorRequest, typed: str) -> list[object]:
    """Return what the search finds, after what was ticked in an earlier search."""
    ticked = identifiers(request.POST.getlist("found"))
    kept: list[object] = list(queries.known_skills(ticked).values())
    found = skills.suggest_skills(typed, limit=FOUND) if typed else []
    return kept + [one for one in found if UUID(one.id) not in ticked]


def _mine(request: ActorRequest, pk: UUID) -> Experience:
    try:
        return queries.experience(pk, request.actor)
    except Experience.DoesNotExist:
        raise Http404 from None
