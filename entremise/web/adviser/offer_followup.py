"""The follow-up of one offer: people presented and what the recruiter said, what is to do, closing it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import clock
from entremise.offers import actions_followup as actions
from entremise.offers import queries_followup as queries
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import OfferState
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask, Introduction
from entremise.offers.workflow import FLOW
from entremise.web.adviser.offer_followup_forms import FeedbackForm, IntroduceForm, PutOffForm, TaskForm
from entremise.web.adviser.offers import found_offer
from entremise.web.kit.exports import column_choice, spreadsheet, with_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("offers.view")
@require_GET
def offer_followup(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the follow-up of an offer."""
    return _page(request, found_offer(request, pk))


@screen("offers.view")
@require_GET
def offer_followup_export(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the people presented as a file; it has references and no name."""
    found = found_offer(request, pk)
    rows = (_line(one) for one in queries.introductions(found, request.actor))
    headings, lines = with_columns(request, _columns(), rows)
    return spreadsheet(request, _("Suivi de l'offre"), headings, lines)


@screen("offers.introduce")
@require_POST
@once
def offer_introduce(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Present somebody for an offer."""
    found, form = found_offer(request, pk), IntroduceForm(request.POST, actor=request.actor)
    if form.is_valid():
        told = form.cleaned_data
        try:
            actions.introduce(found, actor=request.actor, person=told["person"], note=told["note"])
            return done(request, _("La mise en relation est notée."), "offer_followup", pk=pk)
        except OfferRefused as refusal:
            form.add_error("reference", refusal.reason)
    return _page(request, found, introduce_form=form)


@screen("offers.note_feedback")
@require_POST
@once
def introduction_feedback(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep what the recruiter said of somebody."""
    found, form = _introduction(request, pk), FeedbackForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            actions.note_feedback(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("Le retour est noté."), "offer_followup", pk=found.offer_id)
        except OfferRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return _page(request, found_offer(request, found.offer_id), feedback_form=(pk, form))


@screen("offers.edit_followup")
@require_POST
@once
def offer_task_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Plan something to do about an offer."""
    found, form = found_offer(request, pk), TaskForm(request.POST)
    if form.is_valid():
        try:
            actions.plan_task(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("C'est prévu : la tâche sera dans votre journée."), "offer_followup", pk=pk)
        except OfferRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return _page(request, found, task_form=form)


@screen("offers.do_task")
@require_POST
def offer_task_done(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that a task is done."""
    found = _task(request, pk)
    actions.do_task(found, actor=request.actor, outcome=request.POST.get("outcome", ""))
    return done(request, _("C'est fait."), "offer_followup", pk=found.offer_id)


@screen("offers.do_task")
@require_POST
def offer_task_put_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Do a task on another day."""
    found, form = _task(request, pk), PutOffForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            actions.put_off(found, actor=request.actor, due_on=form.cleaned_data["due_on"])
            return done(request, _("La tâche est reportée."), "offer_followup", pk=found.offer_id)
        except OfferRefused as refusal:
            form.add_error("due_on", refusal.reason)
    return _page(request, found_offer(request, found.offer_id), put_off_form=(pk, form))


def _page(
    request: ActorRequest,
    offer: Offer,
    *,
    introduce_form: IntroduceForm | None = None,
    feedback_form: tuple[UUID, FeedbackForm] | None = None,
    task_form: TaskForm | None = None,
    put_off_form: tuple[UUID, PutOffForm] | None = None,
) -> HttpResponse:
    wrong: dict[UUID, Any] = dict(one for one in (feedback_form, put_off_form) if one)
    tasks = list(queries.tasks(offer, request.actor))
    context: dict[str, Any] = {
        "offer": offer,
        "today": clock.today(),
        "introduce_refusal": "" if offer.state == OfferState.OPEN else _("L'offre n'est pas ouverte."),
        "introduce_form": introduce_form or IntroduceForm(actor=request.actor),
        "introductions": [
            {"one": one, "is_open": one.pk in wrong, "form": wrong.get(one.pk) or _feedback(one)}
            for one in queries.introductions(offer, request.actor)
        ],
        "waiting": [
            {"one": one, "is_open": one.pk in wrong, "form": wrong.get(one.pk) or PutOffForm(prefix=str(one.pk))}
            for one in tasks
            if one.done_at is None
        ],
        "past": [one for one in tasks if one.done_at is not None],
        "task_form": task_form or TaskForm(),
        "close_refusal": FLOW.refusal(offer, "close", request.actor),
        "export": column_choice(request, reverse("offer_followup_export", args=[offer.pk]), _columns()),
    }
    is_wrong = introduce_form or feedback_form or task_form or put_off_form
    return respond(request, "web/adviser/offer_followup.html", context, status=422 if is_wrong else 200)


def _feedback(one: Introduction) -> FeedbackForm:
    return FeedbackForm(prefix=str(one.pk), initial={"feedback": one.feedback, "not_kept": one.not_kept})


def _introduction(request: ActorRequest, pk: UUID) -> Introduction:
    try:
        return queries.introduction(pk, request.actor)
    except Introduction.DoesNotExist as missing:
        raise Http404 from missing


def _task(request: ActorRequest, pk: UUID) -> FollowUpTask:
    try:
        return queries.task(pk, request.actor)
    except FollowUpTask.DoesNotExist as missing:
        raise Http404 from missing


def _columns() -> dict[str, str]:
    return {
        "profil": _("Profil"), "le": _("Présenté le"), "origine": _("Origine"), "retour": _("Retour"),
        "raison": _("Raison"), "retour_le": _("Retour le"),
    }  # fmt: skip


def _line(one: Introduction) -> list[Any]:
    days = [clock.local(at).date() if at else None for at in (one.at, one.feedback_at)]
    told = (one.get_origin_display(), one.get_feedback_display(), one.get_not_kept_display())
    return [one.person.reference, days[0], *told, days[1]]
