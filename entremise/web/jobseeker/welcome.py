"""The first visit in three short steps, each of which can be skipped."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entremise.passport.enums import NextAction
from entremise.passport.rules import Meter
from entremise.people import actions, queries
from entremise.people.actions import ProfileRefused
from entremise.people.models import Identity, Person
from entremise.web.jobseeker.forms import IdentityForm, WelcomeJobForm, WelcomePlaceForm, posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

SEEN = "welcomed"
STEPS = 3


def is_due(request: ActorRequest, identity: Identity, meter: Meter) -> bool:
    """Tell whether to welcome: nothing is said yet, and the welcome was not passed."""
    is_empty = meter.next_action is NextAction.WISH and not identity.first_name
    return is_empty and SEEN not in request.session


@screen("people.edit")
def my_welcome(request: ActorRequest, step: int) -> HttpResponse:
    """Ask one thing: the name, the job, the place."""
    if not 1 <= step <= STEPS:
        raise Http404
    request.session[SEEN] = True
    person = my_person(request)
    form = _form(request, person, step)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, person, step, form)
        except ProfileRefused as refusal:
            form.refuse(refusal)
        else:
            return _next(request, step)
    status = 422 if form.errors else 200
    return respond(request, "web/jobseeker/welcome.html", {"form": form, "step": step}, status=status)


def _form(request: ActorRequest, person: Person, step: int) -> Refusable:
    told = posted(request)
    if step == 1:
        return IdentityForm(told, initial=IdentityForm.initial_of(queries.own_identity(person, request.actor)))
    return WelcomeJobForm(told) if step == 2 else WelcomePlaceForm(told, initial={"mobility_km": person.mobility_km})


def _save(request: ActorRequest, person: Person, step: int, form: forms.Form) -> None:
    told = form.cleaned_data
    if step == 1:
        actions.set_identity(person, actor=request.actor, **told)
    elif step == 2 and told["job_title"]:
        kept = [wish.occupation_id for wish in queries.wishes(person)]
        wanted = [*kept, told["job_title"].occupation_id]
        actions.set_wishes(person, actor=request.actor, occupation_ids=wanted)
    elif step == STEPS and told["place"]:
        actions.change_profile(person, actor=request.actor, commune=told["place"], mobility_km=told["mobility_km"])


def _next(request: ActorRequest, step: int) -> HttpResponse:
    if step < STEPS:
        return redirect("my_welcome", step=step + 1)
    return done(request, _("C'est noté. Voici votre espace."), "my_home")
