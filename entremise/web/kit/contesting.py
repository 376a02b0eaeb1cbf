"""What the pages where a result is contested share: the form, and how a contest is shown to who wrote it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.matching import queries_contest, rules_contest
from entremise.matching.engine.score import VERSION
from entremise.matching.enums_contest import ContestReason
from entremise.matching.models_contest import Contest
from entremise.matching.queries_contest import KeptPart, Result, Waiting
from entremise.matching.queries_words import part_title
from entremise.matching.workflow import FLOW
from entremise.web.kit.refusable import Refusable


class ContestForm(Refusable):
    """What seems wrong."""

    reason = forms.ChoiceField(
        label=_("Qu'est-ce qui vous semble faux ?"),
        choices=[(value, capfirst(label)) for value, label in ContestReason.choices],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Dites-nous en plus"),
        required=False,
        max_length=rules_contest.LONGEST_WORDS,
        widget=forms.Textarea,
        help_text=_("Par exemple ce qui manque, ou ce qui est faux. Quelques mots suffisent."),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A contest as its author sees it."""

    standing: Waiting
    why_not_withdraw: str

    @property
    def contest(self) -> Contest:
        """Return the contest itself."""
        return self.standing.contest


def shown(contests: list[Contest], actor: Actor) -> list[Shown]:
    """Return contests as their author sees them."""
    today = clock.today()
    return [
        Shown(queries_contest.standing(one, today), FLOW.refusal(one, "withdraw_contest", actor)) for one in contests
    ]


def in_words(result: Result) -> dict[str, Any]:
    """Return what the page says of a result as it stands."""
    parts = [KeptPart(part_title(part.name), part.points, part.maximum) for part in result.parts]
    return {
        "parts": parts,
        "points": sum(part.points for part in parts),
        "maximum": sum(part.maximum for part in parts),
        "position": result.position,
        "version": VERSION,
    }
