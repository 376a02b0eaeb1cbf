"""The validator's pages: see, answer, rectify, decline, hand over. A GET shows; only a POST acts."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.kernel import clock
from entremise.kernel.models import MailLink
from entremise.kernel.workflow import TransitionRefused
from entremise.skills.models import Skill
from entremise.validations import actions, queries, rules
from entremise.validations.enums import DeclineReason, RequestState
from entremise.validations.links import ANSWER
from entremise.validations.models import Request
from entremise.validations.rules import ValidationRefused
from entremise.validations.workflow import REFUSALS, may_be_answered
from entremise.web.employer.validation_forms import (
    NEVER_AGAIN,
    AnswerForm,
    DeclineForm,
    ForwardForm,
    as_initial,
    confirm_all,
)
from entremise.web.kit.devices import was_used_by
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen

SHOWN = ["GET", "HEAD", "POST"]


@link_page(ANSWER)
@require_http_methods(SHOWN)
def validate(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Show the request, or what became of it; take the answer in two steps."""
    asked = queries.by_link(link)
    if asked.state == RequestState.ANSWERED:
        return respond(request, "web/employer/validation_receipt.html", _receipt(asked))
    if reason := _closed(request, asked):
        return respond(request, "web/employer/validation_closed.html", {"reason": reason})
    if request.method != "POST":
        return _form_page(request, asked, _form(request, asked))
    _note_opening(request, asked)
    return _step(request, asked)


