"""The dashboard in words: six tiles, tables, what to do this week."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.accounts.enums import MemberRole
from entremise.indicators import rules
from entremise.indicators.queries import Dashboard, Row
from entremise.indicators.queries_words import DEFINITIONS
from entremise.indicators.rules import Share
from entremise.kernel import access
from entremise.kernel.actors import Actor
from entremise.lib.measures import Interval, Rate
from entremise.matching.enums import Toggle
from entremise.matching.queries_criteria import PoolCriteria
from entremise.web.components.charts import Bar, BarChart, LineChart, Series, bar_chart, line_chart, sparkline

NONE, PROTECTED = "–", "•"  # nothing to say; something that would point at somebody


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure with its trend, its target and how it is counted."""

    label: str
    value: str
    unit: str = ""
    note: str = ""
    trend: str = ""
    direction: str = "flat"
    is_good: bool = True
    target: str = ""
    definition: str = ""
    spark: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table of figures, ready to print."""

    label: str
    note: str
    cells: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to do this week, and where."""

    icon: str
    sentence: str
    link: str = ""
    href: str = ""


def tiles(board: Dashboard) -> list[Tile]:
    """Return the six figures of the page."""
    return [_promotions(board), _answers(board), _delay(board), _conversion(board), _adoption(board), _reach(board)]


def funnel(board: Dashboard) -> BarChart:
    """Return the way from the promotion to the hire."""
    now = board.now
    steps = [
        (_("Promotions envoyées"), now.promotions), (_("Réponses reçues"), now.answered),
        (_("Bonnes nouvelles"), now.good), (_("Profils gardés"), now.kept), (_("Embauches"), now.hired),
    ]  # fmt: skip
    return bar_chart([Bar(label, count, _share_note(count, now.promotions)) for label, count in steps])


def months(board: Dashboard) -> LineChart:
    """Return twelve months of promotions and answers."""
    labels = [date_format(dt.date.fromisoformat(f"{row.key}-01"), _("N y")) for row in board.months]
    return line_chart(
        labels,
        [
            Series(_("Promotions"), [row.figures.promotions for row in board.months]),
            Series(_("Réponses"), [row.figures.answered for row in board.months]),
            Series(_("Embauches"), [row.figures.hired for row in board.months]),
        ],
    )


def table(rows: Sequence[Row], *, with_team: bool = True) -> list[TableRow]:
    """Return the lines of a table of figures."""
    lines = []
    for row in rows:
        figures = row.figures
        cells = [
            _count(figures.promotions), _percent(figures.answer_rate), _days(figures.delay_median),
            _count(figures.good), _count(figures.kept), _count(figures.hired),
        ]  # fmt: skip
        if with_team:
            cells += [_of(row.adoption), _of(row.reach)]
        lines.append(TableRow(row.label or _("Compte supprimé"), row.note, cells))
    return lines


def acts(board: Dashboard) -> list[TableRow]:
    """Return the acts of intermediation per profile, with and without validation."""
    groups = [
        (_("Avec une compétence validée"), board.acts.on_validated, board.validated_count),
        (_("Sans compétence validée"), board.acts.on_others, board.other_count),
    ]
    return [
        TableRow(
            label, "",
            [_counted(profiles), _counted(done), number_format(done / profiles, 1) if done and profiles else NONE],
        )
        for label, done, profiles in groups
    ]  # fmt: skip


