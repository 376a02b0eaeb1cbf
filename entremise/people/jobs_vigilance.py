"""The watch: every twenty seconds, what accounts did since the last time is judged."""

import datetime as dt
import logging
from dataclasses import dataclass

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.people import actions_vigilance, queries_vigilance
from entremise.people.rules_vigilance import WINDOW, Verdict, judge

log = logging.getLogger(__name__)
OVERLAP = dt.timedelta(minutes=2)  # what a transaction that began earlier committed later
OVERLAP_LINES = 2_000
WATCH = job_actor("people.watch")


@dataclass
class Mark:
    """How far this process has looked; a new one looks at the whole last day."""

    at: dt.datetime | None = None
    line: int = 0


_MARK = Mark()


def watch(mark: Mark) -> tuple[int, int]:
    """Judge the accounts that did something since the mark; return how many alerted and how many were cut."""
    now, line = clock.now(), queries_vigilance.last_line()
    since = (mark.at - OVERLAP) if mark.at else now - WINDOW
    alerted = cut = 0
    for account in queries_vigilance.worth_a_look(since, max(mark.line - OVERLAP_LINES, 0)):
        judgement = judge(queries_vigilance.facts_of(account))
        if judgement.verdict is Verdict.NOTHING or not queries_vigilance.has_news(account, judgement.signals):
            continue
        done = actions_vigilance.alert(account, actor=WATCH, signals=judgement.signals, cut_for=judgement.cut_for)
        log.warning("account %s: %s, signs %s", done.pk, judgement.verdict, [str(s.sign) for s in judgement.signals])
        alerted += 1
        cut += judgement.verdict is Verdict.CUT
    mark.at, mark.line = now, line
    return alerted, cut


@jobs.periodic(name="people.watch", cron="* * * * * */20")
def watch_looks(timestamp: int) -> None:
    """Judge what accounts looked at, every twenty seconds."""
    watch(_MARK)
