"""The person's requests: ask, follow, remind, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.kernel import clock, reminders
from entremise.kernel.workflow import TransitionRefused
from entremise.passport import queries as passport
from entremise.passport.actions import PassportRefused
from entremise.passport.models import Experience
from entremise.people import queries as people
from entremise.people.models import Person
from entremise.validations import actions, queries, rules
from entremise.validations.enums import RequestState
from entremise.validations.models import Request
from entremise.validations.rules import ValidationRefused
from entremise.web.jobseeker import validation_places
from entremise.web.jobseeker.validation_forms import FIELD_OF, Offered, RequestForm, initial_of, offered
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

ADD = "web/jobseeker/validation_add.html"


@dataclass
class Desk:
    """What the page of a new request works on: an experience, maybe a draft, the form."""

    experience: Experience
    draft: Request | None
    offered: Offered
    form: RequestForm


@screen("validations.view")
def my_validations(request: ActorRequest) -> HttpResponse:
    """List the person's requests, what waits first."""
    person = _person(request)
    asked = list(queries.of_person(person, request.actor))
    drafts = [one for one in asked if one.state == RequestState.DRAFT]
    waiting = [one for one in asked if one.is_open]
    others = [one for one in asked if one not in drafts and one not in waiting]
    context = {"waiting": waiting, "drafts": drafts, "others": others}
    return respond(request, "web/jobseeker/validations.html", context)


@screen("validations.view")
def my_validation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show where one request stands and who has the ball."""
    asked = _mine(request, pk)
    context = {
        "asked": asked,
        "timeline": queries.timeline(asked, clock.now()),
        "verdicts": queries.verdicts(asked),
        "why_no_reminder": _why_no_reminder(asked),
    }
    return respond(request, "web/jobseeker/validation.html", context)


@screen("validations.prepare")
@once
def my_validation_add(request: ActorRequest) -> HttpResponse:
    """Ask in three steps on one page: who, which skills, the exact mail."""
    desk = _desk(request)
    if desk is None:
        context = {"experiences": list(passport.experiences(_person(request)))}
        return respond(request, "web/jobseeker/validation_choose.html", context)
    step = request.POST.get("step", "")
    if request.method != "POST" or step in ("", "preview"):
        return _page(request, desk)
    if not desk.form.is_valid():
        return _page(request, desk, status=422)
    return _take(request, desk, is_sending=step == "send")


@require_POST
@screen("validations.view")
@once
def my_validation_send(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send a request kept in preparation."""
    return _act(request, pk, actions.send, _("Votre demande est partie."))


@require_POST
@screen("validations.view")
@once
def my_validation_remind(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Remind the contact once."""
    return _act(request, pk, actions.remind_once, _("Votre contact a été relancé."))


@require_POST
@screen("validations.view")
@once
def my_validation_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw a request."""
    said = _("Votre demande est retirée. Votre contact ne voit plus rien de vous.")
    return _act(request, pk, actions.withdraw, said)


def _desk(request: ActorRequest) -> Desk | None:
    draft = _mine(request, _uuid(request.GET["demande"])) if "demande" in request.GET else None
    if draft is None and "experience" not in request.GET:
        return None
    experience_id = draft.experience_id if draft else _uuid(request.GET["experience"])
    try:
        experience = passport.experience(experience_id, request.actor)
    except Experience.DoesNotExist:
        raise Http404 from None
    skills = offered(experience)
    initial = initial_of(draft) if draft else None
    is_filled = request.method == "POST" and request.POST.get("step") in ("send", "keep")
    if request.method == "POST" and not is_filled:  # a preview: shown as filled in, without reproach
        initial = {**request.POST.dict(), "skills": request.POST.getlist("skills")}
    return Desk(
        experience,
        draft,
        skills,
        RequestForm(request.POST if is_filled else None, choices=skills.choices, initial=initial),
    )


def _take(request: ActorRequest, desk: Desk, *, is_sending: bool) -> HttpResponse:
    told = desk.form.cleaned_data
    place = validation_places.find(told["place"], told["place_id"], request.actor)
    if place.error:
        desk.form.add_error("place", place.error)
        return _page(request, desk, status=422, options=place.options)
    facts = desk.form.facts(place.establishment)
    try:
        with transaction.atomic():
            asked = (
                actions.change(desk.draft, actor=request.actor, **facts)
                if desk.draft
                else actions.prepare(desk.experience, actor=request.actor, **facts)
            )
            if is_sending:
                asked = actions.send(asked, actor=request.actor)
    except ValidationRefused as refusal:
        desk.form.add_error(FIELD_OF.get(refusal.code), refusal.reason)
        return _page(request, desk, status=422, refusal=refusal.code)
    except PassportRefused as refusal:
        desk.form.add_error("skills", refusal.reason)
        return _page(request, desk, status=422)
    said = _("Votre demande est partie à %(name)s.") if is_sending else _("Votre demande à %(name)s attend ici.")
    return done(request, said % {"name": asked.contact_name}, "my_validation", pk=asked.pk)


def _page(request: ActorRequest, desk: Desk, *, status: int = 200, **more: Any) -> HttpResponse:
    form, experience = desk.form, desk.experience
    chosen = form["skills"].value() or []
    place = experience.establishment
    policy = reminders.policy("validations", queries.department(place) if place else "")
    context = {
        "form": form,
        "experience": experience,
        "draft": desk.draft,
        "max_skills": rules.MAX_SKILLS,
        "first_name": queries.identity(experience.person).first_name,
        "labels": desk.offered.labels(chosen),
        "contact_name": form["contact_name"].value() or "",
        "word": form["message"].value() or "",
        "contact_email": form["contact_email"].value() or "",
        "expires_on": clock.local(policy.expires_at(clock.now())).date(),
        "needs_place": place is None or not place.is_open,
        **more,
    }
    return respond(request, ADD, context, part="web/jobseeker/_validation_preview.html", status=status)


def _act(request: ActorRequest, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    try:
        act(_mine(request, pk), actor=request.actor)
    except (ValidationRefused, TransitionRefused) as refusal:
        return refused(request, refusal.reason, "my_validation", pk=pk)
    return done(request, said, "my_validation", pk=pk)


def _why_no_reminder(asked: Request) -> str:
    try:
        rules.require_reminder(asked.person_reminded_at, asked.last_written_at or clock.now(), clock.now())
    except ValidationRefused as refusal:
        return refusal.reason
    return ""


def _person(request: ActorRequest) -> Person:
    person = people.person_of(request.actor)
    if person is None:
        raise Http404
    return person


def _mine(request: ActorRequest, pk: UUID) -> Request:
    try:
        return queries.request(pk, request.actor)
    except Request.DoesNotExist:
        raise Http404 from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
