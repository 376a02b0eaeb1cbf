"""A person is asked whether another platform may see or bring badges: who asks, for what, until when; she decides.

The request is the partner's, with the person in front of it (RFC 6749 §4.1). Nothing is sent to an address that the
application did not register: a request with another one is answered here, and goes no further.
"""

import datetime as dt

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from entremise.accounts import actions_partners, queries_partners, rules_partners
from entremise.accounts.enums_partners import OAuthError, Scope
from entremise.accounts.models_partners import PartnerApplication
from entremise.accounts.rules_partners import Asked, OAuthRefused
from entremise.kernel import clock
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.middleware import CSP
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

BAD_REQUEST = 400
PARAMETERS = (
    "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method",
)  # fmt: skip
WRITES = {Scope.WRITE_BADGES.value, Scope.CHANGE_PROFILE.value}


@screen("accounts.allow_partner")
def authorize(request: ActorRequest) -> HttpResponse:
    """Ask the person, then go back to the application with her answer."""
    application = _application(request)
    if application is None:
        reason = _(
            "L'application qui vous envoie n'est pas inscrite ici, ou son adresse de retour n'est pas la sienne."
        )
        return respond(request, "web/refused.html", {"reason": reason}, status=BAD_REQUEST)
    redirect, state = request.GET["redirect_uri"], request.GET.get("state", "")
    try:
        asked = rules_partners.asked(_given(request), application.scopes, redirect)
    except OAuthRefused as refused:
        return _back(redirect, state, error=refused.error.value, error_description=refused.said)
    my_person(request)  # a newcomer's passport opens here, so that what is allowed is allowed by somebody
    if request.method != "POST":
        return _question(request, application, asked)
    if request.POST.get("answer") != "yes":
        return _back(redirect, state, error=OAuthError.ACCESS_DENIED.value)
    code = actions_partners.allow(application, actor=request.actor, asked=asked)
    return _back(redirect, state, code=code)


def _question(request: ActorRequest, application: PartnerApplication, asked: Asked) -> HttpResponse:
    context = {
        "application": application,
        "host": rules_partners.host(asked.redirect),
        "is_near": rules_partners.host(asked.redirect) in rules_partners.LOOPBACK,
        "reads": [Scope(one).label for one in asked.scopes if one not in WRITES],
        "writes": [Scope(one).label for one in asked.scopes if one in WRITES],
        "until": clock.today() + dt.timedelta(days=rules_partners.GRANT_DAYS),
        "action": request.get_full_path(),
    }
    response = respond(request, "web/public/authorize.html", context)
    origin = rules_partners.origin(asked.redirect)  # browsers hold the answer's redirection to the form's policy
    response["Content-Security-Policy"] = CSP.replace("form-action 'self'", f"form-action 'self' {origin}")
    return response


def _application(request: ActorRequest) -> PartnerApplication | None:
    """Return who asks, when it is known and would be answered at an address of its own, to the letter."""
    if any(len(request.GET.getlist(name)) > 1 for name in PARAMETERS):
        return None
    found = queries_partners.application(request.GET.get("client_id", ""))
    return found if found and request.GET.get("redirect_uri", "") in found.redirects else None


def _given(request: ActorRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in PARAMETERS}


def _back(redirect: str, state: str, **said: str) -> HttpResponse:
    """Go back to the application; `iss` tells it who answers (RFC 9207)."""
    members = {name: text for name, text in {**said, "state": state}.items() if text}
    address = rules_partners.with_query(redirect, **members, iss=str(settings.BASE_URL).rstrip("/"))
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    return response
