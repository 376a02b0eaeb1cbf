"""Writes of the vigilance on recruiter spaces: what is found is told, may hold a space, and never certifies one."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.employers import access_certification, queries_vigilance, rules_certification, rules_vigilance
from entremise.employers.enums import Verb
from entremise.employers.enums_spaces import RecheckReason, VigilanceKind
from entremise.employers.models_spaces import RecruiterSpace, VigilancePoint
from entremise.employers.rules_certification import clocks
from entremise.employers.rules_vigilance import Point
from entremise.employers.rules_vigilance_facts import LONGEST_EVIDENCE, key_of
from entremise.employers.workflow import FLOW
from entremise.kernel import clock, notices
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor

LOADED = access_certification  # with the actions that it decides on
PLATFORM = job_actor("employers.vigilance")
LONGEST_ANSWER = 500
NOTED_EVERY = dt.timedelta(hours=1)


class AnswerRefused(Exception):
    """A point cannot be answered so; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def tells(run: Callable[..., RecruiterSpace]) -> Callable[..., RecruiterSpace]:
    """Tell the upper domains, in the same transaction, that a space moved: its new state is written by then."""

    @functools.wraps(run)
    def told(space: RecruiterSpace, **facts: Any) -> RecruiterSpace:
        with transaction.atomic():
            moved = run(space, **facts)
            notices.recruiter_space_moved.fire(moved.pk)
        return moved

    return told


def examine(space: RecruiterSpace) -> bool:
    """Look at a space again, write what is worth looking at, hold it when it must be; tell whether there was news."""
    found = rules_vigilance.points(queries_vigilance.facts_of(space))
    has_news = queries_vigilance.has_news(space, found)
    if has_news:
        note_points(space, actor=PLATFORM, found=found)
    _hold_if_needed(space)
    return has_news


def report(space: RecruiterSpace, kind: VigilanceKind, evidence: str, key: str = "") -> None:
    """Write what an upper part of the platform saw: a volume, an offer, an unusual sign-in; told once a key."""
    now_state = RecruiterSpace.objects.unscoped("a report about this space").values_list("state", flat=True)
    gravity = rules_vigilance.gravity_told(kind, now_state.get(pk=space.pk))
    point = Point(kind, gravity, evidence[:LONGEST_EVIDENCE], key=key_of("told", key or evidence))
    note_reported(space, actor=PLATFORM, point=point)
    _hold_if_needed(space)


@action(Verb.SPACE_EXAMINED, may="employers.examine_space")
def note_points(space: RecruiterSpace, *, actor: Actor, found: list[Point]) -> Done:
    """Write the points found, each fact once; those that are not true any more are gone, and stay in the history."""
    RecruiterSpace.objects.unscoped("one look at a time").select_for_update(no_key=True).get(pk=space.pk)
    written = {
        (row.kind, row.key): row for row in _rows(space).exclude(kind__in=queries_vigilance.TOLD).order_by("pk")
    }
    for point in found:
        _keep(space, point, written.pop((str(point.kind), point.key), None))
    gone = [row.pk for row in written.values() if row.gone_at is None]
    _rows(space).filter(pk__in=gone).update(gone_at=clock.now())
    kinds = sorted({str(point.kind) for point in found})
    return Done(space, data={"kinds": kinds, "holding": len(rules_vigilance.holding(found)), "gone": len(gone)})


@action(Verb.VIGILANCE_REPORTED, may="employers.examine_space")
def note_reported(space: RecruiterSpace, *, actor: Actor, point: Point) -> Done:
    """Write one point that was told, once."""
    known = _rows(space).filter(kind=point.kind, key=point.key).first()
    _keep(space, point, known)
    return Done(space, data={"kind": str(point.kind), "gravity": int(point.gravity), "new": known is None})


