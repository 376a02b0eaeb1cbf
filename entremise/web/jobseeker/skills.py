"""The skills the person holds: proved, said, or asked without being confirmed."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials import queries_sharing
from entremise.passport import actions, queries, rules
from entremise.passport.actions import PassportRefused
from entremise.passport.enums import DoubtKind
from entremise.passport.models import HeldSkill
from entremise.web.jobseeker import undo
from entremise.web.jobseeker.forms import posted
from entremise.web.jobseeker.forms_passport import SkillForm
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("people.see_own")
def my_skills(request: ActorRequest) -> HttpResponse:
    """Show the skills by what is known of them, and the experiences they come from."""
    person = my_person(request)
    held, doubts = queries.held_skills(person), queries.doubts(person)
    shown = [one for one in held if one.is_shown]
    context = {
        "person": person,
        "proved": [(one, proof) for one in shown if (proof := queries.best_proof(one))],
        "said": [one for one in shown if not one.assurance],
        "doubted": [(one, doubts[one.skill_id]) for one in held if not one.is_shown and one.skill_id in doubts],
        "hidden": [(one, queries.best_proof(one)) for one in held if not one.is_shown and one.skill_id not in doubts],
        "experiences": list(queries.experiences(person)),
        "unconfirmed": DoubtKind.UNCONFIRMED,
        "badge_count": queries_sharing.badge_count(person),
    }
    return respond(request, "web/jobseeker/skills.html", context)


@screen("passport.edit")
def my_skill(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a skill with its proofs; say the level and an example."""
    held = _mine(request, pk)
    form = SkillForm(posted(request), initial=SkillForm.initial_of(held))
    if form.is_valid():
        try:
            actions.change_skill(held, actor=request.actor, **form.facts())
        except PassportRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("C'est enregistré."), "my_skills")
    doubt = queries.doubts(my_person(request)).get(held.skill_id)
    may_show = rules.may_show(has_evidence=bool(held.evidence.all()), doubts=[doubt] if doubt else [])
    context = {"form": form, "held": held, "proofs": held.evidence.all(), "doubt": doubt, "may_show": may_show}
    return respond(request, "web/jobseeker/skill.html", context, status=422 if form.errors else 200)


@require_POST
@screen("passport.edit")
@once
def my_skill_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remove a skill that is only said, with a way back."""
    held = _mine(request, pk)
    facts = undo.facts_of_skill(held)
    try:
        actions.remove_skill(held, actor=request.actor)
    except PassportRefused as refusal:
        return refused(request, refusal.reason, "my_skill", pk=pk)
    undo.offer(request, "skill", facts, _("La compétence « %s » est retirée.") % held.skill.label)
    return done(request, "", "my_skills")


@require_POST
@screen("passport.edit")
def my_skill_show(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a skill to others, or keep it for oneself."""
    held, is_shown = _mine(request, pk), request.POST.get("shown") == "yes"
    try:
        actions.set_shown(held, actor=request.actor, is_shown=is_shown)
    except PassportRefused as refusal:
        return refused(request, refusal.reason, "my_skill", pk=pk)
    said = (
        _("La compétence « %s » est visible.")
        if is_shown
        else _("La compétence « %s » n'est plus visible que de vous.")
    )
    undo.offer(request, "shown", {"held": str(pk), "is_shown": not is_shown}, said % held.skill.label)
    return done(request, "", "my_skills")


def _mine(request: ActorRequest, pk: UUID) -> HeldSkill:
    try:
        return queries.held_skill(pk, request.actor)
    except HeldSkill.DoesNotExist:
        raise Http404 from None
