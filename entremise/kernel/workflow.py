"""States as a table, which moves rows, greys buttons with the reason, draws the diagram and feeds the tests."""

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from entremise.kernel import access, journal
from entremise.kernel.actions import ACTIONS, Done
from entremise.kernel.actors import Actor, Role

Guard = Callable[[Any, Actor], str]


class TransitionRefused(Exception):
    """The thing's state or a guard refused; `reason` is a sentence for the user."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which state, by which roles, unless the guard answers a reason."""

    name: str
    sources: frozenset[str] | set[str]
    target: str
    roles: frozenset[Role] | set[Role]
    guard: Guard | None = None
    check: access.Check | None = None  # the policy's object-level check (territory, ownership)


@dataclass
class Workflow:
    """The states of one model and how it moves between them; `refusals` says a state in words when it is too late."""

    domain: str
    states: type[models.TextChoices]
    initial: str
    table: Iterable[Transition]
    refusals: dict[str, Any] = field(default_factory=dict)
    field: str = "state"

    def __post_init__(self) -> None:
        self.transitions = {t.name: t for t in self.table}
        self.actions: dict[str, Callable[..., Any]] = {}
        WORKFLOWS[self.domain] = self
        for t in self.transitions.values():
            access.register(f"{self.domain}.{t.name}", t.roles, t.check)

    def refusal(self, thing: Any, name: str, actor: Actor) -> str:
        """Return why this transition is refused now, or an empty string."""
        transition = self.transitions[name]
        state = getattr(thing, self.field)
        if state not in transition.sources:
            return str(self.refusals.get(state) or _("Cette action n'est plus possible dans l'état actuel."))
        decision = access.decide(f"{self.domain}.{name}", actor, thing)
        if isinstance(decision, access.Denied):
            return decision.reason
        return transition.guard(thing, actor) if transition.guard else ""

    def action(self, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Run the body in one transaction: lock, check, body, change of state, journal; return the fresh row.

        The body takes the locked row, keyword-only `actor` and the facts; it returns None, or `Done(None, data=…)`
        with codes for the journal.
        """
        transition = self.transitions[name]

        def decorate(body: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(body)
            def run(thing: Any, *, actor: Actor, **facts: Any) -> Any:
                with transaction.atomic():
                    locked = type(thing)._base_manager.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)
                    access.require(f"{self.domain}.{name}", actor, locked)
                    if reason := self.refusal(locked, name, actor):
                        raise TransitionRefused(reason)
                    before = getattr(locked, self.field)
                    outcome = body(locked, actor=actor, **facts)
                    done = outcome if isinstance(outcome, Done) else Done(None)
                    setattr(locked, self.field, transition.target)
                    locked.save()
                    journal.append(
                        f"{self.domain}.{name}",
                        locked,
                        actor,
                        before=before,
                        after=transition.target,
                        purpose=done.purpose,
                        data=done.data,
                    )
                    return locked

            run.verb = f"{self.domain}.{name}"  # type: ignore[attr-defined]  # read by the architecture test
            self.actions[name] = run
            ACTIONS[f"{self.domain}.{name}"] = run
            return run

        return decorate

    def batch(self, name: str) -> Callable[[Callable[..., Any]], Callable[..., int]]:
        """Do one of the platform's own transitions to many rows at once, which the caller read and locked.

        The body takes the rows that may move, all from the same state, and returns the names of the columns that it
        changed in them. One policy, one change of state and one journal line a row, as with `action`.
        """
        transition = self.transitions[name]

        def decorate(body: Callable[..., Any]) -> Callable[..., int]:
            @functools.wraps(body)
            def run(locked: Sequence[Any], *, actor: Actor, **facts: Any) -> int:
                access.require(f"{self.domain}.{name}", actor)
                ready = [thing for thing in locked if not self.refusal(thing, name, actor)]
                if not ready:
                    return 0
                (before,) = {getattr(thing, self.field) for thing in ready}
                with transaction.atomic():
                    columns = body(ready, actor=actor, **facts)
                    for thing in ready:
                        setattr(thing, self.field, transition.target)
                    rows = type(ready[0])._base_manager
                    if columns:
                        rows.bulk_update(ready, [self.field, *columns])
                    else:  # the same value everywhere
                        rows.filter(pk__in=[thing.pk for thing in ready]).update(**{self.field: transition.target})
                    verb = f"{self.domain}.{name}"
                    return journal.append_all(verb, ready, actor, before=before, after=transition.target)

            run.verb = f"{self.domain}.{name}"  # type: ignore[attr-defined]  # read by the architecture test
            return run

        return decorate

    def mermaid(self) -> str:
        """Return the state diagram for the documentation."""
        lines = ["stateDiagram-v2", f"  [*] --> {self.initial}"]
        for t in self.transitions.values():
            who = ", ".join(sorted(t.roles))
            lines += [f"  {source} --> {t.target}: {t.name} ({who})" for source in sorted(t.sources)]
        return "\n".join(lines)


WORKFLOWS: dict[str, Workflow] = {}
