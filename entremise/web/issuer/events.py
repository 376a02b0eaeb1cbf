"""Events where those who come take a badge: a code and a QR to print, hours, places."""

import io
from uuid import UUID

import segno
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.credentials import actions_events, queries_issuing, queries_keys
from entremise.credentials.models_files import Event
from entremise.credentials.rules import CredentialRefused
from entremise.web.issuer.badges import own_badge
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.issuer.forms import EventForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done
from entremise.web.kit.screens import ActorRequest, screen


@screen("credentials.desk")
@require_GET
def events(request: ActorRequest) -> HttpResponse:
    """List the events of the issuer."""
    issuer = my_issuer(request)
    context = {
        "issuer": issuer,
        "events": [(one, actions_events.not_to_take(one)) for one in queries_issuing.events_of(issuer)[:100]],
        "badges": queries_issuing.to_award(issuer),
    }
    return page(request, "events.html", "events", context)


@screen("credentials.award")
@once
def event_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Prepare an event for a badge."""
    badge_class = own_badge(request, pk)
    form = EventForm(request.POST or None, initial=EventForm.hours())
    if request.method == "POST" and form.is_valid():
        try:
            event = actions_events.open_event(badge_class, actor=request.actor, **form.cleaned_data)
            return done(request, _("L'événement est prêt : imprimez son affiche."), "issuer_event", event.pk)
        except CredentialRefused as refusal:
            form.refuse(refusal)
    context = {"issuer": badge_class.issuer, "badge": badge_class, "form": form}
    return page(request, "event_form.html", "events", context, status=422 if form.errors else 200)


@screen("credentials.desk")
@require_GET
def event(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show an event, with its poster to print."""
    found = own_event(request, pk)
    context = {
        "issuer": found.badge_class.issuer,
        "event": found,
        "address": public_address(found),
        "refusal": actions_events.not_to_take(found),
        "left": found.max_count - found.taken_count,
    }
    return page(request, "event.html", "events", context)


@screen("credentials.desk")
@require_GET
def event_qr(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Draw the QR code of an event."""
    out = io.BytesIO()
    segno.make(public_address(own_event(request, pk)), error="m").save(out, kind="svg", scale=8, border=4, svgns=True)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@screen("credentials.award")
@require_POST
@once
def event_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End an event before its hour."""
    actions_events.stop(own_event(request, pk), actor=request.actor)
    return done(request, _("L'événement est terminé : son code ne marche plus."), "issuer_event", pk)


def own_event(request: ActorRequest, pk: UUID) -> Event:
    """Return one event of the actor's own organisation, or 404."""
    found = queries_issuing.event_for(pk, request.actor)
    if found is None:
        raise Http404
    return found


def public_address(found: Event) -> str:
    """Return the address that the QR code holds."""
    return queries_keys.address(reverse("badge_event", args=[found.code]))