def todos(board: Dashboard, actor: Actor) -> list[Todo]:
    """Return what the team may do this week, the most pressing first."""
    found = []
    if board.overdue_count:
        text = ngettext(
            "%(count)s promotion attend un geste de l'équipe depuis plus d'une semaine.",
            "%(count)s promotions attendent un geste de l'équipe depuis plus d'une semaine.", board.overdue_count,
        )  # fmt: skip
        href = _address(actor, "promotions", "etape=overdue")
        found.append(Todo("clock", text % {"count": _count(board.overdue_count)}, _("Les voir"), href))
    if board.to_promote_count:
        text = ngettext(
            "%(count)s profil aux compétences validées n'a jamais été promu.",
            "%(count)s profils aux compétences validées n'ont jamais été promus.", board.to_promote_count,
        )  # fmt: skip
        criteria = PoolCriteria(toggles=frozenset({Toggle.VALIDATED, Toggle.NEVER_PROMOTED}))
        href = _address(actor, "pool", criteria.query_string())
        found.append(Todo("users", text % {"count": _count(board.to_promote_count)}, _("Ouvrir le vivier"), href))
    if board.silent_advisers:
        text = ngettext(
            "%(count)s conseiller n'a présenté aucun profil sur la période : un coup de main serait utile.",
            "%(count)s conseillers n'ont présenté aucun profil sur la période : un coup de main serait utile.",
            len(board.silent_advisers),
        )
        found.append(Todo("heart", text % {"count": len(board.silent_advisers)}, _("Voir l'équipe"), "#advisers"))
    return found


def _promotions(board: Dashboard) -> Tile:
    grown = rules.growth(board.now.promotions, board.before.promotions)
    trend, direction = "", "flat"
    if grown is not None:
        trend = _("%(change)s %% par rapport à la période précédente") % {"change": _signed(grown)}
        direction = _direction(grown)
    return Tile(
        label=_label("promotions"), value=_count(board.now.promotions), trend=trend, direction=direction,
        is_good=(grown or 0) >= 0, target=_("Pilote : +%(growth)s %%") % {"growth": rules.PILOT_GROWTH},
        definition=_definition("promotions"), spark=sparkline([row.figures.promotions for row in board.months]),
    )  # fmt: skip


def _answers(board: Dashboard) -> Tile:
    now = board.now.answer_rate
    trend, direction, is_good = _moved(rules.points(now, board.before.answer_rate))
    note = ""
    if now:
        note = _("%(hits)s sur %(total)s, vraie valeur entre %(low)s et %(high)s %%") % {
            "hits": _count(now.hits), "total": _count(now.total), "low": round(100 * now.low),
            "high": round(100 * now.high),
        }  # fmt: skip
    return Tile(
        label=_label("answer_rate"), value=str(round(100 * now.value)) if now else NONE, unit="%" if now else "",
        note=note, trend=trend, direction=direction, is_good=is_good,
        target=_("Pilote : %(rate)s %%") % {"rate": rules.PILOT_ANSWER_RATE}, definition=_definition("answer_rate"),
        spark=sparkline([row.figures.answer_rate.value for row in board.months if row.figures.answer_rate]),
    )  # fmt: skip


def _delay(board: Dashboard) -> Tile:
    mean, median, before = board.now.delay_mean, board.now.delay_median, board.before.delay_mean
    trend, direction, is_good = "", "flat", True
    if mean is not None and before is not None:
        change = mean - before
        trend = _("%(change)s j par rapport à la période précédente") % {"change": _signed(change, 1)}
        direction, is_good = _direction(change), change <= 0
    return Tile(
        label=_label("delay"), value=number_format(mean, 1) if mean is not None else NONE,
        unit=_("jours en moyenne") if mean is not None else "",
        note=_("médiane %(median)s jours") % {"median": number_format(median, 1)} if median is not None else "",
        trend=trend, direction=direction, is_good=is_good,
        target=_("Pilote : %(days)s jours") % {"days": rules.PILOT_DELAY_DAYS}, definition=_definition("delay"),
    )  # fmt: skip


def _conversion(board: Dashboard) -> Tile:
    now, before = board.now, board.before
    change = now.hired - before.hired
    note = _("%(meetings)s rencontres, %(kept)s profils gardés") % {"meetings": now.meetings, "kept": now.kept}
    target = _("Pilote : %(hired)s embauches et %(kept)s profils gardés sur %(total)s") % {
        "hired": rules.PILOT_HIRED, "kept": rules.PILOT_KEPT, "total": rules.PILOT_PROMOTIONS,
    }  # fmt: skip
    trend = _("%(change)s par rapport à la période précédente") % {"change": _signed(change)}
    return Tile(
        label=_label("conversion"), value=_count(now.hired), unit=ngettext("embauche", "embauches", now.hired),
        note=note, trend=trend if before.promotions else "", direction=_direction(change),
        is_good=change >= 0, target=target, definition=_definition("conversion"),
    )  # fmt: skip


