"""Closed lists of the demonstration."""

from enum import StrEnum


class Verb(StrEnum):
    """What happens to the demonstration, in the journal."""

    CROWD_LOADED = "demo.crowd_loaded"
