"""The decisions about a recruiter space: each on its own short page, certified with its checklist."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from entremise.employers import actions_certification as actions
from entremise.employers import queries_certification as queries
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models_spaces import RecruiterSpace
from entremise.employers.queries_space_file import file_of
from entremise.employers.workflow import FLOW
from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.web.adviser.space_forms import CertifyForm, DocumentsForm, ReasonForm, WordsForm
from entremise.web.adviser.space_page import found_space
from entremise.web.kit.once import once
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

WAYS = ["GET", "HEAD", "POST"]
WORDS = {
    "certify": (
        gettext_lazy("Certifier l'espace"),
        gettext_lazy("Certifier"),
        gettext_lazy("L'espace est certifié : ce qui attendait est parti."),
    ),
    "ask_documents": (
        gettext_lazy("Demander à voir des pièces"),
        gettext_lazy("Demander"),
        gettext_lazy("La demande est partie. Les pièces se montrent ; aucune n'est envoyée ni gardée."),
    ),
    "review": (
        gettext_lazy("Mettre l'espace en examen"),
        gettext_lazy("Mettre en examen"),
        gettext_lazy("L'espace est en examen : il n'atteint plus personne."),
    ),
    "refuse": (
        gettext_lazy("Refuser l'espace"),
        gettext_lazy("Refuser"),
        gettext_lazy("L'espace est refusé. Le recruteur est prévenu avec des mots simples."),
    ),
    "block": (
        gettext_lazy("Bloquer l'espace"),
        gettext_lazy("Bloquer tout de suite"),
        gettext_lazy("L'espace est bloqué et ses connexions sont fermées."),
    ),
    "unblock": (
        gettext_lazy("Débloquer l'espace"),
        gettext_lazy("Débloquer"),
        gettext_lazy("L'espace est de nouveau à certifier : tout s'y vérifie une deuxième fois."),
    ),
}


@screen("employers.certify")
@require_http_methods(WAYS)
@once
def space_certify(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Certify a space, once each line of the checklist is true."""
    found = found_space(request, pk)
    form = CertifyForm(_typed(request), initial={"version": queries.version_of(found)})
    return _decide(request, found, "certify", form, actions.certify)


@screen("employers.ask_documents")
@require_http_methods(WAYS)
@once
def space_ask_documents(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask to see documents."""
    form = DocumentsForm(_typed(request))
    return _decide(request, found_space(request, pk), "ask_documents", form, actions.ask_documents)


@screen("employers.review")
@require_http_methods(WAYS)
@once
def space_review(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Look more closely at a space."""
    return _decide(request, found_space(request, pk), "review", WordsForm(_typed(request)), actions.review)


@screen("employers.refuse")
@require_http_methods(WAYS)
@once
def space_refuse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Refuse a space."""
    return _decide(request, found_space(request, pk), "refuse", ReasonForm(_typed(request)), actions.refuse)


@screen("employers.block")
@require_http_methods(WAYS)
@once
def space_block(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Block a space at once."""
    return _decide(request, found_space(request, pk), "block", ReasonForm(_typed(request)), actions.block)


@screen("employers.unblock")
@require_http_methods(WAYS)
@once
def space_unblock(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a blocked space back to be certified."""
    return _decide(request, found_space(request, pk), "unblock", WordsForm(_typed(request)), actions.unblock)


def _typed(request: ActorRequest) -> QueryDict | None:
    """Return what was typed, even nothing at all, once a form is sent."""
    return request.POST if request.method == "POST" else None


def _decide(
    request: ActorRequest, space: RecruiterSpace, move: str, form: Refusable, act: Callable[..., Any]
) -> HttpResponse:
    if reason := FLOW.refusal(space, move, request.actor):
        return refused(request, _who_did(space, reason), "space", pk=space.pk)
    if form.is_valid():
        try:
            act(space, actor=request.actor, **form.cleaned_data)
            return done(request, str(WORDS[move][2]), "space", pk=space.pk)
        except TransitionRefused as refusal:  # a colleague was quicker
            return refused(request, _who_did(found_space(request, space.pk), refusal.reason), "space", pk=space.pk)
        except CertificationRefused as refusal:
            form.refuse(refusal)
    title, button, _told = WORDS[move]
    context = {"space": space, "form": form, "move": move, "title": title, "button": button, "file": file_of(space)}
    return respond(request, "web/adviser/space_decision.html", context, status=422 if form.is_bound else 200)


def _who_did(space: RecruiterSpace, reason: str) -> str:
    """Add who decided and when, for a colleague who comes second."""
    if space.decided_by is None or space.decided_at is None or space.state not in SpaceState.values:
        return reason
    when = f"{clock.local(space.decided_at):%d/%m/%Y %H:%M}"
    return _("%(reason)s C'est une décision de %(who)s, le %(when)s.") % {
        "reason": reason, "who": space.decided_by.full_name, "when": when,
    }  # fmt: skip
