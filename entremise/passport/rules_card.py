"""A profile as an employer sees it: what it holds, and what comes first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

CARD_SKILLS = 12


@dataclass(frozen=True, slots=True)
class Proof:
    """A skill as an employer sees it."""

    label: str
    assurance: int
    origin: str = ""
    witness_role: str = ""
    given_on: dt.date | None = None
    level: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class PastJob:
    """An experience as an employer sees it: no name of a place that could point at an anonymous person."""

    title: str
    months: int
    ended_on: dt.date | None
    employer: str = ""

    @property
    def years(self) -> int:
        """Return the whole years, as the message to the employer counts them."""
        return self.months // 12


@dataclass(frozen=True, slots=True)
class Card:
    """A profile as an employer sees it; `name` and the contact stay empty unless the person shows them."""

    reference: str
    occupations: tuple[str, ...] = ()
    rome_codes: tuple[str, ...] = ()
    place: str = ""
    mobility_km: int = 0
    available_on: dt.date | None = None
    is_available: bool = False
    contracts: tuple[str, ...] = ()
    working_time: str = ""
    schedules: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    jobs: tuple[PastJob, ...] = ()
    proofs: tuple[Proof, ...] = ()
    name: str = ""
    email: str = ""
    phone: str = ""
    hidden_skill_count: int = 0
    validated: tuple[Proof, ...] = field(init=False)
    said: tuple[Proof, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "validated", tuple(p for p in self.proofs if p.assurance > 0))
        object.__setattr__(self, "said", tuple(p for p in self.proofs if p.assurance == 0))


def months_between(started_on: dt.date, ended_on: dt.date) -> int:
    """Return how many months an experience lasted, at least one."""
    return max(1, (ended_on.year - started_on.year) * 12 + ended_on.month - started_on.month)


def strongest(proofs: Iterable[Proof], count: int) -> list[Proof]:
    """Return the skills to show first: the best proved, then the most recently proved."""
    return sorted(proofs, key=lambda p: (-p.assurance, -(p.given_on or dt.date.min).toordinal(), p.label))[:count]
