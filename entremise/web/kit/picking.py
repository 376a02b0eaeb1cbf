"""From what a person typed to one known thing, with or without JavaScript.

A type-ahead field sends its text and, when a suggestion was picked, its identifier. Without an identifier the text is
searched: one exact match is taken, several are offered as choice cards, none is said.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.employers import actions as employer_actions
from entremise.employers import queries as employers
from entremise.employers.models import Establishment
from entremise.employers.rules import siret_start
from entremise.kernel.actors import Actor
from entremise.lib.text import normalise
from entremise.passport import queries as passport
from entremise.skills import queries as skills
from entremise.skills.rules import gendered_forms, same_label
from entremise.territories import queries as territories
from entremise.web.components.choices import RichLabel
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.typed import identifier

KEEP = "keep"
OFFERED = 5
SIREN_LENGTH = 9  # so many digits are a number, never a name


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that the typed text may mean."""

    id: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """The thing meant, or what it may be, or a sentence that says what is wrong."""

    thing: Any = None
    options: Sequence[Option] = field(default_factory=tuple)
    error: str = ""


class LateChoiceField(forms.ChoiceField):
    """A choice whose options are known once the other fields are read."""

    def __init__(self) -> None:
        label = gettext_lazy("Choisissez la bonne proposition")
        super().__init__(label=label, required=False, widget=forms.RadioSelect)

    def valid_value(self, value: str) -> bool:
        """Accept for now: the form looks the value up among what it offers."""
        return True


class PickingForm(Refusable):
    """A form with type-ahead fields: `<name>`, `<name>_id` (hidden) and `<name>_choice` (offered when in doubt)."""

    def pick(
        self,
        name: str,
        by_id: Callable[[str], Any],
        search: Callable[[str], Picked],
        *,
        keep: Callable[[str], str] | None = None,
    ) -> Any:
        """Return the thing meant by a field, or None after noting an error or when its text is kept as it is."""
        told = self.cleaned_data
        typed, given, choice = told.get(name, ""), told.get(f"{name}_id", ""), told.get(f"{name}_choice", "")
        known = str(self.initial.get(f"{name}_id") or "")
        is_same_text = typed == self.initial.get(name)
        if not typed or (is_same_text and not known):
            return None
        if given == known and not is_same_text:
            given = ""  # without JavaScript, a text written over leaves the identifier of the former one
        if given and (thing := by_id(given)) is not None:
            return thing
        found = search(typed)
        if found.thing is not None or (choice == KEEP and keep):
            return None if choice == KEEP else found.thing
        if choice in {option.id for option in found.options}:
            return by_id(choice)
        self._ask(name, typed, found, keep)
        return None

    def offer_choices(
        self, name: str, options: Sequence[Option], others: Sequence[tuple[str, RichLabel]] = ()
    ) -> None:
        """Show what the text of a field may mean."""
        told = [(one.id, RichLabel(one.label, one.hint)) for one in options]
        self.fields[f"{name}_choice"].choices = [*told, *others]  # type: ignore[attr-defined]

    def _ask(self, name: str, typed: str, found: Picked, keep: Callable[[str], str] | None) -> None:
        if not found.options and not found.error:
            return
        kept = [(KEEP, RichLabel(keep(typed)))] if keep else []
        self.offer_choices(name, found.options, kept)
        self.add_error(f"{name}_choice" if found.options else name, found.error or _("Choisissez ce qui convient."))


def job_title_by_id(text: str) -> Any:
    """Return a job title by its identifier."""
    return passport.job_title(key) if (key := identifier(text)) else None


def job_title(typed: str) -> Picked:
    """Return the job title written in full, feminine or masculine, else the nearest ones."""
    found = skills.suggest_job_titles(typed, limit=OFFERED)
    for one in found:
        if same_label(typed) in gendered_forms(one.label) | {same_label(one.label)}:
            return Picked(job_title_by_id(one.id))
    return Picked(options=[Option(one.id, one.label, one.hint) for one in found])


def commune_by_id(text: str) -> Any:
    """Return a commune by its INSEE code."""
    try:
        return territories.commune(text)
    except territories.UnknownCommune:
        return None


def commune(typed: str) -> Picked:
    """Return the only commune of that name or postcode, else the nearest ones, else say that it is unknown."""
    found = territories.suggested_communes(typed, limit=OFFERED)
    same = [one for one in found if normalise(typed) in {normalise(one.name), one.code, *one.postcodes}]
    if len(same) == 1:
        return Picked(same[0])
    options = [Option(one.code, one.name, f"{one.department.name} · {', '.join(one.postcodes[:2])}") for one in found]
    return Picked(options=options, error="" if options else territories.UnknownCommune(typed).reason)


def establishment_by_id(text: str) -> Any:
    """Return an establishment by its identifier."""
    key = identifier(text)
    try:
        return employers.establishment(key) if key else None
    except Establishment.DoesNotExist:
        return None


def establishment(typed: str, actor: Actor) -> Picked:
    """Return the establishment of a SIRET, or those whose name fits; a name that nobody knows is kept as written."""
    if len(siret_start(typed)) >= SIREN_LENGTH:
        try:
            return Picked(employer_actions.add_from_siret(typed, actor=actor))
        except employers.EstablishmentRefused as refusal:
            return Picked(error=refusal.reason)
    return Picked(options=[_place(one) for one in employers.search(typed, actor, limit=OFFERED)])


def _place(one: Establishment) -> Option:
    state = "" if one.is_open else _("établissement fermé")
    activity = one.naf.label if one.naf else ""
    return Option(str(one.pk), one.name, " · ".join(filter(None, (one.commune.name, activity, state))))
