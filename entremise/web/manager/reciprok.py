"""The team's board of applications: who answers, whom to help first, what refusals say; each table as a file."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.indicators import queries_reciprok_words as words
from entremise.indicators.queries_reciprok import Board, Line, board
from entremise.kernel import clock
from entremise.reciprok.enums import RefusalReason
from entremise.web.kit.exports import column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of a table of answers, ready to print."""

    label: str
    cells: tuple[str, ...]


@screen("reciprok.steer")
@require_GET
def reciprok_board(request: ActorRequest) -> HttpResponse:
    """Show who answers candidates, and what the team may do about it."""
    found = board(request.actor, clock.now())
    titles = words.titles()
    context = {
        "board": found,
        "whole": _row(Line(_("Tout le territoire"), found.whole)),
        "tables": [
            {"name": name, "title": titles[name], "export": _export(request, name)}
            | {"rows": [_row(line, is_month=name == "mois") for line in words.answers_of(found, name)]}
            for name in ("secteurs", "bassins", "tailles", "mois")
        ],
        "helped": [{"one": one, "advice": words.advice_state(one.silence)} for one in found.helped],
        "said": _said(found),
        "reasons": list(RefusalReason),
        "criteria": [_criterion(line) for line in map(words.criterion_line, found.criteria)],
        "definitions": words.DEFINITIONS,
        "exports": {name: _export(request, name) for name in ("aider", "refus", "criteres")},
        "now": clock.now(),
    }
    return respond(request, "web/manager/reciprok.html", context)


@screen("reciprok.steer")
@require_GET
@fresh
def reciprok_board_export(request: ActorRequest, table: str) -> HttpResponse:
    """Give one table of the board as CSV or XLSX, with how it is counted."""
    if table not in words.TABLES:
        raise Http404
    found = board(request.actor, clock.now())
    return spreadsheet(
        request, words.titles()[table], *with_columns(request, words.columns(table), words.rows(found, table))
    )


def _export(request: ActorRequest, table: str) -> Any:
    return column_choice(request, reverse("reciprok_board_export", args=[table]), words.columns(table))


def _row(line: Line, *, is_month: bool = False) -> AnswerRow:
    told = line.answers
    label = date_format(dt.date.fromisoformat(f"{line.label}-01"), "F Y") if is_month else line.label
    if told is None:
        return AnswerRow(label, (words.PROTECTED,) * 4)
    found = told.rate
    rate = _("%(rate)s %% (entre %(low)s et %(high)s)") % {
        "rate": round(100 * found.value), "low": round(100 * found.low), "high": round(100 * found.high),
    } if found else "–"  # fmt: skip
    days = "–" if told.median_days is None else number_format(told.median_days, 1)
    return AnswerRow(label, (_count(told.counted), _count(told.answered), rate, days))


def _said(found: Board) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label,
            "total": words.PROTECTED if one.reasons is None else _count(one.reasons.total),
            "cells": [
                words.PROTECTED if one.reasons is None or (count := one.reasons.of(reason)) is None else _count(count)
                for reason in RefusalReason
            ],
            "questions": one.questions,
        }
        for one in found.said
    ]


def _criterion(line: list[Any]) -> AnswerRow:
    name, points, share, low, high, per_good, finding = line
    told = _("%(share)s %% (entre %(low)s et %(high)s)") % {
        "share": _shown(share), "low": _shown(low), "high": _shown(high),
    }  # fmt: skip
    cells = (f"{points} %", told if share != "" else "–", _shown(per_good), finding)
    return AnswerRow(name, cells)


def _shown(value: Any) -> str:
    return "–" if value == "" else str(number_format(value, 1))


def _count(value: int) -> str:
    return str(number_format(value, use_l10n=True, force_grouping=True))
