"""Advisers of the demonstration as browsers see them: a sign-in, a session, a connection; and what they search."""

import http.client
import random
import re
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.running_site import database

ANSWERS_IN_S = 300  # the first search of a large site without index reads the whole pool
POOL = "/conseil/vivier/"
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
WHO = """
select distinct u.id::text from accounts_user u join accounts_membership m on m.user_id = u.id
where m.role = 'business_adviser' and m.ended_on is null and u.is_active and u.email like '%%@demo.entremise.example'
"""
WHERE = """
select distinct a.department_id from accounts_agency a join accounts_membership m on m.agency_id = a.id
where m.role = 'business_adviser' and m.ended_on is null
"""
JOBS = """
select code, count(*) from matching_poolentry, unnest(occupation_codes) code where department = any(%s)
group by code order by 2 desc limit 150"""
PLACES = "select commune_code, count(*) from matching_poolentry where department = any(%s) group by 1 order by 2 desc"
FILTERS = (
    ("validated", "1"), ("contrat", "cdi"), ("contrat", "cdd"), ("temps", "full"), ("horaire", "day"), ("permis", "b"),
    ("available", "1"), ("never_promoted", "1"), ("fresh", "1"), ("proches", "1"), ("tri", "distance"),
)  # fmt: skip


class Adviser:
    """One browser."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._connection = http.client.HTTPConnection(self._host, timeout=ANSWERS_IN_S)
        self._cookies: dict[str, str] = {}

    def sign_in(self, account: str) -> None:
        """Enter with one click, as the page of the demonstration offers it."""
        status, page = self._ask("GET", "/demo/")
        found = TOKEN.search(page)
        if status != 200 or found is None:
            raise RuntimeError(f"the page to sign in answered {status}")
        body = urlencode({"csrfmiddlewaretoken": found[1].decode(), "account": account})
        status, _page = self._ask("POST", "/demo/", body)
        if status != 302 or "sessionid" not in self._cookies:
            raise RuntimeError(f"signing in answered {status}")

    def page(self, query: str) -> float:
        """Read a page of results; return how long it took, in milliseconds."""
        started = time.perf_counter()
        status, _page = self._ask("GET", f"{POOL}?{query}")
        if status != 200:
            raise RuntimeError(f"{POOL}?{query} answered {status}")
        return 1000 * (time.perf_counter() - started)

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://{self._host}{path}",
                "Origin": f"http://{self._host}",
            }  # fmt: skip
        try:
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):  # kept open for too long
            self._connection.close()
            self._connection.request(method, path, body or None, headers)
            answer = self._connection.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _equal, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.read()


def advisers(folder: Path, address: str, count: int) -> list[Adviser]:
    """Sign in that many times, each account of a business adviser in turn."""
    with database(folder) as connection:
        accounts = [account for (account,) in connection.execute(WHO).fetchall()]
    made = [Adviser(address) for _number in range(count)]
    for number, adviser in enumerate(made):
        adviser.sign_in(accounts[number % len(accounts)])
    return made


def searches(folder: Path, count: int, seed: int) -> tuple[list[str], int]:
    """Draw searches among the occupations and communes of the advisers' departments; tell how many the pool holds."""
    with database(folder) as connection:
        departments = [code for (code,) in connection.execute(WHERE).fetchall()]
        jobs = connection.execute(JOBS, [departments]).fetchall()
        places = connection.execute(PLACES, [departments]).fetchall()
        row = connection.execute("select count(*) from matching_poolentry").fetchone()
    rng = random.Random(seed)
    drawn = []
    for _turn in range(count):
        asked: list[tuple[str, object]] = []
        if rng.random() < 0.75:
            asked.append(("metier", rng.choices(*zip(*jobs, strict=True))[0]))
        if rng.random() < 0.6:
            asked += [("lieu", rng.choices(*zip(*places, strict=True))[0]), ("rayon", rng.choice([10, 20, 30, 50]))]
        asked += [one for one in FILTERS if rng.random() < 0.08]
        drawn.append(urlencode(asked))
    return drawn, row[0] if row else 0
