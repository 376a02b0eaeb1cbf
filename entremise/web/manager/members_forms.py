"""Forms of the team page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from entremise.accounts import rules
from entremise.accounts.enums import MemberRole
from entremise.kernel.actors import Actor
from entremise.web.components.choices import RichLabel

HINTS = {
    MemberRole.PLACEMENT_ADVISER: _("Suit des demandeurs d'emploi."),
    MemberRole.BUSINESS_ADVISER: _("Suit des entreprises et promeut des profils."),
    MemberRole.TEAM_LEAD: _("Lit les indicateurs et gère l'équipe."),
    MemberRole.DIRECTOR: _("Lit les indicateurs, gère l'équipe et ses responsables."),
    MemberRole.MODERATOR: _("Accepte ou refuse les propositions au référentiel."),
    MemberRole.ADMIN: _("Gère les comptes de toute l'organisation."),
    MemberRole.ISSUER: _("Remet des badges au nom de l'organisation. Ne voit aucun dossier de demandeur d'emploi."),
}


class InviteForm(forms.Form):
    """Whom to invite, and with which role."""

    email = forms.CharField(
        label=_("Adresse électronique professionnelle"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Indiquez l'adresse électronique de la personne.")},
    )
    role = forms.ChoiceField(
        label=_("Son rôle"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un rôle."), "invalid_choice": _("Choisissez un rôle de la liste.")},
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a choice field
            (role.value, RichLabel(role.label, HINTS[role]))
            for role in MemberRole
            if rules.may_grant(actor.roles, role)
        ]

    def clean_email(self) -> str:
        """Read the address, or say what is wrong with it."""
        try:
            return rules.parse_email(self.cleaned_data["email"])
        except rules.IdentifierUnusable as refusal:
            raise forms.ValidationError(_now(refusal.message)) from None
