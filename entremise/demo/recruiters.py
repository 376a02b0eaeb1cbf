"""Two recruiter spaces: one certified, whose recruiter can be tried with one click; one waiting for its first call."""

import datetime as dt

from entremise.accounts import actions_recruiters
from entremise.accounts.queries import DEMO_EMAIL_DOMAIN, actor_for
from entremise.demo.network import SYSTEM, VALENCE
from entremise.employers import actions_spaces
from entremise.employers.actions_spaces import Identity
from entremise.employers.enums_spaces import CheckItem, CheckKind, CheckOutcome, SpaceState
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace, SpaceCheck

WHY = "an invented space"
PRESENTATION = (
    "Une maison familiale depuis trois générations. Nous formons à la prise de poste, le planning est connu un mois à "
    "l'avance, et les repas sont pris en charge."
)


def tell(by_rome: dict[str, list[Establishment]], now: dt.datetime) -> None:
    """Open both spaces as recruiters do; the first was called and certified the next day."""
    there = [one for places in by_rome.values() for one in places if one.commune_id == VALENCE]
    first, second = list(dict.fromkeys(there))[:2]
    asked = _asked(first, "Marc", "Garnier", "gérant")
    _asked(second, "Léa", "Fontaine", "responsable du recrutement")
    _certified(asked, now)


def _asked(place: Establishment, first_name: str, last_name: str, job: str) -> RecruiterSpace:
    email = f"{first_name}.{last_name}@{DEMO_EMAIL_DOMAIN}".lower().replace("é", "e")
    user = actions_recruiters.open_recruiter(email, actor=SYSTEM, first_name=first_name, last_name=last_name)
    space: RecruiterSpace = actions_spaces.ask(
        place,
        actor=actor_for(user, second_factor=False),
        identity=Identity(first_name, last_name, email, job, place.phone),
        purpose="Recruter une ou deux personnes dans les trois mois, et en accueillir en immersion.",
    )
    return space


def _certified(space: RecruiterSpace, now: dt.datetime) -> None:
    """Write what an adviser's call and certification would have written."""
    facts = {"outcome": CheckOutcome.CONFIRMED, "at": now}
    checks = SpaceCheck.objects.unscoped(WHY)
    checks.create(
        space=space, kind=CheckKind.LANDLINE, note="Le gérant confirme sa demande.",
        number=space.establishment.phone, **facts,
    )  # fmt: skip
    checks.create(
        space=space, kind=CheckKind.NOTE, note="Entreprise jointe, demande confirmée.", items=CheckItem.values, **facts
    )
    RecruiterSpace.objects.unscoped(WHY).filter(pk=space.pk).update(
        state=SpaceState.CERTIFIED, decided_at=now, reached_at=now, due_at=None, presentation=PRESENTATION,
        benefits="Repas pris en charge, mutuelle, planning connu un mois à l'avance.",
    )  # fmt: skip
