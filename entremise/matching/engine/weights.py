"""What each part of a score is worth, read from dated sections: the last is in force, the others say what was.

Read once, from `weights.toml` beside this file and nowhere else: no variable of the environment changes what a running
site does. A change is a section more, in a commit, compared by `bench/quality.py` before it is applied by a restart.
"""

import datetime as dt
import itertools
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")
WHOLE = 100  # points of a score
FULL = 12  # what a skill proved as well as can be weighs: kernels keep sums of weights in two bytes


class WeightsRefused(Exception):
    """The weights cannot be used; the message says which section, and why."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One section: whole points, each explained in the file."""

    since: dt.date
    why: str
    skills: int
    occupation: int
    distance: int
    availability: int
    wished: int
    exercised: int
    near: int
    said: int
    address_book: int
    company: int
    checked: int
    signed: int
    old_proof_years: int
    very_old_proof_years: int
    old_proof_costs: int
    beginner_costs: int
    expert_brings: int
    proved_skill: int
    soon_days: int
    soon: int

    @property
    def proofs(self) -> tuple[int, ...]:
        """Return what a skill weighs by assurance, from one's own word to a signature."""
        return self.said, self.address_book, self.company, self.checked, self.signed

    @property
    def version(self) -> str:
        """Return the date and a mark of the numbers: a section edited in place is another version all the same."""
        numbers = [value for name, value in asdict(self).items() if name not in TOLD]
        return f"{self.since.isoformat()}-{zlib.crc32(repr(numbers).encode()):08x}"


TOLD = ("since", "why")  # what a section says beside its numbers
RULES: tuple[tuple[str, Callable[[Weights], bool]], ...] = (
    ("the four parts make a hundred", lambda w: w.skills + w.occupation + w.distance + w.availability == WHOLE),
    ("each part is worth a point at least", lambda w: min(w.skills, w.occupation, w.distance, w.availability) > 0),
    ("a wished occupation is worth its whole part", lambda w: w.wished == w.occupation),
    ("wished is worth more than exercised, then near, then nothing", lambda w: w.wished > w.exercised > w.near > 0),
    ("better proof never weighs less", lambda w: list(w.proofs) == sorted(w.proofs)),
    ("a signed skill weighs twelve", lambda w: w.signed == FULL),
    ("any proof, however old, weighs more than one's word", lambda w: w.address_book - 2 * w.old_proof_costs > w.said),
    ("one's word always weighs something", lambda w: w.said > w.beginner_costs),
    ("an expert's word weighs less than a signature", lambda w: w.said + w.expert_brings < FULL),
    ("a proof is old before it is very old", lambda w: 0 < w.old_proof_years < w.very_old_proof_years),
    ("a proved skill brings a point at least, and no more than the part", lambda w: 0 < w.proved_skill <= w.skills),
    ("available soon brings no more than today", lambda w: w.soon <= w.availability),
)


def read(path: Path = FILE) -> tuple[Weights, ...]:
    """Read every section; raise `WeightsRefused` when one cannot be used."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise WeightsRefused(f"{path.name} cannot be read: {fault}") from fault
    sections = told.get("weights")
    if not isinstance(sections, list) or not sections or told.keys() != {"weights"}:
        raise WeightsRefused(f"{path.name} holds sections [[weights]], one at least, and nothing else")
    found = tuple(_section(section, rank) for rank, section in enumerate(sections, start=1))
    for before, after in itertools.pairwise(found):
        if after.since <= before.since:
            raise WeightsRefused(f"sections follow their dates: {after.since} comes after {before.since}")
    return found


def _section(told: dict[str, Any], rank: int) -> Weights:
    names = {field.name for field in fields(Weights)}
    if told.keys() != names:
        raise WeightsRefused(f"section {rank}: missing {names - told.keys() or 'none'}, unknown {told.keys() - names}")
    if type(told["since"]) is not dt.date or not isinstance(told["why"], str) or not told["why"].strip():
        raise WeightsRefused(f"section {rank}: `since` is a date, `why` a sentence")
    for name in sorted(names - {*TOLD}):
        if type(told[name]) is not int or told[name] < 0:
            raise WeightsRefused(f"section {rank}: {name} is a whole number, not {told[name]!r}")
    weights = Weights(**told)
    for rule, is_kept in RULES:
        if not is_kept(weights):
            raise WeightsRefused(f"section {rank}: {rule}")
    return weights
