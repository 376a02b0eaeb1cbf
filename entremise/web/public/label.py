"""The label, for anybody: the formula and a real case, the history of one establishment, the image to embed."""

import base64
import hashlib

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from entremise.employers.models import Establishment
from entremise.employers.queries_own_spaces import company_page
from entremise.kernel import clock
from entremise.reciprok import queries_label, rules_label, rules_label_badge
from entremise.reciprok import rules_label_following as following
from entremise.reciprok.enums import LabelLevel
from entremise.reciprok.rules_label_badge import Face
from entremise.reciprok.rules_label_examples import Example, examples
from entremise.reciprok.rules_label_gain import median_rank
from entremise.reciprok.rules_label_gaming import ATTEMPTS
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.templatetags.labels import delay

KEPT_SECONDS = 3_600
STYLE_HASH = base64.b64encode(hashlib.sha256(rules_label_badge.STYLE.encode()).digest()).decode()
BADGE_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'",
    "Cache-Control": f"public, max-age={KEPT_SECONDS}",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


@screen(PUBLIC)
@require_safe
def reciprok(request: ActorRequest) -> HttpResponse:
    """Explain the label: the exact rules, examples, one real case, what was tried against it."""
    told = {example.key: example for example in examples()}
    context = {
        "levels": [(level, *limits) for level, limits in _limits()],
        "fewest": rules_label.FEWEST_COUNTED,
        "withdrawn_days": rules_label.WITHDRAWN_AFTER.days,
        "unfollowed_days": rules_label.UNFOLLOWED.days,
        "contest_days": following.ANSWER_DAYS,
        "first_day": rules_label.first_day(clock.today()),
        "today": clock.today(),
        "examples": [
            (words, told[key], median_rank(told[key].figures.answered)) for key, words in _example_words().items()
        ],
        "attempts": ATTEMPTS,
        "case": queries_label.real_case(clock.now()),
    }
    return respond(request, "web/public/reciprok.html", context)


@screen(PUBLIC)
@require_safe
def reciprok_history(request: ActorRequest, siret: str) -> HttpResponse:
    """Show the label of one establishment: its figures, in words, and how it changed."""
    establishment = _known(siret)
    score = queries_label.score_of(establishment.pk)
    context = {
        "establishment": establishment,
        "score": score,
        "figures": queries_label.figures_of(score),
        "fewest": rules_label.FEWEST_COUNTED,
        "moves": queries_label.moves_of(establishment.pk),
        "has_page": company_page(siret) is not None,
    }
    return respond(request, "web/public/reciprok_history.html", context)


@screen(PUBLIC)
@require_safe
def reciprok_badge(request: ActorRequest, siret: str) -> HttpResponse:
    """Draw the label of one establishment, for its own site."""
    face = _face(_known(siret))
    return HttpResponse(rules_label_badge.svg(face), content_type="image/svg+xml", headers=BADGE_HEADERS)


def _known(siret: str) -> Establishment:
    establishment = queries_label.establishment_named(siret)
    if establishment is None:
        raise Http404
    return establishment


def _limits() -> list[tuple[LabelLevel, tuple[int, int]]]:
    """Return each level with its lowest share (per cent) and its longest delay (days), the highest first."""
    return [(level, (int(share * 100), hours // 24)) for level, (share, hours) in rules_label.THRESHOLDS.items()]


def _rank(example: Example) -> int:
    return median_rank(example.figures.answered)


def _example_words() -> dict[str, str]:
    return {
        "quick": _("Une boulangerie qui répond vite, et oublie une personne"),
        "slow": _("Un garage qui répond à tous, lentement"),
        "few": _("Un salon de coiffure qui répond à tous, mais à quatre personnes seulement"),
        "half": _("Un restaurant qui répond le lendemain, une fois sur deux"),
    }


def _face(establishment: Establishment) -> Face:
    mark = queries_label.marks_of([establishment.pk]).get(establishment.pk)
    name = establishment.name
    if mark is None:
        words = _("pas encore de label")
        return Face(name, 0, _("Reciprok"), _("%(name)s : pas encore de label") % {"name": name}, words, "")
    facts = {"name": name, "level": mark.level.label, "rate": mark.percent, "delay": delay(mark.median_hours)}
    told = _("%(name)s %(level)s : %(rate)s %% des candidatures ont une réponse, en %(delay)s le plus souvent.")
    figures = _("%(rate)s %% de réponses, en %(delay)s") % facts
    title = ngettext("Label Reciprok, %(n)d point sur 3", "Label Reciprok, %(n)d points sur 3", mark.level)
    return Face(name, mark.level, title % {"n": mark.level}, told % facts, mark.level.label.capitalize(), figures)
