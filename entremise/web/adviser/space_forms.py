"""What an adviser writes about a recruiter space: steps, documents seen, decisions, answers, reports."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.employers.enums_spaces import (
    Acquaintance,
    CheckItem,
    CheckKind,
    CheckOutcome,
    DocumentKind,
    RefusalReason,
)
from entremise.employers.models_spaces import LONGEST_NOTE
from entremise.kernel import clock
from entremise.web.kit.refusable import Refusable

# Reminders by mail have their own button; a document has its own form.
LOGGED = [CheckKind.LANDLINE, CheckKind.PRIVILEGED, CheckKind.OTHER_CALL, CheckKind.VISIT, CheckKind.MEETING,
          CheckKind.VIDEO, CheckKind.CALL_BACK, CheckKind.LETTER, CheckKind.NOTE]  # fmt: skip
NO_ANSWER = frozenset({CheckKind.CALL_BACK, CheckKind.LETTER, CheckKind.NOTE})
BY_HAND = [reason for reason in RefusalReason if reason is not RefusalReason.UNREACHABLE]


def _note(label: Any, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=LONGEST_NOTE, widget=widget)


class CheckForm(Refusable):
    """One step: what, what came of it, which number, and when to call back."""

    kind = forms.ChoiceField(label=_("Ce que vous avez fait"), choices=[(kind.value, kind.label) for kind in LOGGED])
    outcome = forms.ChoiceField(
        label=_("Résultat"),
        required=False,
        choices=[
            ("", _("sans objet")),
            *((o.value, o.label) for o in CheckOutcome if o is not CheckOutcome.DONE),
        ],
    )
    number = forms.CharField(
        label=_("Numéro appelé"),
        required=False,
        max_length=30,
        help_text=_(
            "Pour un appel : celui de l'annuaire ou de nos contacts, jamais celui d'un message reçu. "
            "S'il est nouveau, écrivez dans le commentaire où vous l'avez trouvé."
        ),
    )
    call_back_at = forms.DateTimeField(
        label=_("Rappeler le"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    note = _note(_("Commentaire"), required=False)

    def told(self) -> dict[str, object]:
        """Return the facts of the action; what nobody answers is simply done."""
        facts = dict(self.cleaned_data)
        if facts["kind"] in NO_ANSWER:
            facts["outcome"] = CheckOutcome.DONE.value
        return facts


class DocumentForm(forms.Form):
    """A document that was seen: which, and whether it convinced."""

    document = forms.ChoiceField(label=_("Pièce vue"), choices=DocumentKind.choices)
    outcome = forms.ChoiceField(
        label=_("Convaincante ?"),
        choices=[(CheckOutcome.DONE.value, _("oui")), (CheckOutcome.DOUBT.value, CheckOutcome.DOUBT.label)],
    )
    note = _note(_("Commentaire"), required=False)


class KnowForm(forms.Form):
    """Which branch of the tree."""

    acquaintance = forms.ChoiceField(label=_("Connaissez-vous cette entreprise ?"), choices=Acquaintance.choices)


class CertifyForm(Refusable):
    """The checklist, the comment, and what was read."""

    items = forms.MultipleChoiceField(
        label=_("J'ai fait chacune de ces vérifications"),
        choices=CheckItem.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez chaque ligne : chacune dit une vérification que vous avez faite.")},
    )
    note = _note(_("Qui l'a confirmé, et quoi ?"))
    version = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class DocumentsForm(Refusable):
    """Which documents to show."""

    documents = forms.MultipleChoiceField(
        label=_("Pièces à voir"),
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choisissez au moins une pièce à voir.")},
    )
    note = _note(_("Commentaire"), required=False)


class WordsForm(Refusable):
    """A decision that asks only for words."""

    note = _note(_("Ce que vous avez constaté"))


class ReasonForm(WordsForm):
    """A decision that asks for a reason and words."""

    reason = forms.ChoiceField(label=_("Raison"), choices=[(r.value, r.label) for r in BY_HAND])
    field_order = ["reason", "note"]


class AnswerForm(forms.Form):
    """What was verified about a vigilance point."""

    words = forms.CharField(
        label=_("Ce que vous avez vérifié"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class FraudReportForm(Refusable):
    """What happened."""

    facts = forms.CharField(
        label=_("Les faits"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Qui, quand, comment, ce qui a été demandé aux candidats. Ni mot de passe ni donnée bancaire."),
    )


def tomorrow_morning() -> dt.datetime:
    """Return what a call back is prefilled with."""
    day = clock.local(clock.now()) + dt.timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)