@action(Verb.VIGILANCE_ANSWERED, may="employers.answer_vigilance")
def answer(point: VigilancePoint, *, actor: Actor, words: str) -> Done:
    """Say what was verified about a point: it does not hold any more, and its answer stays to be read."""
    told = " ".join(words.split())
    if not told:
        raise AnswerRefused(_("Dites ce que vous avez vérifié."))
    if len(told) > LONGEST_ANSWER:
        raise AnswerRefused(_("Répondez en 500 caractères au plus."))
    locked: VigilancePoint = _all_rows().select_for_update(of=("self",), no_key=True).get(pk=point.pk)
    if locked.answered_at is not None:
        raise AnswerRefused(_("Quelqu'un a déjà répondu à ce point de vigilance."))
    locked.answer, locked.answered_by_id, locked.answered_at = told, actor.user_id, clock.now()
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    return Done(locked, data={"kind": locked.kind, "space": str(locked.space_id)})


@tells
@FLOW.action("hold")
def hold(space: RecruiterSpace, *, actor: Actor, reason: str = RecheckReason.VIGILANCE) -> Done:
    """Take a space out of use until somebody looks: the deadlines start again."""
    count_from_now(space)
    space.recheck = reason
    return Done(None, data={"reason": str(reason)})


@tells
@FLOW.action("recheck")
def recheck(space: RecruiterSpace, *, actor: Actor, reason: str) -> Done:
    """Ask that a certified space be certified again: it slept long, its members changed, or chance chose it."""
    count_from_now(space)
    space.recheck = reason
    return Done(None, data={"reason": str(reason)})


def note_activity(space: RecruiterSpace) -> None:
    """Note that a recruiter uses their space; one that slept long is certified again before it reaches anybody."""
    now = clock.now()
    rows = RecruiterSpace.objects.unscoped("the use of this very space")
    fresh = rows.get(pk=space.pk)
    if fresh.is_certified and rules_certification.is_dormant(fresh.last_active_at, now):
        recheck(fresh, actor=PLATFORM, reason=RecheckReason.DORMANT)
    if now - fresh.last_active_at >= NOTED_EVERY:
        rows.filter(pk=space.pk).update(last_active_at=now)


def count_from_now(space: RecruiterSpace) -> None:
    """Start the deadlines of a space again, in its agency's hours, without saving it."""
    now = clock.now()
    told = clocks(now, accounts.calendar_for_agency(space.agency))
    space.clock_at, space.call_by_at = now, told.call_by_at
    space.ends_at, space.due_at = told.ends_at, told.due_at
    space.remind_by_at = space.letter_by_at = space.reached_at = space.call_back_at = None


def _hold_if_needed(space: RecruiterSpace) -> None:
    fresh = RecruiterSpace.objects.unscoped("whether a certified space must be held").get(pk=space.pk)
    if not fresh.is_certified:
        return
    if queries_vigilance.holding(fresh).exists():
        hold(fresh, actor=PLATFORM)
    elif fresh.decided_at and rules_certification.has_nobody_left(queries_vigilance.joined(fresh), fresh.decided_at):
        recheck(fresh, actor=PLATFORM, reason=RecheckReason.MEMBERS)


def _keep(space: RecruiterSpace, point: Point, row: VigilancePoint | None) -> None:
    """Write one point; a fact that weighs more than when it was answered, or came back, is answered again."""
    if row is None:
        row = VigilancePoint(space=space, kind=point.kind, key=point.key, found_at=clock.now())
    is_graver = row.gravity is not None and point.gravity > row.gravity
    if is_graver or row.gone_at is not None:
        row.answer, row.answered_by_id, row.answered_at = "", None, None
        row.found_at = clock.now()
    row.gravity, row.evidence, row.gone_at = point.gravity, point.evidence[:LONGEST_EVIDENCE], None
    row.save()
    row.others.set(RecruiterSpace.objects.unscoped("what was compared").filter(pk__in=point.others))


def _all_rows() -> Any:
    return VigilancePoint.objects.unscoped("the vigilance writes what it found")


def _rows(space: RecruiterSpace) -> Any:
    return _all_rows().filter(space=space)
