"""What makes the desk of business advisers worth a visit: an offer to read, one told twice, a market, a full file."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

from entremise.accounts.models import Agency, User
from entremise.accounts.queries import actor_for
from entremise.demo import offers
from entremise.demo.draws import weighted
from entremise.demo.network import VALENCE
from entremise.demo.profiles import World
from entremise.desk import actions as desk
from entremise.desk.enums_desk import ComplaintAbout, ComplaintFrom
from entremise.employers import actions_file
from entremise.employers.enums_events import Certainty, ForecastContract, ForecastSource, Moment, ServiceKind
from entremise.employers.enums_spaces import SpaceState
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace
from entremise.offers import actions_deposit, actions_signatures
from entremise.offers.actions import Sheet, Terms
from entremise.offers.enums import Benefit, CloseReason, OfferState, PayPeriod
from entremise.offers.models import Offer, OfferSkill

WHY = "an invented offer"
MARKET_ROME = "N1103"  # the first trade of the story: enough offers in the Drôme for one to be placed among them
MARKET_COUNT, MARKET_DAYS = 34, 690
CONTRACTS = (("cdi", 5), ("cdd", 4))
HOURLY_CENTS = (1_210, 1_420)
REASONS = ((CloseReason.FILLED, 7), (CloseReason.FILLED_ELSEWHERE, 2), (CloseReason.ABANDONED, 1))
EXPERIENCES = (0, 0, 6, 12, 24)
# Written as people write: an adviser finds the words to change, and what to say to the employer.
TO_READ = (
    "Nous cherchons quelqu'un pour compléter une équipe jeune et dynamique. Vous avez moins de 30 ans. Vous habitez "
    "obligatoirement à Valence. La première semaine se passe en double, le planning est connu un mois à l'avance."
)
TOLD_TWICE = (
    "Vous préparez les commandes au terminal, contrôlez les quantités, filmez les palettes et les mettez à quai. "
    "Du lundi au vendredi en journée, un samedi sur quatre. Le CACES 1 peut être passé chez nous."
)
AGAIN = (
    "Le CACES 1 peut être passé chez nous. Vous préparez les commandes au terminal, vous contrôlez les quantités, "
    "filmez les palettes puis les mettez à quai. En journée du lundi au vendredi, et un samedi sur quatre."
)


def tell(rng: random.Random, drawn: World) -> None:
    """Invent what the desk shows."""
    place = next(one for one in drawn.companies[MARKET_ROME] if one.commune_id == VALENCE)
    made = [*_market(rng, drawn), *_told_twice(drawn, place)]
    offers.keep(made)
    OfferSkill.objects.bulk_create(
        OfferSkill(offer=offer, skill=link.skill) for offer in made for link in drawn.skills[MARKET_ROME][:4]
    )
    _to_read(drawn)
    _file(drawn, place)
    actions_signatures.sign_missing()


def _market(rng: random.Random, drawn: World) -> list[Offer]:
    """Two years of one trade in the department, closed since: what an offer of today is compared with."""
    near = [one for one in drawn.companies[MARKET_ROME] if one.commune.department_id == offers.DEPARTMENT]
    return [_past(rng, drawn, rng.choice(near)) for _number in range(MARKET_COUNT)]


def _past(rng: random.Random, drawn: World, place: Establishment) -> Offer:
    opened_at = drawn.now - dt.timedelta(days=rng.randint(100, MARKET_DAYS), hours=rng.randint(1, 6))
    reason = weighted(rng, REASONS)
    pay = round(rng.uniform(*HOURLY_CENTS))
    contract = weighted(rng, CONTRACTS)
    return _offer(
        drawn, place, rng.choice(drawn.network.agencies), opened_at,
        title=drawn.occupations[MARKET_ROME].label, contract=contract, working_time="full",
        duration_months=rng.choice((3, 6, 9)) if contract == "cdd" else None, weekly_hours=Decimal(35),
        pay_min_cents=pay, pay_period=PayPeriod.HOUR, experience_months=rng.choice(EXPERIENCES),
        state=OfferState.CLOSED, closed_at=opened_at + dt.timedelta(days=rng.randint(8, 90), hours=2),
        close_reason=reason,
    )  # fmt: skip


def _told_twice(drawn: World, place: Establishment) -> list[Offer]:
    """The same post, entered by two agencies some days apart."""
    terms: dict[str, Any] = {
        "contract": "cdi", "working_time": "full", "weekly_hours": Decimal(35), "state": OfferState.OPEN,
        "pay_min_cents": 1_265, "pay_max_cents": 1_330, "pay_period": PayPeriod.HOUR, "experience_months": 0,
        "licences": ["caces"], "benefits": [Benefit.MEALS, Benefit.TRAINING],
    }  # fmt: skip
    told = (
        (0, 16, "Préparateur / Préparatrice de commandes", TOLD_TWICE),
        (1, 9, "Agent / Agente de préparation de commandes", AGAIN),
    )
    agencies, now = drawn.network.agencies, drawn.now
    return [
        _offer(drawn, place, agencies[at], now - dt.timedelta(days=days), title=title, description=words, **terms)
        for at, days, title, words in told
    ]


def _offer(drawn: World, place: Establishment, agency: Agency, opened_at: dt.datetime, **facts: Any) -> Offer:
    return Offer(
        establishment=place, commune=place.commune, occupation=drawn.occupations[MARKET_ROME], agency=agency,
        adviser=drawn.network.business[agency][0], created_at=opened_at - dt.timedelta(minutes=40),
        opened_at=opened_at, **facts,
    )  # fmt: skip


def _to_read(drawn: World) -> None:
    """An offer of the certified space, handed in: its words keep it waiting for an adviser."""
    space = RecruiterSpace.objects.unscoped(WHY).get(state=SpaceState.CERTIFIED)
    rome = next(rome for rome, places in drawn.companies.items() if space.establishment in places)
    recruiter = actor_for(User.objects.get(space_memberships__space=space), second_factor=False)
    terms = Terms(
        weekly_hours=Decimal(35), pay_min_cents=1_300, pay_period=PayPeriod.HOUR, experience_months=0,
        benefits=[Benefit.MEALS], starts_on=drawn.now.date() + dt.timedelta(days=21),
    )  # fmt: skip
    sheet = Sheet(
        establishment=space.establishment, title=drawn.occupations[rome].label, occupation=drawn.occupations[rome],
        commune=space.establishment.commune, contract="cdi", working_time="full", description=TO_READ, terms=terms,
    )  # fmt: skip
    needs = {link.skill_id: 2 for link in drawn.skills[rome][:4]}
    offer = actions_deposit.deposit(space, actor=recruiter, sheet=sheet, needs=needs)
    actions_deposit.hand_in(offer, actor=recruiter)


def _file(drawn: World, place: Establishment) -> None:
    """What an establishment lived with the service: services, a forecast, its opinion, and a complaint."""
    agency, today = drawn.network.agencies[0], drawn.now.date()
    claire = actor_for(drawn.network.business[agency][0], second_factor=True)
    for kind, days, note in (
        (ServiceKind.NEED, 210, "Deux postes par an, plutôt au printemps."),
        (ServiceKind.PMSMP, 150, "Cinq jours à la préparation, bilan positif."),
        (ServiceKind.PRESELECTION, 90, "Quatre profils présentés, deux rencontres."),
    ):
        actions_file.note_service(
            place, actor=claire, service=kind, on=today - dt.timedelta(days=days), note=note, agency=agency
        )
    actions_file.note_forecast(
        place, actor=claire, occupation=drawn.occupations[MARKET_ROME], number=3,
        expected_on=today + dt.timedelta(days=75), source=ForecastSource.SAID, certainty=Certainty.LIKELY,
        contract=ForecastContract.CDI, note="Ouverture d'une seconde ligne.", agency=agency,
    )  # fmt: skip
    actions_file.note_satisfaction(
        place, actor=claire, moment=Moment.PROMOTION, mark=4, on=today - dt.timedelta(days=60),
        verbatim="Des profils qui connaissaient le métier. Un peu long entre deux appels.", agency=agency,
    )  # fmt: skip
    desk.register_complaint(
        agency, actor=claire, origin=ComplaintFrom.EMPLOYER, about=ComplaintAbout.CANDIDATE, establishment=place,
        words="Une personne présentée n'était plus disponible depuis deux semaines.",
        received_at=drawn.now - dt.timedelta(days=2),
    )  # fmt: skip
