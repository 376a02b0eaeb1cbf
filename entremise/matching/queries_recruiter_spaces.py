"""What a recruiter space did with profiles: its own access, how many it was shown, whom it wishes to meet."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel.models import MailLink
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess, RecruiterSearch
from entremise.matching.queries_cards import labels
from entremise.matching.queries_criteria import parse

WHY = "counts of a space that the caller already sees"
SPACE_KEY = "matching.space_profiles"
LAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LastSearch:
    """A search made before, and what it asked for in words."""

    search: RecruiterSearch
    words: str


def access_of_space(space: RecruiterSpace) -> RecruiterAccess | None:
    """Return the search of profiles of a space, None when it never searched."""
    rows: Any = RecruiterAccess.objects.unscoped("the space was checked by the policy")
    found: RecruiterAccess | None = (
        rows.select_related("establishment__commune", "agency", "space", "contact", "adviser")
        .filter(space=space)
        .first()
    )
    return found


def key_of(opened: RecruiterAccess) -> MailLink:
    """Return what designates the cards of a space's search: it is never written, and opens nothing."""
    return MailLink(id=opened.pk, purpose=SPACE_KEY)


def waiting_wishes(space: RecruiterSpace) -> int:
    """Return how many meetings a space asked for that nobody was told about: they wait for its certification."""
    rows: Any = MeetingWish.objects.unscoped(WHY)
    count: int = rows.filter(access__space=space, released_at=None, set_aside_at=None).exclude(held_at=None).count()
    return count


def view_count(space: RecruiterSpace) -> int:
    """Return how many anonymous profiles the searches of a space found, all counted."""
    rows: Any = RecruiterSearch.objects.unscoped(WHY)
    found = rows.filter(access__space=space).aggregate(seen=Coalesce(Sum("numbers__len"), 0))
    seen: int = found["seen"]
    return seen


def last_searches(opened: RecruiterAccess) -> list[LastSearch]:
    """Return the last searches of a space, to take one up again; the same question is shown once."""
    rows: Any = RecruiterSearch.objects.unscoped("the access was checked by the policy").filter(access=opened)
    latest: dict[str, RecruiterSearch] = {}
    for made in rows.order_by("-created_at")[: 4 * LAST_SHOWN]:
        latest.setdefault(made.query, made)
    shown = list(latest.values())[:LAST_SHOWN]
    asked = [parse(made.query) for made in shown]
    known = labels({code for one in asked for code in one.occupations}, {pk for one in asked for pk in one.skills})
    return [
        LastSearch(made, ", ".join(known[key] for key in (*one.occupations, *map(str, one.skills)) if key in known))
        for made, one in zip(shown, asked, strict=True)
    ]
