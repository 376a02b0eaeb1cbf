"""Who reads the words of a file's offers: the same answer from other processes, which end when they must."""

import datetime as dt
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from entremise.lib.fairwording import OfferFacts, parameters_on
from entremise.lib.nearduplicates import OfferText, Signature
from entremise.lib.offerfeeds import Line, told
from entremise.offers.clients_readers import readers
from entremise.offers.models import Offer
from entremise.offers.queries_aggregated import start_run, verdicts
from entremise.offers.rules_words import Asked, Words, WordsRead, read_asked
from tests.factories.offer_feeds import Sender

TEXTS = (
    "Préparation des plats chauds, du lundi au vendredi.",
    "Nous recherchons une personne de moins de 30 ans, célibataire.",
    "Versez 50 euros de frais de dossier avant l'entretien, puis écrivez sur Telegram uniquement.",
)
PARAMETERS = parameters_on(dt.date(2026, 11, 22))
HELD_OPEN = """
import multiprocessing, time
from entremise.lib.nearduplicates import OfferText, Signature
from entremise.lib.offerfeeds import Line, told
from entremise.offers.clients_readers import readers
from entremise.offers.rules_words import Asked

if __name__ == "__main__":
    with readers(1 + 1, many=1) as held:
        held.read([Asked(None, OfferText(title="Soudeur"))])
        print(*[one.pid for one in multiprocessing.active_children()], flush=True)
        time.sleep(60)
"""


def asked(text: str) -> Asked:
    """Return what is asked of an offer that says this."""
    return Asked(
        Words("Cuisinier (H/F)", text, OfferFacts(), PARAMETERS), OfferText(title="Cuisinier", description=text)
    )


def test_other_processes_answer_the_same_and_one_that_dies_costs_nothing() -> None:
    wanted = [*map(asked, TEXTS), Asked(None, OfferText(title="Soudeur"))] * 40
    here = read_asked(wanted)
    blocking = [bool(read and (read.findings or read.frauds)) for read, _signature in here[:4]]
    assert blocking == [False, True, True, False]
    with readers(2, many=100) as many:
        assert many.read(wanted[:50]) == here[:50]
        assert not multiprocessing.active_children()  # too few to be worth it
        assert many.read(wanted) == here
        os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        assert many.read(wanted) == here
    assert not multiprocessing.active_children()


def test_what_is_read_ahead_is_what_would_be_read_and_what_changed_meanwhile_is_read_again() -> None:
    first, second = [*map(asked, TEXTS)] * 40, [*map(asked, TEXTS[::-1])] * 40
    unknown = [replace(one, words=None) for one in second]
    others = [replace(one, words=replace(one.words, title="Jeune cuisinier de moins de 30 ans")) for one in second[:9]]
    with readers(2, many=100) as many:
        for some in (first, unknown, second, first, []):
            many.ahead(some)
        assert many.read(first) == read_asked(first)
        assert many.read(second) == read_asked(second)  # its words were thought to be known
        assert many.read([*others, *unknown[9:]]) == [*read_asked(others), *read_asked(second[9:])]
        os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)
        assert many.read(second) == read_asked(second)  # neither foreseen
        assert many.read([]) == []
        assert many.read(first[:3]) == read_asked(first[:3])


@pytest.mark.nightly
def test_the_readers_of_a_killed_worker_end_with_it(tmp_path: Path) -> None:
    script = tmp_path / "held_open.py"
    script.write_text(HELD_OPEN)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(root)}
    ) as worker:
        assert worker.stdout is not None
        pids = [int(word) for word in worker.stdout.readline().split()]
        worker.kill()
    assert len(pids) >= 1
    until = time.monotonic() + 30
    while any(is_alive(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(is_alive(pid) for pid in pids)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.django_db
def test_the_same_words_in_two_towns_are_read_once_and_what_is_unchanged_never() -> None:
    sender = Sender()
    seen: list[list[bool]] = []

    def read(wanted: Sequence[Asked]) -> list[tuple[WordsRead | None, Signature]]:
        seen.append([one.words is not None for one in wanted])
        return read_asked(wanted)

    lines = [Line(place, told(sender.offer(name))) for place, name in enumerate(("A-1", "B-1", "A-2"), 1)]
    run = start_run(sender.partner, read=read)
    assert [one.fate for one in verdicts(run, lines)] == ["created"] * 3
    assert seen == [[True, False, True]]
    sender.send(sender.offer("A-1"))
    assert [one.fate for one in verdicts(start_run(sender.partner, read=read), lines[:1])] == ["unchanged"]
    assert seen[1:] == [[]]
    assert Offer.objects.unscoped("a test").count() == 1
