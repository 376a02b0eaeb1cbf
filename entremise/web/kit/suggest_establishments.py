"""Suggestions of establishments, by name, city or the beginning of a SIRET."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from entremise.employers import queries
from entremise.employers.models import Establishment
from entremise.lib.identifiers import parse_siret
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.suggestions import Suggested, suggestions


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An establishment as a field shows it."""

    id: str
    label: str
    hint: str


@suggestions("employers.suggest")
def suggest_establishments(request: ActorRequest, typed: str) -> Iterable[Suggested]:
    """Suggest establishments; a closed one says so."""
    return [_suggestion(row) for row in queries.search(typed, request.actor)]


def _suggestion(row: Establishment) -> Suggestion:
    facts = [row.commune.name, str(parse_siret(row.siret)), "" if row.is_open else _("fermé")]
    return Suggestion(str(row.pk), row.name, " · ".join(fact for fact in facts if fact))
