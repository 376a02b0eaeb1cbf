"""Complaints: those to answer, registering one, giving it to a colleague, answering it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.accounts.queries import colleagues, primary_agency
from entremise.desk import actions, queries_complaints
from entremise.desk.enums_desk import ComplaintAbout
from entremise.desk.models import Complaint
from entremise.kernel import access, clock
from entremise.web.adviser.complaint_forms import AnswerForm, AssignForm, ComplaintForm
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

COUNTED_DAYS = 90


@screen("desk.see_complaints")
@require_GET
def complaints(request: ActorRequest) -> HttpResponse:
    """List the complaints of the territory, those to answer first."""
    since = clock.now() - dt.timedelta(days=COUNTED_DAYS)
    context = {
        "found": _listed(request)[: queries_complaints.PAGE],
        "is_open": request.GET.get("etat") != "repondues",
        "is_mine": request.GET.get("miennes") == "1",
        "about": request.GET.get("sur", ""),
        "kinds": ComplaintAbout.choices,
        "count": queries_complaints.counted(request.actor, since),
        "days": COUNTED_DAYS,
        "now": clock.now(),
        "export": column_choice(request, reverse("complaints_export"), _columns()),
    }
    return respond(request, "web/adviser/complaints.html", context)


@screen("desk.see_complaints")
@require_GET
def complaints_export(request: ActorRequest) -> HttpResponse:
    """Give the list as a file, with the filters of the page; it names nobody."""
    found = list(_listed(request)[: MOST_LINES + 1])
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "complaints")
    return spreadsheet(request, _("Réclamations"), *with_columns(request, _columns(), map(_line, found)))


@screen("desk.register_complaint")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def complaint_add(request: ActorRequest) -> HttpResponse:
    """Register a complaint for one's agency."""
    form = ComplaintForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.register_complaint(primary_agency(request.actor), actor=request.actor, **form.told())
            return done(request, _("La réclamation est enregistrée."), "complaint", pk=made.pk)
        except actions.DeskRefused as refusal:
            form.refuse(refusal)
    status = 422 if form.errors else 200
    return respond(request, "web/adviser/complaint_form.html", {"form": form}, status=status)


@screen("desk.see_complaints")
@require_GET
def complaint(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one complaint."""
    return _page(request, _found(request, pk))


@screen("desk.handle_complaint")
@require_POST
@once
def complaint_assign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a complaint to a colleague."""
    found = _found(request, pk)
    form = AssignForm(request.POST, colleagues=list(colleagues(request.actor)))
    if form.is_valid():
        try:
            actions.assign_complaint(found, actor=request.actor, colleague=form.chosen())
            return done(request, _("La réclamation est confiée."), "complaint", pk=pk)
        except actions.DeskRefused as refusal:
            form.add_error("colleague", refusal.reason)
    return _page(request, found, assign_form=form)


@screen("desk.handle_complaint")
@require_POST
@once
def complaint_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note the answer that was given."""
    found, form = _found(request, pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer_complaint(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("La réponse est notée."), "complaint", pk=pk)
        except actions.DeskRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
    return _page(request, found, answer_form=form)


def _page(
    request: ActorRequest,
    found: Complaint,
    *,
    assign_form: AssignForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    decision = access.decide("desk.handle_complaint", request.actor, found)
    context: dict[str, Any] = {
        "complaint": found,
        "now": clock.now(),
        "refusal": "" if decision else getattr(decision, "reason", ""),
        "assign_form": assign_form or AssignForm(colleagues=list(colleagues(request.actor))),
        "answer_form": answer_form or AnswerForm(),
    }
    status = 422 if assign_form or answer_form else 200
    return respond(request, "web/adviser/complaint.html", context, status=status)


def _listed(request: ActorRequest) -> Any:
    about = request.GET.get("sur", "")
    return queries_complaints.complaints(
        request.actor,
        is_open=request.GET.get("etat") != "repondues",
        is_mine=request.GET.get("miennes") == "1",
        about=about if about in ComplaintAbout.values else "",
    )


def _found(request: ActorRequest, pk: UUID) -> Complaint:
    try:
        return queries_complaints.complaint(pk, request.actor)
    except Complaint.DoesNotExist as missing:
        raise Http404 from missing


def _columns() -> dict[str, str]:
    return {
        "recue": _("Reçue le"), "de": _("De"), "sur": _("Sur"), "avant": _("Réponse avant le"),
        "repondue": _("Répondue le"), "suite": _("Suite"), "etablissement": _("Établissement"), "agence": _("Agence"),
    }  # fmt: skip


def _line(one: Complaint) -> list[Any]:
    days = [clock.local(at).date() if at else None for at in (one.received_at, one.due_at, one.answered_at)]
    place = one.establishment.name if one.establishment else ""
    return [
        days[0], one.get_origin_display(), one.get_about_display(), days[1], days[2], one.get_outcome_display(), place,
        one.agency.name,
    ]  # fmt: skip
