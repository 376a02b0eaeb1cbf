"""What candidates and employers say, read by an adviser: the list of what waits, one rating, one report."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from entremise.kernel import clock
from entremise.reciprok import actions_voice, queries_label_following, queries_voice
from entremise.reciprok.enums import RatingState, ReportState
from entremise.reciprok.models_following import AbuseReport, Rating
from entremise.reciprok.rules_voice import is_urgent
from entremise.web.adviser.moderation_deciding import decide, posted
from entremise.web.adviser.moderation_forms import RatingForm, ReportForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen

SHOWN = 50  # of each, the first due first: the next ones take their place


@screen("reciprok.view")
@require_GET
def adviser_moderation(request: ActorRequest) -> HttpResponse:
    """List what waits for a decision in the territory, the most urgent first."""
    actor = request.actor
    context = {
        "reports": [
            {"one": one, "is_urgent": is_urgent(one.kind)} for one in queries_voice.reports_open(actor)[:SHOWN]
        ],
        "ratings": queries_voice.ratings_waiting(actor)[:SHOWN],
        "counts": queries_label_following.contests_due(actor)[:SHOWN],
        "advice": queries_label_following.advice_due(actor)[:SHOWN],
        "pauses": queries_label_following.pauses_of_silence(actor)[:SHOWN],
        "today": clock.today(),
    }
    return respond(request, "web/adviser/moderation.html", context)


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_rating(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Read one rating and decide whether its words are published."""
    try:
        found = queries_voice.rating(pk, request.actor)
    except Rating.DoesNotExist as missing:
        raise Http404 from missing
    form = RatingForm(posted(request))
    return decide(
        request, "web/adviser/rating.html", form,
        lambda told: actions_voice.judge_rating(
            found, actor=request.actor, publish=form.is_yes, words=told["words"]
        ),
        _("L'avis est relu."), rating=found, is_waiting=found.state == RatingState.WAITING,
    )  # fmt: skip


@screen("reciprok.view")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def adviser_report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Read one report and decide."""
    try:
        found = queries_voice.report(pk, request.actor)
    except AbuseReport.DoesNotExist as missing:
        raise Http404 from missing
    form = ReportForm(posted(request))
    return decide(
        request, "web/adviser/report.html", form,
        lambda told: actions_voice.judge_report(
            found, actor=request.actor, upheld=form.is_yes, outcome=told["outcome"]
        ),
        _("Le signalement est traité."), report=found, application=found.application, today=clock.today(),
        is_open=found.state == ReportState.OPEN, is_urgent=is_urgent(found.kind),
    )  # fmt: skip
