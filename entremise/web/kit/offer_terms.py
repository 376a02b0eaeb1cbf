"""What an offer gives and takes, as fields that the adviser's and the recruiter's forms share."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.lib.text import euros
from entremise.offers import rules
from entremise.offers.actions import Terms
from entremise.offers.enums import Benefit, PayPeriod
from entremise.offers.models import Offer
from entremise.web.kit.refusable import Refusable

MOST_EUROS = Decimal(1_000_000)
EXPERIENCES = (
    ("", gettext_lazy("Sans précision")),
    ("0", gettext_lazy("Débutant accepté")),
    ("6", gettext_lazy("6 mois")),
    ("12", gettext_lazy("1 an")),
    ("24", gettext_lazy("2 ans")),
    ("36", gettext_lazy("3 ans")),
    ("60", gettext_lazy("5 ans ou plus")),
)
LEVELS = (
    ("", gettext_lazy("Aucun diplôme exigé")),
    ("3", gettext_lazy("CAP, BEP ou équivalent")),
    ("4", gettext_lazy("Baccalauréat ou équivalent")),
    ("5", gettext_lazy("Bac + 2")),
    ("6", gettext_lazy("Bac + 3 ou 4")),
    ("7", gettext_lazy("Bac + 5 ou plus")),
)
SAME = (
    "company", "duration_months", "weekly_hours", "pay_period", "benefits", "evolution", "experience_months",
    "training_level", "starts_on", "is_disability_reserved", "expires_on", "promised_on", "position_count",
)  # fmt: skip


class EurosField(forms.Field):
    """An amount in euros, as people write it: « 1 850 », « 12,50 € »; its value is in cents."""

    def to_python(self, value: Any) -> int | None:
        """Return cents, or None when nothing is written."""
        text = str(value or "").replace("€", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
        if not text:
            return None
        try:
            euros = Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise ValidationError(_("Écrivez un montant en euros, par exemple 1 850 ou 12,50.")) from error
        if not euros.is_finite() or not 0 < euros <= MOST_EUROS:
            raise ValidationError(_("Ce montant n'est pas possible."))
        return int((euros * 100).to_integral_value())

    def prepare_value(self, value: Any) -> Any:
        """Show cents in euros."""
        if not isinstance(value, int):
            return value
        return euros(value)


def _day(label: Any, **facts: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts
    )


def _number(label: Any, most: int, **facts: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=most, widget=widget, **facts)


class TermsForm(Refusable):
    """What the post gives and what it takes."""

    FIELD_OF = {"pay_min": "pay_min_cents", "pay_max": "pay_max_cents"}

    company = forms.CharField(
        label=gettext_lazy("L'entreprise, en quelques mots"), required=False, max_length=rules.LONGEST_COMPANY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    position_count = _number(gettext_lazy("Nombre de postes"), 500, initial=1)
    duration_months = _number(gettext_lazy("Durée du contrat (mois)"), 120)
    weekly_hours = forms.DecimalField(
        label=gettext_lazy("Heures par semaine"), required=False, min_value=1, max_value=60, max_digits=4,
        decimal_places=1, localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}),
    )  # fmt: skip
    pay_min_cents = EurosField(
        label=gettext_lazy("Salaire brut, à partir de (€)"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 10}),
    )  # fmt: skip
    pay_max_cents = EurosField(
        label=gettext_lazy("jusqu'à (€)"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 10}),
    )  # fmt: skip
    pay_period = forms.ChoiceField(
        label=gettext_lazy("Compté"), required=False,
        choices=[("", gettext_lazy("Choisissez")), *((value, capfirst(label)) for value, label in PayPeriod.choices)],
    )  # fmt: skip
    benefits = forms.MultipleChoiceField(
        label=gettext_lazy("Et en plus"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(value, capfirst(label)) for value, label in Benefit.choices],
    )  # fmt: skip
    evolution = forms.CharField(
        label=gettext_lazy("Ce que le poste peut devenir"), required=False, max_length=300,
        help_text=gettext_lazy("Par exemple : chef d'équipe au bout d'un an, formation prise en charge."),
    )  # fmt: skip
    experience_months = forms.TypedChoiceField(
        label=gettext_lazy("Expérience"), required=False, choices=EXPERIENCES, coerce=int, empty_value=None
    )
    training_level = forms.TypedChoiceField(
        label=gettext_lazy("Diplôme"), required=False, choices=LEVELS, coerce=int, empty_value=None
    )
    starts_on = _day(gettext_lazy("Le poste commence le"))
    is_disability_reserved = forms.BooleanField(
        label=gettext_lazy("Poste réservé aux personnes reconnues handicapées"), required=False
    )
    expires_on = _day(
        gettext_lazy("Visible jusqu'au"), help_text=gettext_lazy("Vide : deux mois à partir de sa publication.")
    )
    promised_on = _day(gettext_lazy("Candidats promis pour le"))

    def terms(self) -> Terms:
        """Return what was told."""
        told = self.cleaned_data
        return Terms(
            **{name: told[name] for name in SAME if name != "position_count"},
            position_count=told["position_count"] or 1,
            pay_min_cents=told["pay_min_cents"],
            pay_max_cents=told["pay_max_cents"],
            apply_url=getattr(getattr(self, "offer", None), "apply_url", ""),
        )


def initial_terms(offer: Offer) -> dict[str, Any]:
    """Return the terms of an offer as the fields show them."""
    told = {name: getattr(offer, name) for name in (*SAME, "pay_min_cents", "pay_max_cents")}
    blank = {name: "" for name in ("experience_months", "training_level") if told[name] is None}
    return told | blank


def written_terms(posted: Mapping[str, Any], **facts: Any) -> Terms:
    """Return what a half-filled form already tells, leaving out what cannot be read yet."""
    form = TermsForm(posted)
    form.is_valid()
    told = {name: form.cleaned_data.get(name) for name in (*SAME, "pay_min_cents", "pay_max_cents")}
    return Terms(**{name: value for name, value in told.items() if value not in (None, "")}, **facts)
