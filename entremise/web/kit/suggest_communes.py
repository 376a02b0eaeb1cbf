"""Suggestions of communes."""

from collections.abc import Iterable

from entremise.skills.queries import Suggestion
from entremise.territories import queries
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.suggestions import Suggested, suggestions


@suggestions("territories.suggest")
def suggest_communes(request: ActorRequest, typed: str) -> Iterable[Suggested]:
    """Suggest communes by name, postcode or INSEE code."""
    for one in queries.suggested_communes(typed):
        yield Suggestion(one.code, one.name, " · ".join((one.department.name, *one.postcodes[:2])))
