"""Verify badges of ours on the public page and by the interface, and give both what is made to stop them.

Run with `python -m bench.verifier [--json] [--badges 300]`. A new site, one process; the badges are signed by the
product's own job. Nothing leaves the machine: what a badge of ours points to is read in the database.
"""

import json
import resource
import sys
import zlib
from collections.abc import Callable
from typing import Any

from bench.report import Report, arguments, timed
from bench.site import new_site

BADGES = 300
TARGET_MS, HOSTILE_MS, HOSTILE_MB = 300.0, 1_000.0, 100.0
PNG = b"\x89PNG\r\n\x1a\n"


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--badges", type=int, default=BADGES)
    asked = parser.parse_args(given)
    report = Report("verifier")
    with new_site():
        _measure(report, asked.badges)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, count: int) -> None:
    from django.test import Client  # it needs the settings

    bodies = _bodies(count)
    client = Client(SERVER_NAME="127.0.0.1")
    dataset = f"{count} badges of ours, one process"
    page = _verifies(lambda body: _ask_page(client, body), b'data-verdict="valid"')
    asked = _verifies(lambda body: _ask(client, body), b'"verdict":"valid"')
    page(bodies[0])  # the first view of a process compiles the templates
    report.shares("the page", timed(page, bodies), targets={0.95: TARGET_MS}, dataset=dataset)
    report.shares("POST /api/verify", timed(asked, bodies), targets={0.95: TARGET_MS}, dataset=dataset)
    before = _peak_mb()
    for name, (body, media_type) in _hostile(bodies[0]).items():
        refused = _verifies(lambda given, kind=media_type: _ask(client, given, kind), b'"message":"', valid=False)
        (taken,) = timed(refused, [body])
        report.figure(
            name=name, value=taken, unit="ms", target=f"<= {HOSTILE_MS:.0f}", met=taken <= HOSTILE_MS,
            dataset="hostile input, refused",
        )  # fmt: skip
    grown = _peak_mb() - before
    report.figure(
        name="memory that all of it took", value=grown, unit="MB", target=f"<= {HOSTILE_MB:.0f}",
        met=grown <= HOSTILE_MB, dataset="hostile input, refused",
    )  # fmt: skip


def _verifies(act: Callable[[bytes], Any], wanted: bytes, *, valid: bool = True) -> Callable[[bytes], None]:
    """Return an act that checks its answer: what is measured is what was meant."""

    def run(body: bytes) -> None:
        answer = act(body)
        assert answer.status_code < 500, answer.content
        assert wanted in answer.content, answer.content[:500]
        assert valid or b'"verdict":"valid"' not in answer.content

    return run


def _ask(client: Any, body: bytes, media_type: str = "application/json") -> Any:
    from django.core.cache import caches

    caches["process"].clear()  # the limit of forms is for strangers, not for a bench
    return client.post("/api/verify", body, content_type=media_type)


def _ask_page(client: Any, body: bytes) -> Any:
    from django.core.cache import caches

    caches["process"].clear()
    return client.post("/verifier/", {"text": body.decode()})


def _bodies(count: int) -> list[bytes]:
    """Return signed badges, their lists published."""
    import datetime as dt

    from entremise.accounts.models import Organisation
    from entremise.credentials import actions, actions_classes, actions_issuers, jobs
    from entremise.credentials.enums import IssuerKind
    from entremise.credentials.models import Credential
    from entremise.kernel import clock
    from entremise.kernel.actors import job_actor
    from entremise.people.models import Person

    actor, now = job_actor("bench"), clock.now()
    organisation = Organisation.objects.create(kind="association", name="Atelier du banc d'essai")
    issuer = actions_issuers.open_issuer(organisation, actor=actor, kind=IssuerKind.ASSOCIATION, name="Atelier")
    draft = actions_classes.draft(
        issuer, actor=actor, name="Gestes de premier secours", description="Sait alerter et protéger.",
        criteria="Une demi-journée de pratique, observée par un formateur.",
    )  # fmt: skip
    badge_class = actions_classes.publish(draft, actor=actor)
    people = Person.objects.bulk_create(Person(reference=f"B{n:09d}", created_at=now) for n in range(count))
    for person in people:
        actions.award(badge_class, actor=actor, person=person, awarded_on=dt.date(2026, 11, 20))
    jobs.sign_all()
    jobs.publish_all()
    return [bytes(one.body) for one in Credential.objects.unscoped("a bench looks").filter(form="ob3-di")]


def _hostile(good: bytes) -> dict[str, tuple[bytes, str]]:
    """Return what is made to cost time or memory."""
    json_type = "application/json"
    return {
        "eight connected blank nodes": (_poison(good), json_type),
        "10 MB of JSON": (b'{"a":"' + b"x" * 10_000_000 + b'"}', json_type),
        "1 MB of empty lists": (b'{"a":[' + b"[]," * 340_000 + b"[]]}", json_type),
        "depth 10 000": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, json_type),
        "a picture whose text grows to 500 MB": (_bomb(), "image/png"),
        "600 proofs": (_many_proofs(good), json_type),
        "entities that multiply": (_laughs(), "image/svg+xml"),
        "an address of this machine": (b'{"url":"https://127.0.0.1:1/x"}', json_type),
        "a changed badge": (good.replace(b"premier", b"dernier"), json_type),
    }


def _poison(good: bytes) -> bytes:
    document = json.loads(good)
    nodes = [f"_:n{number}" for number in range(8)]
    document["evidence"] = [
        {"id": one, "type": ["Evidence"], "https://example.org/knows": [{"id": other} for other in nodes]}
        for one in nodes
    ]
    return json.dumps(document).encode()


def _many_proofs(good: bytes) -> bytes:
    document = json.loads(good)
    document["proof"] = document["proof"] * 600
    return json.dumps(document).encode()


def _bomb() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    squeezer, squeezed = zlib.compressobj(9), b""
    for _turn in range(500):
        squeezed += squeezer.compress(b"x" * 1_000_000)
    squeezed += squeezer.flush()
    header = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\2\0\0\0")
    text = chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + squeezed)
    return PNG + header + text + chunk(b"IDAT", zlib.compress(b"\0\0\0\0")) + chunk(b"IEND", b"")


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE svg [<!ENTITY a0 "ha">{entities}]><svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>'.encode()


def _peak_mb() -> float:
    """Return the most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    sys.exit(main())
