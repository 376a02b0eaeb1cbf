"""Which agency a page of the team is about: the one asked for, else one's own."""

from django.http import HttpResponse

from entremise.accounts.models import Agency
from entremise.web.kit.screens import ActorRequest


def chosen(request: ActorRequest, agencies: list[Agency]) -> Agency | None:
    """Return the agency asked for among these, else the first that is the manager's own."""
    asked = request.POST.get("agence") or request.GET.get("agence", "")
    mine = next((agency for agency in agencies if agency.pk in request.actor.agency_ids), None)
    return next((agency for agency in agencies if str(agency.pk) == asked), mine or next(iter(agencies), None))


def back(response: HttpResponse, agency: Agency) -> HttpResponse:
    """Make a redirection keep the agency that was chosen."""
    response["Location"] = f"{response['Location']}?agence={agency.pk}"
    return response
