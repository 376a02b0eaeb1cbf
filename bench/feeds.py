"""Measure a partner's file of 50 000 offers: read, looked up, checked, compared, published, with its report.

The offers are those of a national partner: our 65 trades and their skills, in the towns of all the departments.
`--near` puts them all in one department and five trades, so that each has thousands of neighbours: the worst case.

Run with `python -m bench.feeds [--json] [--lines 50000]`. The alternative is what one writes first: each offer sent
alone, by the same rules, on a sample. The share of each stage is of the time that passes; the processor's time is that
of this process with those that read the words, then that of the database: a machine at rest with two cores takes at
least half of both.
"""

import io
import json
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.report import Report, arguments
from bench.site import database_seconds, new_site

LINES, SAMPLE = 50_000, 200
PLACES = 10_000
NEAR_PLACES, NEAR_COMMUNES, NEAR_TRADES = 3_000, 300, 5
SEED = 20261122
SECONDS = 180
_NOUNS = """
chantier atelier cuisine bureau entrepôt magasin ferme école clinique hôtel garage laboratoire parc
théâtre usine mairie crèche pharmacie boulangerie imprimerie scierie station musée serre cave
abattoir brasserie quai
"""
NOUNS = _NOUNS.split()
_VERBS = """
préparer ranger accueillir conduire contrôler réparer vendre nettoyer monter souder peindre classer
livrer servir tailler planter compter former installer mesurer emballer découper coudre rédiger
surveiller traire
"""
VERBS = _VERBS.split()
_THINGS = """
clients machines colis plans repas stocks véhicules dossiers outils plantes pièces commandes enfants
salles livres vitres tables câbles tuyaux caisses tissus animaux registres moteurs palettes
échantillons
"""
THINGS = _THINGS.split()


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="how many offers (the target is for 50000)")
    parser.add_argument("--near", action="store_true", help="all in one department, of five trades")
    asked = parser.parse_args(given)
    report = Report("feeds")
    with new_site():
        _measure(asked.lines, report, is_near=asked.near)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(count: int, report: Report, *, is_near: bool) -> None:
    from entremise.offers import actions_aggregated, queries_feeds

    stages = Stages()
    chance = random.Random(SEED)
    made = world(is_near=is_near)
    offers = [_offer(chance, number, made) for number in range(count)]
    where = "one department" if is_near else f"{len(made.codes):,} towns"
    dataset = f"{count:,} offers of {len(made.sirets):,} establishments, {len(made.trades)} trades, {where}, JSON"
    used, asked = _processor(), database_seconds()
    once, feed = _sent("Bench", offers)
    kept, used, asked = feed.created_count, _processor() - used, database_seconds() - asked
    target = SECONDS * count / LINES  # as many seconds a line
    report.figure(
        name="a new file, with its report", value=once, unit="s", target=f"< {target:g}", met=once < target,
        dataset=dataset,
        against=f"{kept:,} published, {feed.duplicate_count:,} duplicates, {feed.refused_count:,} refused",
    )  # fmt: skip
    report.figure(
        name="processor, for a line", value=1_000 * used / count, unit="ms", dataset=dataset,
        against="; ".join(f"{stage} {spent / once:.0%}" for stage, spent in stages.spent().items()),
    )  # fmt: skip
    report.figure(
        name="processor of the database, for a line", value=1_000 * asked / count, unit="ms", dataset=dataset,
        against=f"{used:.0f} s of ours and {asked:.0f} s of the database in all",
    )  # fmt: skip
    offers[0]["contract"] = "CDI" if offers[0]["contract"] == "CDD" else "CDD"
    again, feed = _sent("Bench", offers)
    report.figure(
        name="the file of the next day, one offer changed", value=again, unit="s", dataset=dataset,
        against=f"{feed.unchanged_count:,} unchanged", met=feed.unchanged_count >= kept - 1,
    )  # fmt: skip
    other = _partner("Un par un", rank=2)
    sample = [_offer(chance, count + number, made) for number in range(SAMPLE)]
    started = time.perf_counter()
    for one in sample:
        actions_aggregated.put(other, actor=actions_aggregated.FEEDS, fields=one)
    alone = SAMPLE / (time.perf_counter() - started)
    report.figure(
        name="offers a second in a file", value=count / once, unit="/s", ratio=count / once / alone, dataset=dataset,
        against=f"one by one, {alone:,.0f} a second on {SAMPLE} offers", met=queries_feeds.own(other).exists(),
    )  # fmt: skip


