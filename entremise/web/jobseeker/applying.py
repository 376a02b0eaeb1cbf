"""Applying: to an offer, or to an employer without an offer. A page shows what the employer gets; a button sends."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.kernel import clock
from entremise.kernel.actors import ActorKind
from entremise.offers import queries_public
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.reciprok import actions_apply, queries, queries_label, queries_own, rules
from entremise.reciprok.models import Application
from entremise.reciprok.rules import Allowance, ApplicationRefused
from entremise.web.jobseeker.owner import my_person, person_if_any
from entremise.web.kit.applying import PREVIEW, ApplyForm, Target, allowance_words, form_for, shown
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen

PAGE, PART = "web/jobseeker/apply.html", "web/jobseeker/_apply_preview.html"
CLOSED = 409


@screen("reciprok.own")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def apply_offer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Apply to an offer."""
    offer = queries_public.offer_to_apply_to(pk)
    if offer is None:
        raise Http404
    return _apply(request, Target(offer.establishment, offer))


@screen("reciprok.own")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def apply_establishment(request: ActorRequest, siret: str) -> HttpResponse:
    """Apply to an employer who may have no offer today."""
    establishment = queries_label.establishment_named(siret)
    if establishment is None:
        raise Http404
    return _apply(request, Target(establishment))


def standing(request: ActorRequest, offer: Offer) -> dict[str, Any]:
    """Return what the page of an offer says about applying to it: may who reads it, or was it done already."""
    person = person_if_any(request)
    applied = queries.last_of(person, offer, offer.establishment) if person else None
    is_for_them = person is not None or request.actor.kind is ActorKind.ANONYMOUS
    return {"applied": applied, "may_apply": is_for_them and not offer.apply_url and applied is None}


def _apply(request: ActorRequest, target: Target) -> HttpResponse:
    person = my_person(request)
    last, allowed = queries_own.past_of(person, target.offer, target.establishment, clock.now())
    if last is not None and not _may_again(last, target):
        return _closed(request, target, last=last)
    if reason := queries_own.why_not(target.offer, target.establishment, allowed):
        return _closed(request, target, reason=reason)
    form = form_for(request, person)
    if not form.is_bound or request.POST.get("step") == PREVIEW or not form.is_valid():
        return _page(request, person, target, form, allowed)
    return _send(request, person, target, form, allowed)


def _send(request: ActorRequest, person: Person, target: Target, form: ApplyForm, allowed: Allowance) -> HttpResponse:
    to = {"offer": target.offer, "establishment": target.establishment}
    try:
        made: Application = actions_apply.apply(person, actor=request.actor, **to, **form.told())
    except ApplicationRefused as refusal:
        form.refuse(refusal)
        return _page(request, person, target, form, allowed)
    text = _("C'est parti ! %(name)s a reçu votre candidature.") % {"name": target.establishment.name}
    return done(request, text, "my_job_application", made.pk)


def _page(request: ActorRequest, person: Person, target: Target, form: ApplyForm, allowed: Allowance) -> HttpResponse:
    context = {**shown(person, target, form), "allowance": allowance_words(allowed)}
    return respond(request, PAGE, context, part=PART, status=422 if form.errors else 200)


def _closed(
    request: ActorRequest, target: Target, *, reason: str = "", last: Application | None = None
) -> HttpResponse:
    """Say why nobody applies here, or that it is done already, and what to do instead."""
    context = {
        "target": target,
        "reason": reason,
        "last": last,
        "similar": target.similar(),
        "agency": target.offer.agency if target.offer else my_person(request).agency,
    }
    return respond(request, "web/jobseeker/apply_closed.html", context, status=CLOSED)


def _may_again(last: Application, target: Target) -> bool:
    return rules.may_apply_again(last.sent_at, is_spontaneous=target.offer is None, now=clock.now())
