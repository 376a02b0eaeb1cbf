"""The candidates of one inbox by the link of a mail, without account. A GET shows; only a POST acts."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from entremise.kernel import clock
from entremise.kernel.models import MailLink
from entremise.reciprok import queries, queries_board, queries_meetings
from entremise.reciprok.links import INBOX
from entremise.reciprok.models import Application
from entremise.reciprok.workflow import is_contact, is_member
from entremise.web.kit import board_acts
from entremise.web.kit.board import Place
from entremise.web.kit.board_meetings import appointments
from entremise.web.kit.board_pages import application_page, board_page, closing_page
from entremise.web.kit.calendar_files import calendar_file
from entremise.web.kit.link_pages import link_page, own_reference
from entremise.web.kit.once import once
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest

SEEN = ["GET", "HEAD"]
View = Callable[..., HttpResponse]


def at_the_inbox(view: View) -> View:
    """Give the view the inbox of its link; who does not read there any more is told so, whatever they ask."""

    @link_page(INBOX)
    @functools.wraps(view)
    def run(request: ActorRequest, link: MailLink, **kwargs: Any) -> HttpResponse:
        box = queries.inbox_by_link(link)
        of_space = is_member(box, link.recipient)
        if not (of_space or is_contact(box, link.recipient)):
            context = {"box": box, "agency": box.agency}
            return respond(request, "web/employer/inbox_left.html", context, status=403)
        # The link and its reader were just checked: the policy asks the same again at each act.
        place = Place(box, request.actor, token=own_reference(request), is_checked=True, is_member=of_space)
        return view(request, place, **kwargs)

    return run


@at_the_inbox
@require_http_methods(SEEN)
def inbox(request: ActorRequest, place: Place) -> HttpResponse:
    """Show the candidates."""
    return board_page(request, place)


@at_the_inbox
@require_http_methods(SEEN)
def application(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Show one application whole."""
    return application_page(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def answer(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Answer one candidate."""
    return board_acts.answer(request, place, _application(place, pk))


@at_the_inbox
@require_POST
def opened(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Note the first gesture on an application."""
    return board_acts.opened(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def meeting(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Propose moments to meet."""
    return board_acts.propose(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def meeting_cancel(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Cancel a meeting."""
    return board_acts.cancel(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def recommend(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Recommend a candidate to somebody else."""
    return board_acts.recommend(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def report(request: ActorRequest, place: Place, pk: UUID) -> HttpResponse:
    """Report an application to the agency."""
    return board_acts.report(request, place, _application(place, pk))


@at_the_inbox
@require_POST
@once
def answer_many(request: ActorRequest, place: Place) -> HttpResponse:
    """Answer the candidates ticked."""
    return board_acts.many(request, place)


@at_the_inbox
@require_http_methods([*SEEN, "POST"])
@once
def closing(request: ActorRequest, place: Place) -> HttpResponse:
    """Answer all who remain when the recruitment ends."""
    return board_acts.end(request, place) if request.method == "POST" else closing_page(request, place)


@at_the_inbox
@require_http_methods(SEEN)
def calendar(request: ActorRequest, place: Place) -> HttpResponse:
    """Give the meetings of the inbox for a calendar."""
    return calendar_file("rendez-vous", appointments(queries_meetings.fixed_in(place.box)), stamped_at=clock.now())


def _application(place: Place, pk: UUID) -> Application:
    found = queries_board.shown_in(place.box, pk)
    if found is None:
        raise Http404
    return found
