"""“I do not know this access”: what people ask about the looks at their files, and the sentence they are owed."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.people import actions_access, queries
from entremise.people.actions_access import AnswerRefused
from entremise.people.models_access import AccessQuestion
from entremise.people.queries import Look
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and the look it is about."""

    question: AccessQuestion
    look: Look | None


@screen("people.explain_access")
@require_GET
def access_questions(request: ActorRequest) -> HttpResponse:
    """Show the questions put to the lead's agencies, those that wait first."""
    found = [Asked(one, queries.look_of(one)) for one in queries.open_questions(request.actor)[:MOST_SHOWN]]
    context = {
        "waiting": [one for one in found if not one.question.answered_at],
        "answered": [one for one in found if one.question.answered_at],
    }
    return respond(request, "web/manager/access_questions.html", context)


@require_POST
@screen("people.explain_access")
def access_answer(request: ActorRequest) -> HttpResponse:
    """Answer one question in a sentence."""
    try:
        question = queries.question_for(UUID(request.POST.get("question", "")), request.actor)
    except ValueError:
        question = None
    if question is None:
        return refused(request, _("Cette question n'est pas posée à votre agence."), "access_questions")
    try:
        actions_access.explain_access(question, actor=request.actor, answer=request.POST.get("answer", ""))
    except AnswerRefused as refusal:
        return refused(request, refusal.reason, "access_questions")
    said = _("Votre réponse est dans le dossier de cette personne, à côté de la consultation.")
    return done(request, said, "access_questions")
