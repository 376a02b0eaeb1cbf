"""Processes killed with -9 under load: nothing acknowledged is lost or doubled, and all is soon back (R1, R4, R5)."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time

import psycopg

from tests.crash.site_under_load import Site, Writer
from tests.promises import KEPT_IN, Promise, kill_count

WRITERS = 3
DATABASE_SECONDS = 1.0
SITE_SECONDS = 5.0
WHEN_BUSY = 20  # outside of the night, other tests share the machine: durations then say little of the product
PATIENCE_SECONDS = 60.0
OTHERS = ("web worker", "web master", "web worker", "background worker")


def test_nothing_acknowledged_is_lost_or_doubled_whatever_is_killed(site: Site, promise: Promise) -> None:
    chance, count = random.Random(4), kill_count()
    writers = [Writer(site, f"w{number}") for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    database, after_database = zip(*(kill_database(site, turn, chance) for turn in range(count)), strict=True)
    others = [kill_other(site, OTHERS[turn % len(OTHERS)], chance) for turn in range(count - 1)]
    supervisor = kill_supervisor(site)
    for writer in writers:
        writer.finish()
    wrong = [fault for writer in writers for fault in writer.wrong]
    assert not wrong, f"{len(wrong)} wrong answers: {wrong[0]}\n{site.faults()}"
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    lost, doubled = compare(site, acknowledged)
    told = f"{lost} perdue, {doubled} en double, sur {len(acknowledged)} écritures"
    is_met = not lost and not doubled and len(acknowledged) > 2 * count
    promise("R1", f"{told}, {count} arrêts de la base et {count} d'autre chose", is_met=is_met)
    p95 = statistics.quantiles(database, n=20, method="inclusive")[-1]
    longest = max(*after_database, *others)
    told = f"base {p95:.2f} s (p95), site {longest:.1f} s au plus, aucune réponse 500"
    busy = 1 if KEPT_IN in os.environ else WHEN_BUSY
    is_met = p95 <= busy * DATABASE_SECONDS and longest <= busy * SITE_SECONDS
    promise("R4", f"{told} ; après l'arrêt du superviseur, {supervisor:.1f} s", is_met=is_met)
    look_at_every_page(site, promise, 2 * count)


def kill_database(site: Site, turn: int, chance: random.Random) -> tuple[float, float]:
    """Kill the server or one of its processes; return how long the base, then the site, were away."""
    family = site.family("postgres")
    os.kill(family[0] if turn % 2 == 0 else chance.choice(family), signal.SIGKILL)
    return site.wait_database(PATIENCE_SECONDS), site.wait_answer(PATIENCE_SECONDS)


def kill_other(site: Site, what: str, chance: random.Random) -> float:
    """Kill a process that is not the base; return how long the site was away."""
    master, *workers = site.family("gunicorn")
    if what == "web worker" and workers:
        victim = chance.choice(workers)
    elif what == "background worker":
        victim = site.family("worker")[0]
    else:
        victim = master
    os.kill(victim, signal.SIGKILL)
    return site.wait_answer(PATIENCE_SECONDS)


def kill_supervisor(site: Site) -> float:
    """Kill the process above all, and start it again as a service manager does."""
    assert site.supervisor is not None
    site.supervisor.kill()
    site.supervisor.wait()
    site.supervisor = None
    killed_at = time.monotonic()
    site.start()
    return time.monotonic() - killed_at


def compare(site: Site, acknowledged: list[str]) -> tuple[int, int]:
    """Return how many acknowledged writes are not in the base, and how many are there twice."""
    with psycopg.connect(site.database_url("app")) as base:
        found = [row[0] for row in base.execute("select outcome from employers_contactlog where outcome ~ '^w[0-9]-'")]
    return len(set(acknowledged) - set(found)), len(found) - len(set(found))


def look_at_every_page(site: Site, promise: Promise, kills: int) -> None:
    with psycopg.connect(site.database_url("app")) as base:
        is_summed = base.execute("select current_setting('data_checksums')").fetchone() == ("on",)
    checked = site.command("check")
    told = "sommes actives, 0 page, index ou lien abîmé" if not checked.returncode else checked.stderr.strip()
    promise("R5", f"{told} après {kills} arrêts", is_met=is_summed and checked.returncode == 0)
