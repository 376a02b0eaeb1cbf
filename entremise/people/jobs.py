"""The night's work on people's files: what is kept too long goes."""

import datetime as dt
from collections.abc import Callable

from entremise.kernel import clock, jobs, retention
from entremise.kernel.actors import job_actor
from entremise.people import actions_rights
from entremise.people.models_rights import RetentionRun

Progress = Callable[[int, int], None]


def run_retention(
    *, is_trial: bool = False, now: dt.datetime | None = None, progress: Progress | None = None
) -> dict[str, int]:
    """Let go what is kept too long, or only count it; return how many rows of each class."""
    now = now or clock.now()
    found = {}
    classes = [one for one in retention.classes() if one.rows]
    for done, one in enumerate(classes, start=1):
        found[one.code] = one.count(now) if is_trial else one.apply(now)
        if found[one.code] and not is_trial:
            run = RetentionRun(code=one.code, count=found[one.code], ran_at=now)
            actions_rights.note_retention(run, actor=job_actor("people.retention"))
        if progress:
            progress(done, len(classes))
    return found


@jobs.periodic(name="people.retention", cron="40 2 * * *")
def apply_retention(timestamp: int) -> None:
    """Erase again who came back with a restored backup, then let go what is kept too long."""
    actions_rights.replay_erasures()
    run_retention()
