"""What follows the label, for advisers: a contested count, recruitment advice to give, a pause to lift."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as queries
from entremise.reciprok import queries_team
from entremise.reciprok.enums import ContestState
from entremise.reciprok.models_label import CountContest, Pause, Silence
from entremise.reciprok.queries_team import Caller
from entremise.web.adviser.moderation_deciding import decide, posted
from entremise.web.adviser.moderation_forms import AdviceForm, CountForm, PauseForm
from entremise.web.kit.once import once
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
    form = CountForm(posted(request))
    return decide(
        request, "web/adviser/count_contest.html", form,
        lambda told: actions.judge_count(
            found, actor=request.actor, is_accepted=form.is_yes, outcome=told["outcome"]
        ),
        _("La contestation est tranchée : l'employeur est prévenu."),
        contest=found, is_open=found.state == ContestState.OPEN, today=clock.today(),
    )  # fmt: skip


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_advice(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note the recruitment advice that an employer asked for."""
    try:
        found = queries.advice(pk, request.actor)
    except Silence.DoesNotExist as missing:
        raise Http404 from missing
    return decide(
        request, "web/adviser/advice.html", AdviceForm(posted(request)),
        lambda told: actions.advice_done(found, actor=request.actor, outcome=told["outcome"]),
        _("Le conseil est noté."), silence=found, caller=_caller(found.establishment), today=clock.today(),
    )  # fmt: skip


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_pause(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lift the pause of an establishment that answers again."""
    try:
        found = queries.pause(pk, request.actor)
    except Pause.DoesNotExist as missing:
        raise Http404 from missing
    return decide(
        request, "web/adviser/pause.html", PauseForm(posted(request)),
        lambda told: actions.lift_pause(found, actor=request.actor, words=told["words"]),
        _("La pause est levée."), pause=found, caller=_caller(found.establishment), now=clock.now(),
    )  # fmt: skip


def _caller(place: Establishment) -> Caller:
    return queries_team.callers([place.pk]).get(place.pk) or Caller("", place.phone)