@link_page(ANSWER)
@require_http_methods(SHOWN)
def rectify(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the validator change the answer, with the same two steps."""
    asked = queries.by_link(link)
    if asked.state != RequestState.ANSWERED or _receipt(asked)["why_not_rectify"]:
        return redirect("validate", token=own_reference(request))
    if request.method != "POST":
        return _form_page(request, asked, _form(request, asked))
    return _step(request, asked)


@link_page(ANSWER)
@require_http_methods(SHOWN)
@once
def decline(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the contact say why no answer comes, or ask never to be written to again."""
    asked = queries.by_link(link)
    is_open = not _closed(request, asked)
    form = DeclineForm(_posted(request), is_open=is_open)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("validate_thanks", what=_say_no(request, asked, form.cleaned_data["reason"]))
        except TransitionRefused:  # answered or closed meanwhile: the page says what became of it
            return redirect("validate", token=own_reference(request))
    context = {"form": form, "is_open": is_open}
    return respond(request, "web/employer/validation_decline.html", context, status=422 if form.errors else 200)


@link_page(ANSWER)
@require_http_methods(SHOWN)
def forward(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Hand the request over to a colleague, who gets a new link."""
    asked = queries.by_link(link)
    if _closed(request, asked):
        return redirect("validate", token=own_reference(request))
    form = ForwardForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.forward(asked, actor=request.actor, **form.cleaned_data)
            return redirect("validate_thanks", what="transmission")
        except ValidationRefused as refusal:
            form.add_error("email", refusal.reason)
    context = {"form": form, **_who(asked)}
    return respond(request, "web/employer/validation_forward.html", context, status=422 if form.errors else 200)


@link_page(ANSWER)
@require_http_methods(["POST"])
def opened(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Note the first gesture on the page, sent by the page itself; without JavaScript any step of the form does it."""
    _note_opening(request, queries.by_link(link))
    return HttpResponse(status=204)


@screen(PUBLIC)
def thanks(request: ActorRequest, what: str) -> HttpResponse:
    """Thank whoever did not answer but told us something."""
    return respond(request, "web/employer/validation_thanks.html", {"what": what})


def _say_no(request: ActorRequest, asked: Request, reason: str) -> str:
    if reason == NEVER_AGAIN:
        actions.oppose(asked, actor=request.actor)
        return "opposition"
    if asked.state == RequestState.ANSWERED:
        actions.report(asked, actor=request.actor)
        return "signalement"
    actions.decline(asked, actor=request.actor, reason=DeclineReason(reason))
    return "reponse"


def _step(request: ActorRequest, asked: Request) -> HttpResponse:
    step = request.POST.get("step", "review")
    if step in {"search", "edit"}:
        form = _form(request, asked, is_unchecked=True)
        return _form_page(request, asked, form)
    form = _form(request, asked, is_all=step == "all")
    if not form.is_valid():
        return _form_page(request, asked, form, status=422)
    if step != "send":
        return respond(request, "web/employer/validation_review.html", _review(asked, form))
    return _record(request, asked, form)


def _record(request: ActorRequest, asked: Request, form: AnswerForm) -> HttpResponse:
    try:
        if asked.state == RequestState.ANSWERED:
            actions.rectify(asked, actor=request.actor, sheet=form.sheet())
            return done(request, _("Votre réponse est rectifiée."), "validate", token=own_reference(request))
        is_same_device = was_used_by(request, asked.person.user_id)
        actions.answer(asked, actor=request.actor, sheet=form.sheet(), is_same_device=is_same_device)
    except TransitionRefused:  # somebody answered at the same moment: the first answer counts, and the page shows it
        return redirect("validate", token=own_reference(request))
    except ValidationRefused as refusal:
        form.add_error(None, refusal.reason)
        return _form_page(request, asked, form, status=422)
    return redirect("validate", token=own_reference(request))


def _form(request: ActorRequest, asked: Request, *, is_all: bool = False, is_unchecked: bool = False) -> AnswerForm:
    lines, addable = list(asked.skills.all()), _addable(request, asked)
    if request.method != "POST":
        return AnswerForm(lines=lines, addable=addable, initial={"word": asked.word})
    if is_unchecked:  # what was filled in is shown again, without reproach
        return AnswerForm(lines=lines, addable=addable, initial=as_initial(request.POST))
    posted = confirm_all(request.POST, lines) if is_all else request.POST
    return AnswerForm(posted, lines=lines, addable=addable)


def _addable(request: ActorRequest, asked: Request) -> list[Skill]:
    chosen = queries.skills_chosen(request.POST.getlist("added"))
    found = queries.addable_skills(asked, request.POST.get("q", ""))
    return [*chosen, *(skill for skill in found if skill not in chosen)]


def _form_page(request: ActorRequest, asked: Request, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "is_rectifying": asked.state == RequestState.ANSWERED,
        "is_adding": bool(request.POST.get("q") or request.POST.getlist("added")),
        **_who(asked),
    }
    return respond(request, "web/employer/validation.html", context, status=status)


def _review(asked: Request, form: AnswerForm) -> dict[str, Any]:
    sheet = form.sheet()
    labels = dict(form.fields["added"].choices)  # type: ignore[attr-defined]
    lines = [(line.skill.label, sheet.answers[line.skill_id]) for line in form.lines]
    return {
        "form": form,
        "lines": lines,
        "added": [labels[str(pk)] for pk in sheet.added],
        "is_rectifying": asked.state == RequestState.ANSWERED,
        **_who(asked),
    }


def _receipt(asked: Request) -> dict[str, Any]:
    try:
        rules.require_rectifiable(asked.answered_at, asked.fraud_proved_at, clock.now())
        reason = ""
    except ValidationRefused as refusal:
        reason = refusal.reason
    until = rules.rectifiable_until(asked.answered_at or asked.created_at)
    return {"verdicts": queries.verdicts(asked), "until": until, "why_not_rectify": reason, **_who(asked)}


def _who(asked: Request) -> dict[str, Any]:
    return {"asked": asked, "experience": asked.experience, "first_name": queries.identity(asked.person).first_name}


def _posted(request: ActorRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _closed(request: ActorRequest, asked: Request) -> str:
    return may_be_answered(asked, request.actor) if asked.is_open else str(REFUSALS[RequestState(asked.state)])


def _note_opening(request: ActorRequest, asked: Request) -> None:
    if asked.state == RequestState.SENT:
        try:
            actions.mark_opened(asked, actor=request.actor)
        except TransitionRefused:
            return  # another gesture came first
