"""The forms of the reminders; what a rule may be is said by `lib.reminders`."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.kernel.reminders import Described

NUMBER = _("Écrivez un nombre de jours, par exemple 30.")


class RuleForm(forms.Form):
    """The days of one kind of request."""

    days = forms.CharField(
        label=_("Jours des rappels, comptés depuis l'envoi"),
        max_length=40,
        required=False,
        help_text=_("Séparez-les par des virgules, par exemple : 7, 14. Laissez vide pour n'en envoyer aucun."),
    )
    expiry_days = forms.IntegerField(
        label=_("Jour où l'attente s'arrête"), error_messages={"required": NUMBER, "invalid": NUMBER}
    )

    @classmethod
    def of(cls, told: Described) -> Self:
        """Return the form of a kind, with the rule that applies."""
        days = ", ".join(str(day) for day in told.policy.days)
        return cls(prefix=told.name, initial={"days": days, "expiry_days": told.policy.expiry_days})


class CapForm(forms.Form):
    """How many reminders in a week."""

    most = forms.IntegerField(
        label=_("Rappels par adresse, en sept jours"),
        error_messages={
            "required": _("Écrivez un nombre, par exemple 3."),
            "invalid": _("Écrivez un nombre, par exemple 3."),
        },
    )
