"""In which space a recruiter's page acts, what a space waits for in plain words, and the first page."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.employers import actions_spaces, queries
from entremise.employers import queries_own_spaces as own
from entremise.employers.actions_spaces import SpaceRefused
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import queries_recruiter_spaces
from entremise.offers import queries_own_offers
from entremise.reciprok.queries_board import waiting_count
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

SLOT = "recruiter_space"  # which space was chosen last, in the session
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a space stands, in words for its recruiter: what waits, what to do, by when."""

    tone: str
    title: str
    words: tuple[str, ...]
    can_ask_again: bool = False


def in_space(guard: str) -> Callable[[View], View]:
    """Guard a page of the space: the view receives the space in whose name it acts."""

    def decorate(view: View) -> View:
        @screen(guard)
        @functools.wraps(view)
        def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            spaces = own.own_spaces(request.actor)
            if not spaces:
                return redirect("recruiter_open_space")
            request.spaces = spaces  # type: ignore[attr-defined]  # read by `page`
            return view(request, _chosen(request, spaces), *args, **kwargs)

        return run

    return decorate


def page(
    request: ActorRequest,
    template: str,
    space: RecruiterSpace,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with a page of the space, under the banner that says where it stands."""
    frame = {"space": space, "spaces": request.spaces, "standing": standing(space)}  # type: ignore[attr-defined]
    return respond(request, f"web/recruiter/{template}", frame | context, part=part, status=status)


@in_space("employers.own_space")
@require_GET
def home(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Say where the space stands, what waits for its certification, and what to do next."""
    place = own.own_place(space, request.actor)
    context = {
        "place": place,
        "offers": queries_own_offers.counts(space, request.actor),
        "wishes": queries_recruiter_spaces.waiting_wishes(space),
        "waiting_count": waiting_count(space, request.actor),
        "member_count": own.member_count(space),
        "is_alone": place is not None and not own.other_members(place),
    }
    return page(request, "home.html", space, context)


@in_space("employers.own_space")
@require_POST
def choose(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Act in the name of another of one's spaces from now on."""
    asked = request.POST.get("espace", "")
    if any(str(one.pk) == asked for one in request.spaces):  # type: ignore[attr-defined]
        request.session[SLOT] = asked
    return redirect("recruiter_home")


@in_space("employers.ask_again")
@require_POST
@once
def ask_again(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Ask once more for a space that was refused."""
    try:
        actions_spaces.ask_again(space, actor=request.actor, purpose=request.POST.get("purpose", ""))
    except (SpaceRefused, TransitionRefused, queries.EstablishmentRefused) as refusal:
        return refused(request, refusal.reason, "recruiter_home")
    return done(request, _("C'est demandé. L'agence reprend contact avec l'entreprise."), "recruiter_home")


@in_space("employers.close_space")
@require_POST
@once
def close(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Close the space for good; the word is asked because nothing undoes it."""
    if request.POST.get("sure") != "on":
        return refused(request, _("Cochez la case pour confirmer : la fermeture est définitive."), "recruiter_team")
    try:
        actions_spaces.close_space(space, actor=request.actor)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, "recruiter_team")
    return done(request, _("L'espace est fermé : rien n'en est plus montré."), "recruiter_home")


def standing(space: RecruiterSpace) -> Standing:
    """Say where a space stands."""
    agency = {"agency": space.agency.name}
    held = _("Rien de ce que vous préparez n'est montré à personne avant.")
    if space.state == SpaceState.CERTIFIED:
        return Standing("success", _("Votre espace est certifié."), ())
    if space.state in {SpaceState.REFUSED, SpaceState.BLOCKED, SpaceState.CLOSED}:
        words = _("%(agency)s n'a pas pu confirmer cet espace. Rien n'en est montré. Appelez l'agence pour en parler.")
        return Standing(
            "danger", _("Votre espace n'est pas ouvert."), (words % agency,), space.state == SpaceState.REFUSED
        )
    if space.state == SpaceState.DOCUMENTS:
        seen = _("%(agency)s attend de voir une pièce : extrait Kbis, statuts ou pièce d'identité.") % agency
        how = _("Montrez-la en rendez-vous, sur place ou en visio. N'envoyez rien : l'agence n'en garde aucune copie.")
        return Standing("warning", _("Une pièce est attendue."), (seen, how, _until(space), held))
    if space.state == SpaceState.UNDER_REVIEW:
        words = _("%(agency)s vérifie l'espace et revient vers vous. Vous pouvez l'appeler pour aller plus vite.")
        return Standing("warning", _("Votre espace est en cours d'examen."), (words % agency, held))
    return Standing("info", _("Votre espace attend sa certification."), (_call(space), _until(space), held))


def _call(space: RecruiterSpace) -> str:
    told = {"agency": space.agency.name, "day": _day(space.call_by_at), "hour": _hour(space.call_by_at)}
    if space.reached_at is not None:
        return _("%(agency)s a joint l'entreprise et termine ses vérifications.") % told
    if space.call_by_at < clock.now():
        return _("%(agency)s essaie de joindre l'entreprise. Vous pouvez aussi l'appeler.") % told
    return (
        _(
            "%(agency)s appelle l'entreprise au plus tard %(day)s à %(hour)s, sur un numéro qu'elle connaît : "
            "prévenez votre standard."
        )
        % told
    )


def _until(space: RecruiterSpace) -> str:
    if space.reached_at is not None:
        return ""
    return _("Sans contact avec l'entreprise, la demande s'arrête %(day)s.") % {"day": _day(space.ends_at)}


def _day(at: Any) -> str:
    return formats.date_format(clock.local(at).date(), "l j F")


def _hour(at: Any) -> str:
    return formats.date_format(clock.local(at), _("G \\h i"))


def _chosen(request: ActorRequest, spaces: list[RecruiterSpace]) -> RecruiterSpace:
    wanted = request.session.get(SLOT, "")
    return next((one for one in spaces if str(one.pk) == wanted), spaces[0])
