"""Closed lists of the territories."""

from enum import StrEnum


class Verb(StrEnum):
    """What happens to the reference tables; never renamed."""

    BUILTIN_LOADED = "territories.builtin_loaded"
    COMMUNES_IMPORTED = "territories.communes_imported"
    NAF_IMPORTED = "territories.naf_imported"
