"""The one page of an establishment: identity, contacts, forms, and its whole life in one timeline."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from entremise.desk.enums import EntryKind
from entremise.desk.queries_timeline import timeline
from entremise.employers import queries
from entremise.employers.models import Contact, Establishment
from entremise.kernel import access, clock
from entremise.matching import queries_recruiter
from entremise.web.adviser.establishment_file_forms import ForecastForm, SatisfactionForm, ServiceForm
from entremise.web.adviser.establishment_forms import CloseForm, ContactForm, ContactLogForm
from entremise.web.adviser.export_columns import timeline_columns
from entremise.web.adviser.timeline_words import Line, line
from entremise.web.kit.exports import column_choice
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest

PAGE = "web/adviser/establishment.html"
PART = "web/adviser/_establishment_timeline.html"
SIBLINGS = 20
KIND, AFTER = "genre", "apres"


@dataclass(frozen=True, slots=True)
class Filter:
    """A kind of lines that may be shown alone."""

    code: str
    label: str
    href: str
    is_chosen: bool


def found_establishment(pk: UUID) -> Establishment:
    """Return an establishment, or answer that there is none."""
    try:
        return queries.establishment(pk)
    except Establishment.DoesNotExist as missing:
        raise Http404 from missing


def kinds_of(request: ActorRequest) -> set[str]:
    """Return the kinds of lines asked for in the address; nothing stands for all."""
    return {code for code in request.GET.getlist(KIND) if code in EntryKind.values}


def page(request: ActorRequest, found: Establishment, **bound: forms.Form) -> HttpResponse:
    """Show the file; a form that was refused comes back open with what is wrong."""
    shown = _timeline(request, found)
    if not bound and getattr(request, "htmx", False) and not request.htmx.boosted:  # type: ignore[attr-defined]
        return respond(request, PAGE, shown, part=PART)
    contacts = list(queries.contacts_for(found, request.actor))
    siblings = list(queries.siblings(found)[: SIBLINGS + 1])
    is_mine = found.commune.department_id in request.actor.departments
    context = {
        "contacts": contacts,
        "is_mine": is_mine,
        "siblings": siblings[:SIBLINGS],
        "has_more_siblings": len(siblings) > SIBLINGS,
        "recruiters": queries_recruiter.recruiters(found, contacts, request.actor) if is_mine else [],
        "may_open_space": found.is_open and bool(access.decide("employers.open_space_for", request.actor, found)),
        "wrong": next(iter(bound), ""),
        **shown,
        **_forms(contacts),
        **bound,
    }
    return respond(request, PAGE, context, status=422 if bound else 200)


def _timeline(request: ActorRequest, found: Establishment) -> dict[str, Any]:
    kinds = kinds_of(request)
    listed = timeline(found, request.actor, kinds=kinds, after=request.GET.get(AFTER, ""))
    events: list[Line] = [line(entry) for entry in listed.entries]
    here = reverse("establishment", args=[found.pk])
    kept: dict[str, Any] = {KIND: sorted(kinds)} if kinds else {}
    more = urlencode({**kept, AFTER: listed.next_key}, doseq=True)
    return {
        "establishment": found,
        "events": events,
        "filters": [
            Filter("", "", f"{here}#fil", not kinds),
            *(Filter(k, str(k.label), f"{here}?{KIND}={k}#fil", kinds == {k}) for k in EntryKind),
        ],
        "next_href": f"{here}?{more}#fil" if listed.next_key else "",
        "is_filtered": bool(kinds),
        "export": column_choice(request, reverse("establishment_timeline", args=[found.pk]), timeline_columns()),
    }


def _forms(contacts: list[Contact]) -> dict[str, forms.Form]:
    today = clock.today()
    return {
        "contact_form": ContactForm(),
        "log_form": ContactLogForm(contacts=contacts),
        "close_form": CloseForm(),
        "service_form": ServiceForm(prefix="service", initial={"on": today}),
        "forecast_form": ForecastForm(prefix="prevision"),
        "satisfaction_form": SatisfactionForm(prefix="avis", contacts=contacts, initial={"on": today}),
    }
