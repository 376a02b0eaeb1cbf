"""An application that an adviser made with somebody: by the link of her message she sees it, and may withdraw it."""

from contextlib import suppress

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.reciprok import actions, actions_messages, actions_voice, queries_own, queries_voice, rules
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.links import CONTEST
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import FLOW
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest


@link_page(CONTEST)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def application_contest(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show what was sent in the person's name; a POST withdraws it and tells the agency."""
    one = queries_own.application_by_link(link)
    refusal = ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                actions_voice.contest_application(one, actor=request.actor, words=request.POST.get("words", ""))
                with suppress(TransitionRefused):  # answered meanwhile: the agency is told all the same
                    actions.withdraw(one, actor=request.actor)
        except ApplicationRefused as refused:
            refusal = refused.reason
        else:
            return redirect("application_contest", token=own_reference(request))
    context = {
        "application": one,
        "parts": actions_messages.shown_parts(one),
        "is_contested": queries_voice.was_contested(one),
        "is_withdrawn": one.state == ApplicationState.WITHDRAWN,
        "why_not_withdraw": FLOW.refusal(one, "withdraw", request.actor),
        "longest": rules.LONGEST_ANSWER,
        "refusal": refusal,
        "words": request.POST.get("words", ""),
    }
    return respond(request, "web/public/application_contest.html", context, status=422 if refusal else 200)
