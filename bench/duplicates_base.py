"""Measure the search of near-duplicates in the database: one offer among 200 000, a file of lines, the index it takes.

Run with `python -m bench.duplicates_base [--json] [--known 200000] [--lines 2000]`.
"""

import argparse
import multiprocessing as mp
import random
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from bench.duplicates import SEED
from bench.report import Report, arguments, resident_mb, timed
from bench.site import new_site
from entremise.config.database import as_owner
from entremise.config.environment import Environment
from entremise.lib.nearduplicates import VERSION, OfferText, Signature, sign
from tests.factories.offer_rewriter import World, rewritten, written

KNOWN, LINES, ASKED, TARGET_MS = 200_000, 2_000, 200, 20
OFFERS_OF_ONE, CHUNK = 8, 2_000
Made = tuple[int, OfferText, Signature]


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--known", type=int, default=KNOWN)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--plan", action="store_true", help="print how the database looks for one offer")
    asked = parser.parse_args(given)
    report = Report("duplicates_base")
    with new_site() as settings:
        _measure(settings, asked, report)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(settings: Environment, asked: argparse.Namespace, report: Report) -> None:
    from django.db import connection

    from entremise.offers.queries_duplicates import duplicates_of, duplicates_of_many
    from entremise.offers.queries_signatures import KnownOffers, candidates

    known, lines = asked.known, asked.lines
    world = World(SEED + 3, known // OFFERS_OF_ONE)
    with as_owner(settings):
        _fill(world, known)
    dataset = f"{known:,} open offers of {known // OFFERS_OF_ONE:,} employers"
    rng = random.Random(SEED + 4)
    drawn = [rng.randrange(known) for _ in range(max(lines, ASKED))]
    texts = [rewritten(world.plan(number), world, rng) for number in drawn]
    answers: list[Any] = []
    timed(duplicates_of, texts[:20])
    times = timed(lambda text: answers.append(duplicates_of(text)), texts[:ASKED])
    report.shares("duplicates of one offer", times, targets={0.95: TARGET_MS}, dataset=dataset)
    signatures = [sign(text) for text in texts[:ASKED]]
    report.shares("lookup by its keys", timed(candidates, signatures), dataset=dataset)
    hits = sum(bool(same) and same[0].offer_id == _id(4, number) for same, number in zip(answers, drawn, strict=False))
    report.figure(name="found", value=100 * hits / ASKED, unit="%", dataset=dataset)
    base = KnownOffers()
    (milliseconds,) = timed(lambda count: base.search(count), [known])
    report.figure(name="read of every signature", value=milliseconds / 1000, unit="s", dataset=dataset)
    before, started = resident_mb(), time.perf_counter()
    found = duplicates_of_many(dict(enumerate(texts[:lines])), known=base)
    seconds = time.perf_counter() - started
    report.figure(
        name=f"file of {lines:,} lines", value=seconds, unit="s", dataset=dataset,
        against=f"one process; {len(found):,} found; memory +{resident_mb() - before:.0f} MB",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for what in ("offers_offersignature", "offers_offersignaturekey", "offers_offersignaturekey_pkey"):
            cursor.execute("select pg_total_relation_size(%s::regclass)", [what])
            report.figure(name=f"size of {what}", value=cursor.fetchone()[0] / 1e6, unit="MB", dataset=dataset)
        if asked.plan:
            print(_plan(cursor, sign(texts[0])), file=sys.stderr)


def _plan(cursor: Any, signature: Signature) -> str:
    """Return how the database looks for what may be the same as one offer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from entremise.offers.queries_signatures import candidates

    with CaptureQueriesContext(connection) as captured:
        candidates(signature)
    cursor.execute("explain (analyze, buffers) " + captured[0]["sql"])
    return "\n".join(row[0] for row in cursor.fetchall())


def _fill(world: World, known: int) -> None:
    """Write the offers and their signatures by COPY; the rows behind them are bare."""
    from django.db import connection

    from entremise.skills import actions as skills
    from entremise.skills.models import Occupation
    from entremise.territories import actions as territories
    from tests.factories.accounts import AgencyFactory

    territories.load_builtin()
    skills.load_builtin()
    agency = AgencyFactory()
    jobs = dict(Occupation.objects.values_list("rome_code", "pk"))
    with connection.cursor() as cursor:
        _copy(
            cursor, "employers_establishment",
            "id, siret, name, legal_name, search_name, commune_id, address, size_band, email_domain, phone, "
            "is_fictional",
            (_establishment(world, number) for number in range(world.employer_count)),
        )  # fmt: skip
        with mp.get_context("spawn").Pool(2) as pool:
            parts = ((world, start, min(CHUNK, known - start)) for start in range(0, known, CHUNK))
            for made in pool.imap_unordered(_made, parts):
                _write(cursor, made, world, agency.pk, jobs)
        for table in ("employers_establishment", "offers_offer", "offers_offersignature", "offers_offersignaturekey"):
            cursor.execute(f"vacuum analyze {table}")


def _made(job: tuple[World, int, int]) -> list[Made]:
    world, start, count = job
    offers = [(number, written(world.plan(number), random.Random(number))) for number in range(start, start + count)]
    return [(number, offer, sign(offer)) for number, offer in offers]


def _establishment(world: World, number: int) -> tuple[Any, ...]:
    house = world.employer(number)
    siret = house.siren + "00017"
    return _id(1, number), siret, house.name, "", "", world.towns[0].code, "", "", "", "", False


def _write(cursor: Any, made: list[Made], world: World, agency: Any, jobs: dict[str, Any]) -> None:
    offers = (
        (
            _id(4, number), _id(1, world.plan(number).employer.number), offer.title, offer.description,
            jobs[offer.rome], offer.commune_code, offer.contract, "any", [], [], [], agency, "open", "",
            "2026-11-01", "2026-11-02", offer.weekly_hours, round(100 * (offer.pay_min or 0)), "hour",
        )
        for number, offer, _signature in made
    )  # fmt: skip
    _copy(
        cursor, "offers_offer",
        "id, establishment_id, title, description, occupation_id, commune_id, contract, working_time, schedules, "
        "licences, languages, agency_id, state, close_reason, created_at, opened_at, weekly_hours, pay_min_cents, "
        "pay_period", offers,
    )  # fmt: skip
    signatures = ((_id(4, number), one.sketch, VERSION, 1, "2026-11-01") for number, _offer, one in made)
    _copy(cursor, "offers_offersignature", "offer_id, sketch, made_by, offer_version, made_at", signatures)
    keys = ((key, _id(4, number)) for number, _offer, one in made for key in one.keys)
    _copy(cursor, "offers_offersignaturekey", "key, signature_id", keys)


def _copy(cursor: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with cursor.copy(f"copy {table} ({columns}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def _id(kind: int, number: int) -> UUID:
    return UUID(int=0xD0 << 120 | kind << 100 | 4 << 76 | 2 << 62 | number)


if __name__ == "__main__":
    sys.exit(main())
