"""Forms of prospecting."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.desk.enums_desk import VisitResult
from entremise.desk.queries_prospecting import Filters
from entremise.employers.enums import SizeBand
from entremise.kernel.actors import Actor
from entremise.skills.queries import occupations
from entremise.territories import queries as territories
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm
from entremise.web.kit.refusable import Refusable

SECTIONS = (  # of the NAF rev. 2
    ("", gettext_lazy("Tous")),
    ("A", gettext_lazy("Agriculture, forêt, pêche")),
    ("B", gettext_lazy("Industries extractives")),
    ("C", gettext_lazy("Industrie")),
    ("D", gettext_lazy("Électricité, gaz")),
    ("E", gettext_lazy("Eau, déchets")),
    ("F", gettext_lazy("Construction")),
    ("G", gettext_lazy("Commerce, réparation automobile")),
    ("H", gettext_lazy("Transports, entreposage")),
    ("I", gettext_lazy("Hébergement, restauration")),
    ("J", gettext_lazy("Information, communication")),
    ("K", gettext_lazy("Finance, assurance")),
    ("L", gettext_lazy("Immobilier")),
    ("M", gettext_lazy("Activités scientifiques et techniques")),
    ("N", gettext_lazy("Services administratifs, intérim, nettoyage")),
    ("O", gettext_lazy("Administration publique")),
    ("P", gettext_lazy("Enseignement")),
    ("Q", gettext_lazy("Santé, action sociale")),
    ("R", gettext_lazy("Arts, spectacles, loisirs")),
    ("S", gettext_lazy("Autres services, associations")),
    ("T", gettext_lazy("Ménages employeurs")),
    ("U", gettext_lazy("Organismes internationaux")),
)
ANYWHERE = ("", gettext_lazy("Tout le territoire"))


def _day(label: Any, **facts: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **facts)


class TargetsForm(forms.Form):
    """Where and what to look for."""

    zone = forms.ChoiceField(label=gettext_lazy("Bassin d'emploi"), required=False)
    section = forms.ChoiceField(label=gettext_lazy("Secteur"), required=False, choices=SECTIONS)
    size = forms.ChoiceField(
        label=gettext_lazy("Taille"), required=False,
        choices=[("", gettext_lazy("Toutes")), *((value, capfirst(label)) for value, label in SizeBand.choices)],
    )  # fmt: skip
    occupation = forms.CharField(
        label=gettext_lazy("Recrute sur le métier"), required=False, max_length=120,
        help_text=gettext_lazy("Un code ROME ou un nom de métier."),
    )  # fmt: skip
    never_met = forms.BooleanField(label=gettext_lazy("Jamais rencontrés"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = territories.zones(actor.departments)
        told: Any = self.fields
        told["zone"].choices = [ANYWHERE, *((zone.pk, zone.name) for zone in zones)]

    def clean_occupation(self) -> str:
        """Return the ROME code of what was typed."""
        typed = self.cleaned_data["occupation"].strip()
        if not typed:
            return ""
        code = occupations().filter(rome_code__iexact=typed).values_list("rome_code", flat=True).first()
        if code is None:
            title = picking.job_title(typed).thing
            code = title.occupation.rome_code if title else None
        if code is None:
            raise forms.ValidationError(_("Nous ne connaissons pas ce métier sous ce nom."))
        return str(code)

    def filters(self) -> Filters:
        """Return the filters in the words of the desk."""
        told = self.cleaned_data
        return Filters(told["zone"], told["section"], told["size"], told["occupation"], told["never_met"])


class PlanForm(Refusable):
    """A day of visits."""

    on = _day(gettext_lazy("Le"))
    starts_at = forms.TimeField(
        label=gettext_lazy("Départ à"), initial="09:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    note = forms.CharField(label=gettext_lazy("Objectif de la journée"), required=False, max_length=300)


class AddVisitForm(PickingForm):
    """One more establishment in a plan."""

    employer = forms.CharField(label=gettext_lazy("Ajouter un établissement"), max_length=200)
    employer_id = forms.CharField(required=False, widget=forms.HiddenInput)
    employer_choice = LateChoiceField()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean(self) -> dict[str, Any]:
        """Find the establishment."""
        found = self.pick(
            "employer", picking.establishment_by_id, lambda text: picking.establishment(text, self.actor)
        )
        self.cleaned_data["establishment"] = found
        if found is None and not {"employer", "employer_choice"} & set(self.errors):
            self.add_error("employer", _("Aucun établissement ne porte ce nom dans l'annuaire."))
        return self.cleaned_data


class VisitResultForm(Refusable):
    """What came of a visit."""

    result = forms.ChoiceField(
        label=gettext_lazy("Résultat"), choices=[(value, capfirst(label)) for value, label in VisitResult.choices]
    )
    words = forms.CharField(label=gettext_lazy("Ce qui s'est dit"), required=False, max_length=500)
    next_action = forms.CharField(label=gettext_lazy("Suite prévue"), required=False, max_length=200)
    next_on = _day(gettext_lazy("À faire le"), required=False)
