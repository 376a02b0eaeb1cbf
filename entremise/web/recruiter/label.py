"""The recruiter's own label: figures, what would raise it, what counts, contests, a pause, the image to embed."""

from html import escape
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock, mail
from entremise.reciprok import actions_label, queries_label, rules_label
from entremise.reciprok import actions_label_following as actions
from entremise.reciprok import queries_label_following as following
from entremise.reciprok import rules_label_following as following_rules
from entremise.reciprok.actions_label_following import LabelRefused
from entremise.reciprok.models import Application
from entremise.reciprok.rules_label_badge import HEIGHT, WIDTH
from entremise.reciprok.rules_label_gain import next_gain
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.typed import whole_number
from entremise.web.recruiter.label_forms import ContestForm
from entremise.web.recruiter.space import in_space, page

HERE = "recruiter_label"


@in_space("employers.own_space")
@require_http_methods(["GET", "HEAD"])
def label(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Show the label of the space's establishment, and everything it is made of."""
    place = space.establishment
    score = queries_label.score_of(place.pk)
    figures = queries_label.figures_of(score)
    pause = following.current_pause(place.pk)
    context: dict[str, Any] = {
        "score": score,
        "figures": figures,
        "gain": next_gain(figures),
        "lines": queries_label.own_lines(place.pk, request.actor),
        "moves": queries_label.moves_of(place.pk),
        "fewest": rules_label.FEWEST_COUNTED,
        "pause": pause,
        "is_paused": pause is not None and pause.starts_at <= clock.now(),
        "weeks": following_rules.OWN_WEEKS,
        "badge": snippet(space),
        "width": WIDTH,
        "height": HEIGHT,
    }
    return page(request, "label.html", space, context)


@in_space("employers.own_space")
@require_POST
@once
def label_compute(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Recompute the label now."""
    actions_label.compute(space.establishment, actor=request.actor)
    return done(request, _("C'est recalculé, avec tout ce qui compte à cet instant."), HERE)


@in_space("reciprok.contest_count")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def label_contest(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Contest the count of one application: a sentence, read by an adviser."""
    application = _own(pk, request)
    form = ContestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.contest_count(application, actor=request.actor, words=form.cleaned_data["words"])
            return done(request, _("C'est envoyé : un conseiller vous répond par courriel."), HERE)
        except LabelRefused as refusal:
            form.refuse(refusal)
    context = {"application": application, "form": form, "contest_days": following_rules.ANSWER_DAYS}
    return page(request, "label_contest.html", space, context, status=422 if form.errors else 200)


@in_space("reciprok.pause")
@require_POST
@once
def label_pause(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Take a pause of some weeks."""
    weeks = whole_number(request.POST.get("weeks", "")) or 0
    try:
        actions.pause(space.establishment, actor=request.actor, weeks=weeks)
    except LabelRefused as refusal:
        return refused(request, refusal.reason, HERE)
    return done(request, _("La pause commence : plus de candidature spontanée ni de relance d'ici là."), HERE)


@in_space("reciprok.lift_pause")
@require_POST
@once
def label_pause_end(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """End one's own pause before its time."""
    pause = following.current_pause(space.establishment_id)
    if pause is None:
        return refused(request, _("Cette pause est déjà terminée."), HERE)
    try:
        actions.lift_pause(pause, actor=request.actor)
    except LabelRefused as refusal:
        return refused(request, refusal.reason, HERE)
    return done(request, _("La pause est terminée : les candidatures arrivent de nouveau."), HERE)


def _own(pk: UUID, request: ActorRequest) -> Application:
    try:
        return queries_label.own_application(pk, request.actor)
    except Application.DoesNotExist as missing:
        raise Http404 from missing


def snippet(space: RecruiterSpace) -> str:
    """Return the HTML to paste on the company's own site: shown here as words, so never marked as safe."""
    siret = space.establishment.siret
    page = mail.absolute(reverse("reciprok_history", args=[siret]))
    image = mail.absolute(reverse("reciprok_badge", args=[siret]))
    words = _("Label Reciprok de %(name)s") % {"name": space.establishment.name}
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return f'<a href="{escape(page)}"><img src="{escape(image)}" alt="{escape(words)}" {size}></a>'
