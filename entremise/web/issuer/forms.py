"""Forms of the issuer's desk: who issues, what a badge says, to whom it is given, an event, a word about another."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from entremise.accounts import rules as account_rules
from entremise.accounts.enums import OrganisationKind
from entremise.credentials import rules_issuing
from entremise.credentials.actions_classes import Aligned
from entremise.credentials.enums import BadgeKind, Framework, IssuerKind, RevokeReason
from entremise.credentials.models import BadgeClass
from entremise.kernel import clock
from entremise.passport.queries import known_skills
from entremise.skills import queries as skills
from entremise.skills.models import Skill
from entremise.skills.rules import same_label
from entremise.territories.models import Department
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, Option, Picked, PickingForm
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.typed import identifier

LINES = 4  # alignments on the page
NEEDED = {"required": _("Cette réponse est nécessaire.")}
KIND_OF = {
    OrganisationKind.TRAINING_BODY: IssuerKind.TRAINING,
    OrganisationKind.EMPLOYER: IssuerKind.EMPLOYER,
    OrganisationKind.ASSOCIATION: IssuerKind.ASSOCIATION,
    OrganisationKind.BRANCH: IssuerKind.BRANCH,
}


class IssuerForm(forms.Form):
    """What an issuer says of itself."""

    description = forms.CharField(
        label=_("Présentation"), help_text=_("Une ou deux phrases : qui vous êtes, ce que vos badges reconnaissent."),
        required=False, max_length=1000, widget=forms.Textarea,
    )  # fmt: skip
    url = forms.URLField(label=_("Site"), required=False, max_length=200, assume_scheme="https")
    email = forms.EmailField(
        label=_("Adresse électronique publique"), help_text=_("Pour qui a une question sur un de vos badges."),
        required=False,
    )  # fmt: skip
    writes_v2 = forms.BooleanField(
        label=_("Écrire aussi les badges en Open Badges 2.0"), required=False,
        help_text=_("Pour qui ne lit pas la version 3.0. Rien n'est en ligne sans l'accord de la personne."),
    )  # fmt: skip


class OpenForm(Refusable):
    """The name under which an organisation issues badges."""

    name = forms.CharField(
        label=_("Nom de l'émetteur"), max_length=160, error_messages=NEEDED,
        help_text=_("Il est écrit sur chaque badge, et fait son adresse sur ce site."),
    )  # fmt: skip
    description = IssuerForm.base_fields["description"]
    url = IssuerForm.base_fields["url"]
    email = IssuerForm.base_fields["email"]

    def told(self) -> dict[str, Any]:
        """Return what the form says, in the words of the action."""
        return {"kind": IssuerKind.AGENCY, **self.cleaned_data}


class PartnerForm(PickingForm):
    """A partner who will issue badges, and the first person who will do it."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("Cette organisation est"), error_messages=NEEDED,
        choices=[(one.value, one.label) for one in KIND_OF], widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(label=_("Son nom"), max_length=160, error_messages=NEEDED)
    siret = forms.CharField(
        label=_("Son SIRET"), required=False, max_length=20,
        help_text=_("Nécessaire pour un employeur : il est vérifié dans le répertoire des entreprises."),
    )  # fmt: skip
    commune = forms.CharField(label=_("Sa commune"), max_length=120, error_messages=NEEDED)
    commune_id = forms.CharField(required=False, widget=forms.HiddenInput)
    commune_choice = LateChoiceField()
    email = forms.CharField(
        label=_("Adresse électronique de la première personne"), max_length=254, error_messages=NEEDED,
        help_text=_("Elle reçoit une invitation. Elle ne verra aucun dossier de demandeur d'emploi."),
        widget=forms.EmailInput,
    )  # fmt: skip

    def place(self) -> Any:
        """Return the commune that was meant; `errors` says what is not understood."""
        return self.pick("commune", picking.commune_by_id, picking.commune)

    def clean_email(self) -> str:
        """Read the address, or say what is wrong with it."""
        return address_of(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        """Ask an employer for its SIRET."""
        told = super().clean() or {}
        if told.get("kind") == OrganisationKind.EMPLOYER and not told.get("siret"):
            self.add_error("siret", _now("Indiquez le SIRET de l'employeur : quatorze chiffres."))
        return told


class BadgeForm(PickingForm):
    """What a badge says."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Titre"), max_length=120, error_messages=NEEDED,
        help_text=_("Court et concret : il est écrit dans l'image. Par exemple « Accueillir des clients »."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Ce que le badge dit de la personne"), max_length=2000, widget=forms.Textarea, error_messages=NEEDED
    )
    criteria = forms.CharField(
        label=_("Ce qu'il faut pour l'obtenir"), max_length=4000, widget=forms.Textarea, error_messages=NEEDED,
        help_text=_("Ce que la personne a fait, qui l'a vu, dans quelles conditions : c'est ce qu'un employeur lira."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Il reconnaît"), choices=[one for one in BadgeKind.choices if one[0] != BadgeKind.EMPLOYMENT]
    )
    skill = forms.CharField(
        label=_("Compétence du référentiel"), required=False, max_length=200,
        help_text=_("Commencez à écrire, puis choisissez. Laissez vide si le badge n'en correspond à aucune."),
    )  # fmt: skip
    skill_id = forms.CharField(required=False, widget=forms.HiddenInput)
    skill_choice = LateChoiceField()
    valid_months = forms.IntegerField(
        label=_("Durée, en mois"), required=False, min_value=1, max_value=240,
        help_text=_("Laissez vide si le badge n'a pas de fin."),
        error_messages={"invalid": _("Écrivez un nombre de mois."), "min_value": _("Un mois au moins."),
                        "max_value": _("Vingt ans au plus.")},
    )  # fmt: skip
    is_suspendable = forms.BooleanField(
        label=_("Il pourra être suspendu"), required=False,
        help_text=_(
            "Pour une habilitation qui peut s'interrompre. Sans cela, un badge se retire, pour toujours. Certains "
            "vérificateurs n'acceptent pas encore les badges qui se suspendent : ne cochez que si c'est utile."
        ),
    )  # fmt: skip
    department = forms.ChoiceField(label=_("Territoire"), required=False)

    def __init__(self, *args: Any, departments: Iterable[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departments = {one.code: one for one in departments}
        choices = [("", _("Toute la France")), *((code, one.name) for code, one in self.departments.items())]
        self.fields["department"].choices = choices  # type: ignore[attr-defined]  # a choice field
        for number in range(LINES):
            self._add_line(number)

    def picked_skill(self) -> Skill | None:
        """Return the skill that was meant; `errors` says what is not understood."""
        found: Skill | None = self.pick("skill", skill_by_id, skill_named)
        if self.cleaned_data.get("skill") and found is None and not self.errors:
            self.add_error(
                "skill", _now("Nous ne connaissons pas cette compétence. Essayez un autre mot, ou laissez vide.")
            )
        return found

    def told(self, skill: Skill | None) -> dict[str, Any]:
        """Return what the form says, in the words of the action."""
        names = ("name", "description", "criteria", "kind", "valid_months", "is_suspendable")
        place = self.departments.get(self.cleaned_data["department"])
        family = {"family": skill.family} if skill else {}
        return {name: self.cleaned_data[name] for name in names} | {"skill": skill, "department": place} | family

    def aligned(self) -> list[Aligned]:
        """Return the lines of referentials that were filled in."""
        told = self.cleaned_data
        lines = [(told[f"framework_{n}"], told[f"code_{n}"].strip(), told[f"label_{n}"].strip(), told[f"url_{n}"])
                 for n in range(LINES)]  # fmt: skip
        return [
            Aligned(Framework(framework), code, label or code, url or rules_issuing.referential_url(framework, code))
            for framework, code, label, url in lines
            if framework and code
        ]

    def lines(self) -> list[dict[str, forms.BoundField]]:
        """Return the fields of each referential line."""
        return [{part: self[f"{part}_{n}"] for part in ("framework", "code", "label", "url")} for n in range(LINES)]

    def clean(self) -> dict[str, Any]:
        """Ask for the code where a referential is chosen, and the same line only once."""
        told = super().clean() or {}
        met: set[tuple[str, str]] = set()
        for number in range(LINES):
            framework, code = told.get(f"framework_{number}", ""), (told.get(f"code_{number}") or "").strip()
            if bool(framework) != bool(code):
                self.add_error(
                    f"code_{number}", _now("Choisissez le référentiel et donnez le code, ou videz la ligne.")
                )
            elif code and (framework, code.lower()) in met:
                self.add_error(f"code_{number}", _now("Cette ligne est déjà donnée plus haut."))
            elif code and not rules_issuing.is_code(framework, code):
                self.add_error(f"code_{number}", _now("Ce code n'a pas la forme de ce référentiel."))
            met.add((framework, code.lower()))
        return told

    def _add_line(self, number: int) -> None:
        choices = [("", _("Aucun")), *Framework.choices]
        self.fields[f"framework_{number}"] = forms.ChoiceField(label=_("Référentiel"), choices=choices, required=False)
        self.fields[f"code_{number}"] = forms.CharField(label=_("Code"), max_length=200, required=False)
        self.fields[f"label_{number}"] = forms.CharField(label=_("Libellé"), max_length=400, required=False)
        self.fields[f"url_{number}"] = forms.URLField(
            label=_("Adresse de la fiche"), max_length=400, required=False, assume_scheme="https"
        )


class AwardForm(Refusable):
    """To whom a badge is given, when, and how it was obtained."""

    name = forms.CharField(label=_("Prénom et nom"), max_length=160, error_messages=NEEDED)
    email = forms.CharField(
        label=_("Adresse électronique"), max_length=254, widget=forms.EmailInput, error_messages=NEEDED,
        help_text=_("La personne y reçoit un lien pour prendre son badge, qu'elle ait déjà un espace ici ou non."),
    )  # fmt: skip
    awarded_on = forms.DateField(
        label=_("Obtenu le"), initial=clock.today, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Cette date n'est pas comprise."), **NEEDED},
    )  # fmt: skip
    note = forms.CharField(
        label=_("Comment le badge a été obtenu"), required=False, max_length=rules_issuing.LONGEST_NOTE,
        widget=forms.Textarea,
        help_text=_("Écrit dans le badge, lisible par qui le vérifie : des faits, pas de nom de personne."),
    )  # fmt: skip

    def clean_email(self) -> str:
        """Read the address, or say what is wrong with it."""
        return address_of(self.cleaned_data["email"])


class FileForm(forms.Form):
    """A spreadsheet of people."""

    file = forms.FileField(
        label=_("Votre tableau"),
        error_messages={"required": _("Choisissez un fichier."), "empty": _("Ce fichier est vide."),
                        "missing": _("Choisissez un fichier.")},
    )  # fmt: skip


class EventForm(Refusable):
    """A moment when those who are there take a badge."""

    label = forms.CharField(
        label=_("Nom de l'événement"), max_length=160, error_messages=NEEDED,
        help_text=_("Par exemple « Forum des métiers de Valence ». Il est écrit dans le badge."),
    )  # fmt: skip
    opens_at = forms.DateTimeField(
        label=_("Le code marche à partir du"), error_messages=NEEDED,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label=_("Jusqu'au"), error_messages=NEEDED,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    max_count = forms.IntegerField(
        label=_("Nombre de places"), initial=100, min_value=1, max_value=rules_issuing.MOST_PLACES,
        error_messages=NEEDED, help_text=_("Au-delà, plus personne ne prend le badge : un code se photographie."),
    )  # fmt: skip

    @classmethod
    def hours(cls) -> dict[str, dt.datetime]:
        """Return the hours proposed: now, for the rest of the day."""
        now = clock.local(clock.now()).replace(second=0, microsecond=0, tzinfo=None)
        return {"opens_at": now, "closes_at": now + dt.timedelta(hours=8)}


class RevokeForm(forms.Form):
    """Why a badge is withdrawn."""

    reason = forms.ChoiceField(
        label=_("Pourquoi le retirer ?"), widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un motif.")},
        choices=[(one.value, one.label) for one in (RevokeReason.MISTAKE, RevokeReason.FRAUD, RevokeReason.HOLDER)],
    )  # fmt: skip


class InviteForm(forms.Form):
    """A colleague who will give badges too."""

    email = forms.CharField(
        label=_("Adresse électronique professionnelle"), max_length=254, widget=forms.EmailInput, error_messages=NEEDED
    )

    def clean_email(self) -> str:
        """Read the address, or say what is wrong with it."""
        return address_of(self.cleaned_data["email"])


class EndorseForm(Refusable):
    """Why an issuer recommends a badge or another issuer."""

    text = forms.CharField(
        label=_("Pourquoi vous le recommandez"), max_length=rules_issuing.LONGEST_ENDORSEMENT, widget=forms.Textarea,
        error_messages=NEEDED, help_text=_("Votre recommandation est signée de votre clé et publique."),
    )  # fmt: skip


def badge_initial(badge_class: BadgeClass) -> dict[str, Any]:
    """Return a badge as the form shows it."""
    names = ("name", "description", "criteria", "kind", "valid_months", "is_suspendable")
    told = {name: getattr(badge_class, name) for name in names} | {"department": badge_class.department_id or ""}
    if badge_class.skill:
        told |= {"skill": badge_class.skill.label, "skill_id": str(badge_class.skill_id)}
    for number, one in enumerate(badge_class.alignments.all()[:LINES]):
        told |= {f"framework_{number}": one.framework, f"code_{number}": one.code, f"label_{number}": one.name,
                 f"url_{number}": one.url}  # fmt: skip
    return told


def skill_by_id(text: str) -> Skill | None:
    """Return a skill by its identifier."""
    key = identifier(text)
    return known_skills([key]).get(key) if key else None


def skill_named(typed: str) -> Picked:
    """Return the skill of that name, else the nearest ones."""
    found = skills.suggest_skills(typed, limit=picking.OFFERED)
    for one in found:
        if same_label(typed) == same_label(one.label):
            return Picked(skill_by_id(one.id))
    return Picked(options=[Option(one.id, one.label, one.hint) for one in found])


def address_of(typed: str) -> str:
    """Read an address, or say what is wrong with it."""
    try:
        return account_rules.parse_email(typed)
    except account_rules.IdentifierUnusable as refusal:
        raise forms.ValidationError(_now(refusal.message)) from None
