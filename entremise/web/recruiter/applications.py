"""The candidates of a space: every inbox, the board of one, its file, one application, and what is done there."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.employers.models_spaces import RecruiterSpace
from entremise.kernel import clock
from entremise.reciprok import actions_export, queries, queries_board, queries_meetings
from entremise.reciprok.models import Application, Inbox
from entremise.web.kit import board_acts
from entremise.web.kit.board import Place, columns, export_line, exported
from entremise.web.kit.board_meetings import appointments
from entremise.web.kit.board_pages import application_page, board_page, closing_page
from entremise.web.kit.calendar_files import calendar_file
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.once import once
from entremise.web.kit.responses import refused
from entremise.web.kit.screens import ActorRequest
from entremise.web.recruiter.offers import found_offer
from entremise.web.recruiter.space import in_space, page, standing

SHOWN = ["GET", "HEAD", "POST"]


@in_space("reciprok.inboxes")
@require_GET
def inboxes(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """List where applications arrive: each offer, and the spontaneous ones, with who waits."""
    found = list(queries_board.boxes(request.actor, space))
    context = {"boxes": found, "waiting": sum(box.waiting_count for box in found)}  # type: ignore[attr-defined]
    return page(request, "inboxes.html", space, context)


@in_space("reciprok.inboxes")
@require_GET
def offer_applications(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Show the candidates of one offer; nobody applied yet: say so."""
    box = queries_board.box_of(pk, request.actor)
    if box is None:
        return page(request, "applications_none.html", space, {"offer": found_offer(request, pk)})
    return _board(request, _place(request, space, box))


@in_space("reciprok.inboxes")
@require_GET
def inbox(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Show the candidates of one inbox."""
    return _board(request, _place(request, space, _box(request, pk)))


@in_space("reciprok.inboxes")
@require_GET
def inbox_export(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Give the candidates of an inbox as a file, with the filter of the page."""
    place = _place(request, space, _box(request, pk))
    asked = request.GET.get("etat", "")
    found = exported(place, asked if asked in queries_board.GROUPS else "", MOST_LINES)
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes. Choisissez des filtres, puis exportez à nouveau.")
        return refused(request, reason % {"most": MOST_LINES}, "recruiter_inbox", pk=pk)
    named = [one.application for one in found if one.card.name]
    actions_export.note_export(place.box, actor=request.actor, named=named, count=len(found))
    title = _("Candidatures %(title)s") % {"title": place.box.title}
    return spreadsheet(request, title, *with_columns(request, columns(), map(export_line, found)))


@in_space("reciprok.inboxes")
@require_GET
def application(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Show one application whole; the person finds the look in her history."""
    board_acts.look(request, _application(request, pk))
    found = _application(request, pk)
    return application_page(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def application_answer(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Answer one candidate."""
    found = _application(request, pk)
    return board_acts.answer(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
def application_opened(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Note the first gesture on an application."""
    found = _application(request, pk)
    return board_acts.opened(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def application_meeting(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Propose moments to meet."""
    found = _application(request, pk)
    return board_acts.propose(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def application_meeting_cancel(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Cancel a meeting."""
    found = _application(request, pk)
    return board_acts.cancel(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def application_recommend(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Recommend a candidate to somebody else."""
    found = _application(request, pk)
    return board_acts.recommend(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def application_report(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Report an application to the agency."""
    found = _application(request, pk)
    return board_acts.report(request, _place(request, space, found.inbox), found)


@in_space("reciprok.inboxes")
@require_POST
@once
def answer_many(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Answer the candidates ticked."""
    return board_acts.many(request, _place(request, space, _box(request, pk)))


@in_space("reciprok.inboxes")
@require_http_methods(SHOWN)
@once
def closing(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Answer all who remain when the recruitment ends."""
    place = _place(request, space, _box(request, pk))
    return board_acts.end(request, place) if request.method == "POST" else closing_page(request, place)


@in_space("reciprok.inboxes")
@require_GET
def calendar(request: ActorRequest, space: RecruiterSpace, pk: UUID) -> HttpResponse:
    """Give the meetings of an inbox for a calendar."""
    found = queries_meetings.fixed_in(_box(request, pk))
    return calendar_file("rendez-vous", appointments(found), stamped_at=clock.now())


def _board(request: ActorRequest, place: Place) -> HttpResponse:
    file = f"{place.href('board')}fichier"
    return board_page(request, place, extra={"export": column_choice(request, file, columns())})


def _place(request: ActorRequest, space: RecruiterSpace, box: Inbox) -> Place:
    mine: list[RecruiterSpace] = request.spaces  # type: ignore[attr-defined]  # kept by `in_space`
    certified = any(one.is_certified and one.establishment_id == box.establishment_id for one in mine)
    frame = {"space": space, "spaces": mine, "standing": standing(space)}
    return Place(box, request.actor, frame=frame, is_checked=certified)


def _box(request: ActorRequest, pk: UUID) -> Inbox:
    try:
        return queries.inbox(pk, request.actor)
    except Inbox.DoesNotExist as missing:
        raise Http404 from missing


def _application(request: ActorRequest, pk: UUID) -> Application:
    try:
        found = queries_board.shown(pk, request.actor)
    except Application.DoesNotExist as missing:
        raise Http404 from missing
    found.inbox = _box(request, found.inbox_id)
    return found
