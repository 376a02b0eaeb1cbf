"""The adviser's day on one page, and the search box that leads to a profile or an establishment."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.desk import queries
from entremise.kernel import clock
from entremise.people.queries import person_with_reference
from entremise.people.rules import read_reference
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("desk.view")
@require_GET
def desk(request: ActorRequest) -> HttpResponse:
    """Show what is overdue, due and new, whom to promote, and the agencies' share of promoted profiles."""
    now = clock.now()
    day = queries.day(request.actor, now)
    context = {"day": day, "today": clock.local(now).date(), "never_promoted": queries.READY}
    return respond(request, "web/adviser/desk.html", context)


@screen("desk.view")
@require_GET
def find(request: ActorRequest) -> HttpResponse:
    """Lead to the profile whose reference was typed, else to the establishments of that name."""
    typed = request.GET.get("q", "").strip()
    person = person_with_reference(typed, request.actor)
    if person is not None:
        return redirect("profile", pk=person.pk)
    if read_reference(typed):
        reason = _("Aucun profil de votre territoire ne porte la référence %s.") % typed.upper()
        return refused(request, reason, "desk")
    return redirect(f"{reverse('establishments')}?{urlencode({'q': typed})}")
