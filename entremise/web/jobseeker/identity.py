"""Who the person is and what she wishes."""

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.people import actions, queries
from entremise.people.actions import ProfileRefused
from entremise.web.jobseeker.forms import IdentityForm, WishesForm, posted
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("people.edit")
@once
def my_identity(request: ActorRequest) -> HttpResponse:
    """Say the name and how to be reached."""
    person = my_person(request)
    form = IdentityForm(posted(request), initial=IdentityForm.initial_of(queries.own_identity(person, request.actor)))
    if form.is_valid():
        try:
            actions.set_identity(person, actor=request.actor, **form.cleaned_data)
        except ProfileRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Vos coordonnées sont enregistrées."), "my_home")
    context = {"form": form, "person": person}
    return respond(request, "web/jobseeker/identity.html", context, status=422 if form.errors else 200)


@screen("people.edit")
@once
def my_wishes(request: ActorRequest) -> HttpResponse:
    """Say what job, where, when and how; saving confirms the profile."""
    person, today = my_person(request), clock.today()
    wishes = queries.wishes(person)
    form = WishesForm(posted(request), wishes=wishes, initial=WishesForm.initial_of(person, wishes, today))
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.set_wishes(person, actor=request.actor, occupation_ids=form.occupation_ids())
                actions.change_profile(person, actor=request.actor, **form.facts(today))
        except ProfileRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("Vos souhaits sont enregistrés, et votre profil est à jour."), "my_home")
    context = {"form": form, "person": person}
    return respond(request, "web/jobseeker/wishes.html", context, status=422 if form.errors else 200)
