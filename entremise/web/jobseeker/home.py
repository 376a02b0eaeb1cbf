"""The person's first page: where she stands, what to do next, what is moving, who looked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts.queries import calendar_for_agency
from entremise.kernel import clock
from entremise.passport import queries as passport
from entremise.passport.enums import NextAction
from entremise.people import actions, queries
from entremise.people.models import Person
from entremise.promotions import queries as promotions
from entremise.promotions.queries_words import news_for_person
from entremise.reciprok import queries_own
from entremise.validations import queries as validations
from entremise.web.jobseeker import movement, welcome, wording
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.opening import opening_of
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

WALL = 6


@screen("people.see_own")
def my_home(request: ActorRequest) -> HttpResponse:
    """Show one next action, the skills, what is moving and who looked; a newcomer is welcomed first."""
    person = my_person(request)
    requests = list(validations.moving_of_person(person, request.actor)[: movement.SHOWN])
    identity = queries.own_identity(person, request.actor)
    meter = passport.meter(person, identity, clock.today(), waiting_count=sum(one.is_open for one in requests))
    if welcome.is_due(request, identity, meter):
        return redirect("my_welcome", step=1)
    shown = list(promotions.of_person(person, request.actor)[: movement.SHOWN])
    applications = queries_own.moving(person, request.actor, movement.SHOWN)
    skills = passport.shown_skills(person)
    context = {
        "person": person,
        "identity": identity,
        "meter": meter,
        "words": wording.meter_words(meter, _confirmed_on(person)),
        "wall": [(held, passport.best_proof(held)) for held in skills[:WALL]],
        "more_count": max(0, len(skills) - WALL),
        "moves": movement.events(requests, shown, applications),
        "may_freshen": meter.next_action is NextAction.FRESHEN,
        "opening": opening_of(calendar_for_agency(person.agency), clock.now()) if person.agency else None,
    }
    return respond(request, "web/jobseeker/home.html", context)


@require_POST
@screen("people.edit")
def my_confirm(request: ActorRequest) -> HttpResponse:
    """Say that nothing changed."""
    actions.confirm_profile(my_person(request), actor=request.actor)
    return done(request, _("Merci. Votre profil est à jour pour trois mois."), "my_home")


@screen("people.see_own")
def my_promotions(request: ActorRequest) -> HttpResponse:
    """Show every promotion of the profile and its answer."""
    person = my_person(request)
    rows: list[Any] = list(promotions.of_person(person, request.actor))
    context = {"person": person, "rows": [(row, news_for_person(row)) for row in rows]}
    return respond(request, "web/jobseeker/promotions.html", context)


@screen("people.see_own")
def my_print(request: ActorRequest) -> HttpResponse:
    """Show the whole profile on one printable page."""
    person = my_person(request)
    shown = passport.shown_skills(person)
    context = {
        "person": person,
        "identity": queries.own_identity(person, request.actor),
        "wishes": queries.wishes(person),
        "experiences": list(passport.experiences(person)),
        "proved": [proof for held in shown if (proof := passport.best_proof(held))],
        "said": [held for held in shown if not held.assurance],
        "today": clock.today(),
    }
    return respond(request, "web/jobseeker/print.html", context)


def _confirmed_on(person: Person) -> Any:
    return clock.local(person.confirmed_at).date() if person.confirmed_at else None
