"""What the validator fills in; the rules are in the domain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from entremise.passport.enums import Level
from entremise.skills.models import Skill
from entremise.validations.enums import DeclineReason, Verdict
from entremise.validations.models import RequestedSkill
from entremise.validations.rules import Answer, AnswerSheet
from entremise.web.components.choices import RichLabel

VERDICTS = [
    (Verdict.CONFIRMED.value, _("Je confirme")),
    (Verdict.NOT_CONFIRMED.value, _("Je ne confirme pas")),
    (Verdict.CANNOT_JUDGE.value, _("Je ne peux pas me prononcer")),
]
LEVELS = [
    ("", _("Je ne précise pas")),
    (Level.BEGINNER.value, _("Débutait")),
    (Level.AUTONOMOUS.value, _("Travaillait en autonomie")),
    (Level.EXPERT.value, _("Pouvait transmettre aux autres")),
]
NEVER_AGAIN = "never_again"
DECLINES = [
    (
        DeclineReason.NOT_ME.value,
        RichLabel(
            _("Ce n'est pas moi"),
            _("Le message m'est arrivé par erreur, ou je n'ai pas travaillé avec cette personne."),
            "user",
        ),
    ),
    (
        DeclineReason.REFUSE.value,
        RichLabel(_("Je ne souhaite pas répondre"), _("Nous ne vous relancerons pas pour cette demande."), "x-circle"),
    ),
    (
        DeclineReason.ABUSE.value,
        RichLabel(
            _("Je signale un abus"), _("La demande est fausse ou gênante : un conseiller la regardera."), "flag"
        ),
    ),
    (
        NEVER_AGAIN,
        RichLabel(
            _("Ne plus jamais m'écrire"),
            _("Plus personne ne pourra vous solliciter à cette adresse. Nous n'en gardons qu'une empreinte."),
            "lock",
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Row:
    """One skill asked, with its three fields."""

    label: str
    is_added: bool
    verdict: BoundField
    example: BoundField
    level: BoundField

    @property
    def has_detail(self) -> bool:
        """Tell whether an example or a level was given, so that it stays open."""
        return bool(self.example.value() or self.level.value())


class AnswerForm(forms.Form):
    """A choice by skill asked, with an optional example and level; skills to add; a word."""

    word = forms.CharField(
        label=_("Un mot sur cette personne"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La personne et ses conseillers le liront. Par exemple : « Ponctuelle, toujours prête à aider. »"),
    )
    added = forms.MultipleChoiceField(
        label=_("Compétences à ajouter"), required=False, widget=forms.CheckboxSelectMultiple
    )
    q = forms.CharField(label=_("Chercher une autre compétence"), required=False, max_length=100)

    def __init__(
        self, *args: Any, lines: Sequence[RequestedSkill], addable: Iterable[Skill] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["added"].choices = [(str(skill.pk), skill.label) for skill in addable]  # type: ignore[attr-defined]
        for line in lines:
            self._add_line(line)

    def _add_line(self, line: RequestedSkill) -> None:
        given = line.verdict if line.verdict != Verdict.PENDING else None
        self.fields[f"v-{line.skill_id}"] = forms.ChoiceField(
            label=line.skill.label,
            choices=VERDICTS,
            initial=given,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choisissez une réponse pour cette compétence.")},
        )
        self.fields[f"e-{line.skill_id}"] = forms.CharField(
            label=_("Un exemple de ce que vous avez vu"),
            required=False,
            max_length=500,
            initial=line.example,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"l-{line.skill_id}"] = forms.ChoiceField(
            label=_("Son niveau à l'époque"), required=False, choices=LEVELS, initial=line.level
        )

    def rows(self) -> Iterator[Row]:
        """Give the skills asked, one line each."""
        for line in self.lines:
            pk = line.skill_id
            yield Row(line.skill.label, line.is_added_by_validator, self[f"v-{pk}"], self[f"e-{pk}"], self[f"l-{pk}"])

    def sheet(self) -> AnswerSheet:
        """Return what the validator says, for the domain."""
        given = self.cleaned_data
        answers = {
            line.skill_id: Answer(
                Verdict(given[f"v-{line.skill_id}"]), given[f"e-{line.skill_id}"], given[f"l-{line.skill_id}"]
            )
            for line in self.lines
        }
        added = {UUID(pk): Answer(Verdict.CONFIRMED) for pk in given["added"]}
        return AnswerSheet(answers, added, given["word"])

    def pairs(self) -> list[tuple[str, str]]:
        """Return what was posted, for the hidden fields of the page that asks for the last click."""
        posted: Any = self.data
        names = [name for name in self.fields if name != "q"]
        return [(name, value) for name in names for value in posted.getlist(name) if value]


def confirm_all(posted: QueryDict, lines: Iterable[RequestedSkill]) -> QueryDict:
    """Return what was posted with "je confirme" on every line left without an answer."""
    filled = posted.copy()
    for line in lines:
        if not filled.get(f"v-{line.skill_id}"):
            filled[f"v-{line.skill_id}"] = Verdict.CONFIRMED.value
    return filled


def as_initial(posted: QueryDict) -> dict[str, Any]:
    """Return what was posted as the initial values of a form that is not checked yet."""
    return {name: posted.getlist(name) if name == "added" else posted.get(name) for name in posted}


REPORTS = [
    (
        DeclineReason.ABUSE.value,
        RichLabel(
            _("Je n'ai pas répondu moi-même, ou je signale un abus"),
            _("Un conseiller regardera cette réponse."),
            "flag",
        ),
    ),
    DECLINES[-1],
]


class DeclineForm(forms.Form):
    """Why no answer comes; once an answer was given, only a report or an opposition remain."""

    reason = forms.ChoiceField(
        label=_("Que souhaitez-vous nous dire ?"),
        choices=DECLINES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une des réponses.")},
    )

    def __init__(self, *args: Any, is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_open:
            self.fields["reason"].choices = REPORTS  # type: ignore[attr-defined]


class ForwardForm(forms.Form):
    """The colleague who can answer."""

    name = forms.CharField(label=_("Nom de votre collègue"), max_length=160)
    email = forms.EmailField(label=_("Son adresse électronique professionnelle"))
    role = forms.CharField(label=_("Sa fonction"), max_length=120, required=False)
