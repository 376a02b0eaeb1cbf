"""The promotions of a territory, and one promotion: where it stands, what was answered, what came of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import clock
from entremise.promotions import actions, queries
from entremise.promotions.models import Promotion
from entremise.promotions.queries import Filters
from entremise.promotions.workflow import FLOW
from entremise.web.adviser.export_columns import promotion_columns
from entremise.web.adviser.promotion_forms import STAGES, LogAnswerForm, OutcomeForm
from entremise.web.kit.exports import COLUMN, column_choice
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("promotions.view")
@require_GET
def promotions(request: ActorRequest) -> HttpResponse:
    """List the promotions of the territory, by stage, mine or everybody's."""
    filters = filters_of(request)
    try:
        page = queries.listed(filters, request.actor, after=request.GET.get("apres", ""))
    except (ValueError, OverflowError, OSError) as altered:  # a key of the list that was cut or changed
        raise Http404 from altered
    counts = queries.stage_counts(request.actor, is_mine=filters.is_mine)
    export = column_choice(request, reverse("promotions_export"), promotion_columns())
    kept = {name: value for name, value in _query(filters).items() if value}
    context = {
        "filters": filters,
        "page": page,
        "stages": [(name, label, counts[name]) for name, label in STAGES],
        "next_href": f"?{urlencode({**kept, COLUMN: export.chosen, 'apres': page.next_key}, doseq=True)}"
        if page.next_key
        else "",
        "export": export,
    }
    return respond(request, "web/adviser/promotions.html", context, part="web/adviser/_promotions.html")


@screen("promotions.view")
@require_GET
def promotion(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one promotion: its life, the answer, what to do next."""
    return _page(request, _found(request, pk))


@screen("promotions.log_answer")
@require_POST
@once
def log_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record an answer heard on the telephone."""
    return _act(request, pk, "log_answer", LogAnswerForm(request.POST), _("La réponse est enregistrée."))


@screen("promotions.record_outcome")
@require_POST
@once
def record_outcome(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record what came of the promotion."""
    return _act(request, pk, "record_outcome", OutcomeForm(request.POST), _("La suite est enregistrée."))


@screen("promotions.withdraw")
@require_POST
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Stop the promotion: the employer's page shows nothing any more."""
    found = _found(request, pk)
    actions.withdraw(found, actor=request.actor)
    return done(request, _("La présentation est retirée : le lien ne montre plus le profil."), "promotion", pk=pk)


def _act(request: ActorRequest, pk: UUID, verb: str, form: forms.Form, text: str) -> HttpResponse:
    found = _found(request, pk)
    if form.is_valid():
        try:
            FLOW.actions[verb](found, actor=request.actor, **form.cleaned_data)
        except actions.PromotionRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return done(request, text, "promotion", pk=pk)
    return _page(request, found, **{verb: form})


def _page(request: ActorRequest, found: Promotion, **bound: forms.Form) -> HttpResponse:
    refusals = {
        verb: FLOW.refusal(found, verb, request.actor) for verb in ("log_answer", "record_outcome", "withdraw")
    }
    context: dict[str, Any] = {
        "promotion": found,
        "timeline": queries.timeline(found),
        "ball": queries.ball(found),
        "refusals": refusals,
        "answer_form": bound.get("log_answer") or LogAnswerForm(auto_id="answer_%s"),
        "outcome_form": bound.get("record_outcome")
        or OutcomeForm(
            auto_id="outcome_%s",
            initial={
                "on": found.outcome_on or clock.today(),
                "outcome": found.outcome,
                "contract": found.outcome_contract,
                "word": found.outcome_word,
            },
        ),
        "wrong": next(iter(bound), ""),
    }
    return respond(request, "web/adviser/promotion.html", context, status=422 if bound else 200)


def _found(request: ActorRequest, pk: UUID) -> Promotion:
    try:
        return queries.promotion(pk, request.actor)
    except Promotion.DoesNotExist as missing:
        raise Http404 from missing


def filters_of(request: ActorRequest) -> Filters:
    """Return which promotions the address asks for."""
    stage = request.GET.get("etape", "")
    known = stage if stage in dict(STAGES) else ""
    return Filters(known, is_mine=request.GET.get("miennes") == "1", text=request.GET.get("q", "")[:80])


def _query(filters: Filters) -> dict[str, str]:
    return {"etape": filters.stage, "miennes": "1" if filters.is_mine else "", "q": filters.text}
