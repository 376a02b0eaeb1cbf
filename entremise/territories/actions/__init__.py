"""Writes of the reference tables of places and activities: the built-in extract, then the official files."""

from entremise.territories.actions.builtin import BUILTIN, load_builtin
from entremise.territories.actions.communes import import_communes
from entremise.territories.actions.naf import import_naf

__all__ = ["BUILTIN", "import_communes", "import_naf", "load_builtin"]
