"""Contesting, for oneself, what is proposed or not; what was contested before, and the answers."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_contest, queries_contest
from entremise.matching.models_contest import Contest
from entremise.offers.models import Offer
from entremise.people.models import Person
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.contesting import ContestForm, in_words, shown
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("matching.contest_own")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def my_contest(request: ActorRequest) -> HttpResponse:
    """Say what the result is made of, take what seems wrong, show what was answered."""
    person, asked = my_person(request), request.GET.get("offre", "")
    offer = _offer(request, asked)
    form = ContestForm(request.POST if request.method == "POST" else None)
    is_gone = bool(asked) and offer is None
    if not is_gone and form.is_valid():
        try:
            actions_contest.contest_own(person, actor=request.actor, offer=offer, **form.cleaned_data)
        except actions_contest.ContestRefused as refusal:
            form.refuse(refusal)
        else:
            text = _("Votre contestation est partie. Une personne de l'équipe vous répond sous sept jours.")
            return done(request, text, "my_contest")
    return _page(request, person, offer, form, is_gone=is_gone)


@screen("matching.contest_own")
@require_POST
def my_contest_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a contest back."""
    try:
        found = queries_contest.contest_of(pk, request.actor)
    except Contest.DoesNotExist as missing:
        raise Http404 from missing
    try:
        actions_contest.withdraw(found, actor=request.actor)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, "my_contest")
    return done(request, _("Votre contestation est retirée."), "my_contest")


def _page(
    request: ActorRequest, person: Person, offer: Offer | None, form: ContestForm, *, is_gone: bool
) -> HttpResponse:
    result = queries_contest.result_for_offer(person, offer)
    mine = shown(queries_contest.mine(person, request.actor), request.actor)
    waiting = [one for one in mine if one.contest.state == "received" and one.contest.offer_id == (offer and offer.pk)]
    context = {
        **in_words(result),
        "person": person,
        "offer": offer,
        "result": result,
        "mine": mine,
        "is_gone": is_gone,
        "may_contest": not is_gone and not waiting,
        "form": form,
    }
    return respond(request, "web/jobseeker/contest.html", context, status=422 if form.errors else 200)


def _offer(request: ActorRequest, asked: str) -> Offer | None:
    try:
        return queries_contest.offer_to_contest(UUID(asked), request.actor) if asked else None
    except ValueError:  # an address that was cut or changed leads to no offer
        return None
