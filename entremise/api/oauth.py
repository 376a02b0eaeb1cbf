"""OAuth 2.0 for partner applications (RFC 6749, 7591, 7636, 7009): they register, get tokens, give them up.

The person's own page is `/oauth/authorize`, in `web`. `/oauth/token` also serves wallets: each kind of grant is told
apart here, once.
"""

import base64
import binascii
import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpResponse

from entremise.accounts import actions_partners, queries_partners, rules_partners
from entremise.accounts.actions_partners import PARTNERS, Tokens
from entremise.accounts.enums_partners import Authentication, OAuthError, Scope
from entremise.accounts.models_partners import PartnerApplication
from entremise.accounts.rules_partners import OAuthRefused
from entremise.api import wallets
from entremise.api.kit.answers import JSON, answer, document, written
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries_keys as keys
from entremise.credentials import queries_wallet
from entremise.lib.openbadges import limits
from entremise.lib.openbadges.reasons import Refused

FORM = wallets.FORM
MOST_BYTES = 64 * 1024
CREATED, BAD_REQUEST, UNAUTHORIZED, TOO_MANY = 201, 400, 401, 429
CODE, REFRESH = rules_partners.GRANT_TYPES
ONCE = ("grant_type", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "client_id", "client_secret")
AN_HOUR = "3600"
View = Callable[..., HttpResponse]


def _for_partners(view: View) -> View:
    """Answer refusals as the standards write them."""

    @functools.wraps(view)
    def run(request: ApiRequest) -> HttpResponse:
        try:
            return view(request)
        except OAuthRefused as refused:
            return _refusal(refused)

    return run


@endpoint(PUBLIC)
def server_metadata(request: ApiRequest) -> HttpResponse:
    """Answer how a token is asked for (RFC 8414), by wallets and by partner applications."""
    told = queries_wallet.server_metadata()
    mine: dict[str, Any] = {
        "authorization_endpoint": keys.address("/oauth/authorize"),
        "registration_endpoint": keys.address("/oauth/register"),
        "revocation_endpoint": keys.address("/oauth/revoke"),
        "grant_types_supported": [*told["grant_types_supported"], CODE, REFRESH],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
        "scopes_supported": [*told["scopes_supported"], *Scope.values],
        "token_endpoint_auth_methods_supported": list(Authentication.values),
        "revocation_endpoint_auth_methods_supported": list(Authentication.values),
        "service_documentation": keys.address("/ims/ob/v3p0/discovery"),
    }
    return document(request, written(told | mine), JSON)


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
@_for_partners
def register(request: ApiRequest) -> HttpResponse:
    """Register an application (RFC 7591): anybody may; only what a person allows opens anything."""
    if request.content_type != JSON:
        raise OAuthRefused(OAuthError.INVALID_METADATA, f"the request must be {JSON}")
    try:
        told = rules_partners.registration(limits.read_json(request.body))
    except Refused as refused:
        raise OAuthRefused(OAuthError.INVALID_METADATA, refused.code) from None
    made = actions_partners.register(told, actor=PARTNERS)
    return answer(_registered(made.application, made.secret), status=CREATED)


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
def token(request: ApiRequest) -> HttpResponse:
    """Exchange a code or a refresh token for an access token; a wallet's pre-authorised code too."""
    if request.POST.get("grant_type") in (CODE, REFRESH):
        return _partner_token(request)
    return wallets.token(request)


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
@_for_partners
def revoke(request: ApiRequest) -> HttpResponse:
    """Give up what a token stands for (RFC 7009): also said of a token that is unknown."""
    given = _form(request, ("token", "token_type_hint", "client_id", "client_secret"))
    application = _client(request, given)
    if not given["token"]:
        raise OAuthRefused(OAuthError.INVALID_REQUEST, "token is missing")
    actions_partners.give_up(application, actor=PARTNERS, token=given["token"])
    return answer({})


@_for_partners
def _partner_token(request: ApiRequest) -> HttpResponse:
    given = _form(request, ONCE)
    application = _client(request, given)
    found: Tokens | None
    if given["grant_type"] == CODE:
        proof = {"verifier": given["code_verifier"], "redirect": given["redirect_uri"]}
        found = actions_partners.exchange(application, actor=PARTNERS, code=given["code"], **proof)
    else:
        scopes = given["scope"].split()
        found = actions_partners.refresh(application, actor=PARTNERS, token=given["refresh_token"], scopes=scopes)
    if found is None:
        raise OAuthRefused(OAuthError.INVALID_GRANT, "wrong, over, used before, or not proven by its verifier")
    told = {
        "access_token": found.access,
        "token_type": "Bearer",
        "expires_in": found.seconds,
        "refresh_token": found.refresh,
        "scope": " ".join(found.scopes),
    }
    return answer(told, headers={"Pragma": "no-cache"})


def _form(request: ApiRequest, names: tuple[str, ...]) -> dict[str, str]:
    if request.content_type != FORM:
        raise OAuthRefused(OAuthError.INVALID_REQUEST, f"the request must be {FORM}")
    for name in names:
        if len(request.POST.getlist(name)) > 1:
            raise OAuthRefused(OAuthError.INVALID_REQUEST, f"{name} is given twice")
    return {name: str(request.POST.get(name, "")) for name in names}


def _client(request: ApiRequest, given: dict[str, str]) -> PartnerApplication:
    """Return the application that asks, in the one way it said it would prove itself."""
    scheme, _space, basic = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "basic":
        client_id, secret, method = (*_basic(basic), Authentication.BASIC)
    else:
        client_id, secret = given["client_id"], given["client_secret"]
        method = Authentication.POST if secret else Authentication.NONE
    found = queries_partners.authenticated(client_id, secret, method)
    if found is None:
        raise OAuthRefused(OAuthError.INVALID_CLIENT, "unknown application, or not proven in the way it registered")
    return found


def _basic(text: str) -> tuple[str, str]:
    try:
        client_id, _colon, secret = base64.b64decode(text.strip(), validate=True).decode().partition(":")
    except (ValueError, binascii.Error):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)  # RFC 6749 §2.3.1


def _registered(application: PartnerApplication, secret: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "client_id": str(application.pk),
        "client_id_issued_at": int(application.created_at.timestamp()),
        "client_name": application.name,
        "redirect_uris": application.redirects,
        "grant_types": list(rules_partners.GRANT_TYPES),
        "response_types": ["code"],
        "token_endpoint_auth_method": application.authentication,
        "scope": " ".join(application.scopes),
    }
    told |= {"client_secret": secret, "client_secret_expires_at": 0} if secret else {}
    members = {"client_uri": application.site, "policy_uri": application.policy, "software_id": application.software}
    return told | {name: value for name, value in members.items() if value}


def _refusal(refused: OAuthRefused) -> HttpResponse:
    told = {"error": refused.error.value} | ({"error_description": refused.said} if refused.said else {})
    if refused.error is OAuthError.INVALID_CLIENT:
        return answer(told, status=UNAUTHORIZED, headers={"WWW-Authenticate": 'Basic realm="oauth"'})
    if refused.error is OAuthError.TOO_MANY:
        return answer(told, status=TOO_MANY, headers={"Retry-After": AN_HOUR})
    return answer(told, status=BAD_REQUEST)
