"""What the person fills in about her experiences and her skills."""

import calendar
import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.passport.enums import ExperienceKind, Level
from entremise.passport.models import Experience, HeldSkill
from entremise.skills.enums import SkillKind
from entremise.skills.models import Skill
from entremise.web.components.choices import RichLabel
from entremise.web.kit import picking
from entremise.web.kit.picking import LateChoiceField, PickingForm
from entremise.web.kit.refusable import Refusable

FIRST_YEAR = 1940
AT_AN_EMPLOYER = {ExperienceKind.JOB, ExperienceKind.INTERNSHIP}
MONTH_CHOICES = [("", gettext_lazy("Je ne sais plus")), *MONTHS.items()]


def _month(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=MONTH_CHOICES, coerce=int, empty_value=None, required=False)


def _year(label: Any, *, is_required: bool = False) -> forms.IntegerField:
    wrong = gettext_lazy("Écrivez l'année avec quatre chiffres, par exemple 2019.")
    return forms.IntegerField(
        label=label,
        required=is_required,
        min_value=FIRST_YEAR,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 6}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )


class ExperienceForm(PickingForm):
    """One experience: what, where, when."""

    FIELD_OF = {
        "started_on": "started_year", "ended_on": "ended_year", "establishment": "employer", "job_title": "title",
    }  # fmt: skip
    use_required_attribute = False  # whether a place is needed depends on the kind, which the page may change

    kind = forms.ChoiceField(
        label=gettext_lazy("C'était…"),
        choices=[(value, capfirst(label)) for value, label in ExperienceKind.choices],
        initial=ExperienceKind.JOB,
        widget=forms.Select,
    )
    title = forms.CharField(
        label=gettext_lazy("Quel métier faisiez-vous ?"),
        help_text=gettext_lazy("Commencez à écrire, puis choisissez : serveuse, maçon, aide à domicile…"),
        max_length=250,
    )
    title_id = forms.CharField(required=False, widget=forms.HiddenInput)
    title_choice = LateChoiceField()
    employer = forms.CharField(
        label=gettext_lazy("Où était-ce ?"),
        help_text=gettext_lazy(
            "Le nom de l'entreprise et sa ville, ou son numéro SIRET (14 chiffres, sur la fiche de paie)."
        ),
        max_length=200,
        error_messages={"required": gettext_lazy("Dites où c'était : le nom de l'entreprise suffit.")},
    )
    employer_id = forms.CharField(required=False, widget=forms.HiddenInput)
    employer_choice = LateChoiceField()
    started_month = _month(gettext_lazy("Mois de début"))
    started_year = _year(gettext_lazy("Année de début"), is_required=True)
    ended_month = _month(gettext_lazy("Mois de fin"))
    ended_year = _year(gettext_lazy("Année de fin"))
    tasks = forms.CharField(
        label=gettext_lazy("Ce que vous faisiez"),
        help_text=gettext_lazy("Quelques mots suffisent : servir en salle, tenir la caisse, former les nouveaux…"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["employer"].required = self["kind"].value() in AT_AN_EMPLOYER

    def clean(self) -> dict[str, Any]:
        """Find the job title and the establishment, and put the dates together."""
        told = self.cleaned_data
        if told.get("kind") in AT_AN_EMPLOYER:
            told["job_title"] = self.pick(
                "title", picking.job_title_by_id, picking.job_title, keep=lambda typed: _("Garder « %s »") % typed
            )
        told["establishment"] = self.pick(
            "employer",
            picking.establishment_by_id,
            lambda typed: picking.establishment(typed, self.actor),
            keep=lambda typed: _("Je ne trouve pas l'entreprise : garder « %s »") % typed,
        )
        if told.get("ended_month") and not told.get("ended_year") and "ended_year" not in self.errors:
            self.add_error(
                "ended_year", _("Écrivez aussi l'année de fin, ou laissez la fin vide si vous y êtes encore.")
            )
        return told

    def facts(self) -> dict[str, Any]:
        """Return what the domain's action takes."""
        told = self.cleaned_data
        job_title, establishment = told.get("job_title"), told["establishment"]
        return {
            "kind": told["kind"],
            "title": job_title.label if job_title and told["title_choice"] != picking.KEEP else told["title"],
            "job_title": job_title,
            "establishment": establishment,
            "employer_name": "" if establishment else told["employer"],
            "started_on": dt.date(told["started_year"], told["started_month"] or 1, 1),
            "ended_on": _last_day(told["ended_year"], told["ended_month"] or 12) if told["ended_year"] else None,
            "tasks": told["tasks"],
        }

    def refuse(self, refusal: Any, field: str = "ended_year") -> None:
        """Show a refusal of the domain at its field; the table's own sentence is about the dates."""
        super().refuse(refusal, field)

    @staticmethod
    def initial_of(experience: Experience) -> dict[str, Any]:
        """Return what is known already."""
        place = experience.establishment
        return {
            "kind": experience.kind,
            "title": experience.title,
            "title_id": experience.job_title_id or "",
            "employer": place.name if place else experience.employer_name,
            "employer_id": experience.establishment_id or "",
            "started_month": experience.started_on.month,
            "started_year": experience.started_on.year,
            "ended_month": experience.ended_on.month if experience.ended_on else None,
            "ended_year": experience.ended_on.year if experience.ended_on else None,
            "tasks": experience.tasks,
        }


class SkillsForm(forms.Form):
    """Skills to tick among those proposed and those found."""

    proposed = forms.MultipleChoiceField(
        label=gettext_lazy("Que saviez-vous faire ?"),
        help_text=gettext_lazy("Cochez ce que vous savez vraiment faire. Vous pourrez changer plus tard."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    find = forms.CharField(
        label=gettext_lazy("Chercher une autre compétence"),
        help_text=gettext_lazy("Un mot suffit : cuisson, facture, conduite…"),
        required=False,
        max_length=100,
    )
    found = forms.MultipleChoiceField(
        label=gettext_lazy("Compétences trouvées"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, proposed: Sequence[Skill], found: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {str(skill.pk) for skill in proposed}
        self.fields["proposed"].choices = _by_kind(proposed)  # type: ignore[attr-defined]
        self.fields["found"].choices = [  # type: ignore[attr-defined]
            (str(one.id), RichLabel(one.label, getattr(one, "hint", "")))
            for one in found
            if str(one.id) not in offered
        ]

    def skill_ids(self) -> list[UUID]:
        """Return the skills ticked."""
        return [UUID(pk) for pk in (*self.cleaned_data["proposed"], *self.cleaned_data["found"])]


class SkillForm(Refusable):
    """How well, until when, with which example."""

    FIELD_OF = {"last_used_on": "last_used_year"}

    level = forms.ChoiceField(
        label=gettext_lazy("Votre niveau"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Level.BEGINNER, RichLabel(gettext_lazy("Je débute"), gettext_lazy("J'ai besoin qu'on me guide."))),
            (
                Level.AUTONOMOUS,
                RichLabel(gettext_lazy("Je me débrouille"), gettext_lazy("Je sais le faire sans aide.")),
            ),
            (
                Level.EXPERT,
                RichLabel(gettext_lazy("Je suis à l'aise"), gettext_lazy("Je peux l'apprendre à d'autres.")),
            ),
        ],
    )
    last_used_year = _year(gettext_lazy("La dernière fois, c'était en quelle année ?"))
    example = forms.CharField(
        label=gettext_lazy("Un exemple"),
        help_text=gettext_lazy("Une fois où vous l'avez fait : c'est ce que les employeurs retiennent."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def facts(self) -> dict[str, Any]:
        """Return what the domain's action takes; this year means today."""
        told, today = self.cleaned_data, clock.today()
        year = told["last_used_year"]
        day = None if year is None else today if year == today.year else dt.date(year, 12, 31)
        return {"level": told["level"], "last_used_on": day, "example": told["example"]}

    @staticmethod
    def initial_of(held: HeldSkill) -> dict[str, Any]:
        """Return what is known already."""
        year = held.last_used_on.year if held.last_used_on else None
        return {"level": held.level, "last_used_year": year, "example": held.example}


def _by_kind(skills: Sequence[Skill]) -> list[tuple[str, list[tuple[str, str]]]]:
    soft = [(str(s.pk), s.label) for s in skills if s.kind == SkillKind.SOFT_SKILL]
    hard = [(str(s.pk), s.label) for s in skills if s.kind != SkillKind.SOFT_SKILL]
    groups = [(_("Ce que vous savez faire"), hard), (_("Votre façon de travailler"), soft)]
    return [(title, options) for title, options in groups if options]


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