def _adoption(board: Dashboard) -> Tile:
    now = board.adoption.rate
    trend, direction, is_good = _moved(rules.points(now, board.adoption_before.rate))
    names = {MemberRole.BUSINESS_ADVISER: _("entreprises"), MemberRole.PLACEMENT_ADVISER: _("demandeurs")}
    roles = [(MemberRole(role), share) for role, share in board.adoption_by_role.items() if share.total]
    parts = [f"{names[role]} {_of(share)}" for role, share in roles]
    return Tile(
        label=_label("adoption"), value=str(round(100 * now.value)) if now else NONE, unit="%" if now else "",
        note=", ".join(parts), trend=trend, direction=direction, is_good=is_good,
        target=_("Pilote : %(first)s et %(second)s %%") % {
            "first": rules.PILOT_ADOPTION[0], "second": rules.PILOT_ADOPTION[1],
        },
        definition=_definition("adoption"),
    )  # fmt: skip


def _reach(board: Dashboard) -> Tile:
    now = board.reach.rate if board.reach else None
    note = _("%(hits)s sur %(total)s") % {"hits": _count(now.hits), "total": _count(now.total)} if now else ""
    return Tile(
        label=_label("reach"), value=number_format(100 * now.value, 0 if now.value > 0.1 else 1) if now else NONE,
        unit="%" if now else "", note=note if board.reach else _("Trop peu de personnes pour le dire."),
        target=_("Aujourd'hui en France : %(share)s %%") % {"share": rules.COUNTRY_PROMOTED},
        definition=_definition("reach"),
    )  # fmt: skip


def _moved(gap: Interval | None) -> tuple[str, str, bool]:
    """Say by how many points a share moved, and whether it can be chance."""
    if gap is None:
        return "", "flat", True
    points = abs(round(gap.value))
    if not gap.excludes(0):
        text = ngettext(
            "%(change)s point : écart trop petit pour conclure", "%(change)s points : écart trop petit pour conclure",
            points,
        )  # fmt: skip
        return text % {"change": _signed(gap.value)}, "flat", True
    text = ngettext(
        "%(change)s point par rapport à la période précédente",
        "%(change)s points par rapport à la période précédente", points,
    )  # fmt: skip
    return text % {"change": _signed(gap.value)}, _direction(gap.value), gap.value > 0


def _signed(value: float, decimals: int = 0) -> str:
    rounded = round(value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)}"


def _direction(change: float) -> str:
    return "flat" if round(change, 1) == 0 else "up" if change > 0 else "down"


def _label(name: str) -> str:
    return str(DEFINITIONS[name][0])


def _definition(name: str) -> str:
    return str(DEFINITIONS[name][1])


def _share_note(count: int, total: int) -> str:
    return _("%(share)s %%") % {"share": round(100 * count / total)} if total else ""


def _count(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def _percent(found: Rate | None) -> str:
    return _("%(share)s %%") % {"share": round(100 * found.value)} if found else NONE


def _days(value: float | None) -> str:
    return NONE if value is None else number_format(value, 1)


def _counted(value: int | None) -> str:
    return PROTECTED if value is None else _count(value)


def _of(share: Share | None) -> str:
    if share is None:
        return PROTECTED
    return f"{_percent(share.rate)} ({share.hits}/{share.total})" if share.total else NONE


def _address(actor: Actor, name: str, query: str) -> str:
    """Return an address that this actor may open: an administrator reads the figures, the teams' work stays theirs."""
    try:
        path = reverse(name)
    except NoReverseMatch:  # this installation does not serve that part
        return ""
    guard = resolve(path).func.guard  # type: ignore[attr-defined]  # set by @screen
    return f"{path}?{query}" if access.decide(guard, actor) else ""
