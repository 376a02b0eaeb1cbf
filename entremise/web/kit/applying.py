"""What the pages where somebody applies share: alone, or with an adviser beside; the form and the preview."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.credentials.models_certificates import CertifiedCv
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.offers import queries_public
from entremise.offers.models import Offer
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Person
from entremise.reciprok import queries, queries_own, rules
from entremise.reciprok.enums import Part
from entremise.reciprok.rules import Allowance
from entremise.web.components.choices import RichLabel
from entremise.web.kit.refusable import Refusable

PREVIEW = "preview"
HERS: dict[str, tuple[Any, Any]] = {
    Part.IDENTITY: (
        gettext_lazy("Mon nom et mes coordonnées"),
        gettext_lazy("L'employeur peut vous appeler ou vous écrire."),
    ),
    Part.EXPERIENCES: (gettext_lazy("Mes expériences"), gettext_lazy("Ce que vous avez fait, et combien de temps.")),
    Part.SAID_SKILLS: (
        gettext_lazy("Mes compétences pas encore confirmées"),
        gettext_lazy("Celles qui sont confirmées sont toujours montrées, en premier."),
    ),
    Part.WISHES: (
        gettext_lazy("Ma mobilité, mes disponibilités et mes souhaits"),
        gettext_lazy("Où, quand et comment vous voulez travailler."),
    ),
}
BESIDE: dict[str, tuple[Any, Any]] = {
    Part.IDENTITY: (
        gettext_lazy("Son nom et ses coordonnées"),
        gettext_lazy("L'employeur peut l'appeler ou lui écrire."),
    ),
    Part.EXPERIENCES: (gettext_lazy("Ses expériences"), gettext_lazy("Ce que la personne a fait, combien de temps.")),
    Part.SAID_SKILLS: (
        gettext_lazy("Ses compétences pas encore confirmées"),
        gettext_lazy("Celles qui sont confirmées sont toujours montrées, en premier."),
    ),
    Part.WISHES: (
        gettext_lazy("Sa mobilité, ses disponibilités et ses souhaits"),
        gettext_lazy("Où, quand et comment la personne veut travailler."),
    ),
}
OF_THE_CV: dict[bool, tuple[Any, Any]] = {
    False: (
        gettext_lazy("Un CV porte votre nom : vous pouvez en joindre un si vous montrez votre nom."),
        gettext_lazy("Choisissez un de vos CV, ou n'en joignez pas."),
    ),
    True: (
        gettext_lazy("Un CV porte le nom de la personne : vous pouvez en joindre un si son nom est montré."),
        gettext_lazy("Choisissez un des CV de cette personne, ou n'en joignez pas."),
    ),
}  # whether an adviser applies beside the person: what a CV needs, and which one may be chosen


class ApplyForm(Refusable):
    """What an application shows, with a word."""

    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Ce que l'employeur voit"), required=False, widget=forms.CheckboxSelectMultiple
    )
    cv = forms.ChoiceField(label=gettext_lazy("Joindre un CV ?"), required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("Un mot pour l'employeur"),
        required=False,
        max_length=rules.LONGEST_WORDS,
        widget=forms.Textarea,
        help_text=gettext_lazy("Une ou deux phrases suffisent. Vous pouvez aussi ne rien écrire."),
        error_messages={"max_length": gettext_lazy("Ce mot est trop long : %(limit_value)s caractères au plus.")},
    )

    def __init__(self, *args: Any, cvs: list[CertifiedCv], beside: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = BESIDE if beside else HERS
        self.cvs = {str(cv.pk): cv for cv in cvs}
        self.fields["parts"].choices = [(part, RichLabel(*told)) for part, told in said.items()]  # type: ignore[attr-defined]
        self.fields["cv"].choices = [("", RichLabel(_("Sans CV"))), *map(_of_cv, cvs)]  # type: ignore[attr-defined]
        help_text, unknown = OF_THE_CV[beside]
        self.fields["cv"].help_text, self.fields["cv"].error_messages["invalid_choice"] = help_text, unknown
        if not cvs:
            del self.fields["cv"]

    def told(self) -> dict[str, Any]:
        """Return what the domain takes, from what is chosen now, valid or not."""
        chosen = self.cvs.get(str(self._now("cv") or ""))
        parts = [part for part in self["parts"].value() or [] if part in HERS]
        return {
            "parts": [*parts, Part.CV] if chosen else parts,
            "cv": chosen,
            "words": str(self["words"].value() or "")[: rules.LONGEST_WORDS],
        }

    def _now(self, name: str) -> Any:
        return self[name].value() if name in self.fields else ""


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody applies to: an offer, or an establishment when there is none."""

    establishment: Establishment
    offer: Offer | None = None

    @property
    def title(self) -> str:
        """Return what is applied to, in words."""
        return self.offer.title if self.offer else _("Candidature spontanée")

    def similar(self) -> list[Offer]:
        """Return offers to look at when this one takes no application."""
        return queries_public.similar(self.offer) if self.offer else []


