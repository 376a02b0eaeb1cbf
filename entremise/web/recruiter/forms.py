"""Forms of the recruiter's pages: the space asked for, its page, its people."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from entremise.employers import rules_spaces
from entremise.employers.actions_spaces import Identity
from entremise.employers.enums_spaces import MemberRank
from entremise.employers.models_spaces import LONGEST_PRESENTATION
from entremise.web.kit.refusable import Refusable

NEEDED = {"required": _("Cette réponse est nécessaire.")}
PHONE = forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})


class AddressForm(forms.Form):
    """The address at which somebody recruits."""

    email = forms.EmailField(
        label=_("Votre adresse électronique au travail"),
        help_text=_("De préférence celle de l'entreprise : la vérification est plus rapide. Nous y envoyons un code."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Indiquez votre adresse électronique."),
            "invalid": _("Cette adresse électronique n'est pas complète."),
        },
    )


class PersonForm(Refusable):
    """Who recruits."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=rules_spaces.LONGEST_NAME, error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )  # fmt: skip
    last_name = forms.CharField(
        label=_("Nom"), max_length=rules_spaces.LONGEST_NAME, error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )  # fmt: skip
    job = forms.CharField(
        label=_("Fonction dans l'entreprise"), max_length=rules_spaces.LONGEST_JOB, error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Téléphone"), help_text=_("Pour que l'agence puisse vous rappeler. Il n'est jamais publié."),
        max_length=30, error_messages=NEEDED, widget=PHONE,
    )  # fmt: skip

    def identity(self, email: str) -> Identity:
        """Return who it is."""
        told = self.cleaned_data
        return Identity(told["first_name"], told["last_name"], email, told["job"], told["phone"])


class SpaceForm(PersonForm):
    """A space asked for."""

    siret = forms.CharField(
        label=_("Numéro SIRET de l'établissement qui recrute"),
        help_text=_("14 chiffres : ils sont sur vos bulletins de paie et vos factures."),
        max_length=30, error_messages=NEEDED, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("Que voulez-vous en faire ?"),
        help_text=_("Une phrase : qui vous cherchez, pour quand. L'agence la lit avant de vous appeler."),
        max_length=rules_spaces.LONGEST_PURPOSE, error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    field_order = ("siret", "first_name", "last_name", "job", "phone", "purpose")


class OnBehalfForm(PersonForm):
    """A space that an adviser opens for an employer who asked."""

    email = forms.EmailField(label=_("Adresse électronique"), error_messages=NEEDED)
    purpose = forms.CharField(
        label=_("Ce que l'entreprise veut en faire"), max_length=rules_spaces.LONGEST_PURPOSE, error_messages=NEEDED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class MemberForm(PersonForm):
    """Somebody invited to the space."""

    email = forms.EmailField(label=_("Adresse électronique au travail"), error_messages=NEEDED)
    rank = forms.ChoiceField(
        label=_("Rôle"), choices=[(value, capfirst(label)) for value, label in MemberRank.choices],
        initial=MemberRank.MEMBER,
    )  # fmt: skip
    field_order = ("first_name", "last_name", "email", "job", "phone", "rank")


class OwnPlaceForm(Refusable):
    """One's own job and telephone."""

    job = forms.CharField(
        label=_("Votre fonction"), max_length=rules_spaces.LONGEST_JOB, error_messages=NEEDED,
    )  # fmt: skip
    phone = forms.CharField(label=_("Votre téléphone"), max_length=30, error_messages=NEEDED, widget=PHONE)


class CompanyForm(Refusable):
    """The page of the company."""

    presentation = forms.CharField(
        label=_("L'entreprise en quelques phrases"), required=False, max_length=LONGEST_PRESENTATION,
        help_text=_("Ce que vous faites, l'équipe, ce qui fait qu'on y reste."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    benefits = forms.CharField(
        label=_("Ce que vous offrez en plus du salaire"), required=False, max_length=rules_spaces.LONGEST_BENEFITS,
        help_text=_("Par exemple : repas pris en charge, planning connu un mois à l'avance."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    website = forms.URLField(
        label=_("Site de l'entreprise"), required=False, max_length=200, assume_scheme="https",
        error_messages={"invalid": _("L'adresse du site commence par https:// ou http://.")},
    )  # fmt: skip
