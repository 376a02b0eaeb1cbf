"""Measure the page of results of the pool over HTTP: twenty advisers signed in, the site started as `run` starts it.

Run with `python -m bench.pool_http [--json] [--people 300] [--advisers 20] [--seconds 30]`. With ENTREMISE_VAR it uses
the site of that folder (a demonstration, stopped), whatever its size, and adds nothing to it but sessions; without, it
makes one in a temporary folder.

Each adviser is a thread with a session and a connection of her own, who asks for a whole page, reads it to the end and
asks for another: a draw of occupation, place, radius and filters among those of the advisers' departments. Two models,
one after the other: each waits for about a second after each page (0.5 to 1.5), as nobody reads quicker; or nobody
waits, and twenty requests are always there for two cores: the time told is then mostly that of the queue. All run on
this machine, those who ask too.
"""

import random
import sys
import threading
import time

from bench.pool_visitors import Adviser, advisers, searches
from bench.report import Report, arguments
from bench.running_site import folder_of_site, running

PEOPLE, ADVISERS, SECONDS, SEED = 300, 20, 30.0, 20261122
THINKING_S = (0.5, 1.5)
TARGET_MS = 80.0


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people a new site has")
    parser.add_argument("--advisers", type=int, default=ADVISERS, help="how many advisers search at the same time")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long each model is played")
    asked = parser.parse_args(given)
    report = Report("pool_http")
    with folder_of_site() as folder, running(folder, asked.people) as site:
        drawn, size = searches(folder, 1_000, SEED)
        everybody = advisers(folder, site.address, asked.advisers)
        dataset = f"{size:,} people in the pool of the whole site, {asked.advisers} advisers, 2 web processes"
        _play(everybody, drawn, 3.0, (0.0, 0.0))  # templates compiled, index opened
        for thinking, told in ((THINKING_S, "a second between pages"), ((0.0, 0.0), "nobody ever waits")):
            before = site.processor_ms()
            times = _play(everybody, drawn, asked.seconds, thinking)
            each = (site.processor_ms() - before) / len(times)
            _told(report, times, each, bool(thinking[1]), f"{dataset}, {told}")
    report.print(asked.json)
    return 0 if report.is_met else 1


def _play(everybody: list[Adviser], drawn: list[str], seconds: float, thinking: tuple[float, float]) -> list[float]:
    """Let all search at the same time; return how long each page took, in milliseconds."""
    times: list[list[float]] = [[] for _adviser in everybody]
    faults: list[Exception] = []
    end = time.monotonic() + seconds

    def search(number: int) -> None:
        rng = random.Random(SEED + number)
        try:
            while time.monotonic() < end:
                time.sleep(rng.uniform(*thinking))
                times[number].append(everybody[number].page(rng.choice(drawn)))
        except Exception as fault:  # noqa: BLE001  # told by the thread that started this one
            faults.append(fault)

    threads = [threading.Thread(target=search, args=[number], daemon=True) for number in range(len(everybody))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return [spent for own in times for spent in own]


def _told(report: Report, times: list[float], processor_ms: float, is_held: bool, dataset: str) -> None:
    report.shares("page of results", times, targets={0.95: TARGET_MS} if is_held else None, dataset=dataset)
    report.figure(name="pages served", value=len(times), unit="", dataset=dataset)
    report.figure(
        name="processor time a page", value=processor_ms, unit="ms", dataset=dataset,
        against="the site's processes together, its database and its background jobs included",
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
