"""Writes that change no state: one transaction, one policy, one journal line."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models, transaction

from entremise.kernel import access, journal
from entremise.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Done:
    """An action's result when the journal needs more than the returned object: codes and ids only."""

    result: Any
    data: dict[str, Any] = field(default_factory=dict)
    purpose: str = ""
    subject: models.Model | None = None


ACTIONS: dict[str, Callable[..., Any]] = {}


def action(verb: StrEnum | str, *, may: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Wrap a write: check the policy on the thing, run in a transaction, append the journal line.

    The wrapped function takes the thing first, then keyword-only `actor` and the facts. It returns the created or
    changed object (the journal's subject), None (the subject is the thing) or `Done` (with codes for the journal).
    """

    def decorate(body: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(body)
        def run(thing: Any, *, actor: Actor, **facts: Any) -> Any:
            access.require(may, actor, thing)
            with transaction.atomic():
                outcome = body(thing, actor=actor, **facts)
                done = outcome if isinstance(outcome, Done) else Done(outcome)
                subject = next((s for s in (done.subject, done.result, thing) if isinstance(s, models.Model)), None)
                if subject is None:
                    raise TypeError(f"{verb}: an action needs a model instance for its journal line")
                journal.append(str(verb), subject, actor, purpose=done.purpose, data=done.data)
                return done.result

        run.verb = str(verb)  # type: ignore[attr-defined]  # read by the architecture test
        ACTIONS[str(verb)] = run
        return run

    return decorate
