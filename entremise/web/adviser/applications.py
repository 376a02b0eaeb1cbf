"""Applications for advisers: who waits for too long and whom to call, one application, an answer heard by phone."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.reciprok import actions, actions_team, queries, queries_team, queries_voice, queries_words
from entremise.reciprok.models import Application
from entremise.reciprok.queries_team import Filters
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import FLOW
from entremise.web.adviser.application_forms import FavourForm, HeardForm, RefuseForm
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh
from entremise.web.kit.typed import whole_number

LONGEST_SEARCH = 100
VERBS = ("favour", "refuse", "hire")


@screen("reciprok.view")
@require_GET
def adviser_applications(request: ActorRequest) -> HttpResponse:
    """List the employers to call first: those who leave most people without an answer."""
    filters, now = filters_of(request), clock.now()
    calls = queries_team.to_call(filters, request.actor, now)
    shown = sum(one.waiting for one in calls)
    is_cut = len(calls) == queries_team.MOST_CALLS
    total = queries_team.long_waiting(filters, request.actor, now).count() if is_cut else shown
    context = {
        "filters": filters,
        "delays": queries_team.DELAYS,
        "calls": calls,
        "total": total,
        "is_cut": total > shown,
        "now": now,
        "export": column_choice(request, reverse("adviser_applications_export"), _columns()),
    }
    return respond(request, "web/adviser/applications.html", context)


@screen("reciprok.export")
@require_GET
@fresh
def adviser_applications_export(request: ActorRequest) -> HttpResponse:
    """Give the applications without answer as a file, with the filters of the page; it names nobody."""
    found = list(queries_team.long_waiting(filters_of(request), request.actor, clock.now())[: MOST_LINES + 1])
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "adviser_applications")
    phones = queries_team.callers([one.establishment_id for one in found])
    rows = (_line(one, phones) for one in found)
    return spreadsheet(request, _("Candidatures sans réponse"), *with_columns(request, _columns(), rows))


@screen("reciprok.view")
@require_GET
def adviser_application(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one application: where it stands and since when, what was said, whom to call; the look is journaled."""
    found = found_application(request, pk)
    actions_team.look(found, actor=request.actor)
    return _page(request, found)


@screen("reciprok.view")
@require_POST
@once
def adviser_application_favour(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that the employer said yes on the phone."""
    return _heard(request, pk, "favour", FavourForm(request.POST, prefix="favour"))


@screen("reciprok.view")
@require_POST
@once
def adviser_application_refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that the employer said no on the phone, and why."""
    return _heard(request, pk, "refuse", RefuseForm(request.POST, prefix="refuse"))


@screen("reciprok.view")
@require_POST
@once
def adviser_application_hire(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that the employer hired this person."""
    return _heard(request, pk, "hire", HeardForm(request.POST, prefix="hire"))


def filters_of(request: ActorRequest) -> Filters:
    """Return the filters of the list, as the address tells them."""
    days = whole_number(request.GET.get("depuis", ""))
    return Filters(
        days=days if days in queries_team.DELAYS else queries_team.LONG_DAYS,
        is_unread=request.GET.get("nonlues") == "1",
        is_mine=request.GET.get("agence") == "1",
        text=request.GET.get("q", "").strip()[:LONGEST_SEARCH],
    )


def found_application(request: ActorRequest, pk: UUID) -> Application:
    """Return an application of the territory, or answer that there is none."""
    try:
        return queries.application(pk, request.actor)
    except Application.DoesNotExist as missing:
        raise Http404 from missing


def _heard(request: ActorRequest, pk: UUID, verb: str, form: HeardForm) -> HttpResponse:
    found = found_application(request, pk)
    if form.is_valid():
        act = {"favour": actions.favour, "refuse": actions.refuse, "hire": actions.hire}[verb]
        try:
            act(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("La réponse est notée : la personne est prévenue."), "adviser_application", pk=pk)
        except TransitionRefused as refusal:
            return refused(request, refusal.reason, "adviser_application", pk=pk)
        except ApplicationRefused as refusal:
            form.refuse(refusal)
    return _page(request, found, wrong={verb: form})


def _page(request: ActorRequest, found: Application, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    blank = {
        "favour": FavourForm(prefix="favour"),
        "refuse": RefuseForm(prefix="refuse"),
        "hire": HeardForm(prefix="hire"),
    }
    context: dict[str, Any] = {
        "application": found,
        "title": queries_words.what_for(found),
        "moments": queries_team.moments(found),
        "caller": queries_team.caller_of(found),
        "is_of_territory": found.person.department_id in request.actor.departments,
        "reports": queries_voice.reports_of(found, request.actor),
        "refusals": {verb: FLOW.refusal(found, verb, request.actor) for verb in VERBS},
        "forms": blank | (wrong or {}),
        "wrong": next(iter(wrong), "") if wrong else "",
        "now": clock.now(),
    }
    return respond(request, "web/adviser/application.html", context, status=422 if wrong else 200)


def _columns() -> dict[str, str]:
    return {
        "etablissement": _("Établissement"), "siret": _("SIRET"), "contact": _("Qui appeler"),
        "telephone": _("Téléphone"), "poste": _("Poste"), "profil": _("Profil"), "envoyee": _("Envoyée le"),
        "lue": _("Lue le"), "etat": _("État"), "agence": _("Agence"),
    }  # fmt: skip


def _line(one: Application, phones: dict[UUID, queries_team.Caller]) -> list[Any]:
    caller = phones.get(one.establishment_id) or queries_team.Caller("", one.establishment.phone)
    days = [clock.local(at).date() if at else None for at in (one.sent_at, one.read_at)]
    return [
        one.establishment.name, one.establishment.siret, caller.name, caller.phone, queries_words.what_for(one),
        one.person.reference, *days, one.get_state_display(), one.inbox.agency.name,
    ]  # fmt: skip
