"""Pieces of the board that every card has alike, rendered once: a page of twenty cards stays light to make."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from entremise.passport.enums import Assurance
from entremise.web.kit.board_forms import choices_of


def options_for(state: str) -> str:
    """Return the options of an answer to an application in this state; nothing when nothing more can be answered."""
    return _options(state, get_language() or "")


def seals() -> dict[int, str]:
    """Return the mark of each level of proof."""
    return _seals(get_language() or "")


@cache
def _options(state: str, language: str) -> str:
    return render_to_string("web/board/_choices.html", {"choices": choices_of(state)})


@cache
def _seals(language: str) -> dict[int, str]:
    return {int(level): render_to_string("web/board/_seal.html", {"level": int(level)}) for level in Assurance}
