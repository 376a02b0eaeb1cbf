"""Replay the attack of 2024 on a running site: stolen adviser sessions that take identities as fast as they can.

Run with `python -m bench.breach [--json] [--people 20000]`. It starts a demonstration of that many invented people in
a temporary folder, on the loopback only (or uses the stopped one of ENTREMISE_VAR). One stolen session, then ten at
once, collect identifiers from the pages of the pool and its filters, then ask for identities one after the other; the
other doors (names, references, suggestions, exports, messages to an accomplice) are tried by tests/web/test_breach.py.
A name counts when the page shows the telephone or the address of a revealed identity. It prints how many distinct
identities each account got, how long until the alert and until the cut (the worker of the site decides them), what the
slow crawl gets by the budget, what the same crawl gets when the owner of the database lifts the vault, and what
row-level security costs.
"""

import html
import itertools
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.pool_visitors import POOL, TOKEN, WHO, Adviser
from bench.report import Report, arguments
from bench.running_site import Site, database, folder_of_site, running

PEOPLE, SESSIONS, WANTED, ROUNDS = 20_000, 10, 250, 40
PROFILE = re.compile(rb"/conseil/profils/([0-9a-f-]{36})/")
NEXT = re.compile(rb'[?]([^"]*apres=[^"]*)"')
SHOWN = re.compile(rb'href="(?:tel|mailto):')
CEILING, ALERT_S, SLOWER = 200, 60.0, 1.3
PURPOSE = "promotion"
PLACES = itertools.count(2)
# As many advisers as there are thieves: copies of one of the demonstration, in the same agency.
RECRUIT = """
with made as (
  insert into accounts_user select (jsonb_populate_record(model, jsonb_build_object(
    'id', gen_random_uuid(), 'email', 'recrue' || number || '@demo.entremise.example'))).*
  from accounts_user model, generate_series(1, %(count)s) number where model.id = %(model)s returning id)
insert into accounts_membership select (jsonb_populate_record(m, jsonb_build_object(
  'id', gen_random_uuid(), 'user_id', made.id))).*
from made, accounts_membership m where m.user_id = %(model)s and m.ended_on is null
"""


@dataclass
class Stolen(Adviser):
    """A stolen session and what it took."""

    address: str
    account: str
    taken: set[bytes] = field(default_factory=set)
    refused: int = 0

    def __post_init__(self) -> None:
        super().__init__(self.address)
        self._connection.source_address = (f"127.0.0.{next(PLACES)}", 0)  # thieves do not share one address
        self.sign_in(self.account)

    def identifiers(self) -> list[bytes]:
        """Return the profiles that the pages of the pool and its filters name."""
        found: dict[bytes, None] = {}
        for query in ("", "never_promoted=1", "validated=1", "permis=b"):
            while len(found) < WANTED:
                _status, page = self._ask("GET", f"{POOL}?{query}")
                new = dict.fromkeys(PROFILE.findall(page)).keys() - found
                following = NEXT.findall(page)
                found |= dict.fromkeys(new)
                if not new or not following:
                    break
                query = html.unescape(following[-1].decode())
        return list(found)[:WANTED]

    def crawl(self, identifiers: list[bytes]) -> None:
        """Ask for every identity, as fast as answers come."""
        _status, page = self._ask("GET", POOL)
        token = TOKEN.search(page)
        body = urlencode({"csrfmiddlewaretoken": token[1].decode() if token else "", "purpose": PURPOSE})
        for pk in identifiers:
            status, page = self._ask("POST", f"/conseil/profils/{pk.decode()}/identite/", body)
            if status == 200 and SHOWN.search(page):
                self.taken.add(pk)
            else:
                self.refused += 1


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people a new site has")
    asked = parser.parse_args(given)
    report = Report("breach")
    with folder_of_site() as folder, running(folder, asked.people) as site:
        with database(folder) as link:
            known = link.execute(WHO).fetchall()
            link.execute(RECRUIT, {"model": known[0][0], "count": max(SESSIONS + 2 - len(known), 0)})
            *accounts, spare = [pk for (pk,) in link.execute(WHO).fetchall()]
        honest = Stolen(site.address, spare)
        _attack(report, folder, site, accounts, f"{asked.people:,} invented people")
        _slow(report, folder, spare, f"{asked.people:,} invented people")
        _costs(report, folder, site, honest)
        _without(report, folder, honest, f"{asked.people:,} invented people")
    report.print(asked.json)
    return 0 if report.is_met else 1


