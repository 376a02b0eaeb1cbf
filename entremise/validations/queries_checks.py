"""Reads for the advisers who call establishments back: what to check, why, and what a fraud would take away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from entremise.kernel.actors import Actor
from entremise.kernel.models import JournalEntry
from entremise.validations import queries, rules
from entremise.validations.enums import CheckReason, DeclineReason, RequestState, Verb, Verdict
from entremise.validations.models import Request, RequestedSkill
from entremise.validations.workflow import OPEN


@dataclass(frozen=True, slots=True)
class Check:
    """One answer to check: the request, why, and what others see of the answer."""

    asked: Request
    reasons: list[CheckReason]

    @property
    def confirmed(self) -> list[RequestedSkill]:
        """Return what was confirmed; the rest is for the person alone."""
        return [line for line in self.asked.skills.all() if line.verdict == Verdict.CONFIRMED]

    @property
    def is_answered(self) -> bool:
        """Tell whether there is an answer to check, and not only an abuse that was reported."""
        return self.asked.state == RequestState.ANSWERED


@dataclass(frozen=True, slots=True)
class AtStake:
    """What is known of an address, before everything that came from it is set aside."""

    answer_count: int
    person_count: int
    open_count: int


def checks(actor: Actor, *, limit: int) -> list[Check]:
    """Return the answers that an adviser should call about, the oldest first."""
    return _explained(list(queries.to_check(actor)[:limit]))


def check_count(actor: Actor) -> int:
    """Return how many answers wait for a call."""
    return queries.to_check(actor).count()


def check_of(pk: UUID, actor: Actor) -> Check:
    """Return one answer given or abuse reported, checked or not, or raise Request.DoesNotExist."""
    asked = queries.request(pk, actor)
    if asked.state not in (RequestState.ANSWERED, RequestState.DECLINED):
        raise Request.DoesNotExist
    return _explained([asked])[0]


def at_stake(asked: Request) -> AtStake:
    """Count what came from the address of an answer, whoever asked."""
    is_living = Q(state=RequestState.ANSWERED, fraud_proved_at=None)
    counted = queries.to_address(asked.contact_email).aggregate(
        answer_count=Count("pk", filter=is_living),
        person_count=Count("person", filter=is_living, distinct=True),
        open_count=Count("pk", filter=Q(state__in=OPEN)),
    )
    return AtStake(**counted)


def _explained(rows: Sequence[Request]) -> list[Check]:
    lives = _lives(asked.pk for asked in rows)
    return [Check(asked, rules.reasons_to_check(_signals(asked, lives[str(asked.pk)]))) for asked in rows]


def _signals(asked: Request, life: list[str]) -> rules.Signals:
    """Read the signs on the request itself, and what happened to it since the last call."""
    calls = [place for place, verb in enumerate(life) if verb == Verb.CHECKED]
    since = life[calls[-1] + 1 :] if calls else life
    return rules.Signals(
        is_reported=Verb.REPORTED in since,
        is_abuse=asked.decline_reason == DeclineReason.ABUSE,
        is_same_device=asked.is_same_device,
        is_forwarded=asked.forwarded_count > 0,
        is_changed=bool(calls) and Verb.RECTIFIED in since,
    )


def _lives(ids: Iterable[UUID]) -> dict[str, list[str]]:
    """Return, for each request, what the journal says that sends an answer to a check or closes one, in order."""
    lives: dict[str, list[str]] = defaultdict(list)
    lines = JournalEntry.objects.filter(
        subject_type=Request._meta.label_lower,
        subject_id__in=[str(pk) for pk in ids],
        verb__in=[Verb.REPORTED, Verb.RECTIFIED, Verb.CHECKED],
    )
    for subject_id, verb in lines.order_by("at", "pk").values_list("subject_id", "verb"):
        lives[subject_id].append(verb)
    return lives
