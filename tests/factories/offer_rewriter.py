"""Invent offers of the same trades in the same towns, write them again as another feed would, write their neighbours:
offers that are nearly the same and are not (another post, town, shift, contract, mission, employer, pay).

`World` draws offers by number: any may be made again alone. An offer is a `Plan` (its facts, which sentences), written
plainly, or as a feed does. Nothing here reads `entremise.lib.nearduplicates` but the type of what it takes.
"""

import csv
import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import starmap
from pathlib import Path
from typing import Any

import entremise
from entremise.lib.nearduplicates import OfferText
from tests.factories import offer_words as w

BUILTIN = Path(entremise.__file__).parent
DOUBLES = "same offer, other feed"
_TYPO_WORDS = 50  # one slip in so many words
_FEED_CUT = 1_000
_TELLS_FACTS = re.compile(r"nuit|jour|aison|pprenti")  # titles that would contradict the facts drawn


@dataclass(frozen=True, slots=True)
class Job:
    """A trade: its code, its titles, what is done in it."""

    rome: str
    titles: tuple[str, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A commune of the referential."""

    code: str
    name: str
    department: str
    latitude: float
    longitude: float
    postcode: str


@dataclass(frozen=True, slots=True)
class Employer:
    """Somebody who recruits: always the same names and the same way to speak of the house."""

    number: int
    siren: str
    name: str
    form: str
    intro: tuple[int, int]
    benefits: tuple[int, ...]
    chief: str
    year: int
    staff: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an offer says, before it is written."""

    employer: Employer
    town: Town
    job: Job
    title: int
    contract: str
    months: int
    hours: float
    pay: float  # an hour
    shift: str
    years: int
    tasks: tuple[str, ...]
    profile: tuple[int, ...]
    few: int
    is_shift_in_title: bool = False


class World:
    """The offers of a country: drawn by number, so that any may be made again."""

    def __init__(self, seed: int, employers: int) -> None:
        self.seed = seed
        self.employer_count = employers
        self.jobs = _jobs()
        self.towns = _towns()

    @cached_property
    def near(self) -> dict[str, list[Town]]:
        """Return the towns that share a postcode with each."""
        by_code: dict[str, list[Town]] = {}
        for town in self.towns:
            by_code.setdefault(town.postcode, []).append(town)
        return by_code

    def employer(self, number: int) -> Employer:
        """Return one employer."""
        rng = random.Random(self.seed * 1_000_003 + number)
        chief = f"{rng.choice(('Mme', 'M.'))} {rng.choice(w.NAMES)}"
        name = f"{rng.choice(w.SIGNS)} {rng.choice(w.NAMES)}"
        if rng.random() < 0.5:
            name += f" {rng.choice(w.NAMES)}"
        return Employer(
            number, f"{200_000_000 + number * 7 % 700_000_000:09d}", name, rng.choice(w.FORMS),
            (rng.randrange(len(w.INTROS)), rng.randrange(len(w.INTROS))),
            tuple(rng.sample(range(len(w.BENEFITS)), rng.randint(1, 5))),
            chief, rng.randint(1902, 2021), rng.randint(4, 900),
        )  # fmt: skip

    def plan(self, number: int) -> Plan:
        """Return what the offer of that number says: few trades and few towns have most of the offers."""
        rng = random.Random(self.seed * 7_919 + number)
        employer = self.employer(int(self.employer_count * rng.random() ** 2))
        home = random.Random(employer.number)
        town = self.towns[int(len(self.towns) * home.random() ** 3)]
        job = self.jobs[int(len(self.jobs) * home.choice((home.random(), rng.random())) ** 2)]
        return self._filled(rng, employer, town, job)

    def _filled(self, rng: random.Random, employer: Employer, town: Town, job: Job) -> Plan:
        contract = rng.choices(("cdi", "cdd", "temporary", "seasonal"), (55, 25, 15, 5))[0]
        return Plan(
            employer, town, job, rng.randrange(len(job.titles)), contract, rng.choice((1, 2, 3, 4, 6, 8, 9, 12)),
            rng.choices((35, 39, 37.5, 24, 20, 28, 30), (60, 10, 5, 8, 7, 5, 5))[0],
            round(rng.triangular(11.9, 22, 12.5), 2), rng.choice(("", "", "", "day", "night", "early", "evening",
            "weekend")),
            rng.choice((0, 1, 2, 2, 5)), tasks_of(rng, job), tuple(rng.sample(range(len(w.PROFILES)),
            rng.randint(2, 6))),
            rng.randint(3, 9), rng.random() < 0.3,
        )  # fmt: skip

    def somebody_else(self, plan: Plan, rng: random.Random) -> Employer:
        """Return another employer."""
        return self.employer(
            (plan.employer.number + rng.randrange(1, max(self.employer_count, 3))) % max(self.employer_count, 4)
        )

    def far_from(self, plan: Plan, rng: random.Random) -> Town:
        """Return another town, the nearest of some that have another postcode."""
        known = [one for one in rng.sample(self.towns, 600) if one.postcode != plan.town.postcode]
        return min(known, key=lambda one: _km(one, plan.town))


def tasks_of(rng: random.Random, job: Job, kept: Sequence[str] = ()) -> tuple[str, ...]:
    """Draw what is to be done: tasks of the trade, half of them in the house's own way, and some of the house."""
    chosen = [task for task in rng.sample(job.tasks, min(len(job.tasks), rng.randint(4, 11))) if task not in kept]
    own = [f"{task} {rng.choice(w.DETAILS)}" if rng.random() < 0.5 else task for task in chosen]
    return (*kept, *own, *rng.sample(w.TASKS, rng.randint(1, 3)))


def written(plan: Plan, rng: random.Random) -> OfferText:
    """Write an offer plainly, every fact told: as the employer deposits it."""
    parts = _parts(plan, rng)
    lines = [
        parts["intro"],
        "Vos missions :",
        *(f"- {task}" for task in parts["tasks"]),
        parts["profile"],
        parts["terms"],
    ]
    flat = [" ".join(line) if isinstance(line, list) else line for line in lines]
    return OfferText(
        title=_title(plan, rng), description="\n".join(flat), siret=plan.employer.siren + "00017",
        employer_name=_name(plan.employer, rng), **_place(plan.town), rome=plan.job.rome,
        contract=plan.contract, weekly_hours=plan.hours, pay_min=plan.pay, pay_period="hour",
    )  # fmt: skip


def rewritten(plan: Plan, world: World, rng: random.Random, *, is_cut: bool = True, **told: Any) -> OfferText:
    """Write the same offer as another feed does: order, words, form, what it cuts, adds and leaves out."""
    parts = _parts(plan, rng)
    parts["tasks"] = rng.sample(parts["tasks"], len(parts["tasks"])) if rng.random() < 0.6 else parts["tasks"]
    order = ["intro", "tasks", "profile", "terms"]
    if rng.random() < 0.5:
        rng.shuffle(order)
    sections = [[_retold(sentence, rng) for sentence in parts[name]] for name in order]
    body = FORMATS[rng.randrange(len(FORMATS))](order, sections, rng)
    if is_cut and rng.random() < 0.3:
        body = body[:_FEED_CUT]
    facts = _feed_facts(plan, world, rng) | told
    return OfferText(title=_feed_title(plan, rng), description=_surrounded(body, rng), **facts)


def neighbour(kind: str, plan: Plan, world: World, rng: random.Random) -> OfferText:
    """Write, as another feed does, an offer that looks like one and is another.

    The field that tells them apart is given: two offers that no fact and no word tell apart are one for anybody.
    """
    other = NEIGHBOURS[kind](world, plan, rng)
    told: dict[str, Any] = {
        "another contract": {"contract": other.contract}, "other hours": {"weekly_hours": other.hours},
        "another employer who copied": {"employer_name": _name(other.employer, rng)},
        "another town": _place(other.town),
    }.get(kind, {})  # fmt: skip
    return rewritten(other, world, rng, is_cut=False, **told)


def _parts(plan: Plan, rng: random.Random) -> dict[str, list[str]]:
    house = plan.employer
    told = {
        "name": house.name, "year": house.year, "staff": house.staff, "chief": house.chief, "town": plan.town.name,
        "few": plan.few, "months": plan.months, "season": ("printemps", "été", "automne", "hiver")[plan.few % 4],
    }  # fmt: skip

    def say(ways: Sequence[str]) -> str:
        return _once_in(rng, ways).format(**told)

    intro = [say(w.INTROS[number]) for number in dict.fromkeys((*house.intro, plan.few % len(w.INTROS)))]
    benefits = [say(w.BENEFITS[number]) for number in house.benefits]
    profile = [say(w.PROFILES[number]) for number in plan.profile]
    terms = [f"{say(w.CONTRACTS[plan.contract])}.", f"{_hours(plan, rng)}.", f"{_pay(plan, rng)}.", *benefits]
    if shift := say(w.SHIFT_SENTENCES[plan.shift]):
        terms.insert(1, shift)
    return {
        "intro": intro, "tasks": [task.format(**told) for task in plan.tasks], "terms": terms,
        "profile": [say(w.YEARS[plan.years]), *profile],
    }  # fmt: skip


def _once_in(rng: random.Random, ways: Sequence[str]) -> str:
    """Say it as it is mostly said, in another way one time in four."""
    return ways[0] if rng.random() < 0.75 else rng.choice(ways)


def _hours(plan: Plan, rng: random.Random) -> str:
    number = f"{plan.hours:g}".replace(".", ",")
    kind = "Temps plein" if plan.hours >= 35 else "Temps partiel"
    return rng.choice((f"{kind}, {number} h par semaine", f"{number}h/semaine", f"{number} heures hebdomadaires"))


def _pay(plan: Plan, rng: random.Random) -> str:
    month = plan.pay * plan.hours * 52 / 12
    hour = f"{plan.pay:.2f}".replace(".", ",")
    return rng.choice(
        (
            f"Salaire : {hour} € brut de l'heure", f"{hour} €/h", f"Rémunération de {month:.0f} € brut par mois",
            f"Salaire brut annuel : {12 * month:.0f} euros", f"{month:,.0f} €/mois".replace(",", " "),
        )
    )  # fmt: skip


def _name(house: Employer, rng: random.Random) -> str:
    return rng.choice((f"{house.form} {house.name}".strip(), house.name, house.name.upper()))


def _title(plan: Plan, rng: random.Random) -> str:
    label = plan.job.titles[plan.title]
    words = {"night": " de nuit", "day": " de jour"}
    return label + (words.get(plan.shift, "") if plan.is_shift_in_title else "") + rng.choice(("", " (H/F)", " H/F"))


def _feed_title(plan: Plan, rng: random.Random) -> str:
    label = plan.job.titles[plan.title]
    left, slash, right = label.partition(" / ")
    if slash and rng.random() < 0.6:
        rest = right.split()[len(left.split()) :]
        label = " ".join([left, *rest]) if rng.random() < 0.5 else right
    if plan.is_shift_in_title:
        label += {"night": " de nuit", "day": " de jour"}.get(plan.shift, "")
    label = _typos(label, rng) if rng.random() < 0.15 else label
    ends = ("", " H/F", " (F/H)", " F/H", f" - {plan.town.name}", f" {plan.town.department} H/F", f" - {_kind(plan)}")
    told = label + rng.choice(ends)
    return rng.choice((told, told, told.upper(), f"Recherche {told}"))


def _kind(plan: Plan) -> str:
    return {"temporary": "Intérim", "seasonal": "Saisonnier"}.get(plan.contract, plan.contract.upper())


def _feed_facts(plan: Plan, world: World, rng: random.Random) -> dict[str, Any]:
    """Return the fields that a feed fills in: the number of the employer in one of two, his name in four of five."""
    place = plan.town
    if rng.random() < 0.06:
        place = rng.choice(world.near[place.postcode])
    facts: dict[str, Any] = dict(_place(place))
    if rng.random() < 0.5:
        facts["siret"] = plan.employer.siren + "00017"
    if rng.random() < 0.8:
        facts["employer_name"] = _name(plan.employer, rng) if rng.random() < 0.9 else "Entreprise confidentielle"
    if rng.random() < 0.5:
        facts["rome"] = plan.job.rome
    if rng.random() < 0.7:
        facts["contract"] = plan.contract
    if rng.random() < 0.4:
        facts |= {"pay_min": round(plan.pay * plan.hours * 52 / 12), "pay_period": "month", "weekly_hours": plan.hours}
    return facts


def _place(town: Town) -> dict[str, Any]:
    return {
        "commune_code": town.code, "commune_name": town.name, "postcode": town.postcode,
        "latitude": town.latitude, "longitude": town.longitude,
    }  # fmt: skip


def _retold(sentence: str, rng: random.Random) -> str:
    """Put other words for some, shorten some, slip on some."""
    told = sentence
    for word, instead in w.SYNONYMS.items():
        if word in told.lower() and rng.random() < 0.4:
            told = re.sub(rf"(?i)\b{word}\b", instead, told)
    for word, short in w.SHORT.items():
        if word in told and rng.random() < 0.4:
            told = told.replace(word, short)
    return _typos(told, rng) if rng.random() < len(told.split()) / _TYPO_WORDS else told


def _typos(text: str, rng: random.Random) -> str:
    places = [place for place in range(1, len(text) - 1) if text[place - 1 : place + 2].isalpha()]
    if not places:
        return text
    place = rng.choice(places)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return rng.choice((swapped, text[:place] + text[place + 1 :], text[:place] + text[place] + text[place:]))


def _surrounded(body: str, rng: random.Random) -> str:
    facts = {"number": rng.randint(10_000, 99_999_999), "word": rng.choice(w.NAMES).lower()}
    if rng.random() < 0.4:
        body = f"{rng.choice(w.BEFORE).format(**facts)}\n{body}"
    return f"{body}\n{rng.choice(w.AFTER).format(**facts)}" if rng.random() < 0.5 else body


def _html(order: list[str], sections: list[list[str]], rng: random.Random) -> str:
    told = []
    for name, lines in zip(order, sections, strict=True):
        heading = f"<h3>{rng.choice(w.HEADINGS[name])}</h3>"
        told.append(
            heading
            + (f"<ul><li>{'</li><li>'.join(lines)}</li></ul>" if name == "tasks" else f"<p>{' '.join(lines)}</p>")
        )
    return "".join(told).replace("é", "&eacute;") if rng.random() < 0.2 else "".join(told)


def _bullets(order: list[str], sections: list[list[str]], rng: random.Random) -> str:
    sign = rng.choice("-•*▪")
    blocks = (
        f"{rng.choice(w.HEADINGS[name]).upper()}\n" + "\n".join(f"{sign} {line}" for line in lines)
        for name, lines in zip(order, sections, strict=True)
    )
    return "\n\n".join(blocks)


def _flowing(order: list[str], sections: list[list[str]], rng: random.Random) -> str:
    told = []
    for name, lines in zip(order, sections, strict=True):
        joined = ", ".join(line[:1].lower() + line[1:] for line in lines)
        told.append(f"Vous aurez à : {joined}." if name == "tasks" else " ".join(lines))
    return " ".join(told)


def _stripped(order: list[str], sections: list[list[str]], rng: random.Random) -> str:
    accents = str.maketrans("éèêàâîôùûç", "eeeaaiouuc")
    return "\n".join(line.translate(accents) for lines in sections for line in lines)


FORMATS = (_html, _bullets, _flowing, _stripped)


def _other_post(world: World, plan: Plan, rng: random.Random) -> Plan:
    job = rng.choice([one for one in world.jobs if one.rome != plan.job.rome])
    return replace(plan, job=job, title=rng.randrange(len(job.titles)), tasks=tasks_of(rng, job))


def _same_trade(world: World, plan: Plan, rng: random.Random) -> Plan:
    """Another title of the trade, its own tasks: two posts of one workshop."""
    title = (plan.title + rng.randrange(1, len(plan.job.titles))) % len(plan.job.titles)
    return replace(plan, title=title, tasks=tasks_of(rng, plan.job), pay=_far_pay(plan, rng))


def _other_town(world: World, plan: Plan, rng: random.Random) -> Plan:
    return replace(plan, town=world.far_from(plan, rng))


def _other_shift(world: World, plan: Plan, rng: random.Random) -> Plan:
    return replace(plan, shift="day" if plan.shift == "night" else "night", is_shift_in_title=True)


def _other_contract(world: World, plan: Plan, rng: random.Random) -> Plan:
    return replace(plan, contract="cdd" if plan.contract == "cdi" else "cdi")


def _other_mission(world: World, plan: Plan, rng: random.Random) -> Plan:
    """Same house, same title: another team, other tasks, another pay."""
    return replace(
        plan, tasks=tasks_of(rng, plan.job), pay=_far_pay(plan, rng), years=5 if plan.years < 2 else 0,
        profile=tuple(rng.sample(range(len(w.PROFILES)), 3)), few=3 + (plan.few - 2) % 7,
    )  # fmt: skip


def _other_hours(world: World, plan: Plan, rng: random.Random) -> Plan:
    return replace(plan, hours=24 if plan.hours >= 30 else 35)


def _other_employer(world: World, plan: Plan, rng: random.Random) -> Plan:
    """The same trade in the same town, half of the same tasks."""
    return replace(
        world._filled(rng, world.somebody_else(plan, rng), plan.town, plan.job), title=plan.title,
        tasks=tasks_of(rng, plan.job, plan.tasks[: len(plan.tasks) // 2]),
    )  # fmt: skip


def _copied(world: World, plan: Plan, rng: random.Random) -> Plan:
    """Another employer who copied the tasks and the profile, told under his own name."""
    return replace(plan, employer=world.somebody_else(plan, rng), pay=_far_pay(plan, rng), few=3 + (plan.few - 2) % 7)


def _far_pay(plan: Plan, rng: random.Random) -> float:
    return round(plan.pay * rng.choice((0.88, 1.13, 1.3)), 2)


NEIGHBOURS: dict[str, Callable[[World, Plan, random.Random], Plan]] = {
    "another post": _other_post, "another title of the trade": _same_trade, "another town": _other_town,
    "another shift": _other_shift, "another contract": _other_contract, "another mission, same title": _other_mission,
    "other hours": _other_hours, "another employer, same trade and town": _other_employer,
    "another employer who copied": _copied,
}  # fmt: skip


def _km(one: Town, other: Town) -> float:
    wide = (one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return 111.2 * math.hypot(one.latitude - other.latitude, wide)


def _jobs() -> list[Job]:
    folder = BUILTIN / "skills" / "builtin"
    labels = {row["id"]: row["label"] for row in _rows(folder / "skills.csv") if row["kind"] == "know_how"}
    titles: dict[str, list[str]] = {}
    for row in _rows(folder / "job_titles.csv"):
        if not _TELLS_FACTS.search(row["label"]):
            titles.setdefault(row["rome"], []).append(row["label"])
    tasks: dict[str, list[str]] = {}
    for row in _rows(folder / "occupation_skills.csv"):
        if row["skill_id"] in labels:
            tasks.setdefault(row["rome"], []).append(labels[row["skill_id"]])
    known = [Job(rome, tuple(titles.get(rome, ())), tuple(done)) for rome, done in tasks.items()]
    return random.Random(5).sample(
        [job for job in known if len(job.titles) > 1 and len(job.tasks) > 4], len(known) // 8 * 7
    )


def _towns() -> list[Town]:
    rows = [row for row in _rows(BUILTIN / "territories" / "builtin" / "communes.csv") if row["latitude"]]
    rows.sort(key=lambda row: -int(row["population"] or 0))
    return list(
        starmap(
            Town,
            (
                (row["code"], row["name"], row["department"], float(row["latitude"]), float(row["longitude"]),
                 row["postcodes"].split("|")[0])
                for row in rows
            ),
        )
    )  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
