"""What the person chooses for a certified CV."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.credentials import rules_documents
from entremise.credentials.models import Award
from entremise.credentials.models_certificates import CertifiedCv
from entremise.credentials.queries_documents import Offered, Told
from entremise.passport.enums import Assurance
from entremise.passport.models import Experience, HeldSkill
from entremise.web.components.choices import RichLabel
from entremise.web.kit.refusable import Refusable

Template = CertifiedCv.Template


def _ticks(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple
    )


class CvForm(Refusable):
    """One CV: its title, its template, and what it shows."""

    title = forms.CharField(
        label=gettext_lazy("Le titre de votre CV"),
        help_text=gettext_lazy("Le métier que vous cherchez, par exemple « Cuisinière de collectivité »."),
        max_length=160,
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Son plan"),
        widget=forms.RadioSelect,
        initial=Template.CLASSIC,
        choices=[
            (
                Template.CLASSIC,
                RichLabel(
                    capfirst(Template.CLASSIC.label),
                    gettext_lazy("Vos emplois dans l'ordre, avec ce que chacun vous a appris."),
                    "briefcase",
                ),
            ),
            (
                Template.SKILLS,
                RichLabel(
                    capfirst(Template.SKILLS.label),
                    gettext_lazy("Ce que vous savez faire d'abord : utile pour changer de métier."),
                    "award",
                ),
            ),
        ],
    )
    summary = forms.CharField(
        label=gettext_lazy("Vous présenter en quelques lignes"),
        required=False,
        max_length=rules_documents.LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    experiences = _ticks(gettext_lazy("Vos expériences"))
    skills = _ticks(
        gettext_lazy("Vos compétences"), gettext_lazy("Celles qui sont confirmées portent leur preuve sur le CV.")
    )
    awards = _ticks(gettext_lazy("Vos badges"))
    shows_contact = forms.BooleanField(
        label=gettext_lazy("Montrer mon téléphone et mon adresse électronique"),
        help_text=gettext_lazy("Qui a votre CV entre les mains, ou son adresse, les voit."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "experiences": [(str(one.pk), _past_label(one)) for one in offered.experiences],
            "skills": _by_proof(offered.skills),
            "awards": [(str(one.pk), _award_label(one)) for one in offered.awards],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
            if not options:
                del self.fields[name]

    def told(self) -> Told:
        """Return what the domain's action takes."""
        told = self.cleaned_data
        return Told(
            title=told["title"],
            summary=told["summary"],
            template=told["template"],
            shows_contact=told["shows_contact"],
            **{name: [UUID(pk) for pk in told.get(name, [])] for name in ("experiences", "skills", "awards")},
        )

    def drafted(self) -> Told:
        """Return what is filled in so far, right or not, for a preview."""
        return Told(
            title=str(self["title"].value() or ""),
            summary=str(self["summary"].value() or "")[: rules_documents.LONGEST_SUMMARY],
            template=str(self["template"].value() or Template.CLASSIC),
            shows_contact=bool(self["shows_contact"].value()),
            **{name: self._ticked(name) for name in ("experiences", "skills", "awards")},
        )

    def _ticked(self, name: str) -> list[UUID]:
        if name not in self.fields:
            return []
        known = {value for value, _label in _flat(self.fields[name].choices)}  # type: ignore[attr-defined]
        return [UUID(str(pk)) for pk in self[name].value() or [] if str(pk) in known]

    @staticmethod
    def initial_of(told: Told) -> dict[str, Any]:
        """Return what was chosen before."""
        return {
            "title": told.title,
            "summary": told.summary,
            "template": told.template,
            "shows_contact": told.shows_contact,
            **{name: [str(pk) for pk in getattr(told, name)] for name in ("experiences", "skills", "awards")},
        }

    @staticmethod
    def first_choice(offered: Offered, title: str) -> dict[str, Any]:
        """Propose a CV to who has none: everything that others may see, proofs first."""
        skills = [str(one.skill_id) for one in offered.skills]
        return {
            "title": title,
            "template": Template.CLASSIC,
            "shows_contact": True,
            "experiences": [str(one.pk) for one in offered.experiences[: rules_documents.MAX_EXPERIENCES]],
            "skills": skills[: rules_documents.MAX_SKILLS],
            "awards": [],
        }


def _past_label(one: Experience) -> RichLabel:
    place = one.establishment.name if one.establishment else one.employer_name
    ended = formats.date_format(one.ended_on, "F Y") if one.ended_on else _("aujourd'hui")
    dates = f"{formats.date_format(one.started_on, 'F Y')} – {ended}"
    return RichLabel(one.title, " · ".join(filter(None, (place, dates))))


def _award_label(one: Award) -> RichLabel:
    return RichLabel(
        one.badge_class.name, f"{one.badge_class.issuer.name} · {formats.date_format(one.awarded_on, 'j F Y')}"
    )


def _by_proof(held: list[HeldSkill]) -> list[Any]:
    proved = [
        (str(one.skill_id), RichLabel(one.skill.label, capfirst(Assurance(one.assurance).label)))
        for one in held
        if one.assurance
    ]
    said = [(str(one.skill_id), RichLabel(one.skill.label)) for one in held if not one.assurance]
    groups = [(_("Confirmées"), proved), (_("Dites par vous"), said)]
    return [(title, options) for title, options in groups if options]


def _flat(choices: Any) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for value, label in choices:
        found += label if isinstance(label, list | tuple) else [(str(value), label)]
    return found
