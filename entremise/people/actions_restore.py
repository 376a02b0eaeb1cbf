"""Taking back a profile from an archive: what the person may say again is said again, by the same actions."""

from uuid import UUID

from django.utils.translation import gettext as _

from entremise.kernel import erasure
from entremise.kernel.actors import Actor
from entremise.kernel.erasure import Tables
from entremise.lib.archives import choices_at, day_at, number_at, text_at
from entremise.people import actions, rules
from entremise.people.actions import ProfileRefused
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.people.models import Person
from entremise.skills.models import Occupation
from entremise.territories.models import Commune

CHOICES = {
    "contracts": ContractKind.values,
    "schedules": Schedule.values,
    "languages": Language.values,
    "licences": Licence.values,
}


def restore(person_id: UUID, actor: Actor, tables: Tables) -> list[str]:
    """Say again the name, the contact, the places and times, the wishes; return what could not be said."""
    person = Person.objects.unscoped(erasure.WHY).get(pk=person_id)
    return _identity(person, actor, tables) + _profile(person, actor, tables) + _wishes(person, actor, tables)


def _identity(person: Person, actor: Actor, tables: Tables) -> list[str]:
    for row in tables.get("people.identity", [])[:1]:
        names = {name: text_at(row, name, 80) for name in ("first_name", "last_name")}
        reached = {"email": text_at(row, "email", 254), "phone": text_at(row, "phone", 20)}
        try:
            actions.set_identity(person, actor=actor, **names, **reached)
        except ProfileRefused as refusal:
            return [refusal.reason]
    return []


def _profile(person: Person, actor: Actor, tables: Tables) -> list[str]:
    for row in tables.get("people.person", [])[:1]:
        code = text_at(row, "commune__code", 5)
        commune = Commune.objects.filter(code=code, retired_on=None).first() if code else None
        times = text_at(row, "working_time", 10)
        facts = {
            "commune": commune,
            "mobility_km": number_at(row, "mobility_km", 20, highest=200),
            "available_on": day_at(row, "available_on"),
            "working_time": times if times in WorkingTime.values else WorkingTime.ANY,
            **{name: choices_at(row, name, known) for name, known in CHOICES.items()},
        }
        try:
            actions.change_profile(person, actor=actor, **facts)
        except ProfileRefused as refusal:
            return [refusal.reason]
        if code and commune is None:
            return [_("Votre commune n'est plus dans notre liste : dites-la de nouveau dans vos souhaits.")]
    return []


def _wishes(person: Person, actor: Actor, tables: Tables) -> list[str]:
    rows = sorted(tables.get("people.wish", []), key=lambda row: number_at(row, "rank", 0, highest=100))
    codes = [text_at(row, "occupation__rome_code", 5) for row in rows][: rules.MAX_WISHES]
    known = {one.rome_code: one.pk for one in Occupation.objects.filter(rome_code__in=codes, retired_on=None)}
    if not codes:
        return []
    actions.set_wishes(person, actor=actor, occupation_ids=[known[code] for code in codes if code in known])
    lost = [
        text_at(row, "occupation__label", 120) for row in rows if text_at(row, "occupation__rome_code", 5) not in known
    ]
    return [_("Ce métier n'est plus dans notre liste : %(label)s.") % {"label": label} for label in lost if label]
