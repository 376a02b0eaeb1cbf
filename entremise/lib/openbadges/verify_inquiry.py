"""One verification while it runs: what it may ask for, what it has found so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from entremise.lib.openbadges import di, limits
from entremise.lib.openbadges.content import Content
from entremise.lib.openbadges.fetched import Fetches
from entremise.lib.openbadges.keys import PublicKey
from entremise.lib.openbadges.reasons import Check, Outcome, Refused, Step
from entremise.lib.openbadges.report import Endorsed, Form

SKEW = dt.timedelta(minutes=5)  # clocks differ: what begins within five minutes has begun

MAX_VALUES = 24_000  # members and items, each signature over them counted: well under a second

# Nothing is wrong with the badge, something around it could not be looked at: the answer may be another one tomorrow.
PASSING = frozenset(
    {"unreachable", "too_slow", "name_unknown", "too_many_fetches", "not_found", "status_list_expired",
     "unknown_status_entry", "certificate_not_trusted", "not_checked", "recipient_not_named",
     "recipient_unknown_hash", "status_other", "issuer_unprovable",
     "unsupported_suite", "unknown_issuer_kind"}
)  # fmt: skip

# A document shaped as nobody foresaw is refused in words, never a broken page.
UNFORESEEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


@dataclass
class Work:
    """What is left of the work that one report may cost, in values put in canonical form."""

    left: int = MAX_VALUES


@dataclass
class Inquiry:
    """What is known of the credential so far; each step adds its checks."""

    now: dt.datetime
    fetches: Fetches
    recipient: str = ""  # the address or identifier that the badge should be for, when it is asked
    nonce: str = ""  # what a presentation had to be made for
    audience: str = ""
    is_local: bool = False  # did:web of this machine are allowed: development and tests
    checks: list[Check] = field(default_factory=list)
    lists: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # status lists checked, by issuer
    work: Work = field(default_factory=Work)
    endorsements: list[Endorsed] = field(default_factory=list)
    form: Form | None = None
    content: Content | None = None
    credential: bytes = b""

    def add(self, step: Step, outcome: Outcome, code: str, **facts: str) -> None:
        """Note one check."""
        self.checks.append(Check(step, outcome, code, facts))

    def passed(self, step: Step, code: str, **facts: str) -> None:
        """Note a check that passed."""
        self.add(step, Outcome.PASSED, code, **facts)

    def failed(self, step: Step, code: str, **facts: str) -> None:
        """Note a check that failed, or that could not be made."""
        self.add(step, Outcome.UNKNOWN if code in PASSING else Outcome.FAILED, code, **facts)

    def skipped(self, step: Step, code: str, **facts: str) -> None:
        """Note that there was nothing to check."""
        self.add(step, Outcome.SKIPPED, code, **facts)

    def holds(self, step: Step, work: Callable[[], object]) -> bool:
        """Do one piece of a step; what it refuses becomes a check of this step."""
        try:
            work()
        except Refused as refused:
            self.failed(step, refused.code, **refused.facts)
        except UNFORESEEN:
            self.failed(step, "unreadable")
        else:
            return True
        return False

    def inside(self) -> Inquiry:
        """Return an inquiry about an endorsement that comes with this one: it shares fetches and work."""
        return Inquiry(self.now, self.fetches, is_local=self.is_local, lists=self.lists, work=self.work)

    def signed(self, document: dict[str, Any], proof: dict[str, Any], key: PublicKey) -> bool:
        """Tell whether a proof is this key's over this document, within the work that one report may cost."""
        self.work.left -= sum(1 for _ in limits.walk(document))
        if self.work.left < 0:
            raise Refused("too_much_work")
        return di.verify(document, proof, key)
