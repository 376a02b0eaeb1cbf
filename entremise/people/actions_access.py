"""The answers to people who do not know a look at their file."""

from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.people.enums import Verb
from entremise.people.models_access import LONGEST_ANSWER, AccessQuestion

SHORTEST_ANSWER = 20  # a word explains nothing


class AnswerRefused(Exception):
    """The answer cannot be recorded; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@action(Verb.ACCESS_EXPLAINED, may="people.explain_access")
def explain_access(question: AccessQuestion, *, actor: Actor, answer: str) -> Done:
    """Tell the person in a sentence why her file was opened; she reads it beside the look."""
    sentence = " ".join(answer.split())
    if len(sentence) < SHORTEST_ANSWER:
        raise AnswerRefused(_("Expliquez en une phrase entière pourquoi ce dossier a été ouvert."))
    if len(sentence) > LONGEST_ANSWER:
        raise AnswerRefused(_("Cette réponse est trop longue : %(count)d signes au plus.") % {"count": LONGEST_ANSWER})
    locked = AccessQuestion.objects.visible_to(actor).select_for_update(of=("self",)).get(pk=question.pk)
    if locked.answered_at:
        raise AnswerRefused(_("Cette question a déjà reçu une réponse."))
    locked.answer, locked.answered_at, locked.answered_by_id = sentence, clock.now(), actor.user_id
    locked.save(update_fields=["answer", "answered_at", "answered_by"])
    return Done(locked, data={"entry": locked.entry_id})
