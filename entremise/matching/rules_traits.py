"""Filter values of the pool as bits of one number: one comparison tells whether a profile has them all."""

# The order is that of the bits kept in the rows: add at the end, never remove nor move (or write every row again).
TRAITS = (
    "toggle:validated",
    "toggle:never_promoted",
    "toggle:available",  # depends on the day: added when searching, never kept
    "toggle:fresh",  # the same
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
)
SEVERAL = "toggle"  # several toggles may be asked together; elsewhere one value at a time


def bit(name: str) -> int:
    """Return the bit of one filter value."""
    return 1 << TRAITS.index(name)


def traits_of(names: list[str]) -> int:
    """Return the number that holds these filter values."""
    return sum(bit(name) for name in set(names))


def dimension(name: str) -> str:
    """Return the filter of a value: a toggle is a filter by itself."""
    kind, _, _value = name.partition(":")
    return name if kind == SEVERAL else kind


def masks(asked: list[str]) -> dict[str, int]:
    """Return, for the total and for each filter value, the bits a profile must have to be counted.

    A value is counted with what is asked in all the other filters, so that its count is what choosing it would find.
    """
    total = traits_of(asked)
    counted = {"total": total}
    for name in TRAITS:
        others = [other for other in asked if dimension(other) != dimension(name)]
        counted[name] = traits_of(others) | bit(name)
    return counted
