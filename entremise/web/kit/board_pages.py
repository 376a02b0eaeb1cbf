"""The pages of the employer's board: the list, one application, the end of a recruitment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.credentials import queries_documents as documents
from entremise.kernel import clock, links
from entremise.kernel.actors import Actor
from entremise.offers.models import Offer
from entremise.reciprok import (
    queries,
    queries_board,
    queries_meetings,
    queries_recommendations,
    queries_words,
    rules,
)
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.models import Application
from entremise.web.kit.board import Place, board, cards
from entremise.web.kit.board_forms import (
    AnswerForm,
    ClosingForm,
    ManyForm,
    MeetingForm,
    RecommendForm,
    ReportForm,
    first_slots,
)
from entremise.web.kit.board_parts import seals
from entremise.web.kit.responses import respond
from entremise.web.kit.screens import ActorRequest

ANSWERED = frozenset({ApplicationState.REFUSED, ApplicationState.HIRED, ApplicationState.FAVOURABLE})
PAGE_KEYS = ("etat", "tri", "apres")  # which page of the board is shown


@dataclass(frozen=True, slots=True)
class Targets:
    """To whom a candidate may be recommended."""

    choices: list[tuple[str, str]]
    offers: Mapping[str, Offer]


def board_page(
    request: ActorRequest,
    place: Place,
    *,
    many_form: ManyForm | None = None,
    ticked: Collection[UUID] = (),
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the candidates of an inbox."""
    context = {
        **frame(place),
        "board": board(place, request.GET, place.href("board")),
        "many_form": many_form or ManyForm(),
        "many_href": place.href("many") + _page_asked(request),
        "longest_answer": rules.LONGEST_ANSWER,
        "seen_at": clock.now().isoformat(),
        "is_answering_many": many_form is not None,
        "ticked": set(ticked),
        "closing_href": place.href("closing"),
        "drafts": queries_words.drafts(),
        "seals": seals(),
        **(extra or {}),
    }
    return respond(request, f"{place.folder}.html", context, status=422 if many_form else 200)


def application_page(
    request: ActorRequest,
    place: Place,
    application: Application,
    *,
    answer_form: AnswerForm | None = None,
    meeting_form: MeetingForm | None = None,
    recommend_form: RecommendForm | None = None,
    report_form: ReportForm | None = None,
    typed: str = "",
) -> HttpResponse:
    """Show one application whole: what it shows, what was said, what may be done; nothing of who withdrew."""
    if application.state == ApplicationState.WITHDRAWN:
        return respond(request, f"{place.folder}_one.html", {**frame(place), "is_gone": True})
    (shown,) = cards(place, queries_board.these([application.pk], place.box))
    has_errors = any(
        form is not None and form.errors for form in (answer_form, meeting_form, recommend_form, report_form)
    )
    context = {
        **frame(place),
        "one": shown,
        "application": application,
        "card": shown.card,
        "cv_href": _cv_href(application) if shown.card.name else "",
        "answer_form": answer_form or AnswerForm(application=application),
        "answer_refusal": place.refusal,
        "look_href": place.href("opened", application.pk) if place.token and not place.refusal else "",
        "may_change_until": _change_until(application),
        "is_answered": application.state in ANSWERED,
        **_meeting_of(place, application, meeting_form),
        **_recommending(place, application, recommend_form, typed),
        "report_form": report_form or ReportForm(),
        "is_reporting": report_form is not None,
        "drafts": queries_words.drafts(),
        "acts": {
            page: place.href(page, application.pk) for page in ("meeting", "meeting_cancel", "recommend", "report")
        },
    }
    return respond(request, f"{place.folder}_one.html", context, status=422 if has_errors else 200)


def _page_asked(request: ActorRequest) -> str:
    """Return the query of the page shown: a form with an error comes back there, or its ticks would be lost."""
    kept = {name: request.GET[name] for name in PAGE_KEYS if request.GET.get(name)}
    return f"?{urlencode(kept)}" if kept else ""


def _recommending(place: Place, application: Application, form: RecommendForm | None, typed: str) -> dict[str, Any]:
    return {
        "recommendations": queries_recommendations.of_application(application),
        "recommend_form": form or RecommendForm(targets=targets(application, place.actor, typed).choices),
        "is_recommending": form is not None,
        "can_recommend": application.state not in queries_recommendations.GONE,
        "typed": typed,
    }


def _meeting_of(place: Place, application: Application, form: MeetingForm | None) -> dict[str, Any]:
    last, current = queries_meetings.last(application), queries_meetings.current(application)
    return {
        "meeting": last,
        "can_propose": application.state == ApplicationState.FAVOURABLE and current is None,
        "can_cancel": current is not None,
        "meeting_form": form or MeetingForm(initial=first_slots() | {"kind": application.step}),
        "calendar_href": place.href("calendar") if last and last.chosen_at else "",
    }


def closing_page(
    request: ActorRequest,
    place: Place,
    *,
    form: ClosingForm | None = None,
    hired: Collection[UUID] = (),
    ids: Collection[UUID] | None = None,
) -> HttpResponse:
    """Show all who remain, to answer them at once."""
    found = cards(place, queries_board.remaining(place.box))
    offer = place.box.offer
    context = {
        **frame(place),
        "people": found,
        "form": form or ClosingForm(),
        "hired": set(hired),
        "ids": {one.application.pk for one in found} if ids is None else set(ids),
        "can_close": offer is not None and not offer.is_closed and not place.token,
        "must_be_read": any(one.is_unread for one in found)
        and (offer is None or queries.is_open_to_applications(offer)),
        "closing_href": place.href("closing"),
        "seen_at": clock.now().isoformat(),
        "drafts": queries_words.drafts(),
    }
    return respond(request, f"{place.folder}_closing.html", context, status=422 if form else 200)


def frame(place: Place) -> dict[str, Any]:
    """Return what every page of an inbox shows."""
    offer = place.box.offer
    return {
        **place.frame,
        "place": place,
        "box": place.box,
        "title": place.box.title,
        "board_href": place.href("board"),
        "refusal": place.refusal,
        "has_offer": offer is not None,
        "is_open": offer is not None and queries.is_open_to_applications(offer),
    }


def targets(application: Application, actor: Actor, typed: str) -> Targets:
    """Return to whom a candidate may be recommended: colleagues' open offers, then the employers that were typed."""
    found = {str(offer.pk): offer for offer in queries_recommendations.open_offers(application)}
    choices = [(f"offer:{key}", f"{offer.title}, {offer.commune.name}") for key, offer in found.items()]
    named = queries_recommendations.employers_named(typed, application, actor) if typed.strip() else []
    choices += [
        (f"employer:{one.pk}", _("%(name)s, %(place)s") % {"name": one.name, "place": one.commune.name})
        for one in named
    ]
    return Targets(choices, found)


def _cv_href(application: Application) -> str:
    usable = application.cv is not None and application.cv in queries.usable_cvs(application.person)
    link = documents.link_of(application.cv) if usable and application.cv else None
    return reverse("certified_cv", args=[links.token(link)]) if link else ""


def _change_until(application: Application) -> Any:
    answered = application.answered_at
    if application.state not in ANSWERED or answered is None:
        return None
    until = answered + rules.RECTIFY
    return until if rules.may_rectify(answered, clock.now()) else None
