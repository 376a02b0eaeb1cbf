"""Open Badges 3.0 API, as a host (§6): another platform reads and brings badges for a person who allowed it.

No cookie and no session: an access token of `oauth`, which stands for one person and some scopes.
"""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from entremise.accounts import actions_partners, queries_partners
from entremise.accounts import queries as accounts
from entremise.accounts.actions_partners import PARTNERS
from entremise.accounts.enums_partners import Scope
from entremise.accounts.models_partners import Grant
from entremise.accounts.rules_partners import with_query
from entremise.api.hosting_description import service_description
from entremise.api.kit.answers import JSON, OPEN_HEADERS, ApiRefused, answer, document, varying, written
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.api.kit.imsx import status_info
from entremise.credentials import actions_foreign, actions_portable, queries_portable
from entremise.credentials import queries_keys as keys
from entremise.credentials.clients import Busy
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.rules_portable import MOST_LISTED, Outcome
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import di, limits
from entremise.lib.openbadges.jsonld import OPEN_BADGES
from entremise.lib.openbadges.reasons import Refused
from entremise.people import actions as people_actions
from entremise.people import queries as people
from entremise.people.actions import ProfileRefused
from entremise.people.models import Person

MOST_BYTES = 2**20
CREDENTIALS = "/ims/ob/v3p0/credentials"
TEXT = "text/plain"
AS_JSON = {JSON, "application/vc+ld+json", "application/vc", "application/ld+json"}
STATUS = {Outcome.CREATED: 201, Outcome.REPLACED: 200, Outcome.UNCHANGED: 304}
COME_BACK = "5"
LONGEST_NAME = 80
UNCHANGEABLE = {"email", "phone"}
Holder = tuple[Grant, Person, Actor]


@endpoint(PUBLIC, tell=status_info)
def discovery(request: ApiRequest) -> HttpResponse:
    """Answer what this interface offers, and where one registers (§6.3)."""
    return document(request, written(service_description()), JSON, seconds=3600)


@endpoint(PUBLIC, methods=("GET", "HEAD", "POST"), most_bytes=MOST_BYTES, tell=status_info)
def credentials(request: ApiRequest) -> HttpResponse:
    """List the person's badges (§6.2.2), or keep one that is brought (§6.2.3)."""
    if request.method == "POST":
        return _receive(request)
    grant, person, _actor = _holder(request, Scope.READ_BADGES)
    limit = _whole(request, "limit", MOST_LISTED, least=1)
    offset = _whole(request, "offset", 0, least=0)
    found = queries_portable.page(person, limit=min(limit, MOST_LISTED), offset=offset, since=_since(request))
    _note_look(grant, "credentials")
    headers = {
        "X-Total-Count": str(found.total),
        "Link": _links(request, min(limit, MOST_LISTED), offset, found.total),
        "Access-Control-Expose-Headers": "Link, X-Total-Count, WWW-Authenticate, Retry-After",
    }
    tokens = [written(one.decode()) for one in found.tokens]
    parts = (b'{"credential":[', b",".join(found.documents), b'],"compactJwsString":[', b",".join(tokens), b"]}")
    return _said(b"".join(parts), JSON, headers=headers)


@endpoint(PUBLIC, methods=("GET", "HEAD", "PUT"), most_bytes=64 * 1024, tell=status_info)
def profile(request: ApiRequest) -> HttpResponse:
    """Say who the person is (§6.2.4), or correct her name (§6.2.5)."""
    is_change = request.method == "PUT"
    grant, person, actor = _holder(request, Scope.CHANGE_PROFILE if is_change else Scope.READ_PROFILE)
    if is_change:
        _change(request, person, actor)
        actions_partners.note_write(grant, actor=PARTNERS, what="profile")
    else:
        _note_look(grant, "profile")
    return answer(_profile(grant, person, actor))


def _receive(request: ApiRequest) -> HttpResponse:
    grant, person, actor = _holder(request, Scope.WRITE_BADGES)
    if request.content_type not in AS_JSON | {TEXT}:
        raise ApiRefused(400, "invalid_data", _("Envoyez le badge en JSON, ou son jeton en texte."))
    given = request.body
    try:
        examined = actions_foreign.examine(given.strip(), person)
        outcome: Outcome = actions_portable.receive(person, actor=actor, examined=examined)
    except CredentialRefused as refused:
        raise ApiRefused(400, "invalid_data", refused.reason) from None
    except Busy:
        reason = _("Beaucoup de badges d'autres sites sont vérifiés en ce moment : recommencez dans un instant.")
        raise ApiRefused(503, "busy", reason, {"Retry-After": COME_BACK}) from None
    actions_partners.note_write(grant, actor=PARTNERS, what=f"credential_{outcome.value}")
    if outcome is Outcome.UNCHANGED:
        return _said(b"", JSON, status=STATUS[outcome])
    return _said(given, TEXT if request.content_type == TEXT else JSON, status=STATUS[outcome])


