"""Measure what sealing the journal costs a line, in batches of ten thousand, on a throw-away server.

Run with `python -m bench.seal [--json] [--lines N]`.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Report, arguments

LINES = 200_000
BATCH = 10_000
MOST_MICROSECONDS = 30
FILL = """
insert into kernel_journalentry
  (at, verb, actor_kind, actor_id, organisation_id, purpose, subject_type, subject_id, person_id, before, after, data)
select now(), 'people.identity_read', 'user', gen_random_uuid()::text, gen_random_uuid(), 'promotion', 'people.person',
  gen_random_uuid()::text, gen_random_uuid(), '', '', '{"visibility": "named"}'
from generate_series(1, %s)
"""
FOREIGN_SETTINGS = ("DATABASE_URL", "DATABASE_OWNER_URL", "ENTREMISE_JOURNAL_KEY", "ENTREMISE_JOURNAL_COPY")


def main(given: list[str] | None = None) -> int:
    """Measure, print, and answer 0 when the target is met."""
    parser = arguments(__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    asked = parser.parse_args(given)
    report = Report("seal")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # the account of the server must reach its own folder inside
        os.environ["ENTREMISE_VAR"] = folder
        for name in FOREIGN_SETTINGS:
            os.environ.pop(name, None)
        _measure(report, asked.lines)
    report.print(asked.json)
    return 0 if report.is_met else 1


def _measure(report: Report, count: int) -> None:
    from entremise.config.database import django_ready, migrate

    with django_ready() as settings:
        from django.db import connection

        from entremise.kernel import seal_checks, seal_files, seals

        migrate(settings)
        with connection.cursor() as cursor:
            started = time.perf_counter()
            cursor.execute(FILL, [count])
            _add(report, "bulk insert", count, time.perf_counter() - started)
            cursor.execute("select pg_backend_pid()")
            backend = cursor.fetchone()[0]
            started, own, theirs = time.perf_counter(), time.process_time(), _processor_seconds(backend)
            sealed = seals.seal(batch_lines=BATCH)
            own, theirs = time.process_time() - own, _processor_seconds(backend) - theirs
            _add(report, "seal, processor time with the server's", count, own + theirs, most=MOST_MICROSECONDS)
            _add(report, "seal, on the clock", count, time.perf_counter() - started)
            started = time.perf_counter()
            findings = seal_checks.verify(seal_files.trusted_keys()).findings
            _add(report, "verify", count, time.perf_counter() - started)
            cursor.execute("select pg_total_relation_size('kernel_journalhead')")
            size = cursor.fetchone()[0]
        report.figure(name="kept by the seals", value=size / count, unit="bytes", dataset=_dataset(count))
        if sealed != count or findings:
            raise AssertionError(f"{sealed} lines of {count} sealed, {len(findings)} findings")


def _add(report: Report, name: str, count: int, seconds: float, most: float | None = None) -> None:
    value = seconds / count * 1e6
    report.figure(
        name=f"{name}, a line", value=value, unit="µs", dataset=_dataset(count),
        target="" if most is None else f"<= {most}", met=None if most is None else value <= most,
    )  # fmt: skip


def _processor_seconds(pid: int) -> float:
    """Return the time another process has worked: on a busy machine the clock says nothing."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _dataset(count: int) -> str:
    return f"{count} lines, batches of {BATCH}"


if __name__ == "__main__":
    sys.exit(main())
