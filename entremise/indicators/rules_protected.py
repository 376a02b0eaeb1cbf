"""Figures about people that point at nobody: the same lines are hidden whatever the filters (SAFETY S9).

No view then tells what another hides: see `lib.disclosure`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from entremise.indicators.rules import Figures, Share
from entremise.lib.disclosure import Tree, is_publishable

WHOLE = "whole"
Key = str | UUID | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Consenting profiles of an agency, how many were promoted at least once, how many are proved."""

    agency_id: UUID | None
    consenting: int
    promoted: int
    validated: int
    waiting: int  # proved, never promoted

    @property
    def atoms(self) -> tuple[int, int, int, int]:
        """Return the four separate groups: proved or not, promoted or not."""
        proved_promoted = self.validated - self.waiting
        other_promoted = self.promoted - proved_promoted
        return (proved_promoted, self.waiting, other_promoted, self.consenting - self.validated - other_promoted)


@dataclass(frozen=True, slots=True)
class Groups:
    """The four groups of a line that may be shown."""

    proved_promoted: int = 0
    waiting: int = 0
    other_promoted: int = 0
    other_waiting: int = 0

    @property
    def reach(self) -> Share:
        """Return how many were promoted, out of how many."""
        promoted = self.proved_promoted + self.other_promoted
        return Share(promoted, promoted + self.waiting + self.other_waiting)

    @property
    def validated(self) -> int:
        """Return how many are proved."""
        return self.proved_promoted + self.waiting

    @property
    def others(self) -> int:
        """Return how many are not."""
        return self.other_promoted + self.other_waiting


class Protected:
    """What may be shown of the people of a territory: by agency, by partner, in all; nothing for a hidden line."""

    def __init__(self, rows: Iterable[Reach], kind_of: Mapping[UUID, str]) -> None:
        leaves = {self._key(row.agency_id): row.atoms for row in rows}
        parents: dict[str, str] = {}
        for row in rows:
            kind = f"kind {kind_of.get(row.agency_id, '') if row.agency_id else ''}"
            parents[self._key(row.agency_id)], parents[kind] = kind, WHOLE
        self._tree = Tree(WHOLE, leaves, parents)
        self._shown = self._tree.published()

    def whole(self) -> Groups | None:
        """Return the whole territory."""
        return self._groups(WHOLE)

    def agency(self, agency_id: UUID | None) -> Groups | None:
        """Return one agency."""
        return self._groups(self._key(agency_id))

    def kind(self, kind: str) -> Groups | None:
        """Return the agencies of one partner."""
        return self._groups(f"kind {kind}")

    def view(self, *, agency: UUID | None, kind: str, kind_of: Mapping[UUID, str]) -> Groups | None:
        """Return what a choice of filters shows: a line of the table, never a new sum."""
        if agency is None:
            return self.kind(kind) if kind else self.whole()
        return Groups() if kind and kind_of.get(agency) != kind else self.agency(agency)

    def _groups(self, key: str) -> Groups | None:
        if key not in self._tree.leaves and key not in self._tree.parts:
            return Groups()  # nobody there: an empty line describes nobody
        return Groups(*self._tree.atoms(key)) if key in self._shown else None

    @staticmethod
    def _key(agency_id: UUID | None) -> str:
        return f"agency {agency_id or ''}"


def columns(figures: Figures) -> tuple[int, ...]:
    """Return the counts of a group of promotions, and of those without an answer."""
    return (
        figures.promotions, figures.answered, figures.promotions - figures.answered, figures.good, figures.meetings,
        figures.kept, figures.hired,
    )  # fmt: skip


def shown_agencies(agencies: Mapping[UUID, Figures], kind_of: Mapping[UUID, str]) -> tuple[set[UUID], set[str]]:
    """Return the agencies and partners whose promotions may be told to who may not read them one by one."""
    leaves: dict[str, tuple[int, ...]] = {str(pk): columns(figures) for pk, figures in agencies.items()}
    parents = {str(pk): f"kind {kind_of.get(pk, '')}" for pk in agencies}
    tree = Tree(WHOLE, leaves, parents | dict.fromkeys(set(parents.values()), WHOLE))
    shown = tree.published()
    kinds = {kind_of.get(pk, "") for pk in agencies}
    return {pk for pk in agencies if str(pk) in shown}, {kind for kind in kinds if f"kind {kind}" in shown}


def shown_figures(figures: Figures) -> Figures:
    """Return figures when they may be told, nothing otherwise."""
    return figures if is_publishable(columns(figures)) else Figures()
