"""The person whose space this is, read once a request."""

from contextlib import suppress

from django.http import Http404, HttpRequest

from entremise.accounts import queries as accounts
from entremise.kernel.actors import ANONYMOUS, Role
from entremise.people import actions, queries
from entremise.people.actions import ProfileRefused
from entremise.people.models import Person

SLOT = "entremise.person"


def my_person(request: HttpRequest) -> Person:
    """Return the signed-in jobseeker's own profile, opened at the first visit."""
    person = person_if_any(request)
    if person is None:
        actor = request.actor  # type: ignore[attr-defined]  # set by the middleware
        user = accounts.user_of(actor)
        if user is None:
            raise Http404
        with suppress(ProfileRefused):  # another window of the same newcomer was quicker
            actions.open_profile(user, actor=actor)
        person = request.META[SLOT] = queries.person_of(actor)
    if person is None:
        raise Http404
    return person


def person_if_any(request: HttpRequest) -> Person | None:
    """Return the signed-in jobseeker's own profile, or nothing for anybody else."""
    if SLOT not in request.META:
        actor = getattr(request, "actor", ANONYMOUS)
        request.META[SLOT] = queries.person_of(actor) if actor.has(Role.JOBSEEKER) else None
    person: Person | None = request.META[SLOT]
    return person
