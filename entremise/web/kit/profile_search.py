"""A recruiter's search of anonymous profiles, by a link or from a space: made, counted, found again, shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from entremise.kernel.actors import Actor
from entremise.kernel.models import MailLink
from entremise.matching import actions_recruiter, queries_recruiter, rules_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import RecruiterAccess, RecruiterSearch
from entremise.matching.queries_cards import labels
from entremise.matching.queries_criteria import PoolCriteria, parse
from entremise.matching.queries_recruiter import RecruiterPage
from entremise.skills.models import Skill
from entremise.web.kit.profiles_forms import SearchForm, filled, offered_skills
from entremise.web.kit.typed import identifier, whole_number


@dataclass(frozen=True, slots=True)
class Searched:
    """What came of the form: the search that was made, or the form that says what is not understood."""

    form: SearchForm
    before: RecruiterSearch | None
    made: RecruiterSearch | None = None


def made_search(text: str, opened: RecruiterAccess | None) -> RecruiterSearch | None:
    """Return the search that an address names, when this access made it."""
    key = identifier(text)
    return queries_recruiter.search_of(key, opened) if key and opened else None


def search(opened: RecruiterAccess, posted: QueryDict, *, actor: Actor) -> Searched:
    """Make the search that was asked for, counted."""
    before = made_search(posted.get("before", ""), opened)
    known = parse(before.query) if before else PoolCriteria()
    initial = filled(known, labels(known.occupations, known.skills))
    form = SearchForm(posted, initial=initial, offered=_offered(known))
    criteria = form.criteria(opened) if form.is_valid() else None
    if criteria is None or form.errors:
        return Searched(form, before)
    try:
        return Searched(form, before, actions_recruiter.search(opened, actor=actor, criteria=criteria))
    except RecruiterRefused as refusal:
        form.add_error(refusal.field or None, refusal.reason)
    return Searched(form, before)


def found_page(made: RecruiterSearch, key: MailLink, number: str) -> tuple[SearchForm, RecruiterPage]:
    """Return a page of what a search found, and the form that made it."""
    found = queries_recruiter.page_of_cards(made, key, page_number(number))
    criteria = parse(made.query)
    return SearchForm(initial=filled(criteria, found.labels), offered=_offered(criteria)), found


def page_number(text: str) -> int:
    """Return the page asked for, the first when none is."""
    return whole_number(text) or 1


def address_of(page: str, made: RecruiterSearch, number: int = 1) -> str:
    """Return where a page of a search is shown."""
    return f"{page}?recherche={made.pk}" + (f"&page={number}" if number > 1 else "") + "#profils"


def profiles_context(
    form: SearchForm,
    found: RecruiterPage | None,
    before: RecruiterSearch | None,
    *,
    address: Callable[[RecruiterSearch, int], str],
) -> dict[str, Any]:
    """Return what the page shows of a search."""
    context: dict[str, Any] = {
        "form": form,
        "found": found,
        "before": found.search if found else before,
        "most_cards": rules_recruiter.MOST_CARDS,
    }
    if found is not None:
        context["next_href"] = address(found.search, found.next_number) if found.next_number else ""
        context["previous_href"] = address(found.search, found.number - 1) if found.number > 1 else ""
    return context


def _offered(criteria: PoolCriteria) -> list[Skill]:
    return offered_skills(next(iter(criteria.occupations), ""), criteria.skills)
