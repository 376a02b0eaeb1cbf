"""Five times more people than the site can serve: some are served as fast as usual, the others told at once (R9)."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import statistics
import time
from pathlib import Path

import pytest

from tests.crash.site_under_load import Site, sign_in
from tests.promises import Promise

AT_ONCE = 6  # two processes, three pages each
TIMES = 5
NOMINAL_SECONDS = 8.0
CROWD_SECONDS = 60.0
REFUSED_SECONDS = 0.1
SLOWER = 2.0
HEAVIER = 1.15
Answer = tuple[int, float]


@pytest.mark.nightly
def test_a_crowd_slows_nobody_who_is_served_and_breaks_nothing(site: Site, promise: Promise) -> None:
    client, target, _token = sign_in(site)
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    client.close()
    page = Page(site.port, target.removesuffix("echanges/"), cookies)
    asyncio.run(page.by_turns(AT_ONCE, 3.0))  # everything is loaded and compiled
    usual = asyncio.run(page.by_turns(AT_ONCE, NOMINAL_SECONDS))
    assert {status for status, _ in usual} == {200}
    capacity = len(usual) / NOMINAL_SECONDS
    light = memory_of(site)
    answers = asyncio.run(page.at_rate(TIMES * capacity, CROWD_SECONDS))
    heavy = memory_of(site)
    served = [took for status, took in answers if status == 200]
    refused = [took for status, took in answers if status == 503]
    others = sorted({status for status, _ in answers} - {200, 503})
    slower = p95(served) / p95([took for _, took in usual])
    told = (
        f"{len(answers)} requêtes, {TIMES} fois la capacité ({capacity:.0f}/s) : p95 {slower:.1f} fois le nominal "
        f"pour {len(served)} servies, {len(refused)} refusées en {p95(refused) * 1000:.0f} ms (p95), mémoire "
        f"{100 * (heavy / light - 1):+.0f} %"
    )
    is_met = slower <= SLOWER and p95(refused) <= REFUSED_SECONDS and heavy <= HEAVIER * light
    promise("R9", told + (f", autres réponses : {others}" if others else ""), is_met=is_met and not others)


class Page:
    """One page of the site, asked as cheaply as possible: the crowd must not be slower than the site."""

    def __init__(self, port: int, path: str, cookies: str) -> None:
        self.port = port
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n"
        ).encode()

    async def by_turns(self, people: int, seconds: float) -> list[Answer]:
        """Ask again as soon as answered: what the site gives when all its places are taken, and nobody waits."""
        limit, answers = time.monotonic() + seconds, []

        async def one() -> None:
            while time.monotonic() < limit:
                answers.append(await self.ask())

        await asyncio.gather(*(one() for _ in range(people)))
        return answers

    async def at_rate(self, rate: float, seconds: float) -> list[Answer]:
        """Ask so many times a second, whatever comes back."""
        start, asked = time.monotonic(), []
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            asked.append(asyncio.create_task(self.ask()))
        return list(await asyncio.gather(*asked))

    async def ask(self) -> Answer:
        """Return the status of one answer, and how long it took; 0 when the line was refused or cut."""
        start, loop, head = time.monotonic(), asyncio.get_running_loop(), b""
        with contextlib.suppress(OSError, IndexError, ValueError), socket.socket() as line:  # less work than a stream
            line.setblocking(False)
            await loop.sock_connect(line, ("127.0.0.1", self.port))
            await loop.sock_sendall(line, self.request)
            while received := await loop.sock_recv(line, 1 << 18):
                head = head or received
            return int(head.split(b" ", 2)[1]), time.monotonic() - start
        return 0, time.monotonic() - start


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else 0.0


def memory_of(site: Site) -> int:
    """Return the memory of the processes of the site, in kilobytes."""
    total = 0
    for pid in site.family("gunicorn"):
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        total += int(status.partition("VmRSS:")[2].split()[0])
    return total
