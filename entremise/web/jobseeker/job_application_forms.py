"""What the person says after an application: an answer back, an opinion, a report, a moment to meet."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from entremise.kernel import clock
from entremise.reciprok import rules
from entremise.reciprok.actions_meetings import LONGEST_WORDS
from entremise.reciprok.enums import ReportKind
from entremise.reciprok.models_following import Meeting
from entremise.web.components.choices import RichLabel
from entremise.web.kit.refusable import Refusable

MARKS = [
    ("1", RichLabel("1", _("pas du tout"))),
    ("2", RichLabel("2", _("plutôt non"))),
    ("3", RichLabel("3", _("moyen"))),
    ("4", RichLabel("4", _("plutôt oui"))),
    ("5", RichLabel("5", _("tout à fait"))),
]


class ReplyForm(Refusable):
    """An answer back to the employer, once."""

    prefix = "reponse"
    words = forms.CharField(
        label=_("Votre message à l'employeur"),
        max_length=rules.LONGEST_ANSWER,
        widget=forms.Textarea,
        help_text=_("Vous pouvez le faire une seule fois. L'employeur et votre agence le reçoivent."),
        error_messages={"required": _("Écrivez votre réponse à l'employeur.")},
    )


def _mark(label: Any) -> forms.TypedChoiceField:
    required = {"required": _("Choisissez une note de 1 à 5.")}
    return forms.TypedChoiceField(
        label=label, choices=MARKS, coerce=int, widget=forms.RadioSelect, error_messages=required
    )


class RatingForm(Refusable):
    """How the person was treated: three marks, and words if she wants."""

    prefix = "avis"
    courtesy = _mark(_("L'employeur a-t-il été poli ?"))
    clarity = _mark(_("Ses réponses étaient-elles claires ?"))
    speed = _mark(_("A-t-il répondu vite ?"))
    words = forms.CharField(
        label=_("En quelques mots"),
        required=False,
        max_length=rules.LONGEST_RATING,
        widget=forms.Textarea,
        help_text=_("Un conseiller lit ces mots avant qu'ils soient montrés. Votre nom n'apparaît jamais."),
    )


class ReportForm(Refusable):
    """Something that should not happen."""

    prefix = "signalement"
    kind = forms.ChoiceField(
        label=_("Que s'est-il passé ?"),
        choices=[(value, capfirst(label)) for value, label in ReportKind.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que vous signalez.")},
    )
    words = forms.CharField(
        label=_("Racontez en quelques mots"),
        max_length=rules.LONGEST_REPORT,
        widget=forms.Textarea,
        error_messages={"required": _("Racontez ce qui s'est passé, en quelques mots.")},
    )


class SlotForm(Refusable):
    """Which of the moments proposed suits."""

    slot = forms.ChoiceField(
        label=_("Quel moment vous convient ?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez un des créneaux proposés."),
            "invalid_choice": _("Choisissez un des créneaux proposés."),
        },
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(slot.isoformat(), moment_words(slot)) for slot in meeting.slots]
        self.fields["slot"].choices = [  # type: ignore[attr-defined]  # a choice field
            (value, RichLabel(words, "", "calendar")) for value, words in told
        ]

    @property
    def chosen(self) -> dt.datetime:
        """Return the moment that was chosen."""
        return dt.datetime.fromisoformat(self.cleaned_data["slot"])


class DeclineForm(Refusable):
    """None of the moments suits."""

    prefix = "autre"
    words = forms.CharField(
        label=_("Dites quand vous êtes libre"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea,
        help_text=_("Par exemple : « le matin », ou « tous les jours sauf le mercredi »."),
    )


def moment_words(slot: dt.datetime) -> str:
    """Say a moment as people do."""
    return date_format(clock.local(slot), gettext("l j F Y \\à G \\h i"))
