"""From what the person typed to one establishment, with or without JavaScript."""

from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from entremise.employers import queries as employers
from entremise.employers.models import Establishment
from entremise.employers.rules import siret_start
from entremise.kernel.actors import Actor
from entremise.validations import queries

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Place:
    """One establishment, or several among which to choose, or a sentence that says what is wrong."""

    establishment: Establishment | None = None
    options: list[Establishment] = field(default_factory=list)
    error: str = ""


def find(typed: str, chosen: UUID | None, actor: Actor) -> Place:
    """Return the place chosen from the suggestions, or found from what was typed; nothing typed gives no place."""
    if chosen:
        return Place(queries.establishment(chosen))
    if not typed.strip():
        return Place()
    if siret_start(typed):
        return _by_siret(typed)
    found = employers.search(typed, actor, limit=SHOWN)
    if len(found) == 1:
        return Place(found[0])
    if found:
        return Place(options=found, error=_("Plusieurs établissements portent ce nom. Choisissez le bon ci-dessous."))
    return Place(error=_("Nous ne trouvons pas cet établissement. Vérifiez le nom, ou indiquez son numéro SIRET."))


def _by_siret(typed: str) -> Place:
    try:
        establishment = employers.establishment_by_siret(typed)
    except employers.SiretRefused as refusal:
        return Place(error=refusal.reason)
    if establishment is None:
        return Place(error=_("Aucun établissement ne porte ce numéro SIRET. Vérifiez-le sur un bulletin de paie."))
    return Place(establishment)
