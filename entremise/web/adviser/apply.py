"""Applying with the person beside: choose an open offer, see what leaves, send; she gets the notice at once."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from entremise.desk.queries_profile import ProfileUnknown, person_to_show
from entremise.kernel import clock
from entremise.kernel.access import AccessDenied
from entremise.matching.queries_offer_words import offers_for_adviser
from entremise.matching.queries_reverse import offers_for
from entremise.offers import queries as offers
from entremise.offers import queries_public
from entremise.people.models import Person
from entremise.reciprok import actions_apply, queries_own
from entremise.reciprok.enums import ApplicationOrigin
from entremise.reciprok.models import Application
from entremise.reciprok.rules import ApplicationRefused
from entremise.web.adviser.profile_offers import note_look
from entremise.web.kit.applying import PREVIEW, ApplyForm, Target, form_for, shown
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

FOUND, LONGEST = 20, 120
PAGE, PART = "web/adviser/apply.html", "web/jobseeker/_apply_preview.html"
CLOSED = 409


@screen("reciprok.apply")
@require_GET
def adviser_apply_choose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose the offer: by its title or its reference, or among those that fit the person."""
    try:
        person = person_to_show(pk, request.actor)
    except (ProfileUnknown, AccessDenied) as refusal:
        return _refused(request, refusal)
    note_look(person, request.actor)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    page = offers.listed(offers.Filters(state="open", text=typed), request.actor) if typed else None
    fitting = [] if typed else offers_for_adviser(offers_for(person, actor=request.actor, limit=FOUND).found)
    context = {
        "person": person,
        "typed": typed,
        "found": list(page.rows)[:FOUND] if page else [],
        "fitting": [card.offer for card in fitting],
        "has_consent": bool(vars(person)["shared"]),
    }
    return respond(request, "web/adviser/apply_choose.html", context)


@screen("reciprok.apply")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_apply(request: ActorRequest, pk: UUID, offer: UUID) -> HttpResponse:
    """Show what leaves in the person's name, and send it with her."""
    try:
        person = person_to_show(pk, request.actor)
    except (ProfileUnknown, AccessDenied) as refusal:
        return _refused(request, refusal)
    found = queries_public.offer_to_apply_to(offer)
    if found is None:
        raise Http404
    note_look(person, request.actor)
    target = Target(found.establishment, found)
    if reason := _why_not(person, target):
        context = {"person": person, "target": target, "reason": reason, "similar": target.similar()}
        return respond(request, "web/adviser/apply_closed.html", context, status=CLOSED)
    form = form_for(request, person, beside=True)
    if not form.is_bound or request.POST.get("step") == PREVIEW or not form.is_valid():
        return _page(request, person, target, form)
    return _send(request, person, target, form)


def _send(request: ActorRequest, person: Person, target: Target, form: ApplyForm) -> HttpResponse:
    to = {"offer": target.offer, "establishment": target.establishment, "origin": ApplicationOrigin.ADVISER}
    try:
        made: Application = actions_apply.apply(person, actor=request.actor, **to, **form.told())
    except ApplicationRefused as refusal:
        form.refuse(refusal)
        return _page(request, person, target, form)
    text = _("La candidature est partie. La personne en reçoit la copie, avec un lien pour la retirer.")
    return done(request, text, "adviser_application", made.pk)


def _page(request: ActorRequest, person: Person, target: Target, form: ApplyForm) -> HttpResponse:
    context = shown(person, target, form, beside=True)
    return respond(request, PAGE, context, part=PART, status=422 if form.errors else 200)


def _why_not(person: Person, target: Target) -> str:
    """Say why nothing can be sent: no consent, sent already, or nobody takes applications there."""
    if not vars(person)["shared"]:
        return _(
            "Cette personne n'a pas donné son accord pour être présentée à des employeurs, ou vient de le retirer."
        )
    last, _allowed = queries_own.past_of(person, target.offer, target.establishment, clock.now())
    if last is not None:
        return _("Cette personne a déjà postulé à cette offre.")
    return queries_own.why_closed(target.offer, target.establishment)


def _refused(request: ActorRequest, refusal: ProfileUnknown | AccessDenied) -> HttpResponse:
    status = 404 if isinstance(refusal, ProfileUnknown) else 403
    return respond(request, "web/adviser/profile_refused.html", {"reason": refusal.reason}, status=status)
