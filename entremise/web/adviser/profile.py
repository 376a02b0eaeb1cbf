"""One profile: the card with its proofs, then the identity for a purpose; every look leaves a trace."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from entremise.desk import queries_profile
from entremise.desk.queries_profile import ProfileFile, ProfileUnknown
from entremise.kernel import access
from entremise.kernel.access import AccessDenied
from entremise.kernel.actors import Actor
from entremise.kernel.vault import NotShown
from entremise.people import actions, actions_vigilance, queries_vigilance
from entremise.people.enums import ContractKind, Language, Licence, RevealPurpose, Schedule
from entremise.people.models import Identity, Person
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

PAGE, REFUSED = "web/adviser/profile.html", "web/adviser/profile_refused.html"


@screen("desk.open_profile")
@require_GET
def profile(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a profile without the name, and journal the look."""
    try:
        found = queries_profile.profile_file(pk, request.actor)
    except (ProfileUnknown, AccessDenied) as refusal:
        return _refused(request, refusal)
    actions.read_card(found.person, actor=request.actor)
    response = respond(request, PAGE, _context(request, found))
    response["HX-Push-Url"] = "false"  # beside the pool, the address stays that of the search
    return response


@screen("people.reveal")
@require_POST
def reveal(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the name and the contact, for the purpose that was said."""
    purpose = request.POST.get("purpose", "")
    try:
        if getattr(request, "htmx", False):
            person = queries_profile.person_to_show(pk, request.actor)
            identity = _identity(person, request.actor, purpose)
            return respond(request, "web/adviser/_identity.html", _shown(request, person, identity, purpose))
        found = queries_profile.profile_file(pk, request.actor)
        identity = _identity(found.person, request.actor, purpose)
    except (ProfileUnknown, AccessDenied) as refusal:
        return _refused(request, refusal)
    return respond(request, PAGE, {**_context(request, found), **_shown(request, found.person, identity, purpose)})


def _identity(person: Person, actor: Actor, purpose: str) -> Identity:
    """Show the identity, or leave the trace of the refusal: who keeps asking is seen."""
    try:
        identity: Identity = actions.reveal(person, actor=actor, purpose=purpose)
    except AccessDenied as refusal:
        actions_vigilance.note_refusal(person, actor=actor, why=refusal.name)
        raise
    return identity


def _context(request: ActorRequest, found: ProfileFile) -> dict[str, Any]:
    return {
        "file": found,
        "person": found.person,
        "labels": _labels(found.person),
        "is_pane": bool(getattr(request, "htmx", False)),
        "may_promote": bool(access.decide("promotions.promote", request.actor)),
        "may_certify": bool(access.decide("credentials.certify_employment", request.actor, found.person)),
        "identities_left": queries_vigilance.few_left(request.actor) if found.may_reveal else None,
    }


def _labels(person: Person) -> dict[str, list[str]]:
    """Say in words what a profile holds as codes."""
    chosen = {
        "contracts": (ContractKind, person.contracts), "schedules": (Schedule, person.schedules),
        "licences": (Licence, person.licences), "languages": (Language, person.languages),
    }  # fmt: skip
    return {
        name: [str(label) for value, label in choices.choices if value in values]
        for name, (choices, values) in chosen.items()
    }


def _shown(request: ActorRequest, person: Person, identity: Identity, purpose: str) -> dict[str, Any]:
    left = queries_vigilance.few_left(request.actor)
    return {
        "person": person,
        "identity": identity,
        "purpose": RevealPurpose(purpose).label,
        "identities_left": left,
    }


def _refused(request: ActorRequest, refusal: ProfileUnknown | AccessDenied) -> HttpResponse:
    """Say why nothing is shown; htmx shows an answer of status 422 in its place, and no other refusal."""
    status = 404 if isinstance(refusal, ProfileUnknown) else 403
    is_pane = bool(getattr(request, "htmx", False))
    context = {"reason": refusal.reason, "is_spent": isinstance(refusal, NotShown)}
    return respond(request, REFUSED, context, status=422 if is_pane else status)
