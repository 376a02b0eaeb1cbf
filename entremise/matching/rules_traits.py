"""Filter values of the pool as bits of one number: one comparison tells whether a profile has them all."""

from collections.abc import Iterable

from entremise.matching.engine.layout import AVAILABLE_BIT, FRESH_BIT

# ISO 639-1, in the order in which they were added.
LANGUAGES = (
    "fr", "de", "en", "ar", "hy", "zh", "es", "it", "ln", "nl", "ps", "fa", "pl", "pt", "ro", "ru", "so", "ti", "tr",
    "uk", "vi", "wo",
)  # fmt: skip

# The order is that of the bits kept in the rows: add at the end, never remove nor move (or write every row again).
TRAITS = (
    "toggle:validated",
    "toggle:never_promoted",
    "",  # two places left empty
    "",
    "contract:cdi",
    "contract:cdd",
    "contract:temporary",
    "contract:apprenticeship",
    "contract:seasonal",
    "schedule:day",
    "schedule:early",
    "schedule:evening",
    "schedule:night",
    "schedule:weekend",
    "licence:b",
    "licence:c",
    "licence:d",
    "licence:caces",
    "working_time:full",
    "working_time:part",
    *(f"language:{code}" for code in LANGUAGES),
)
OPEN_OFFER_BIT = 2  # of the rows that are offers, in a place left empty above: the offer is not closed
REQUIRED = frozenset({"contract", "schedule", "licence", "language", "working_time"})  # what an offer may require
OF_THE_DAY = {"toggle:available": AVAILABLE_BIT, "toggle:fresh": FRESH_BIT}  # never kept: the day decides
SEVERAL = "toggle"  # several toggles may be asked together; elsewhere one value at a time


def place(name: str) -> int:
    """Return the rank of the bit of one filter value."""
    return OF_THE_DAY[name] if name in OF_THE_DAY else TRAITS.index(name)


def bit(name: str) -> int:
    """Return the bit of one filter value."""
    return 1 << place(name)


def traits_of(names: Iterable[str]) -> int:
    """Return the number that holds these filter values."""
    return sum(bit(name) for name in set(names))


def names() -> list[str]:
    """Return all filter values."""
    return [*filter(None, TRAITS), *OF_THE_DAY]


def dimension(name: str) -> str:
    """Return the filter of a value: a toggle is a filter by itself."""
    kind, _, _value = name.partition(":")
    return name if kind == SEVERAL else kind


def siblings(name: str) -> int:
    """Return the bits of all values of the same filter."""
    return traits_of(other for other in names() if dimension(other) == dimension(name))


def required() -> list[str]:
    """Return the filter values that an offer may require."""
    return [name for name in filter(None, TRAITS) if name.partition(":")[0] in REQUIRED]


def lacking(traits: int) -> list[int]:
    """Return the ranks of what an offer may require that a profile does not have."""
    return [place(name) for name in required() if not traits & bit(name)]
