"""Employers to visit, and plans of visits: made, ordered, carried in a calendar, told."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import primary_agency
from entremise.desk import actions_prospecting as actions
from entremise.desk import queries_prospecting as queries
from entremise.desk import rules_prospecting as rules
from entremise.desk.actions import DeskRefused
from entremise.desk.models import Visit, VisitPlan
from entremise.employers.models import Establishment
from entremise.employers.queries import establishments_of
from entremise.kernel import access, clock
from entremise.web.adviser.prospecting_forms import (
    AddVisitForm,
    PlanForm,
    TargetsForm,
    VisitResultForm,
)
from entremise.web.kit.calendar_files import Appointment, calendar_file
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifiers

MINUTE = dt.timedelta(minutes=1)


@screen("desk.prospect")
@require_GET
def prospecting(request: ActorRequest) -> HttpResponse:
    """Show the employers most worth a visit, and one's plans."""
    return _targets_page(request, PlanForm())


@screen("desk.make_plan")
@require_POST
@once
def visit_plan_make(request: ActorRequest) -> HttpResponse:
    """Plan a day of visits to the employers chosen."""
    form = PlanForm(request.POST)
    if form.is_valid():
        chosen = _chosen(request.POST.getlist("establishments"))
        try:
            facts = {"establishments": chosen, **form.cleaned_data}
            made = actions.make_plan(primary_agency(request.actor), actor=request.actor, **facts)
            return done(request, _("Votre journée de visites est prête."), "visit_plan", pk=made.pk)
        except DeskRefused as refusal:
            form.refuse(refusal)
    return _targets_page(request, form)


@screen("desk.prospect")
@require_GET
def visit_plan(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a plan: the road, the hours, what came of each visit."""
    return _plan_page(request, _plan(request, pk))


@screen("desk.prospect")
@require_GET
def visit_plan_calendar(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a plan to a calendar."""
    found = _plan(request, pk)
    stops = queries.visits(found)
    appointments = [
        Appointment(
            f"{one.pk}@visites", starts_at, (ends_at - starts_at) // MINUTE,
            _("Visite : %(name)s") % {"name": one.establishment.name},
            f"{one.establishment.address} {one.establishment.commune.name}".strip(), words=one.why,
        )
        for one, (starts_at, ends_at) in zip(stops, queries.timetable(found, stops), strict=True)
    ]  # fmt: skip
    return calendar_file(f"visites-{found.on:%Y-%m-%d}", appointments, stamped_at=clock.now())


@screen("desk.change_plan")
@require_POST
@once
def visit_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add an employer to a plan."""
    found = _plan(request, pk)
    form = AddVisitForm(request.POST, actor=request.actor)
    if form.is_valid():
        try:
            actions.add_visit(found, actor=request.actor, establishment=form.cleaned_data["establishment"])
            return done(request, _("L'établissement est dans le plan."), "visit_plan", pk=pk)
        except DeskRefused as refusal:
            form.add_error("employer", refusal.reason)
    return _plan_page(request, found, add_form=form)


@screen("desk.change_plan")
@require_POST
def visit_plan_order(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Put the visits in the order of the shortest road."""
    actions.shorten_road(_plan(request, pk), actor=request.actor)
    return done(request, _("Les visites suivent la route la plus courte."), "visit_plan", pk=pk)


@screen("desk.change_visit")
@require_POST
def visit_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take an employer out of a plan."""
    try:
        found = _visit(request, pk)
    except Http404:  # taken out already
        return done(request, _("L'établissement n'est plus dans le plan."), "prospecting")
    try:
        actions.remove_visit(found, actor=request.actor)
    except DeskRefused as refusal:
        return refused(request, refusal.reason, "visit_plan", pk=found.plan_id)
    return done(request, _("L'établissement n'est plus dans le plan."), "visit_plan", pk=found.plan_id)


@screen("desk.change_visit")
@require_POST
@once
def visit_result(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note what came of a visit."""
    found, form = _visit(request, pk), VisitResultForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            actions.note_result(found, actor=request.actor, **form.cleaned_data)
            return done(
                request, _("C'est noté, ici et dans la fiche de l'établissement."), "visit_plan", pk=found.plan_id
            )
        except DeskRefused as refusal:
            form.refuse(refusal)
    return _plan_page(request, _plan(request, found.plan_id), result_form=(pk, form))


def _targets_page(request: ActorRequest, form: PlanForm) -> HttpResponse:
    filters = TargetsForm(request.GET or None, actor=request.actor)
    asked = filters.filters() if filters.is_valid() else queries.Filters()
    coming, past = queries.plans(request.actor)
    context = {
        "filters": filters,
        "targets": queries.targets(asked, request.actor),
        "form": form,
        "plans": coming,
        "past": past,
        "most": rules.MOST_STOPS,
        "chosen": set(request.POST.getlist("establishments")),
    }
    return respond(request, "web/adviser/prospecting.html", context, status=422 if form.errors else 200)


def _plan_page(
    request: ActorRequest,
    found: VisitPlan,
    *,
    add_form: AddVisitForm | None = None,
    result_form: tuple[UUID, VisitResultForm] | None = None,
) -> HttpResponse:
    stops = queries.visits(found)
    points = [queries.stop_at(one.establishment.commune) for one in stops]
    start = queries.stop_at(found.agency.commune)
    forms: dict[UUID, VisitResultForm] = dict([result_form] if result_form else [])
    rows = [
        {"visit": one, "starts_at": starts_at, "ends_at": ends_at,
         "form": forms.get(one.pk) or VisitResultForm(prefix=str(one.pk)), "is_open": one.pk in forms}
        for one, (starts_at, ends_at) in zip(stops, queries.timetable(found, stops), strict=True)
    ]  # fmt: skip
    context: dict[str, Any] = {
        "plan": found,
        "rows": rows,
        "km": round(rules.road_km(start, points, range(len(points)))),
        "may_change": bool(access.decide("desk.change_plan", request.actor, found)),
        "is_past": found.on <= clock.today(),
        "add_form": add_form or AddVisitForm(actor=request.actor),
    }
    status = 422 if add_form or result_form else 200
    return respond(request, "web/adviser/visit_plan.html", context, status=status)


def _chosen(keys: list[str]) -> list[Establishment]:
    return establishments_of(identifiers(keys[: 2 * rules.MOST_STOPS]))


def _plan(request: ActorRequest, pk: UUID) -> VisitPlan:
    try:
        return queries.plan(pk, request.actor)
    except VisitPlan.DoesNotExist as missing:
        raise Http404 from missing


def _visit(request: ActorRequest, pk: UUID) -> Visit:
    try:
        return queries.visit(pk, request.actor)
    except Visit.DoesNotExist as missing:
        raise Http404 from missing
