"""Award and sign a campaign of 45 000 badges, the signing process killed in the middle and started again.

Run with `python -m bench.badge_campaign [--json] [--badges 45000]`. A new site and invented people; one badge class of
an issuer. Awards are given by the product's own action, signed by the product's own job in a process of its own, which
gets a SIGKILL after a third of the work; the next one goes on. Then: each award has one signed form, its place in
the lists and one line in the journal, a sample is verified from its stored bytes, the lists are published. What the
signature alone takes, against other libraries, is in `badges`.
"""

import datetime as dt
import json
import random
import signal
import subprocess
import sys
import time
from typing import Any

from bench.report import Report, arguments
from bench.site import new_site

BADGES, VERIFIED = 45_000, 300
MINUTES = 10
AT_ONCE = 500
SEED = 20261123


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when the target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--badges", type=int, default=BADGES)
    parser.add_argument("--child", action="store_true", help="sign what waits, and nothing else")
    asked = parser.parse_args(given)
    if asked.child:
        return _child()
    report = Report("badge_campaign")
    with new_site():
        _measure(report, asked.badges)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, count: int) -> None:
    dataset = f"{count:,} people, one badge class, one key"
    badge_class = _badge_class()
    people = _people(count)
    started = time.perf_counter()
    _award(badge_class, people)
    awarding = time.perf_counter() - started
    started = time.perf_counter()
    first = _sign(until=count // 3)
    _sign(until=None)
    signing = time.perf_counter() - started
    started = time.perf_counter()
    _publish()
    publishing = time.perf_counter() - started
    _check(count, first)
    total = awarding + signing + publishing
    report.figure(name="awarded", value=count / awarding, unit="/s", dataset=dataset)
    report.figure(name="signed and stored, with a kill", value=count / signing, unit="/s", dataset=dataset)
    report.figure(name="signed when the process was killed", value=first, unit="", dataset=dataset)
    report.figure(name="lists published", value=1000 * publishing, unit="ms", dataset=dataset)
    report.figure(
        name="the whole campaign", value=total / 60, unit="min", dataset=dataset, target=f"<= {MINUTES}",
        met=total / 60 * BADGES / count <= MINUTES,
    )  # fmt: skip


def _badge_class() -> Any:
    from entremise.accounts.models import Organisation
    from entremise.credentials import actions_classes, actions_issuers
    from entremise.credentials.enums import IssuerKind
    from entremise.kernel.actors import job_actor

    actor = job_actor("bench")
    organisation = Organisation.objects.create(kind="association", name="Atelier du banc d'essai")
    issuer = actions_issuers.open_issuer(organisation, actor=actor, kind=IssuerKind.ASSOCIATION, name="Atelier")
    draft = actions_classes.draft(
        issuer, actor=actor, name="Gestes de premier secours", description="Sait alerter et protéger.",
        criteria="Une demi-journée de pratique, observée par un formateur.",
    )  # fmt: skip
    return actions_classes.publish(draft, actor=actor)


def _people(count: int) -> list[Any]:
    from entremise.kernel import clock
    from entremise.people.models import Person

    now = clock.now()
    rows = [Person(reference=f"B{number:09d}", created_at=now) for number in range(count)]
    return Person.objects.bulk_create(rows, batch_size=5_000)


def _award(badge_class: Any, people: list[Any]) -> None:
    from django.db import transaction

    from entremise.credentials import actions
    from entremise.kernel.actors import job_actor

    actor, today = job_actor("bench"), dt.date(2026, 11, 20)
    for first in range(0, len(people), AT_ONCE):
        with transaction.atomic():
            for person in people[first : first + AT_ONCE]:
                actions.award(badge_class, actor=actor, person=person, awarded_on=today)


def _sign(until: int | None) -> int:
    """Sign in a process of its own; kill it once so many are signed; return how many are."""
    from entremise.credentials.models import Award

    signed = Award.objects.unscoped("a bench looks").filter(state="issued")
    process = subprocess.Popen([sys.executable, "-m", "bench.badge_campaign", "--child"])
    limit = time.monotonic() + 3600
    while process.poll() is None and time.monotonic() < limit:
        if until is not None and signed.count() >= until:
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.2)
    process.wait(timeout=60)
    return signed.count()


def _child() -> int:
    from entremise.config.database import django_ready

    with django_ready():
        from entremise.credentials import jobs

        jobs.sign_all()
    return 0


def _publish() -> None:
    from entremise.credentials import jobs

    jobs.publish_all()


def _check(count: int, first: int) -> None:
    from entremise.credentials import queries_keys
    from entremise.credentials.models import Award, Credential
    from entremise.credentials.models_status import StatusEntry
    from entremise.kernel.models import JournalEntry
    from entremise.lib.openbadges import di

    found = {
        "issued": Award.objects.unscoped("a bench looks").filter(state="issued").count(),
        "signed": Credential.objects.unscoped("a bench looks").count(),
        "places": StatusEntry.objects.count(),
        "lines": JournalEntry.objects.filter(verb="credentials.issue").count(),
    }
    if set(found.values()) != {count} or not 0 < first < count:
        raise AssertionError(f"{found} for {count} badges, {first} at the kill")
    draw = random.Random(SEED)
    kept = list(Credential.objects.unscoped("a bench looks").select_related("key__issuer").order_by("pk"))
    for one in draw.sample(kept, min(VERIFIED, count)):
        said = json.loads(bytes(one.body))
        if not di.verify(said, said["proof"][0], queries_keys.public(one.key)):
            raise AssertionError(f"{one.pk} does not verify")


if __name__ == "__main__":
    sys.exit(main())
