"""RDF Dataset Canonicalization (RDFC-1.0), with bounded work.

Naming blank nodes takes factorial time on graphs made for that («poison graphs»); PyLD 3.3.0 has no bound. Here each
permutation and each quad looked at counts as work, and the graph is refused when the work is spent (§7.1 allows it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import permutations

from entremise.lib.openbadges.rdf import Quad
from entremise.lib.openbadges.reasons import Refused

MAX_WORK = 10_000  # measured: a twentieth of a second; a credential whose parts can be told apart takes none


class Issuer:
    """Names blank nodes in the order in which they are asked for (§4.5)."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued if issued is not None else {}

    def name(self, label: str) -> str:
        """Return the name of this blank node, a new one at first."""
        if label not in self.issued:
            self.issued[label] = f"{self.prefix}{len(self.issued)}"
        return self.issued[label]

    def copy(self) -> Issuer:
        """Return an issuer that starts from the same names."""
        return Issuer(self.prefix, dict(self.issued))


def canonical(quads: Iterable[Quad], work: int = MAX_WORK, algorithm: str = "sha256") -> str:
    """Return the canonical N-Quads of a dataset (§4.4); SHA-384 is the other hash of the standard (§4.8)."""
    try:
        return _Canonicalizer(tuple(quads), work, algorithm).text()
    except RecursionError:  # a chain of a thousand blank nodes that all look the same
        raise Refused("too_symmetric") from None


class _Canonicalizer:
    def __init__(self, quads: Sequence[Quad], work: int, algorithm: str = "sha256") -> None:
        self.quads = quads
        self.left = work
        self.algorithm = algorithm
        self.named = Issuer("_:c14n")
        self.around: dict[str, list[Quad]] = {}
        for quad in quads:
            for label in {label for _, label in quad.blanks()}:
                self.around.setdefault(label, []).append(quad)
        self.first = {label: self._first_degree(label) for label in self.around}

    def text(self) -> str:
        alike: dict[str, list[str]] = {}
        for label, digest in self.first.items():
            alike.setdefault(digest, []).append(label)
        for _, labels in sorted(alike.items()):
            if len(labels) == 1:
                self.named.name(labels[0])
        for _, labels in sorted(alike.items()):
            if len(labels) > 1:
                self._tell_apart(labels)
        return "".join(sorted(quad.written(self.named.name) for quad in self.quads))

    def _hashed(self, text: str) -> str:
        return hashlib.new(self.algorithm, text.encode()).hexdigest()

    def _spend(self, effort: int) -> None:
        self.left -= effort
        if self.left < 0:
            raise Refused("too_symmetric")

    def _tell_apart(self, labels: Sequence[str]) -> None:
        """Name blank nodes that look the same from near (§4.4.3 step 5)."""
        paths = []
        for label in labels:
            if label not in self.named.issued:
                issuer = Issuer("_:b")
                issuer.name(label)
                paths.append(self._n_degree(label, issuer))
        for _, issuer in sorted(paths, key=lambda path: path[0]):
            for label in issuer.issued:
                self.named.name(label)

    def _first_degree(self, label: str) -> str:
        """Hash the quads around a blank node, all others being called the same (§4.6)."""
        lines = sorted(quad.written(lambda one: "_:a" if one == label else "_:z") for quad in self.around[label])
        return self._hashed("".join(lines))

    def _related(self, label: str, issuer: Issuer) -> dict[str, list[str]]:
        """Group the neighbours of a blank node by what is known of them (§4.7, §4.8 step 3)."""
        groups: dict[str, list[str]] = {}
        self._spend(len(self.around[label]))
        for quad in self.around[label]:
            for place, other in quad.blanks():
                if other != label:
                    known = self.named.issued.get(other) or issuer.issued.get(other) or self.first[other]
                    predicate = "" if place == "g" else quad.predicate
                    groups.setdefault(self._hashed(place + predicate + known), []).append(other)
        return groups

    def _n_degree(self, label: str, issuer: Issuer) -> tuple[str, Issuer]:
        """Hash a blank node by all that can be reached from it (§4.8)."""
        told = ""
        for digest, others in sorted(self._related(label, issuer).items()):
            told += digest
            best: tuple[str, Issuer] | None = None
            for order in permutations(others):
                self._spend(len(order) + len(issuer.issued) // 8)  # which is copied
                best = self._path(order, issuer.copy(), best)
            if best is not None:
                told += best[0]
                issuer = best[1]
        return self._hashed(told), issuer

    def _path(
        self, order: Sequence[str], issuer: Issuer, best: tuple[str, Issuer] | None
    ) -> tuple[str, Issuer] | None:
        """Follow the neighbours in this order; return the smaller of this path and the best so far."""
        path, unseen = "", []
        for other in order:
            if other in self.named.issued:
                path += self.named.issued[other]
            else:
                if other not in issuer.issued:
                    unseen.append(other)
                path += issuer.name(other)
            if best and path > best[0]:
                return best
        for other in unseen:
            digest, reached = self._n_degree(other, issuer)
            path += f"{issuer.name(other)}<{digest}>"
            issuer = reached
            if best and path > best[0]:
                return best
        return (path, issuer) if best is None or path < best[0] else best