def _attack(report: Report, folder: Path, site: Site, accounts: list[str], dataset: str) -> None:
    one = Stolen(site.address, accounts[0])
    identifiers = one.identifiers()
    one.crawl(identifiers)
    _told(report, "one stolen session", [one], f"{dataset}, {len(identifiers)} profiles asked for")
    _delays(report, folder, [accounts[0]], dataset)
    several = [Stolen(site.address, pk) for pk in accounts[1 : SESSIONS + 1]]
    threads = [threading.Thread(target=lambda s=session: s.crawl(s.identifiers())) for session in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _told(report, f"{len(several)} stolen sessions at once", several, dataset)
    _delays(report, folder, accounts[1 : SESSIONS + 1], dataset)


def _without(report: Report, folder: Path, lifted: Stolen, dataset: str) -> None:
    identifiers = lifted.identifiers()
    with _vault_lifted(folder):
        lifted.crawl(identifiers)
    report.figure(
        name="the same crawl without the vault", value=len(lifted.taken), unit="identities", dataset=dataset,
        against="budget, cuts and policies lifted by the owner; the watch and the limits of forms still on",
    )  # fmt: skip


def _told(report: Report, name: str, sessions: list[Stolen], dataset: str) -> None:
    most = max(len(session.taken) for session in sessions)
    report.figure(
        name=f"identities per account and day, {name}", value=most, unit="identities", dataset=dataset,
        target=f"<= {CEILING}", met=0 < most <= CEILING,
    )  # fmt: skip
    everybody = set().union(*(session.taken for session in sessions))
    report.figure(name=f"distinct identities in all, {name}", value=len(everybody), unit="identities", dataset=dataset)


def _delays(report: Report, folder: Path, accounts: list[str], dataset: str) -> None:
    for name, table, bound in (("alert", "kernel_alert", ALERT_S), ("cut", "kernel_cut", None)):
        after = _slowest(folder, table, accounts)
        report.figure(
            name=f"from an account's first look to its {name}, the slowest of {len(accounts)}", value=after, unit="s",
            dataset=dataset, target=f"<= {bound:.0f}" if bound else "", met=after <= bound if bound else None,
        )  # fmt: skip


def _slowest(folder: Path, table: str, accounts: list[str]) -> float:
    """Wait for each account to have its row; return how long after its first look the slowest had it."""
    limit = time.monotonic() + 2 * ALERT_S
    looks = "select actor_id, min(at) as at from vault.kernel_disclosure where actor_id = any(%s) group by 1"
    rows = f"select actor_id, min(at) as at from {table} group by 1"
    query = f"select count(*), max(noted.at - look.at) from ({looks}) look join ({rows}) noted using (actor_id)"
    while time.monotonic() < limit:
        with database(folder) as link:
            found = link.execute(query, [accounts]).fetchone()
        if found and found[0] == len(accounts):
            return float(found[1].total_seconds())
        time.sleep(1)
    return float("inf")


def _slow(report: Report, folder: Path, account: str, dataset: str) -> None:
    """Tell what one look a minute gets: the budget decides, the speed changes nothing."""
    with database(folder) as link:
        (allowed,) = link.execute("select vault.allowance(%s)", [account]).fetchone() or (0,)
        (ceiling,) = link.execute("select ceiling from vault.budget").fetchone() or (0,)
    report.figure(
        name="one look a minute all day", value=min(allowed, 24 * 60), unit="identities", dataset=dataset,
        target=f"<= {ceiling}", met=allowed <= ceiling,
        against="1 440 without the vault; computed from the budget",
    )  # fmt: skip


def _costs(report: Report, folder: Path, site: Site, session: Stolen) -> None:
    """Compare the pool, a card and the reading of identities with and without policies, side by side."""
    pk = session.identifiers()[0].decode()
    pages: dict[str, Callable[[], object]] = {
        "pool page": lambda: session._ask("GET", POOL),
        "card page": lambda: session._ask("GET", f"/conseil/profils/{pk}/"),
    }
    for name, ask in pages.items():
        ask()
        times: dict[bool, list[float]] = {True: [], False: []}
        for _turn in range(2):  # one after the other, twice, so that a slow moment is nobody's
            times[True].append(_spent(site, ask))
            with _vault_lifted(folder):
                times[False].append(_spent(site, ask))
        ratio = statistics.fmean(times[True]) / statistics.fmean(times[False])
        report.figure(
            name=f"processor time of the {name} with the policies", value=statistics.fmean(times[True]), unit="ms",
            target=f"<= x{SLOWER} without", met=ratio <= SLOWER, against=f"x{ratio:.2f} of the same page without",
        )  # fmt: skip


def _spent(site: Site, ask: Callable[[], object]) -> float:
    before = site.processor_ms()
    for _turn in range(ROUNDS):
        ask()
    return (site.processor_ms() - before) / ROUNDS


@contextmanager
def _vault_lifted(folder: Path) -> Iterator[None]:
    """Take the policies and the budget away for the time of a block, as the owner of the database only can."""
    tables = ("people_identity", "kernel_disclosure")
    with database(folder, is_owner=True) as owner:
        budget = owner.execute("select ceiling, newcomer, lowest from vault.budget").fetchone()
        owner.execute("update vault.budget set ceiling = 1000000, newcomer = 1000000, lowest = 1000000")
        owner.execute("update kernel_cut set lifted_at = now() where lifted_at is null")
        for table in tables:
            owner.execute(f"alter table vault.{table} disable row level security")
    try:
        yield
    finally:
        with database(folder, is_owner=True) as owner:
            owner.execute("update vault.budget set ceiling = %s, newcomer = %s, lowest = %s", budget)
            for table in tables:
                owner.execute(f"alter table vault.{table} enable row level security")


if __name__ == "__main__":
    sys.exit(main())