def _holder(request: ApiRequest, scope: Scope) -> Holder:
    """Return whose badges the token opens, and in whose name it acts; refuse what it does not stand for."""
    kind, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    grant = queries_partners.grant_of(bearer.strip()) if kind.lower() == "bearer" else None
    if grant is None:
        asked = 'Bearer realm="openbadges"' + (', error="invalid_token"' if bearer else "")
        reason = _("Le jeton d'accès manque, n'est pas connu ou n'est plus valable.")
        raise ApiRefused(401, "invalid_token", reason, {"WWW-Authenticate": asked})
    if scope.value not in grant.scopes:
        asked = f'Bearer realm="openbadges", error="insufficient_scope", scope="{scope.value}"'
        raise ApiRefused(403, "scope", _("La personne n'a pas autorisé cela."), {"WWW-Authenticate": asked})
    actor = accounts.actor_for(grant.user, second_factor=False)
    person = people.person_of(actor)
    if person is None:
        raise ApiRefused(403, "no_passport", _("Ce compte n'a pas de passeport."))
    return grant, person, actor


def _note_look(grant: Grant, what: str) -> None:
    if actions_partners.is_to_note(grant):
        actions_partners.note_read(grant, actor=PARTNERS, what=what)


def _whole(request: ApiRequest, name: str, otherwise: int, *, least: int) -> int:
    text = request.GET.get(name, str(otherwise))
    if not (text.isascii() and text.isdecimal() and len(text) <= 9 and int(text) >= least):
        sentence = _("%(name)s doit être un nombre entier, %(least)s au moins.")
        raise ApiRefused(400, "invalid_query_parameter", sentence % {"name": name, "least": least})
    return int(text)


def _since(request: ApiRequest) -> dt.datetime | None:
    text = request.GET.get("since", "")
    if not text:
        return None
    try:
        return di.moment(text.replace(" ", "+"))  # a + that was not encoded arrives as a space
    except Refused:
        reason = _("since doit être une date et une heure avec leur fuseau, comme 2026-11-22T10:30:00Z.")
        raise ApiRefused(400, "invalid_query_parameter", reason) from None


def _links(request: ApiRequest, limit: int, offset: int, total: int) -> str:
    """Write where the other pages are (§6.4)."""
    last = max(0, (total - 1) // limit * limit) if total else 0
    places = {"first": 0, "last": last}
    if offset + limit < total:
        places["next"] = offset + limit
    if offset > 0:
        places["prev"] = max(0, offset - limit)
    kept = {"since": request.GET["since"]} if request.GET.get("since") else {}
    at = keys.address(CREDENTIALS)
    told = [
        f'<{with_query(at, limit=str(limit), offset=str(place), **kept)}>; rel="{name}"'
        for name, place in places.items()
    ]
    return ", ".join(told)


def _profile(grant: Grant, person: Person, actor: Actor) -> dict[str, Any]:
    """Write who the person is: her name, under an identifier that this application alone knows."""
    identity = people.own_identity(person, actor)
    names = {"name": identity.full_name, "givenName": identity.first_name, "familyName": identity.last_name}
    told = {"@context": [OPEN_BADGES], "id": f"urn:uuid:{grant.pk}", "type": ["Profile"]}
    return told | {name: text for name, text in names.items() if text}


def _change(request: ApiRequest, person: Person, actor: Actor) -> None:
    """Correct the name; the address and the telephone are proven by their owner, here."""
    if request.content_type not in AS_JSON:
        raise ApiRefused(400, "invalid_data", _("Envoyez le profil en JSON."))
    try:
        told = limits.read_json(request.body)
    except Refused as refused:
        raise ApiRefused(400, "invalid_data", f"{_('Ce profil ne se lit pas.')} ({refused.code})") from None
    if UNCHANGEABLE & set(told):
        reason = _("L'adresse et le téléphone ne se changent pas par cette interface.")
        raise ApiRefused(400, "invalid_data", reason)
    first, last = (limits.clean_text(_name(told, member)).strip() for member in ("givenName", "familyName"))
    if not first or not last:
        raise ApiRefused(400, "invalid_data", _("Donnez le prénom (givenName) et le nom (familyName)."))
    now = people.own_identity(person, actor)
    try:
        people_actions.set_identity(
            person, actor=actor, first_name=first, last_name=last, email=now.email, phone=str(now.phone or "")
        )
    except ProfileRefused as refused:
        raise ApiRefused(400, "invalid_data", str(refused)) from None


def _name(told: dict[str, Any], member: str) -> str:
    given = told.get(member)
    return given if isinstance(given, str) and len(given) <= LONGEST_NAME else ""


def _said(body: bytes, media_type: str, *, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    told = {"Cache-Control": "no-store", **OPEN_HEADERS, **(headers or {})}
    return varying(HttpResponse(body, content_type=media_type, status=status, headers=told), ["Authorization"])
