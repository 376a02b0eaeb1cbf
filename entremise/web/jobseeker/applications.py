"""The applications that the person allowed something: what, since when, last used when; stopped in one click."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts import actions_partners, queries_partners, rules_partners
from entremise.accounts.enums_partners import Scope
from entremise.accounts.models_partners import Grant
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

MOST_PAST = 20


@screen("accounts.own_grant")
def my_applications(request: ActorRequest) -> HttpResponse:
    """Show what is allowed now, then what was."""
    grants = list(queries_partners.grants(request.actor))
    context = {
        "open": [_shown(one) for one in grants if queries_partners.is_open(one)],
        "past": [one for one in grants if not queries_partners.is_open(one)][:MOST_PAST],
    }
    return respond(request, "web/jobseeker/applications.html", context)


@require_POST
@screen("accounts.own_grant")
def my_application_stop(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stop an application at once."""
    grant = queries_partners.own_grant(pk, request.actor)
    if grant is None:
        raise Http404
    actions_partners.stop(grant, actor=request.actor)
    said = _("« %(name)s » n'a plus accès à votre passeport. Ce qu'elle avait déjà lu ou copié reste chez elle.")
    return done(request, said % {"name": grant.application.name}, "my_applications")


def _shown(grant: Grant) -> dict[str, object]:
    hosts = dict.fromkeys(rules_partners.host(one) for one in grant.application.redirects)
    return {"grant": grant, "host": ", ".join(hosts), "scopes": [Scope(one).label for one in grant.scopes]}
