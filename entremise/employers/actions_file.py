"""Writes of the establishment's file: services delivered, hiring forecasts, satisfaction."""

import datetime as dt

from django.utils.translation import gettext as _

from entremise.accounts.models import Agency
from entremise.employers import queries, rules_file
from entremise.employers.enums import Verb
from entremise.employers.enums_events import Certainty, ForecastContract, ForecastSource, Moment, ServiceKind
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_events import MOST_FORESEEN, HiringForecast, Satisfaction, ServiceDelivered
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.skills.models import Occupation


class FileRefused(Exception):
    """A line of the file cannot be kept as it was typed; `reason` is a sentence for the user."""

    def __init__(self, reason: str, field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field


@action(Verb.SERVICE_NOTED, may="employers.service_note")
def note_service(
    establishment: Establishment,
    *,
    actor: Actor,
    service: ServiceKind | str,
    on: dt.date,
    note: str = "",
    agency: Agency | None = None,
) -> Done:
    """Keep a service or a measure that an establishment received."""
    if not rules_file.is_past(on, clock.today()):
        raise FileRefused(_("Un service se note une fois rendu : cette date est dans le futur."), "on")
    kept = ServiceDelivered.objects.unscoped("a new row").create(
        establishment=establishment,
        service=ServiceKind(service),
        on=on,
        note=note.strip(),
        adviser_id=actor.user_id,
        agency=agency,
        at=clock.now(),
    )
    return Done(kept, data={"establishment": str(establishment.pk), "service": str(service)})


@action(Verb.FORECAST_NOTED, may="employers.forecast_note")
def note_forecast(
    establishment: Establishment,
    *,
    actor: Actor,
    occupation: Occupation,
    number: int,
    expected_on: dt.date,
    source: ForecastSource | str,
    certainty: Certainty | str,
    contract: ForecastContract | str = "",
    note: str = "",
    agency: Agency | None = None,
) -> Done:
    """Keep how many people an establishment thinks it will recruit, in which occupation, around when."""
    now = clock.now()
    try:
        queries.require_open(establishment, now)
    except queries.EstablishmentClosed as refusal:
        raise FileRefused(refusal.reason) from refusal
    if not 1 <= number <= MOST_FORESEEN:
        raise FileRefused(_("Indiquez le nombre d'embauches prévues, à partir de 1."), "number")
    if not rules_file.is_forecast_possible(expected_on, clock.local(now).date()):
        raise FileRefused(
            _("Une prévision porte sur les deux ans qui viennent, à partir d'aujourd'hui."), "expected_on"
        )
    kept = HiringForecast.objects.unscoped("a new row").create(
        establishment=establishment,
        occupation=occupation,
        number=number,
        expected_on=expected_on,
        source=ForecastSource(source),
        certainty=Certainty(certainty),
        contract=ForecastContract(contract) if contract else "",
        note=note.strip(),
        adviser_id=actor.user_id,
        agency=agency,
        at=now,
    )
    codes = {"establishment": str(establishment.pk), "rome": occupation.rome_code, "number": number}
    return Done(kept, data=codes)


@action(Verb.SATISFACTION_NOTED, may="employers.satisfaction_note")
def note_satisfaction(
    establishment: Establishment,
    *,
    actor: Actor,
    moment: Moment | str,
    mark: int,
    on: dt.date,
    verbatim: str = "",
    contact: Contact | None = None,
    agency: Agency | None = None,
) -> Done:
    """Keep the mark that an employer gave after a key moment, with their words."""
    if contact is not None and contact.establishment_id != establishment.pk:
        raise FileRefused(_("Ce contact travaille dans un autre établissement."), "contact")
    if not 1 <= mark <= rules_file.BEST_MARK:
        raise FileRefused(_("La note va de 1 (pas du tout satisfait) à 5 (très satisfait)."), "mark")
    if not rules_file.is_past(on, clock.today()):
        raise FileRefused(_("Un avis se note une fois donné : cette date est dans le futur."), "on")
    kept = Satisfaction.objects.unscoped("a new row").create(
        establishment=establishment,
        contact=contact,
        moment=Moment(moment),
        mark=mark,
        verbatim=verbatim.strip(),
        on=on,
        asked_by_id=actor.user_id,
        agency=agency,
        at=clock.now(),
    )
    codes = {"establishment": str(establishment.pk), "moment": str(moment), "mark": mark}
    return Done(kept, data=codes)
