"""The invented offers: what the invented companies look for, some open, some closed over two years, a few drafts."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any

from entremise.accounts.models import Agency
from entremise.demo.draws import weighted
from entremise.demo.network import VALENCE
from entremise.demo.profiles import World
from entremise.employers.models import Establishment
from entremise.lib.uuid7 import uuid7
from entremise.offers import rules
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.models import Offer, OfferSkill
from entremise.skills.models import JobTitle

OPEN_COUNT, CLOSED_COUNT, DRAFT_COUNT = 25, 13, 3
HISTORY_DAYS = 720
SKILLS_ASKED = (4, 8)
DEPARTMENT = "26"
# The trades of the story come first, in the agency of the story: Karim's, then those that Awa may choose.
STORY = ("N1103", "N1101", "N1105", "K1304", "K1302", "G1602", "G1703", "D1507", "K2205")
CONTRACTS = (("cdi", 5), ("cdd", 4), ("temporary", 1), ("seasonal", 1), ("apprenticeship", 1))
ODD_TITLES = ("nuit", "apprenti")  # they would contradict the schedule or the contract drawn
REASONS = (
    (CloseReason.FILLED, 6), (CloseReason.FILLED_ELSEWHERE, 4), (CloseReason.ABANDONED, 2), (CloseReason.MISTAKEN, 1),
)  # fmt: skip
# What a trade usually asks, by the first letters of its ROME code.
SCHEDULES = {"G": "weekend", "J": "early", "K2": "early", "N": "day", "D1102": "early", "H": "day", "F": "day"}
LICENCES = {"K1304": "b", "N4": "b", "F1602": "b", "N1101": "caces"}
WORDS = (
    "Une petite équipe, un poste stable, une prise de poste dès que possible.",
    "Vous remplacez une collègue qui prend sa retraite ; elle reste un mois pour transmettre.",
    "Activité qui grandit : nous ouvrons un second service à la rentrée.",
    "Débutants acceptés si l'envie est là : la première semaine se passe en double.",
    "",
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a company looks to fill."""

    rome: str
    establishment: Establishment
    agency: Agency
    state: OfferState
    is_of_the_story: bool


def tell(rng: random.Random, drawn: World) -> int:
    """Invent the offers with their skills; return how many."""
    titles: dict[str, list[JobTitle]] = {}
    known = JobTitle.objects.filter(occupation__rome_code__in=drawn.skills, retired_on=None)
    for title in known.select_related("occupation").order_by("external_id"):
        if not any(word in title.label.lower() for word in ODD_TITLES):
            titles.setdefault(title.occupation.rome_code, []).append(title)
    offers = [
        _offer(rng, drawn, post, rng.choice(titles.get(post.rome, []) or [None]), number)
        for number, post in enumerate(_posts(rng, drawn), start=1)
    ]
    keep(offers)
    OfferSkill.objects.bulk_create(
        OfferSkill(offer=offer, skill=link.skill, need=rules.usual_need(link.weight))
        for offer in offers
        for link in drawn.skills[offer.occupation.rome_code][: rng.randint(*SKILLS_ASKED)]
    )
    return len(offers)


def keep(offers: list[Offer]) -> None:
    """Write invented offers, the oldest first: lists go by identifiers, which grow with time."""
    offers.sort(key=lambda offer: offer.created_at)
    for offer in offers:
        offer.pk = uuid7(int(offer.created_at.timestamp() * 1000))
    Offer.objects.bulk_create(offers)


def _posts(rng: random.Random, drawn: World) -> list[Post]:
    """Choose who looks for whom: the story's trades first, then any trade that has a company in the territory."""
    near = {
        rome: [one for one in companies if one.commune.department_id == DEPARTMENT]
        for rome, companies in sorted(drawn.companies.items())
        if rome in drawn.skills
    }
    romes = [rome for rome, companies in near.items() if companies]
    states = [OfferState.OPEN] * OPEN_COUNT + [OfferState.CLOSED] * CLOSED_COUNT + [OfferState.DRAFT] * DRAFT_COUNT
    posts = []
    for rank, state in enumerate(states):
        is_story = rank < len(STORY) and STORY[rank] in romes
        rome = STORY[rank] if is_story else rng.choice(romes)
        agency = drawn.network.agencies[0 if is_story else rng.choices(range(5), weights=[5, 3, 2, 1, 1])[0]]
        close = [one for one in near[rome] if one.commune_id == VALENCE] if is_story else []
        posts.append(Post(rome, rng.choice(close or near[rome]), agency, state, is_story))
    return posts


def _offer(rng: random.Random, drawn: World, post: Post, title: JobTitle | None, number: int) -> Offer:
    occupation = drawn.occupations[post.rome]
    dates = _dates(rng, drawn.now, post.state)
    advisers = drawn.network.business[post.agency]
    schedule, licence = _usual(SCHEDULES, post.rome), _usual(LICENCES, post.rome)
    contracts = CONTRACTS[:2] if post.is_of_the_story else CONTRACTS
    return Offer(
        establishment=post.establishment, agency=post.agency, state=post.state,
        adviser=advisers[0] if post.is_of_the_story else rng.choice(advisers),
        reference=f"{dates['created_at'].year}-{number:03d}" if rng.random() < 0.4 else "",
        title=title.label if title else occupation.label, job_title=title, occupation=occupation,
        commune=post.establishment.commune, radius_km=rng.choice([None, None, None, 15, 30]),
        contract=weighted(rng, contracts),
        working_time=rng.choice(["any", "any", "full", "part"]),
        schedules=[schedule] if schedule and rng.random() < 0.5 else [],
        licences=[licence] if licence else [],
        languages=["en"] if post.rome.startswith("G17") else [],
        description=rng.choice(WORDS), **dates,
    )  # fmt: skip


def _dates(rng: random.Random, now: dt.datetime, state: OfferState) -> dict[str, Any]:
    """Return when an offer was entered, opened and closed, and why."""
    if state == OfferState.DRAFT:
        return {"created_at": now - dt.timedelta(days=rng.randint(0, 5), hours=2)}
    if state == OfferState.OPEN:
        created_at = now - dt.timedelta(days=rng.randint(1, 60), hours=rng.randint(1, 6))
        return {"created_at": created_at, "opened_at": created_at + dt.timedelta(minutes=40)}
    created_at = now - dt.timedelta(days=rng.randint(90, HISTORY_DAYS), hours=rng.randint(1, 6))
    reason = weighted(rng, REASONS)
    closed_at = created_at + dt.timedelta(days=1 if reason is CloseReason.MISTAKEN else rng.randint(9, 80), hours=3)
    opened_at = None if reason is CloseReason.MISTAKEN else created_at + dt.timedelta(hours=1)
    return {"created_at": created_at, "opened_at": opened_at, "closed_at": closed_at, "close_reason": reason}


def _usual(asked: dict[str, str], rome: str) -> str:
    """Return what is asked for the longest beginning of a code."""
    starts = [start for start in asked if rome.startswith(start)]
    return asked[max(starts, key=len)] if starts else ""
