"""Finding, batch by batch, the people, places, agencies and colleagues that the lines of a file name."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from entremise.accounts.models import Agency, Membership
from entremise.employers.models import Establishment
from entremise.employers.rules import searchable
from entremise.kernel.actors import Actor
from entremise.lib.cells import Fault, gettext_noop
from entremise.lib.text import normalise
from entremise.people import queries as people
from entremise.people.models import Person
from entremise.people.rules import read_reference
from entremise.promotions.enums_import import ImportField as F
from entremise.promotions.rules_cells import Told

Place = tuple[UUID, UUID, Agency, UUID | None]  # person, establishment, agency, adviser
NOWHERE = UUID(int=0)

_UNKNOWN_REFERENCE = gettext_noop("Aucun profil de votre territoire n'a la référence « %(value)s ».")
_UNKNOWN_EMAIL = gettext_noop("Aucun profil de votre territoire n'a cette adresse électronique.")
_UNKNOWN_PHONE = gettext_noop("Aucun profil de votre territoire n'a ce téléphone.")
_SEVERAL_PEOPLE = gettext_noop("Plusieurs profils ont ce téléphone ou cette adresse : donnez la référence du profil.")
_UNKNOWN_SIRET = gettext_noop(
    "Ce SIRET n'est pas dans l'annuaire. Ajoutez d'abord l'établissement depuis la page « Entreprises »."
)
_UNKNOWN_EMPLOYER = gettext_noop("Aucun établissement ne porte ce nom à %(city)s dans l'annuaire : donnez son SIRET.")
_SEVERAL_EMPLOYERS = gettext_noop("Plusieurs établissements portent ce nom à %(city)s : donnez le SIRET.")
_UNKNOWN_AGENCY = gettext_noop("« %(value)s » n'est pas une de vos agences.")
_UNKNOWN_ADVISER = gettext_noop("Personne dans vos agences n'a pour adresse ou pour nom « %(value)s ».")
_SEVERAL_ADVISERS = gettext_noop("Plusieurs collègues s'appellent « %(value)s » : donnez l'adresse électronique.")


class Lookup:
    """What a pass over a file has found so far; each batch asks three questions to the database at most."""

    def __init__(self, actor: Actor, agency: Agency, agencies: Iterable[Agency]) -> None:
        self.actor = actor
        self.agency = agency
        self.agencies = {normalise(one.name): one for one in agencies}
        self.agencies.setdefault(normalise(agency.name), agency)
        self.advisers = _colleagues(self.agencies.values())
        self.people: dict[str, set[UUID]] = {}
        self.places: dict[str, set[UUID]] = {}

    def find(self, lines: Sequence[Told]) -> dict[Told, tuple[Place, list[Fault]]]:
        """Return what each line names, or what cannot be found."""
        self._find_people(lines)
        self._find_places(lines)
        return {told: self._found(told) for told in lines}

    def _found(self, told: Told) -> tuple[Place, list[Fault]]:
        faults: list[Fault] = []
        person = self._person(told, faults)
        establishment = self._establishment(told, faults)
        agency = self.agency
        if told.agency:
            agency = self.agencies.get(normalise(told.agency), self.agency)
            if normalise(told.agency) not in self.agencies:
                faults.append(Fault(F.AGENCY, _UNKNOWN_AGENCY, {"value": told.agency}))
        adviser = self._adviser(told, faults)
        return (person, establishment, agency, adviser), faults

    def _person(self, told: Told, faults: list[Fault]) -> UUID:
        asked = [
            (F.REFERENCE, read_reference(told.reference) or told.reference, _UNKNOWN_REFERENCE),
            (F.EMAIL, told.email, _UNKNOWN_EMAIL),
            (F.PHONE, told.phone, _UNKNOWN_PHONE),
        ]
        name, value, unknown = next(one for one in asked if one[1])
        found = self.people.get(value, set())
        if len(found) == 1:
            return next(iter(found))
        message = _SEVERAL_PEOPLE if found else unknown
        faults.append(Fault(name, message, {"value": value} if message is _UNKNOWN_REFERENCE else {}))
        return NOWHERE

    def _establishment(self, told: Told, faults: list[Fault]) -> UUID:
        found = self.places.get(_place_key(told), set())
        if len(found) == 1:
            return next(iter(found))
        if told.siret:
            faults.append(Fault(F.SIRET, _UNKNOWN_SIRET))
        else:
            message = _SEVERAL_EMPLOYERS if found else _UNKNOWN_EMPLOYER
            faults.append(Fault(F.EMPLOYER, message, {"city": told.city}))
        return NOWHERE

    def _adviser(self, told: Told, faults: list[Fault]) -> UUID | None:
        if not told.adviser:
            return self.actor.user_id
        found = self.advisers.get(normalise(told.adviser), set())
        if len(found) != 1:
            message = _SEVERAL_ADVISERS if found else _UNKNOWN_ADVISER
            faults.append(Fault(F.ADVISER, message, {"value": told.adviser}))
        return next(iter(found), None)

    def _find_people(self, lines: Sequence[Told]) -> None:
        references = {reference for told in lines if (reference := read_reference(told.reference))}
        emails = {told.email for told in lines if told.email and not told.reference}
        phones = {told.phone for told in lines if told.phone and not (told.reference or told.email)}
        wanted = (references | emails | phones) - self.people.keys()
        self.people.update({value: set() for value in wanted})
        if references & wanted:
            found: Any = Person.objects.visible_to(self.actor).filter(reference__in=references & wanted)
            for pk, reference in found.values_list("pk", "reference"):
                self.people[reference].add(pk)
        if (emails | phones) & wanted:
            for pk, value in people.reached_by((emails | phones) & wanted, self.actor):
                self.people[value].add(pk)

    def _find_places(self, lines: Sequence[Told]) -> None:
        wanted = {_place_key(told): told for told in lines if _place_key(told) not in self.places}
        self.places.update({key: set() for key in wanted})
        sirets = [told.siret for told in wanted.values() if told.siret]
        for pk, siret in Establishment.objects.filter(siret__in=sirets).values_list("pk", "siret"):
            self.places[siret].add(pk)
        named = {(searchable(told.employer), searchable(told.city)) for told in wanted.values() if not told.siret}
        if not named:
            return
        starts = Q(pk__in=[])
        for name, _city in named:
            starts |= Q(search_name__startswith=name)
        rows = Establishment.objects.filter(starts).values_list("pk", "name", "legal_name", "commune__name")
        for pk, name, legal_name, city in rows:
            for said in {searchable(name), searchable(legal_name)}:
                if (key := f"{said}|{searchable(city)}") in self.places:
                    self.places[key].add(pk)


def _place_key(told: Told) -> str:
    return told.siret or f"{searchable(told.employer)}|{searchable(told.city)}"


def _colleagues(agencies: Iterable[Agency]) -> dict[str, set[UUID]]:
    """Return who works or worked in these agencies, by address and by name either way round."""
    found: dict[str, set[UUID]] = defaultdict(set)
    rows = Membership.objects.filter(agency__in=list(agencies)).values_list(
        "user_id", "user__email", "user__first_name", "user__last_name"
    )
    for pk, email, first_name, last_name in rows:
        for said in (email or "", f"{first_name} {last_name}", f"{last_name} {first_name}"):
            if normalise(said):
                found[normalise(said)].add(pk)
    return found
