"""The results that somebody contests: what waits, the oldest first; one contest, and the answer a person gives."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.matching import actions_contest, queries_contest, rules_contest
from entremise.matching.engine.score import VERSION
from entremise.matching.enums_contest import ContestVerdict
from entremise.matching.models_contest import Contest
from entremise.matching.queries_contest import Result
from entremise.matching.queries_criteria import parse
from entremise.matching.workflow import FLOW
from entremise.web.components.choices import RichLabel
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

HINTS = {
    ContestVerdict.CORRECTED: gettext_lazy("Le profil ou l'offre a été corrigé : dites ce qui change."),
    ContestVerdict.EXPLAINED: gettext_lazy("Rien n'est faux : dites pourquoi, avec des mots simples."),
    ContestVerdict.BY_PERSON: gettext_lazy("Dites quoi corriger, et où : la personne le fait elle-même."),
}


class VerdictForm(forms.Form):
    """What was found, in a sentence."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Qu'avez-vous trouvé ?"),
        widget=forms.RadioSelect,
        choices=[
            (value, RichLabel(capfirst(label), HINTS[ContestVerdict(value)]))
            for value, label in ContestVerdict.choices
        ],
    )
    answer = forms.CharField(
        label=gettext_lazy("Votre réponse"),
        max_length=rules_contest.LONGEST_WORDS,
        widget=forms.Textarea,
        help_text=gettext_lazy("Elle est lue telle quelle par la personne qui conteste."),
    )


@screen("matching.view_contests")
@require_GET
def contests(request: ActorRequest) -> HttpResponse:
    """List what waits for an answer, the oldest first, then what was answered lately."""
    context = {
        "waiting": queries_contest.waiting(request.actor),
        "total": queries_contest.waiting_count(request.actor),
        "answered": queries_contest.answered(request.actor),
        "figures": queries_contest.figures(request.actor),
    }
    return respond(request, "web/manager/contests.html", context)


@screen("matching.view_contests")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def contest(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one contest with the result as it was and as it is; take the answer."""
    found = _found(request, pk)
    form = VerdictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions_contest.answer(found, actor=request.actor, **form.cleaned_data)
        except TransitionRefused as refusal:
            return refused(request, refusal.reason, "contest", pk=pk)
        except actions_contest.ContestRefused as refusal:
            form.add_error(refusal.field or None, refusal.reason)
        else:
            return done(request, _("Votre réponse est partie."), "contests")
    return _page(request, found, form)


def _page(request: ActorRequest, found: Contest, form: VerdictForm) -> HttpResponse:
    now = _now(found, request)
    context: dict[str, Any] = {
        "contest": found,
        "standing": queries_contest.standing(found, clock.today()),
        "lines": _lines(found, now),
        "now": now,
        "points_then": sum(points for _name, points, _maximum in found.parts),
        "points_now": sum(part.points for part in now.parts),
        "version": VERSION,
        "why_not": FLOW.refusal(found, "answer_contest", request.actor),
        "form": form,
    }
    return respond(request, "web/manager/contest.html", context, status=422 if form.errors else 200)


def _now(found: Contest, request: ActorRequest) -> Result:
    """Return the same result as it stands today."""
    if found.side == "person":
        return queries_contest.result_for_offer(found.person, found.offer)
    return queries_contest.result_of_search(found.person, parse(found.query), request.actor)


def _lines(found: Contest, now: Result) -> list[dict[str, Any]]:
    """Return each part as it was kept, beside what it is today."""
    today = {str(part.name): part.points for part in now.parts}
    names = [name for name, _points, _maximum in found.parts]
    return [
        {"part": part, "today": today.get(name)}
        for name, part in zip(names, queries_contest.kept_parts(found), strict=True)
    ]


def _found(request: ActorRequest, pk: UUID) -> Contest:
    try:
        return queries_contest.contest_of(pk, request.actor)
    except Contest.DoesNotExist as missing:
        raise Http404 from missing
