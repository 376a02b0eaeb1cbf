"""Forms of what an adviser decides: a rating, a report, a contested count, advice given, a pause lifted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from entremise.reciprok import rules_label_following as label
from entremise.reciprok import rules_voice as voice
from entremise.web.components.choices import RichLabel
from entremise.web.kit.refusable import Refusable

YES, NO = "oui", "non"


def _told(text: Any, help_text: Any, longest: int, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=text, help_text=help_text, max_length=longest, required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def _verdict(yes: RichLabel, no: RichLabel) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Votre décision"), choices=[(YES, yes), (NO, no)], widget=forms.RadioSelect)


class VerdictForm(Refusable):
    """A yes or a no, in words."""

    verdict: Any

    @property
    def is_yes(self) -> bool:
        """Tell which one was chosen."""
        return bool(self.cleaned_data["verdict"] == YES)


class RatingForm(VerdictForm):
    """Publish an opinion, or set it aside."""

    verdict = _verdict(
        RichLabel(_("Publier l'avis"), _("Il dit ce que la personne a vécu, sans nommer ni blesser quelqu'un.")),
        RichLabel(_("L'écarter"), _("Il nomme quelqu'un, blesse, ou ne parle pas de ce recrutement.")),
    )
    words = _told(
        _("Pourquoi il est écarté"), _("La personne lit cette phrase."), voice.LONGEST_JUDGED, required=False
    )


class ReportForm(VerdictForm):
    """Decide on a report."""

    verdict = _verdict(
        RichLabel(_("Le signalement est fondé"), _("Ce qui est dit a bien eu lieu.")),
        RichLabel(_("Sans suite"), _("Rien de ce qui a été vérifié ne le confirme.")),
    )
    outcome = _told(_("Ce que vous avez vérifié et fait"), _("Qui a signalé lit cette phrase."), voice.LONGEST_OUTCOME)


class CountForm(VerdictForm):
    """Decide on a contested count."""

    verdict = _verdict(
        RichLabel(_("Donner raison à l'employeur"), _("La candidature ne compte plus ; le label est recalculé.")),
        RichLabel(_("Maintenir le compte"), _("La personne n'a pas eu de réponse.")),
    )
    outcome = _told(_("Votre réponse"), _("L'employeur lit cette phrase."), label.LONGEST_OUTCOME)


class AdviceForm(Refusable):
    """Note the advice that was given."""

    outcome = _told(_("Ce qui a été convenu"), _("Gardé dans le dossier de l'établissement."), label.LONGEST_OUTCOME)


class PauseForm(Refusable):
    """Lift a pause."""

    words = _told(_("Pourquoi vous la levez"), _("Gardé avec la pause, pour vos collègues."), label.LONGEST_LIFTED)
