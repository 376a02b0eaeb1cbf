"""Measure the search of establishments among 300 000, by each thing that an adviser types.

Run with `python -m bench.establishment_search [--json] [--rows 300000]`. The processor's time, of this process and of
the database, is beside: on a machine that does other things it says what the search costs.
"""

import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.report import Report, arguments, timed
from bench.site import database_seconds, new_site
from entremise.config.database import refresh_statistics

ROWS, ASKED, TARGET_MS, SHOWN, SEED = 300_000, 150, 120, 40, 20_261_122


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="how many (the target is for 300000)")
    asked = parser.parse_args(given)
    report = Report("establishment_search")
    with new_site() as settings, TemporaryDirectory(prefix="entremise-bench-") as folder:
        actor = _fill(Path(folder), asked.rows)
        refresh_statistics(settings)
        for kind, texts in _typed().items():
            _measure(report, kind, texts, actor, f"{asked.rows:,} invented establishments, {ASKED} searches a line")
    report.print(asked.json)
    return 0 if report.is_met else 1


def _fill(folder: Path, rows: int) -> Any:
    """Load a stock file and a contact for two establishments in three; return an adviser of two departments."""
    from bench import sirene_data  # these need the settings
    from entremise.employers import actions_sirene
    from entremise.employers.models import Contact, Establishment
    from entremise.kernel.actors import Actor, ActorKind, Role
    from entremise.lib.uuid7 import uuid7
    from entremise.territories.actions import load_builtin

    load_builtin()
    path = folder / "StockEtablissement.csv"
    sirene_data.write_stock(path, rows)
    actions_sirene.load_stock(path)
    keys = Establishment.objects.order_by("siret").values_list("pk", flat=True)[: 2 * rows // 3]
    contacts: Any = Contact.objects.unscoped("a bench")
    contacts.bulk_create(
        (
            Contact(
                establishment_id=key, name=f"C{n}", email=f"contact{n}@ent{n % 5000}.example", phone=f"+336{n:08d}"
            )
            for n, key in enumerate(keys)
        ),
        batch_size=5_000,
    )
    return Actor(
        ActorKind.USER, str(uuid7()), frozenset({Role.BUSINESS_ADVISER}), second_factor=True,
        departments=frozenset({"26", "07"}), agency_ids=frozenset({uuid7()}),
    )  # fmt: skip


def _typed() -> dict[str, list[str]]:
    from entremise.employers.models import Establishment

    chance = random.Random(SEED)
    rows = list(Establishment.objects.order_by("siret").values_list("name", "siret", "commune__name"))
    sample = [(number, *row) for number, row in enumerate(chance.sample(rows, ASKED))]
    return {
        "a name": [name for _, name, _, _ in sample],
        "a name and a town": [f"{name} {town}" for _, name, _, town in sample],
        "a town": [town for _, _, _, town in sample],
        "four letters": [name[:4] for _, name, _, _ in sample],
        "two letters": [name[:2] for _, name, _, _ in sample],
        "a name misspelt": [f"{name[:5]}x{name[5:]}" for _, name, _, _ in sample],
        "the beginning of a SIRET": [siret[: chance.choice((9, 11, 14))] for _, _, siret, _ in sample],
        "an address": [f"contact{number * 50}@ent" for number, *_ in sample],
        "a telephone number": [f"06{number * 50:08d}" for number, *_ in sample],
    }


def _measure(report: Report, kind: str, texts: list[str], actor: Any, dataset: str) -> None:
    from entremise.employers import queries

    found: list[int] = []
    timed(lambda text: queries.search(text, actor, limit=SHOWN), texts[:10])
    ours, database = time.process_time(), database_seconds()
    times = timed(lambda text: found.append(len(queries.search(text, actor, limit=SHOWN))), texts)
    ours, database = time.process_time() - ours, database_seconds() - database
    report.shares(kind, times, targets={0.95: TARGET_MS}, dataset=dataset)
    report.figure(
        name=f"{kind}, processor", value=1_000 * (ours + database) / len(texts), unit="ms", dataset=dataset,
        against=f"{1_000 * database / len(texts):.0f} ms of it the database's; {sum(map(bool, found))} found some",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
