"""Measure the import of ROME v460 and ESCO in a new database, then type-ahead through its pages.

The import is compared with what one would write instead: one `update_or_create` a row.
Run with `python -m bench.rome_import [--json]`.
"""

import resource
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bench import labels
from bench.report import Report, arguments, percentile
from bench.site import new_site

if TYPE_CHECKING:
    from entremise.skills.actions import ImportReport

TARGET_SECONDS = 60
TARGET_MS = 30
QUERIES = 300
SEED = 20261121
PLAIN_ROWS = 2000
DATASET = "ROME v460, 13120 job titles, 33671 skills, 90556 links, beside the built-in referential"


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when every target is met."""
    asked = arguments(__doc__).parse_args(given)
    if not labels.available():
        sys.stderr.write("bench skipped: ROME and ESCO files not found (set ENTREMISE_SHARED to their folder)\n")
        return 0
    report = Report("rome_import")
    with new_site():
        _imports(report)
        _suggestions(report)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _imports(report: Report) -> None:
    from entremise.skills import actions  # needs the settings

    _timed(report, "built-in referential", actions.load_builtin, DATASET)
    _timed(report, "rehearsal", lambda: actions.import_rome(labels.ROME, dry_run=True), DATASET)
    seconds, first = _timed(report, "import", lambda: actions.import_rome(labels.ROME), DATASET, TARGET_SECONDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    report.figure(name="most memory, the interpreter included", value=peak, unit="MB", dataset=DATASET)
    _, again = _timed(report, "import again", lambda: actions.import_rome(labels.ROME), DATASET, TARGET_SECONDS)
    report.figure(
        name="rows changed the second time", value=again.created + again.changed + again.retired, unit="rows",
        target="0", met=again.is_empty, dataset=DATASET,
    )  # fmt: skip
    ours, plain = first.created / seconds, PLAIN_ROWS / _plainly()
    report.figure(
        name="rows written a second", value=ours, unit="rows/s", ratio=ours / plain, dataset=DATASET,
        against=f"update_or_create a row: {plain:,.0f} rows/s",
    )  # fmt: skip
    esco = f"ESCO 1.2.1 on top of {DATASET}"
    _timed(report, "import of ESCO", lambda: actions.import_esco(labels.ESCO), esco, TARGET_SECONDS)


def _timed(
    report: Report, name: str, load: Callable[[], "ImportReport"], dataset: str, target: int = 0
) -> tuple[float, "ImportReport"]:
    started = time.perf_counter()
    found = load()
    seconds = time.perf_counter() - started
    bound: dict[str, Any] = {"target": f"< {target}", "met": seconds < target} if target else {}
    report.figure(name=name, value=seconds, unit="s", dataset=dataset, **bound)
    return seconds, found


def _plainly() -> float:
    """Write job titles one by one in a transaction, as one would at first; give the seconds it took."""
    from django.db import transaction

    from entremise.skills.models import JobTitle, Occupation

    occupation = Occupation.objects.order_by("rome_code").first()
    titles = labels.job_titles()[:PLAIN_ROWS]
    with transaction.atomic():
        started = time.perf_counter()
        for code, label in titles:
            facts = {"occupation": occupation, "label": label}
            JobTitle.objects.update_or_create(source="esco", external_id=f"bench-{code}", defaults=facts)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    return seconds


def _suggestions(report: Report) -> None:
    """Ask the page a field asks, mistyped titles and all, with every index built."""
    from django.conf import settings
    from django.test import Client

    from entremise.accounts.models import User
    from entremise.web.kit import suggestions

    settings.ALLOWED_HOSTS.append("testserver")
    suggestions.MOST_ASKED = 10**9  # one person does not type three hundred titles in half a minute
    client = Client()
    client.force_login(User.objects.create(email="bench@example.org"), backend=settings.AUTHENTICATION_BACKENDS[0])
    queries = labels.queries([label for _, label in labels.job_titles()], count=QUERIES, seed=SEED)
    for path, name in (("/suggerer/metiers/", "job titles"), ("/suggerer/competences/", "skills")):
        started = time.perf_counter()
        client.get(path, {"q": "soudeur"})
        dataset = f"{QUERIES} mistyped job titles through {path}"
        report.figure(
            name=f"first answer, index built: {name}", value=time.perf_counter() - started, unit="s", dataset=dataset
        )
        spent = time.process_time()
        times = [_asked(client, path, query.text) for query in queries]
        mean = 1000 * (time.process_time() - spent) / len(queries)
        report.figure(name=f"{name}, processor time, mean", value=mean, unit="ms", dataset=dataset)
        for share, label in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99")):
            value = percentile(times, share)
            bound: dict[str, Any] = {"target": f"< {TARGET_MS}", "met": value < TARGET_MS} if label == "p95" else {}
            report.figure(name=f"{name} {label}", value=value, unit="ms", dataset=dataset, **bound)


def _asked(client: Any, path: str, text: str) -> float:
    started = time.perf_counter()
    answer = client.get(path, {"q": text})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    sys.exit(main())
