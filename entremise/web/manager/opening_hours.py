"""The opening hours of an agency: a week to fill in, and what the public reads of it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts import actions, queries
from entremise.kernel import clock
from entremise.web.kit.once import once
from entremise.web.kit.opening import opening_of
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.manager.agency_choice import back, chosen
from entremise.web.manager.opening_hours_forms import HoursForm


@screen("agencies.set_hours")
@once
def opening_hours(request: ActorRequest) -> HttpResponse:
    """Show the week of an agency and take a new one."""
    agencies = list(queries.agencies_of(request.actor))
    agency = chosen(request, agencies)
    if agency is None:
        raise Http404
    calendar = queries.calendar_for_agency(agency)
    form = HoursForm(request.POST if request.method == "POST" else None, week=calendar.hours.week)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_opening_hours(agency, actor=request.actor, hours=form.hours())
            return back(done(request, _("Les horaires sont enregistrés."), "opening_hours"), agency)
        except actions.HoursRefused as refusal:
            form.refuse(refusal)
    context = {
        "form": form, "agency": agency, "agencies": agencies, "is_usual": queries.has_usual_hours(agency),
        "opening": opening_of(calendar, clock.now()),
    }  # fmt: skip
    return respond(request, "web/manager/opening_hours.html", context, status=422 if form.errors else 200)


@require_POST
@screen("agencies.set_hours")
def usual_hours(request: ActorRequest) -> HttpResponse:
    """Go back to the usual hours of the service."""
    agency = chosen(request, list(queries.agencies_of(request.actor)))
    if agency is None:
        raise Http404
    actions.restore_usual_hours(agency, actor=request.actor)
    return back(done(request, _("L'agence suit de nouveau les horaires habituels."), "opening_hours"), agency)
