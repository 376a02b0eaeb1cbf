"""The offer as its recruiter writes it: no choice of establishment, a shorter description, a reason to close."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers.models import Establishment
from entremise.kernel.actors import Actor
from entremise.offers.enums import Channel, CloseReason
from entremise.offers.models import Offer
from entremise.offers.rules_channels import longest_description
from entremise.web.adviser.offer_forms import OfferForm
from entremise.web.kit import picking

LONGEST = longest_description(Channel.RECRUITER)
MANDATORY = ("description", "weekly_hours", "pay_min_cents", "pay_period", "experience_months")
THEIRS = (
    CloseReason.FILLED_APPLIED, CloseReason.FILLED, CloseReason.FILLED_ELSEWHERE, CloseReason.ABANDONED,
    CloseReason.MISTAKEN,
)  # fmt: skip


class WordsField(forms.CharField):
    """A text of several lines, counted as people count: a new line is one character."""

    def to_python(self, value: Any) -> str:
        """Write new lines in one way."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: str) -> None:
        """Refuse what is too long with the number of characters there are."""
        super().validate(value)
        if len(value) > LONGEST:
            told = _("La description compte au plus 1 000 caractères : la vôtre en a %(count)d.")
            raise ValidationError(told % {"count": len(value)})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the counter how many there may be."""
        return super().widget_attrs(widget) | {"maxlength": str(LONGEST)}


class RecruiterOfferForm(OfferForm):
    """An offer of the space's own establishment."""

    employer = None  # type: ignore[assignment]  # Django's way to leave out a field of the parent
    employer_id = None  # type: ignore[assignment]
    employer_choice = None  # type: ignore[assignment]
    promised_on = None  # type: ignore[assignment]
    description = WordsField(
        label=gettext_lazy("Ce que la personne fera"), required=False,
        help_text=gettext_lazy("Les tâches, l'équipe, une journée type. 1 000 caractères au plus."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def __init__(self, *args: Any, establishment: Establishment, actor: Actor, offer: Offer | None = None, **kw: Any):
        super().__init__(*args, actor=actor, offer=offer, **kw)
        self.establishment = establishment

    def clean(self) -> dict[str, Any]:
        """Find the job title and the commune."""
        told = self.cleaned_data
        told["job_title"] = self.pick("title", picking.job_title_by_id, picking.job_title)
        told["establishment"] = self.establishment
        told["promised_on"] = self.offer.promised_on if self.offer else None
        told["place"] = self.pick("commune", picking.commune_by_id, picking.commune)
        self._say_unknown()
        return told

    def show_mandatory(self) -> None:
        """Show what an offer must say before it is handed in, once a draft that lacks it was judged."""
        for name in MANDATORY:
            self.fields[name].required = True


class CloseForm(forms.Form):
    """Why an offer is closed, as its recruiter says it."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi ?"),
        choices=[(value.value, capfirst(value.label)) for value in THEIRS],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites pourquoi l'offre est close.")},
    )
