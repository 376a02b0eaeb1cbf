"""Measure applications sent over HTTP at a steady pace to a site started as `run` starts it, and their receipts.

Run with `python -m bench.applications [--json] [--people 2100] [--a-minute 1000] [--minutes 10]`. Each application is
the form of a signed-in jobseeker, posted with a key of its own; the page was read before. Threads post at the hour
planned for each, so that a slow answer delays nothing but itself. At the end each application accepted must have one
acknowledgement, one only, and those of the e-mail channel must have left.
"""

import argparse
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import count, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from bench.report import Report, arguments, percentile
from bench.running_site import Site, database, folder_of_site, running

PEOPLE, A_MINUTE, MINUTES, THREADS = 2_100, 1_000, 10, 16
PARTS = ("experiences", "said_skills", "wishes")
PATIENCE_S = 180.0  # for the last messages to leave
ACCEPTED = 302
OFFERS = """
select id::text from offers_offer
where state = 'open' and apply_url = '' and (expires_on is null or expires_on >= current_date) order by id limit 12
"""
RECEIPTS = """
select count(*), count(*) filter (where n = 1), count(*) filter (where n = 1 and waiting = 0) from (
    select a.id, count(m.id) as n, count(m.id) filter (where m.state in ('waiting', 'handed')) as waiting
    from reciprok_application a left join kernel_outboxmessage m
        on m.about_type = 'reciprok.application' and m.about_id = a.id::text and m.kind like 'reciprok.acknowledged%%'
    where a.sent_at >= to_timestamp(%s) group by a.id) told
"""


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people a new site has")
    parser.add_argument("--a-minute", type=int, default=A_MINUTE, help="how many applications a minute")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="for how long")
    parser.add_argument("--sessions", type=int, default=0, help="sign so many people in, and print their cookies")
    asked = parser.parse_args(given)
    if asked.sessions:
        sys.stdout.write(json.dumps(_signed_in(asked.sessions)))
        return 0
    report = Report("applications")
    with folder_of_site() as folder, running(folder, asked.people) as site:
        _measure(report, folder, site, asked)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, folder: Path, site: Site, asked: argparse.Namespace) -> None:
    wanted = int(asked.a_minute * asked.minutes)
    with database(folder, is_owner=True) as base:
        offers = [row[0] for row in base.execute(OFFERS).fetchall()]
    cookies = _cookies(folder, -(-wanted // len(offers)))
    plan = list(islice(((cookie, offer) for offer in offers for cookie in cookies), wanted))
    started, processor = time.time(), site.processor_ms()
    answers, times = _post_all(site.address, plan, 60 / asked.a_minute)
    lasted = time.time() - started
    used = site.processor_ms() - processor
    made, once, left = _receipts(folder, started, answers[ACCEPTED])
    dataset = f"{asked.people:,} people, {len(offers)} offers, {wanted:,} applications over HTTP in {lasted:.0f} s"
    figure = report.figure
    figure(
        name="accepted", value=answers[ACCEPTED], unit="", dataset=dataset,
        target=f"{wanted}", met=answers[ACCEPTED] == wanted == made,
    )  # fmt: skip
    pace = answers[ACCEPTED] / lasted * 60
    figure(name="pace", value=pace, unit="a minute", dataset=dataset, target=f">= {0.98 * asked.a_minute:.0f}",
           met=pace >= 0.98 * asked.a_minute)  # fmt: skip
    figure(name="acknowledged once", value=once, unit="", dataset=dataset, target=f"{wanted}", met=once == wanted)
    figure(name="acknowledgements that left", value=left, unit="", dataset=dataset, target=f"{wanted}",
           met=left == wanted)  # fmt: skip
    figure(name="answer to the form, p95", value=percentile(times, 0.95), unit="ms", dataset=dataset)
    figure(name="processor an application", value=used / max(1, made), unit="ms", dataset=dataset)


def _cookies(folder: Path, people: int) -> list[str]:
    environment = os.environ | {"ENTREMISE_VAR": str(folder), "ENTREMISE_DEMO": "1"}
    command = [sys.executable, "-m", "bench.applications", "--sessions", str(people)]
    told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    cookies: list[str] = json.loads(told.stdout)
    return cookies


def _signed_in(people: int) -> list[str]:
    """Open a session for so many people of the site in ENTREMISE_VAR."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "entremise.config.settings")
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from entremise.accounts.models import User
    from entremise.people.models import Person

    crowd: Any = Person.objects.unscoped("a bench gives accounts to an invented crowd")
    cookies = []
    for number, pk in enumerate(crowd.filter(user=None).values_list("pk", flat=True)[:people]):
        user = User.objects.create_user(phone=f"+337{number:08d}", phone_verified=True)
        crowd.filter(pk=pk).update(user=user)
        session: Any = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookies.append(session.session_key)
    return cookies


def _post_all(address: str, plan: list[tuple[str, str]], gap_s: float) -> tuple[Counter[int], list[float]]:
    """Post each application at its hour; return how often each status was answered, and the times in milliseconds."""
    answers: Counter[int] = Counter()
    times: list[float] = []
    lock, numbers, start = threading.Lock(), count(), time.monotonic() + 1

    def post() -> None:
        browser = _Browser(address)
        while (number := next(numbers)) < len(plan):
            time.sleep(max(0.0, start + number * gap_s - time.monotonic()))
            began = time.perf_counter()
            status = browser.apply(*plan[number])
            with lock:
                answers[status] += 1
                times.append(1000 * (time.perf_counter() - began))

    threads = [threading.Thread(target=post) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, times


class _Browser:
    """One connection, which posts the forms of many people."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._token = "a" * 32

    def apply(self, session: str, offer: str) -> int:
        path = f"/moi/postuler/offre/{offer}/"
        form = [("csrfmiddlewaretoken", self._token), ("idempotency_key", str(uuid4()))]
        body = urlencode([*form, *(("parts", part) for part in PARTS)])
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self._host}",
            "Cookie": f"sessionid={session}; csrftoken={self._token}",
        }  # fmt: skip
        connection = http.client.HTTPConnection(self._host, timeout=60)
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        return answer.status


def _receipts(folder: Path, started: float, wanted: int) -> tuple[int, int, int]:
    """Wait for the last messages to leave; return the applications made, acknowledged once, told."""
    limit = time.monotonic() + PATIENCE_S
    while True:
        with database(folder, is_owner=True) as base:
            made, once, left = base.execute(RECEIPTS, [started]).fetchone() or (0, 0, 0)
        if left >= wanted or time.monotonic() > limit:
            return made, once, left
        time.sleep(2)


if __name__ == "__main__":
    sys.exit(main())
