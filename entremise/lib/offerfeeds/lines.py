"""What a reader of feeds yields, what it refuses, and the limits that it keeps."""

from dataclasses import dataclass, field
from typing import Final

from entremise.lib.cells import Fault, gettext_noop

LONGEST_ENTRY: Final = 200_000  # characters of one offer as it is written; ours has 5 000 at most
CHUNK: Final = 1 << 18

UNREADABLE: Final = gettext_noop(
    "Cette ligne ne se lit pas : %(why)s. Les autres lignes ont été lues ; corrigez celle-ci et renvoyez le fichier."
)
CUT: Final = gettext_noop("Le fichier s'arrête au milieu de cette offre : renvoyez-le en entier.")
TOO_LONG: Final = gettext_noop("Cette offre est démesurée (plus de 200 000 caractères) : elle n'a pas été lue.")


class FeedRefused(Exception):
    """Nothing of a file can be read; `message` is a French sentence to translate, `params` its values."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.params = params


@dataclass(frozen=True, slots=True)
class Line:
    """One offer as it was written, in our names: texts only, HTML made plain."""

    number: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BadLine:
    """One offer that cannot be read, and why."""

    number: int
    fault: Fault


def unreadable(number: int, why: str) -> BadLine:
    """Return a line that cannot be read; `why` is a French clause to translate."""
    return BadLine(number, Fault("", UNREADABLE, {"why": why}))
