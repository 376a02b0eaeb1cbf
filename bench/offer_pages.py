"""Measure the public pages of the offers with 200 000 published ones: time, queries; against a tenth of them.

Run with `python -m bench.offer_pages [--json] [--offers 200000]`.
"""

import json
import re
import subprocess
import sys
import time
from functools import partial
from typing import Any

from bench.report import Report, arguments, percentile, timed
from bench.site import database_seconds, new_site
from entremise.config.database import refresh_statistics

OFFERS, TIMES_LESS = 200_000, 10
VIEWS = 40
TARGET_MS, MOST_QUERIES = 120, 12
TITLES = (
    "Infirmier / Infirmière", "Serveur / Serveuse", "Cuisinier / Cuisinière", "Maçon / Maçonne", "Comptable",
    "Aide à domicile", "Conducteur / Conductrice de car", "Vendeur / Vendeuse", "Électricien / Électricienne",
    "Agent / Agente d'entretien", "Secrétaire", "Boulanger / Boulangère",
)  # fmt: skip
ROWS = """
insert into offers_offer (id, establishment_id, title, occupation_id, commune_id, contract, working_time, schedules,
    licences, languages, description, agency_id, state, created_at, opened_at, close_reason, expires_on)
select uuidv7(interval '-1 second' * n), e.ids[1 + n %% array_length(e.ids, 1)],
    t.titles[1 + n %% array_length(t.titles, 1)] || ' ' || n %% 500, o.ids[1 + n %% array_length(o.ids, 1)],
    c.codes[1 + (n * 7919) %% array_length(c.codes, 1)], (array['cdi', 'cdd', 'temporary'])[1 + n %% 3],
    (array['full', 'part', 'any'])[1 + n %% 3], '{}', '{}', '{}', repeat('Vous rangez les colis du quai. ', 20),
    (select id from accounts_agency limit 1), 'open', now() - interval '20 second' * n,
    now() - interval '20 second' * n, '', current_date + 30
from generate_series(1, %s) n,
    (select array_agg(id) ids from employers_establishment) e, (select array_agg(id) ids from skills_occupation) o,
    (select array_agg(code) codes from territories_commune) c, (select %s::text[] titles) t
"""
PAGES = {
    "all offers": "/offres/", "a frequent word": "/offres/?q=serveuses", "two words": "/offres/?q=agent+entretien",
    "a rare word": "/offres/?q=infirmière+499", "a word unknown": "/offres/?q=zzz",
    "a place, 20 km": "/offres/?lieu=26000&rayon=20",
    "a word, a place, 100 km": "/offres/?q=maçon&lieu=69001&rayon=100",
    "a contract and a working time": "/offres/?contrat=cdd&temps=part", "an occupation": "/offres/?rome=G1602",
    "since yesterday": "/offres/?depuis=1", "the feed of a search": "/offres/flux.atom?q=comptable",
    "for another site": "/offres/cadre/?q=secrétaire",
}  # fmt: skip


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--offers", type=int, default=OFFERS, help="how many (the target is for 200000)")
    parser.add_argument("--alone", action="store_true", help="measure one set of data in this process, as JSON")
    asked = parser.parse_args(given)
    if asked.alone:
        sys.stdout.write(json.dumps(_measured(asked.offers)) + "\n")
        return 0
    report = Report("offer_pages")
    few, many = _in_a_child(asked.offers // TIMES_LESS), _in_a_child(asked.offers)
    for name, (p95, queries, used) in many.items():
        report.figure(
            name=f"{name}, p95", value=p95, unit="ms", target=f"< {TARGET_MS}", met=p95 < TARGET_MS,
            ratio=p95 / few[name][0], dataset=f"{asked.offers:,} offers, {VIEWS} views, one process",
            against=f"{asked.offers // TIMES_LESS:,} offers: {few[name][0]:.0f} ms",
        )  # fmt: skip
        report.figure(
            name=f"{name}, processor", value=used, unit="ms",
            dataset=f"{asked.offers:,} offers: processor of a view, the database's included",
        )  # fmt: skip
        report.figure(
            name=f"{name}, SQL queries", value=queries, unit="", target=f"<= {MOST_QUERIES}",
            met=queries <= MOST_QUERIES, dataset=f"{asked.offers:,} offers: queries",
        )  # fmt: skip
    report.print(asked.json)
    return 0 if report.is_met else 1


def _in_a_child(offers: int) -> dict[str, tuple[float, int, float]]:
    command = [sys.executable, "-m", "bench.offer_pages", "--alone", "--offers", str(offers)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, tuple[float, int, float]] = json.loads(done.stdout.splitlines()[-1])
    return told


def _measured(offers: int) -> dict[str, tuple[float, int, float]]:
    with new_site() as settings:
        from django.db import connection
        from django.test import Client

        _fill(offers)
        refresh_statistics(settings)
        client, found = Client(SERVER_NAME="localhost"), {}
        with connection.cursor() as cursor:
            cursor.execute("select id from offers_offer order by opened_at limit 1")
            pages = PAGES | {"one offer": f"/offres/{cursor.fetchone()[0]}/"}
        (key,) = re.findall(r"apres=([^\"&]+)", client.get("/offres/").content.decode())[:1]
        for name, path in {**pages, "the next page": f"/offres/?apres={key}"}.items():
            client.get(path)
            asked: list[str] = []
            with connection.execute_wrapper(partial(_count, asked)):  # the log is emptied when a request begins
                answer = client.get(path)
            assert answer.status_code == 200, (name, answer.status_code)
            ours, database = time.process_time(), database_seconds()
            p95 = percentile(timed(client.get, [path] * VIEWS), 0.95)
            used = time.process_time() - ours + database_seconds() - database
            found[name] = (p95, len(asked), 1_000 * used / VIEWS)
        return found


def _count(asked: list[str], execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    asked.append(sql)
    return execute(sql, params, many, context)


def _fill(offers: int) -> None:
    from django.db import connection

    from bench.feeds import world

    world(is_near=True)
    titles: Any = list(TITLES)
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [offers, titles])


if __name__ == "__main__":
    sys.exit(main())
