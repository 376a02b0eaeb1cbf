"""The employer's page: see a profile, answer in one click and a confirmation. A GET shows; only a POST acts."""

import datetime as dt
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.accounts.queries import calendar_for_agency
from entremise.kernel import clock
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.passport import queries_card
from entremise.people.queries import visibility_now
from entremise.promotions import actions, queries, rules
from entremise.promotions.enums import PromotionState
from entremise.promotions.links import ANSWER
from entremise.promotions.models import Promotion
from entremise.promotions.queries_words import next_step_for_employer
from entremise.promotions.workflow import FLOW
from entremise.web.employer.promotion_forms import AnswerForm, as_initial
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.opening import opening_of
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest

SHOWN = ["GET", "HEAD", "POST"]
PAGE = "promotion_answer"
GIVEN = (PromotionState.ANSWERED, PromotionState.CLOSED)


@link_page(ANSWER)
@require_http_methods(SHOWN)
def promotion_answer(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the profile and take the answer; once given, thank and say what happens next."""
    promotion = queries.by_link(link)
    if promotion.state in GIVEN and request.method != "POST":
        return respond(request, "web/employer/promotion_receipt.html", _receipt(request, promotion))
    return _form_page(request, promotion, AnswerForm(_posted(request)), verb="answer")


@link_page(ANSWER)
@require_http_methods(SHOWN)
def promotion_change(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the employer change the answer for a month."""
    promotion = queries.by_link(link)
    if reason := FLOW.refusal(promotion, "rectify", request.actor):
        return refused(request, reason, PAGE, token=own_reference(request))
    form = AnswerForm(_posted(request), initial=as_initial(promotion))
    return _form_page(request, promotion, form, verb="rectify")


@link_page(ANSWER)
@require_http_methods(["POST"])
def promotion_opened(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Note the first gesture on the page, sent by the page itself; without JavaScript the answer does it."""
    promotion = queries.by_link(link)
    if not FLOW.refusal(promotion, "open", request.actor):
        try:
            actions.open_(promotion, actor=request.actor)
        except TransitionRefused:  # two gestures at once: the first one is noted
            return HttpResponse(status=204)
    return HttpResponse(status=204)


@link_page(ANSWER)
@require_http_methods(SHOWN)
def opposition(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the contact ask never to be solicited again."""
    promotion = queries.by_link(link)
    if request.method != "POST":
        return respond(request, "web/employer/promotion_opposition.html", {"promotion": promotion})
    try:
        actions.oppose(promotion, actor=request.actor)
    except actions.PromotionRefused as refusal:
        return refused(request, refusal.reason, PAGE, token=own_reference(request))
    return respond(request, "web/employer/promotion_opposed.html", {"promotion": promotion})


def _form_page(request: ActorRequest, promotion: Promotion, form: AnswerForm, *, verb: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            FLOW.actions[verb](promotion, actor=request.actor, **form.said())
            return redirect(PAGE, token=own_reference(request))
        except TransitionRefused as refusal:
            return refused(request, refusal.reason, PAGE, token=own_reference(request))
        except actions.PromotionRefused as refusal:
            form.add_error("choice" if refusal.field == "answer" else refusal.field, refusal.reason)
    context = {**_card(promotion), "form": form, "is_changing": verb == "rectify"}
    context["too_late"] = FLOW.refusal(promotion, verb, request.actor)
    return respond(request, "web/employer/promotion.html", context, status=422 if form.errors else 200)


def _posted(request: ActorRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _receipt(request: ActorRequest, promotion: Promotion) -> dict[str, Any]:
    changeable_until: dt.datetime | None = None
    if promotion.answered_at and not FLOW.refusal(promotion, "rectify", request.actor):
        changeable_until = promotion.answered_at + rules.RECTIFY
    adviser = queries.adviser_name(promotion.adviser)
    next_step = next_step_for_employer(promotion, adviser) if promotion.answer else ""
    opening = opening_of(calendar_for_agency(promotion.agency), clock.now())
    return {
        **_card(promotion), "next_step": next_step, "changeable_until": changeable_until, "opening": opening,
    }  # fmt: skip


def _card(promotion: Promotion) -> dict[str, Any]:
    """Return what the page shows of the person: nothing once the consent is withdrawn, whatever the link says."""
    visibility = visibility_now(promotion.person_id, promotion.visibility)
    card = queries_card.card_of(promotion.person, visibility) if visibility else None
    is_late = promotion.state == PromotionState.EXPIRED and bool(promotion.expires_at)
    late_until = (promotion.expires_at or clock.now()) + rules.LATE_ANSWER if is_late else None
    who = card.name if card and card.name else ""
    title = who or (card.occupations[0] if card and card.occupations else _("Un profil pour vous"))
    return {"promotion": promotion, "card": card, "late_until": late_until, "title": title}
