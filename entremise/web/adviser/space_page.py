"""One recruiter space: what is known, what is to be done next, and each step that an adviser writes."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.desk import queries_certification as waiting
from entremise.employers import actions_space_checks as steps
from entremise.employers import actions_vigilance
from entremise.employers import queries_certification as queries
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.actions_vigilance import AnswerRefused
from entremise.employers.models_spaces import RecruiterSpace, VigilancePoint
from entremise.employers.queries_space_file import file_of
from entremise.employers.workflow import FLOW
from entremise.web.adviser.space_forms import AnswerForm, CheckForm, DocumentForm, KnowForm, tomorrow_morning
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

SEEN_ID = "id_seen_%s"  # the form of documents stands beside the form of checks, which has fields of the same names
OTHER_MOVES = ("ask_documents", "review", "refuse", "block")
MOVES = ("certify", "unblock", *OTHER_MOVES)


def found_space(request: ActorRequest, pk: UUID) -> RecruiterSpace:
    """Return a space of the territory, or answer that there is none."""
    try:
        return queries.space(pk, request.actor)
    except RecruiterSpace.DoesNotExist as missing:
        raise Http404 from missing


def page(request: ActorRequest, space: RecruiterSpace, **forms: Form) -> HttpResponse:
    """Show one space, with the form that was wrong if one was."""
    refusals = {name: FLOW.refusal(space, name, request.actor) for name in MOVES}
    context: dict[str, Any] = {
        "file": file_of(space),
        "space": space,
        "waiting": waiting.waiting_for(space),
        "refusals": refusals,
        "may_decide": not all(refusals[name] for name in OTHER_MOVES),
        "check_form": CheckForm(initial={"call_back_at": tomorrow_morning()}),
        "document_form": DocumentForm(auto_id=SEEN_ID),
        "know_form": KnowForm(initial={"acquaintance": space.acquaintance}),
        "answer_form": AnswerForm(),
        "wrong": next(iter(forms), ""),
    } | forms
    return respond(request, "web/adviser/space.html", context, status=422 if forms else 200)


@screen("employers.look_after_spaces")
@require_GET
def space(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one space to who certifies it."""
    return page(request, found_space(request, pk))


@screen("employers.check_space")
@require_POST
@once
def space_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write a call, a visit, a letter or a remark in the log of checks."""
    found, form = found_space(request, pk), CheckForm(request.POST)
    if form.is_valid():
        try:
            steps.log_check(found, actor=request.actor, **form.told())
            return done(request, _("C'est noté dans le journal des vérifications."), "space", pk=pk)
        except CertificationRefused as refusal:
            form.refuse(refusal)
    return page(request, found, check_form=form)


@screen("employers.check_space")
@require_POST
@once
def space_document(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write that a document was seen; there is nowhere to put a copy."""
    found, form = found_space(request, pk), DocumentForm(request.POST, auto_id=SEEN_ID)
    if form.is_valid():
        try:
            steps.see_document(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("La pièce est notée comme vue. Aucune copie n'est gardée."), "space", pk=pk)
        except CertificationRefused as refusal:
            form.add_error(None, refusal.reason)
    return page(request, found, document_form=form)


@screen("employers.check_space")
@require_POST
@once
def space_know(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say whether the company is known."""
    found, form = found_space(request, pk), KnowForm(request.POST)
    if form.is_valid():
        try:
            steps.know(found, actor=request.actor, **form.cleaned_data)
            return done(request, _("C'est noté : la suite s'adapte."), "space", pk=pk)
        except CertificationRefused as refusal:
            form.add_error("acquaintance", refusal.reason)
    return page(request, found, know_form=form)


@screen("employers.check_space")
@require_POST
@once
def space_remind(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send the reminder by mail; the adviser also calls."""
    found = found_space(request, pk)
    try:
        steps.remind(found, actor=request.actor)
    except CertificationRefused as refusal:
        return refused(request, refusal.reason, "space", pk=pk)
    return done(request, _("La relance est partie par courriel. Rappelez aussi l'entreprise."), "space", pk=pk)


@screen("employers.answer_vigilance")
@require_POST
@once
def space_point_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what was verified about a vigilance point."""
    try:
        point = queries.point(pk, request.actor)
    except VigilancePoint.DoesNotExist as missing:
        raise Http404 from missing
    try:
        actions_vigilance.answer(point, actor=request.actor, words=request.POST.get("words", ""))
    except AnswerRefused as refusal:
        return refused(request, refusal.reason, "space", pk=point.space_id)
    return done(request, _("Votre réponse est notée."), "space", pk=point.space_id)