def form_for(request: HttpRequest, person: Person, *, beside: bool = False) -> ApplyForm:
    """Return the form: as it was filled in for a preview, without reproach; bound when it is sent."""
    told: dict[str, Any] = {"parts": list(HERS)}
    is_posted = request.method == "POST"
    if is_posted and request.POST.get("step") == PREVIEW:
        told = {**request.POST.dict(), "parts": request.POST.getlist("parts")}
        is_posted = False
    cvs = queries.usable_cvs(person)
    return ApplyForm(request.POST if is_posted else None, initial=told, cvs=cvs, beside=beside)


def shown(person: Person, target: Target, form: ApplyForm, *, beside: bool = False) -> dict[str, Any]:
    """Return what the page and its preview need; an adviser's preview never shows the name (it is read elsewhere)."""
    draft = queries_own.draft(person, target.offer, target.establishment, **form.told())
    has_name = queries.names_are_shown(draft)
    card = queries_own.preview(draft, is_named=has_name and not beside)
    if draft.is_named and _is_first_look(form) and not (card.name or _has_name(person)):
        draft.parts = [part for part in draft.parts if part != Part.IDENTITY]
        form = ApplyForm(initial={"parts": draft.parts}, cvs=list(form.cvs.values()), beside=beside)
        has_name = False
    return {
        "person": person,
        "target": target,
        "form": form,
        "application": draft,
        "card": card,
        "is_name_told": has_name and beside,
        "is_name_kept": draft.is_named and not has_name,
        "answer_by": clock.local(rules.expires_at(clock.now())).date(),
        "longest": rules.LONGEST_WORDS,
    }


def _is_first_look(form: ApplyForm) -> bool:
    return not form.is_bound and "step" not in form.initial


def _has_name(person: Person) -> bool:
    return bool(people.identity_handled(person.pk, Handling.TO_HERSELF).full_name)


def allowance_words(allowed: Allowance) -> str:
    """Say in advance how many applications are left, once the end is near."""
    if not allowed.is_near or not allowed.left:
        return ""
    if rules.MOST_A_WEEK - allowed.week < rules.MOST_A_DAY - allowed.today:
        said = ngettext(
            "Encore %(n)d candidature cette semaine.", "Encore %(n)d candidatures cette semaine.", allowed.left
        )
    else:
        said = ngettext(
            "Encore %(n)d candidature aujourd'hui.", "Encore %(n)d candidatures aujourd'hui.", allowed.left
        )
    return said % {"n": allowed.left}


def _of_cv(cv: CertifiedCv) -> tuple[str, RichLabel]:
    day = formats.date_format(clock.local(cv.changed_at).date(), "j F Y")
    return str(cv.pk), RichLabel(cv.title, _("Modifié le %(day)s") % {"day": day}, "file")
