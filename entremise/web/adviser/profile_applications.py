"""The applications of a person, beside the profile that an adviser reads: where each stands, and since when."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from entremise.desk.queries_profile import ProfileUnknown, person_to_show
from entremise.kernel.access import AccessDenied
from entremise.reciprok.queries import of_person
from entremise.web.adviser.profile_offers import REFUSED, note_look
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

BESIDE, SHOWN = 5, 100
FULL, PART = "web/adviser/profile_applications.html", "web/adviser/_profile_applications.html"


@screen("desk.open_profile")
@require_GET
def profile_applications(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the applications of a person that the adviser may see, the latest first."""
    is_part = bool(getattr(request, "htmx", False))
    try:
        person = person_to_show(pk, request.actor)
    except (ProfileUnknown, AccessDenied) as refusal:
        if is_part:  # the profile beside which it would be shown is refused with the same words
            return HttpResponse(status=204)
        status = 404 if isinstance(refusal, ProfileUnknown) else 403
        return respond(request, REFUSED, {"reason": refusal.reason}, status=status)
    note_look(person, request.actor)
    limit = BESIDE if is_part else SHOWN
    found = list(of_person(person, request.actor)[: limit + 1])
    context = {"person": person, "found": found[:limit], "has_more": is_part and len(found) > limit}
    return respond(request, FULL, context, part=PART)
