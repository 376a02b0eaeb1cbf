"""What the person fills in about herself: name, contact, wishes."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from entremise.lib.identifiers import phone_in_pairs
from entremise.people.enums import ContractKind, Language, Licence, Schedule, Visibility, WorkingTime
from entremise.people.models import Identity, Person, Wish
from entremise.web.components.choices import RichLabel
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm
from entremise.web.kit.refusable import Refusable

Many = forms.MultipleChoiceField


def posted(request: HttpRequest) -> Any:
    """Return what was sent, or nothing for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def _options(kind: type[TextChoices]) -> list[tuple[str, Any]]:
    return [(value, capfirst(label)) for value, label in kind.choices]


class IdentityForm(Refusable):
    """Name and how to be reached."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=pgettext_lazy("nom de famille", "Nom"), max_length=80)
    phone = forms.CharField(
        label=gettext_lazy("Téléphone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    email = forms.EmailField(label=gettext_lazy("Adresse électronique"), required=False)

    @staticmethod
    def initial_of(identity: Identity) -> dict[str, str]:
        """Return what is known already."""
        known = {name: getattr(identity, name) for name in ("first_name", "last_name", "email")}
        return {**known, "phone": phone_in_pairs(identity.phone)}


class JobField(PickingForm):
    """An occupation sought, by its job title."""

    FIELD_OF = {"occupations": "job"}

    job = forms.CharField(
        label=gettext_lazy("Quel métier cherchez-vous ?"),
        help_text=gettext_lazy("Commencez à écrire, puis choisissez : aide à domicile, maçon, vendeuse…"),
        max_length=250,
        required=False,
    )
    job_id = forms.CharField(required=False, widget=forms.HiddenInput)
    job_choice = LateChoiceField()

    def read_job(self) -> Any:
        """Return the job title meant, or None after an error when it is not known."""
        picked = self.pick("job", picking.job_title_by_id, picking.job_title)
        if picked is None and self.cleaned_data.get("job") and not self.errors:
            self.add_error(
                "job",
                _("Nous ne connaissons pas ce métier sous ce nom. Essayez un mot plus simple : vente, ménage, bois…"),
            )
        return picked


class PlaceField(PickingForm):
    """A commune and how far the person can go."""

    commune = forms.CharField(
        label=gettext_lazy("Dans quelle commune habitez-vous ?"),
        help_text=gettext_lazy("Son nom ou son code postal. Votre adresse n'est pas demandée."),
        max_length=120,
        required=False,
    )
    commune_id = forms.CharField(required=False, widget=forms.HiddenInput)
    commune_choice = LateChoiceField()
    mobility_km = forms.IntegerField(
        label=gettext_lazy("Jusqu'à combien de kilomètres pouvez-vous travailler ?"),
        help_text=gettext_lazy("Entre 0 et 200 km. Comptez le trajet que vous pouvez faire chaque jour."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def read_commune(self) -> Any:
        """Return the commune meant, or None after an error when it is not known."""
        return self.pick("commune", picking.commune_by_id, picking.commune)


class WelcomeJobForm(JobField):
    """The second step of the welcome."""

    def clean(self) -> dict[str, Any]:
        """Read the job."""
        self.cleaned_data["job_title"] = self.read_job()
        return self.cleaned_data


class WelcomePlaceForm(PlaceField):
    """The third step of the welcome."""

    def clean(self) -> dict[str, Any]:
        """Read the commune."""
        self.cleaned_data["place"] = self.read_commune()
        return self.cleaned_data

    def refuse(self, refusal: Any, field: str = "mobility_km") -> None:
        """Show a refusal of the domain at its field; the table's own sentence is about the distance."""
        super().refuse(refusal, field)


class WishesForm(JobField, PlaceField):
    """Everything the person wishes, on one page."""

    wished = Many(
        label=gettext_lazy("Les métiers que vous cherchez"),
        help_text=gettext_lazy("Décochez ceux que vous ne cherchez plus."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    available_now = forms.BooleanField(label=gettext_lazy("Je suis disponible tout de suite"), required=False)
    available_on = forms.DateField(
        label=gettext_lazy("Sinon, à partir de quelle date ?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    contracts = Many(
        label=gettext_lazy("Quels contrats acceptez-vous ?"),
        choices=_options(ContractKind),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    working_time = forms.ChoiceField(
        label=gettext_lazy("Combien de temps ?"), choices=_options(WorkingTime), widget=forms.RadioSelect
    )
    schedules = Many(
        label=gettext_lazy("Quand pouvez-vous travailler ?"),
        choices=_options(Schedule),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licences = Many(
        label=gettext_lazy("Vos permis"),
        choices=_options(Licence),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = Many(
        label=gettext_lazy("Les langues que vous parlez"),
        choices=_options(Language),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, wishes: list[Wish], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(wish.occupation_id), wish.occupation.label) for wish in wishes]
        self.fields["wished"].choices = choices  # type: ignore[attr-defined]
        self.fields["job"].label = _("Ajouter un métier") if wishes else _("Quel métier cherchez-vous ?")

    def clean(self) -> dict[str, Any]:
        """Read the job and the commune."""
        self.cleaned_data["job_title"] = self.read_job()
        self.cleaned_data["place"] = self.read_commune()
        return self.cleaned_data

    def occupation_ids(self) -> list[UUID]:
        """Return the occupations kept, then the one that is added."""
        kept = [UUID(pk) for pk in self.cleaned_data["wished"]]
        added = self.cleaned_data["job_title"]
        return [*kept, added.occupation_id] if added else kept

    def facts(self, today: Any) -> dict[str, Any]:
        """Return what the domain's action takes."""
        told = self.cleaned_data
        names = ("mobility_km", "contracts", "working_time", "schedules", "languages", "licences")
        return {
            "commune": told["place"],
            "available_on": today if told["available_now"] else told["available_on"],
            **{name: told[name] for name in names},
        }

    def refuse(self, refusal: Any, field: str = "mobility_km") -> None:
        """Show a refusal of the domain at its field; the table's own sentence is about the distance."""
        super().refuse(refusal, field)

    @staticmethod
    def initial_of(person: Person, wishes: list[Wish], today: Any) -> dict[str, Any]:
        """Return what is known already."""
        names = ("mobility_km", "contracts", "working_time", "schedules", "languages", "licences")
        is_now = person.available_on is not None and person.available_on <= today
        return {
            "wished": [str(wish.occupation_id) for wish in wishes],
            "commune": person.commune.name if person.commune else "",
            "commune_id": person.commune_id or "",
            "available_now": is_now,
            "available_on": None if is_now else person.available_on,
            **{name: getattr(person, name) for name in names},
        }


class ConsentForm(forms.Form):
    """What employers may see."""

    visibility = forms.ChoiceField(
        label=gettext_lazy("Que voient les employeurs ?"),
        widget=forms.RadioSelect,
        choices=[
            (
                Visibility.ANONYMOUS,
                RichLabel(
                    gettext_lazy("Mon profil, sans mon nom"),
                    gettext_lazy("Ni nom ni coordonnées : mon conseiller fait le lien."),
                    "eye-off",
                ),
            ),
            (
                Visibility.NAMED,
                RichLabel(
                    gettext_lazy("Mon profil, avec mon nom"),
                    gettext_lazy("L'employeur peut me contacter lui-même."),
                    "user",
                ),
            ),
        ],
    )
