"""The page of a badge: what it says, what it takes, who issues it. Machines get a document at the same address."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from entremise.credentials import queries, queries_directory
from entremise.credentials.enums import BadgeState
from entremise.kernel import access
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen


@screen(PUBLIC)
@require_safe
def achievement(request: ActorRequest, series: UUID, version: int) -> HttpResponse:
    """Show one version of a badge."""
    badge_class = queries.badge_class_at(series, version)
    if badge_class is None:
        raise Http404
    context = {
        "badge": badge_class,
        "alignments": badge_class.alignments.all(),
        "is_retired": badge_class.state == BadgeState.RETIRED,
        "endorsements": queries_directory.endorsements_of_badge(badge_class),
        "may_endorse": bool(access.decide("credentials.endorse", request.actor)),
    }
    return respond(request, "web/public/achievement.html", context)
