"""What an adviser writes in the file of an establishment, and its timeline as a file."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import primary_agency
from entremise.desk.queries_timeline import timeline
from entremise.employers import actions_file, queries
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.promotions import actions_export
from entremise.web.adviser.establishment_file_forms import ForecastForm, SatisfactionForm, ServiceForm
from entremise.web.adviser.establishment_page import found_establishment, kinds_of, page
from entremise.web.adviser.export_columns import timeline_columns
from entremise.web.adviser.timeline_words import Line, line
from entremise.web.kit.exports import MOST_LINES, spreadsheet, with_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh


@screen("employers.service_note")
@require_POST
@once
def service_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep a service or a measure that the establishment received."""
    found, form = found_establishment(pk), ServiceForm(request.POST, prefix="service")
    if form.is_valid() and _is_kept(form, actions_file.note_service, found, request, form.cleaned_data):
        return done(request, _("Le service est enregistré."), "establishment", pk=pk)
    return page(request, found, service_form=form)


@screen("employers.forecast_note")
@require_POST
@once
def forecast_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep a hiring forecast."""
    found, form = found_establishment(pk), ForecastForm(request.POST, prefix="prevision")
    if form.is_valid() and _is_kept(form, actions_file.note_forecast, found, request, form.told()):
        return done(request, _("La prévision est enregistrée."), "establishment", pk=pk)
    return page(request, found, forecast_form=form)


@screen("employers.satisfaction_note")
@require_POST
@once
def satisfaction_add(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Keep what the employer thought of a key moment."""
    found = found_establishment(pk)
    contacts = list(queries.contacts_for(found, request.actor))
    form = SatisfactionForm(request.POST, prefix="avis", contacts=contacts)
    if form.is_valid() and _is_kept(form, actions_file.note_satisfaction, found, request, form.told()):
        return done(request, _("L'avis est enregistré."), "establishment", pk=pk)
    return page(request, found, satisfaction_form=form)


@screen("employers.view")
@require_GET
@fresh
def establishment_timeline(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the timeline as a file, with the filters of the page; profiles are there by their reference alone."""
    found = found_establishment(pk)
    listed = timeline(found, request.actor, kinds=kinds_of(request), limit=MOST_LINES)
    if listed.next_key:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "establishment", pk=pk)
    agency = primary_agency(request.actor)
    if agency is not None:
        count = len(listed.entries)
        actions_export.note_export(agency, actor=request.actor, what="establishment_timeline", count=count)
    rows = (_row(line(entry)) for entry in listed.entries)
    title = _("Fil de %(name)s") % {"name": found.name}
    return spreadsheet(request, title[:80], *with_columns(request, timeline_columns(), rows))


def _is_kept(
    form: forms.Form, note: Callable[..., Any], found: Establishment, request: ActorRequest, told: dict[str, Any]
) -> bool:
    """Tell whether the domain accepted what was typed; its reason goes beside the field."""
    try:
        note(found, actor=request.actor, agency=primary_agency(request.actor), **told)
    except actions_file.FileRefused as refusal:
        form.add_error(refusal.field or None, refusal.reason)
        return False
    return True


def _row(shown: Line) -> list[Any]:
    words = " ".join(filter(None, (shown.words, shown.coming)))
    return [clock.local(shown.at).date(), shown.title, shown.who, shown.detail, words]
