"""What follows the label, for advisers: a contested count, recruitment advice to give, a pause to lift."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.kernel import clock
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as queries
from entremise.reciprok import queries_team
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.enums import ContestState
from entremise.reciprok.models_label import CountContest, Pause, Silence
from entremise.web.adviser.moderation_forms import AdviceForm, CountForm, PauseForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_count(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Decide on a contested count."""
    try:
        found = queries.contest(pk, request.actor)
    except CountContest.DoesNotExist as missing:
        raise Http404 from missing
    form = CountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told: dict[str, Any] = {"is_accepted": form.is_yes, "outcome": form.cleaned_data["outcome"]}
        try:
            actions.judge_count(found, actor=request.actor, **told)
            return done(request, _("La contestation est tranchée : l'employeur est prévenu."), "adviser_moderation")
        except LabelRefused as refusal:
            if not refusal.field:  # a colleague was quicker
                return refused(request, refusal.reason, "adviser_moderation")
            form.add_error(refusal.field, refusal.reason)
    context = {"contest": found, "form": form, "is_open": found.state == ContestState.OPEN, "today": clock.today()}
    return respond(request, "web/adviser/count_contest.html", context, status=422 if form.errors else 200)


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_advice(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note the recruitment advice that an employer asked for."""
    try:
        found = queries.advice(pk, request.actor)
    except Silence.DoesNotExist as missing:
        raise Http404 from missing
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.advice_done(found, actor=request.actor, outcome=form.cleaned_data["outcome"])
            return done(request, _("Le conseil est noté."), "adviser_moderation")
        except LabelRefused as refusal:
            if not refusal.field:  # a colleague was quicker
                return refused(request, refusal.reason, "adviser_moderation")
            form.add_error(refusal.field, refusal.reason)
    phones = queries_team.callers([found.establishment_id])
    caller = phones.get(found.establishment_id) or queries_team.Caller("", found.establishment.phone)
    context = {"silence": found, "form": form, "caller": caller, "today": clock.today()}
    return respond(request, "web/adviser/advice.html", context, status=422 if form.errors else 200)


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_pause(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lift the pause of an establishment that answers again."""
    try:
        found = queries.pause(pk, request.actor)
    except Pause.DoesNotExist as missing:
        raise Http404 from missing
    form = PauseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.lift_pause(found, actor=request.actor, words=form.cleaned_data["words"])
            return done(request, _("La pause est levée."), "adviser_moderation")
        except LabelRefused as refusal:
            if not refusal.field:  # a colleague was quicker
                return refused(request, refusal.reason, "adviser_moderation")
            form.add_error(refusal.field, refusal.reason)
    phones = queries_team.callers([found.establishment_id])
    caller = phones.get(found.establishment_id) or queries_team.Caller("", found.establishment.phone)
    context = {"pause": found, "form": form, "caller": caller, "now": clock.now()}
    return respond(request, "web/adviser/pause.html", context, status=422 if form.errors else 200)
