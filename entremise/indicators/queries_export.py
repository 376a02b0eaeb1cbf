"""The dashboard as a table: the same figures, one line each, then how they are counted."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from entremise.indicators.queries import Dashboard
from entremise.indicators.queries_words import DEFINITIONS
from entremise.indicators.rules import Figures, Share
from entremise.lib.measures import Rate

NOTHING, PROTECTED = Share(), "•"  # hidden: it would point at somebody
ALWAYS = ("vue", "intitule")  # without them nobody knows what a line counts


def columns() -> dict[str, str]:
    """Return the columns: names in the address, headings."""
    return {
        "vue": _("Vue"), "intitule": _("Intitulé"), "promotions": _("Promotions"), "reponses": _("Réponses"),
        "taux": _("Taux de réponse (%)"), "taux-min": _("au moins (%)"), "taux-max": _("au plus (%)"),
        "delai": _("Délai moyen (jours)"), "delai-median": _("Délai médian (jours)"),
        "bonnes": _("Bonnes nouvelles"), "rencontres": _("dont rencontres"), "gardes": _("Profils gardés"),
        "embauches": _("Embauches"), "conseillers": _("Conseillers"), "actifs": _("Conseillers actifs"),
        "adoption": _("Adoption (%)"), "consentants": _("Profils consentants"), "promus": _("Déjà promus"),
        "part": _("Part promue (%)"),
    }  # fmt: skip


def rows(dashboard: Dashboard) -> Iterator[list[Any]]:
    """Return the lines: the whole, the period before, each table of the page, the definitions."""
    span, before = dashboard.span, dashboard.span.previous
    label = _("Du %(start)s au %(last)s")
    yield _line(
        _("Période"), label % {"start": span.start.isoformat(), "last": span.last.isoformat()}, dashboard.now,
        dashboard.adoption, dashboard.reach,
    )  # fmt: skip
    yield _line(
        _("Période précédente"), label % {"start": before.start.isoformat(), "last": before.last.isoformat()},
        dashboard.before, dashboard.adoption_before,
    )  # fmt: skip
    tables = [
        (_("Agence"), dashboard.agencies), (_("Partenaire"), dashboard.kinds), (_("Conseiller"), dashboard.advisers),
        (_("Mois"), dashboard.months),
    ]  # fmt: skip
    for view, table in tables:
        for row in table:
            yield _line(view, row.label or _("Compte supprimé"), row.figures, row.adoption, row.reach)
    yield from _acts(dashboard)
    yield [
        _("Définition"),
        PROTECTED,
        _("Non montré : moins de 11 personnes, ou de quoi les retrouver par différence."),
    ]
    for name, definition in DEFINITIONS.values():
        yield [_("Définition"), str(name), str(definition)]


def _acts(dashboard: Dashboard) -> Iterator[list[Any]]:
    groups = [
        (_("Profils avec une compétence validée"), dashboard.acts.on_validated, dashboard.validated_count),
        (_("Profils sans compétence validée"), dashboard.acts.on_others, dashboard.other_count),
    ]
    for label, acts, profiles in groups:
        said = {"acts": PROTECTED if acts is None else acts, "profiles": PROTECTED if profiles is None else profiles}
        text = _("%(acts)s actes pour %(profiles)s profils") % said
        yield [_("Actes d'intermédiation"), label, text]


def _line(
    view: str, label: str, figures: Figures, adoption: Share | None = None, reach: Share | None = NOTHING
) -> list[Any]:
    answers = figures.answer_rate
    return [
        view, label, figures.promotions, figures.answered,
        *(_percents(answers) if answers else ["", "", ""]),
        _rounded(figures.delay_mean), _rounded(figures.delay_median),
        figures.good, figures.meetings, figures.kept, figures.hired, *_share(adoption),
        *(_share(reach) if reach else [PROTECTED] * 3),
    ]  # fmt: skip


def _share(share: Share | None) -> list[Any]:
    if share is None or share.rate is None:
        return ["", "", ""]
    return [share.total, share.hits, _rounded(100 * share.rate.value)]


def _percents(found: Rate) -> list[Any]:
    return [_rounded(100 * value) for value in (found.value, found.low, found.high)]


def _rounded(value: float | None) -> Any:
    return "" if value is None else round(value, 1)