class Stages:
    """How long each stage of a file takes, those inside another apart."""

    def __init__(self) -> None:
        from entremise.offers import (
            actions_aggregated,
            actions_feeds,
            queries_aggregated,
            queries_feeds,
            queries_rivals,
        )

        self.times: Counter[str] = Counter()
        self._inside: list[float] = []
        self._watch(queries_feeds, "batches", "file read", is_iterator=True)
        self._watch(queries_aggregated, "verdicts", "lines looked up, compared")
        self._watch(queries_aggregated, "_check_words", "words read")
        self._watch(queries_rivals, "weigh", "same offers")
        self._watch(actions_aggregated, "write", "offers written")
        self._watch(actions_aggregated, "sign_offers", "signatures written")
        self._watch(actions_feeds, "bring_batch", "report of each line, journal")

    def spent(self) -> dict[str, float]:
        """Return the seconds of each stage so far, the longest first."""
        return dict(self.times.most_common())

    def _watch(self, module: Any, name: str, stage: str, *, is_iterator: bool = False) -> None:
        done: Callable[..., Any] = getattr(module, name)

        def each(*given: Any, **named: Any) -> Iterator[Any]:
            made = iter(done(*given, **named))
            while (one := self._timed(stage, next, made, None)) is not None:
                yield one

        def once(*given: Any, **named: Any) -> Any:
            return self._timed(stage, done, *given, **named)

        setattr(module, name, each if is_iterator else once)

    def _timed(self, stage: str, done: Callable[..., Any], *given: Any, **named: Any) -> Any:
        self._inside.append(0.0)
        started = time.perf_counter()
        try:
            return done(*given, **named)
        finally:
            spent = time.perf_counter() - started
            self.times[stage] += spent - self._inside.pop()
            if self._inside:
                self._inside[-1] += spent


def _processor() -> float:
    """Return the seconds of processor of this process and of those that it started and that ended."""
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade, what it is called and what one does in it."""

    rome: str
    titles: Sequence[str]
    skills: Sequence[str]


@dataclass(frozen=True, slots=True)
class World:
    """What offers are drawn from: SIRET, codes of towns, trades."""

    sirets: Sequence[str]
    codes: Sequence[str]
    trades: Sequence[Trade]


def world(*, is_near: bool) -> World:
    """Make the territories, the referential, an agency and establishments."""
    from entremise.accounts.enums import OrganisationKind
    from entremise.accounts.models import Agency, Organisation
    from entremise.employers.models import Establishment
    from entremise.lib.identifiers import siren_with_key, siret_with_key
    from entremise.skills import actions as skills
    from entremise.territories import actions as territories
    from entremise.territories.models import Commune

    territories.load_builtin()
    skills.load_builtin()
    every = Commune.objects.order_by("code")
    towns, places = (list(every[:NEAR_COMMUNES]), NEAR_PLACES) if is_near else (list(every), PLACES)
    organisation = Organisation.objects.create(kind=OrganisationKind.EMPLOYMENT_SERVICE, name="Service du bench")
    Agency.objects.create(
        organisation=organisation, name="Agence", commune=towns[0], department_id=towns[0].department_id
    )
    sirets = [siret_with_key(siren_with_key(f"8{number:07d}").value, 1).value for number in range(places)]
    Establishment.objects.bulk_create(
        Establishment(siret=one, name=f"Maison {number}", commune=towns[number % len(towns)])
        for number, one in enumerate(sirets)
    )
    trades = _trades()
    return World(sirets, [one.code for one in towns], trades[:NEAR_TRADES] if is_near else trades)


def _trades() -> list[Trade]:
    from entremise.skills.models import JobTitle, Occupation, OccupationSkill

    found = []
    for one in Occupation.objects.order_by("rome_code"):
        titles = JobTitle.objects.filter(occupation=one).order_by("external_id").values_list("label", flat=True)
        links = OccupationSkill.objects.filter(occupation=one).order_by("skill__external_id")
        found.append(
            Trade(one.rome_code, list(titles) or [one.label], list(links.values_list("skill__label", flat=True)))
        )
    return found


def _partner(name: str, rank: int) -> Any:
    import datetime as dt

    from entremise.accounts.models import Agency
    from entremise.kernel import clock
    from entremise.offers.models_partners import OfferPartner

    rows: Any = OfferPartner.objects.unscoped("a bench")
    told = {"channel": "file", "agreed_on": dt.date(2026, 1, 1), "created_at": clock.now(), "rank": rank}
    return rows.get_or_create(name=name, defaults={**told, "agency": Agency.objects.get()})[0]


def _sent(name: str, offers: list[dict[str, str]]) -> tuple[float, Any]:
    """Send a file and have it read; return how long it took, and the file as it stands."""
    from entremise.offers import actions_feeds, jobs_feeds, queries_feeds
    from entremise.offers.actions_aggregated import FEEDS

    body = io.BytesIO(json.dumps({"offers": offers}, ensure_ascii=False).encode())
    started = time.perf_counter()
    feed = actions_feeds.receive(_partner(name, rank=1), actor=FEEDS, filename="bench.json", content=body)
    jobs_feeds.run_feed(feed.pk)
    return time.perf_counter() - started, queries_feeds.feed_for_job(feed.pk)


def _offer(chance: random.Random, number: int, made: World) -> dict[str, str]:
    trade = chance.choice(made.trades)
    said = [
        f"{chance.choice(VERBS).capitalize()} les {chance.choice(THINGS)} de notre {chance.choice(NOUNS)} "
        f"puis {chance.choice(VERBS)} les {chance.choice(THINGS)}."
        for _ in range(chance.randint(3, 7))
    ] + [f"{one}." for one in chance.sample(trade.skills, min(len(trade.skills), chance.randint(3, 7)))]
    chance.shuffle(said)
    return {
        "reference": f"B-{number}", "title": chance.choice(trade.titles), "rome": trade.rome,
        "siret": chance.choice(made.sirets), "insee": chance.choice(made.codes),
        "contract": chance.choice(("CDI", "CDD")), "description": "\n".join(said), "weekly_hours": "35",
        "pay_min": str(chance.randint(2_000, 3_000)), "pay_period": "mois",
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
