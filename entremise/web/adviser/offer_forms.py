"""Forms about offers: what an offer asks for, why it is closed."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel.actors import Actor
from entremise.offers import rules
from entremise.offers.actions import Sheet
from entremise.offers.enums import CloseReason
from entremise.offers.models import Offer
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.skills.models import JobTitle
from entremise.web.kit import picking
from entremise.web.kit.offer_entry import EntryForm
from entremise.web.kit.offer_terms import initial_terms
from entremise.web.kit.picking import LateChoiceField

KEPT = (
    "contract", "working_time", "schedules", "licences", "languages", "radius_km", "description", "reference",
)  # fmt: skip


def _hidden() -> forms.CharField:
    return forms.CharField(required=False, widget=forms.HiddenInput)


def _several(label: Any, choices: Any, **facts: Any) -> forms.MultipleChoiceField:
    told = [(value, capfirst(name)) for value, name in choices]
    return forms.MultipleChoiceField(
        label=label, choices=told, required=False, widget=forms.CheckboxSelectMultiple, **facts
    )


class OfferForm(EntryForm):
    """An offer: which job, where, on which terms."""

    FIELD_OF = EntryForm.FIELD_OF | {"establishment": "employer", "job_title": "title"}

    use_required_attribute = False  # its buttons that propose and add skills must work on a form half filled

    title = forms.CharField(
        label=gettext_lazy("Quel poste ?"),
        help_text=gettext_lazy("Commencez à écrire, puis choisissez : ses compétences vous seront proposées."),
        max_length=rules.LONGEST_TITLE,
    )
    title_id, title_choice = _hidden(), LateChoiceField()
    employer = forms.CharField(
        label=gettext_lazy("Quel établissement recrute ?"),
        help_text=gettext_lazy("Son nom et sa ville, ou son numéro SIRET."),
        max_length=200,
    )
    employer_id, employer_choice = _hidden(), LateChoiceField()
    commune = forms.CharField(
        label=gettext_lazy("Commune du lieu de travail"),
        help_text=gettext_lazy("Son nom ou son code postal."),
        max_length=120,
    )
    commune_id, commune_choice = _hidden(), LateChoiceField()
    radius_km = forms.IntegerField(
        label=gettext_lazy("Habiter à moins de (km)"),
        help_text=gettext_lazy("Vide : la distance que chaque personne accepte."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3, "size": 6}),
    )
    contract = forms.ChoiceField(label=gettext_lazy("Contrat"), choices=ContractKind.choices)
    working_time = forms.ChoiceField(label=gettext_lazy("Temps de travail"), choices=WorkingTime.choices)
    schedules = _several(
        gettext_lazy("Horaires"), Schedule.choices, help_text=gettext_lazy("Les personnes doivent les accepter tous.")
    )
    licences = _several(gettext_lazy("Permis exigés"), Licence.choices)
    languages = _several(gettext_lazy("Langues exigées, en plus du français"), Language.choices[1:])
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=rules.LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    reference = forms.CharField(
        label=gettext_lazy("Votre référence"),
        help_text=gettext_lazy("Celle de l'employeur ou de vos fichiers, si vous en avez une."),
        required=False,
        max_length=rules.LONGEST_REFERENCE,
    )
    skill = forms.CharField(label=gettext_lazy("Une autre compétence"), required=False, max_length=200)
    skill_id = _hidden()

    def __init__(self, *args: Any, actor: Actor, offer: Offer | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.offer = actor, offer

    def clean(self) -> dict[str, Any]:
        """Find the job title, the establishment and the commune."""
        told = self.cleaned_data
        told["job_title"] = self.pick("title", picking.job_title_by_id, picking.job_title)
        told["establishment"] = self.pick(
            "employer", picking.establishment_by_id, lambda typed: picking.establishment(typed, self.actor)
        )
        told["place"] = self.pick("commune", picking.commune_by_id, picking.commune)
        self._say_unknown()
        return told

    def _say_unknown(self) -> None:
        """Say it at the field when what was typed means nothing that we know."""
        told, errors = self.cleaned_data, self.errors
        if told["job_title"] is None and not self.keeps_title and not {"title", "title_choice"} & set(errors):
            self.add_error("title", _("Nous ne connaissons pas ce métier sous ce nom. Essayez un mot plus simple."))
        if told["establishment"] is None and not {"employer", "employer_choice"} & set(errors):
            unknown = _("Aucun établissement ne porte ce nom dans l'annuaire. Essayez son numéro SIRET.")
            self.add_error("employer", unknown)

    @property
    def keeps_title(self) -> bool:
        """Tell whether the offer keeps a title that is no known job title."""
        return self.offer is not None and self.cleaned_data.get("title") == self.offer.title

    def sheet(self) -> Sheet:
        """Return what the offer says."""
        told = self.cleaned_data
        title: JobTitle | None = told["job_title"]
        source: Any = title or self.offer  # a form without either is not valid
        return Sheet(
            establishment=told["establishment"],
            title=title.label if title else told["title"],
            job_title=title,
            occupation=source.occupation,
            commune=told["place"],
            terms=self.terms(),
            **{name: told[name] for name in KEPT},
        )


def initial_of(offer: Offer) -> dict[str, Any]:
    """Return what is known already."""
    return (
        initial_terms(offer)
        | {name: getattr(offer, name) for name in (*KEPT, "title")}
        | {
            "title_id": offer.job_title_id or "",
            "employer": offer.establishment.name,
            "employer_id": offer.establishment_id,
            "commune": offer.commune.name,
            "commune_id": offer.commune_id,
        }
    )


class CloseOfferForm(forms.Form):
    """Why an offer is closed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi ?"),
        choices=[(value, capfirst(label)) for value, label in CloseReason.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Dites pourquoi l'offre est close.")},
    )
