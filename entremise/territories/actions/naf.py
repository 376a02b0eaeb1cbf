"""Import the activities of the NAF rev. 2 (INSEE), from a CSV or a JSON file."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from entremise.kernel import typeahead_store
from entremise.kernel.actions import Done
from entremise.kernel.actors import Actor
from entremise.kernel.models import IndexStamp
from entremise.kernel.reference_files import Progress, Source, SourceRefused, import_action, synchronise
from entremise.lib.identifiers import IdentifierRefused, parse_naf
from entremise.territories import queries, rules
from entremise.territories.enums import Verb
from entremise.territories.models import NafCode

_CODES = ("code", "id", "code_naf", "code naf")
_LABELS = ("libelle", "libellé", "label", "intitule", "intitulé")


@import_action(Verb.NAF_IMPORTED, may="territories.import")
def import_naf(source: Path | str, *, actor: Actor, dry_run: bool = False, progress: Progress | None = None) -> Done:
    """Bring the activities in line with the official list; groups and classes above the sub-class are left out."""
    activities = list(_activities(Source(source)))
    if not activities:
        raise SourceRefused(_("Ce fichier ne contient aucun code NAF : il faut une colonne « CODE » et un libellé."))
    rows = NafCode.objects.all()
    report = synchronise(activities, rows, key="code", fields=("label", "section"), dry_run=dry_run, progress=progress)
    if not report.is_empty and not dry_run:
        typeahead_store.touch(queries.NAF_INDEX)
    return Done(report, subject=IndexStamp(name=queries.NAF_INDEX), data={**report.counts, "dry_run": dry_run})


def _activities(source: Source) -> Iterator[NafCode]:
    """Read the first file that gives sub-classes: an archive may hold the same list twice."""
    for name in source.names():
        rows = source.json(name) if name.lower().endswith(".json") else source.rows(name)
        found = [activity for row in rows if (activity := _activity(row)) is not None]
        if found:
            yield from found
            return


def _activity(row: object) -> NafCode | None:
    if not isinstance(row, dict):
        return None
    code = next((str(row[name]) for name in _CODES if row.get(name)), "")
    label = next((str(row[name]).strip() for name in _LABELS if row.get(name)), "")
    try:
        parsed = parse_naf(code)
    except IdentifierRefused:
        return None
    return NafCode(code=parsed, label=label, section=rules.naf_section(parsed)) if label else None
