"""What an employer does with candidates, from the space or from the page of the mail link: each act is a POST."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.employers.queries import establishments_of
from entremise.kernel.access import AccessDenied
from entremise.kernel.workflow import TransitionRefused
from entremise.offers import actions as offers
from entremise.offers.actions import OfferRefused
from entremise.offers.enums import CloseReason
from entremise.people.queries import looked_lately
from entremise.reciprok import (
    actions,
    actions_meetings,
    actions_recommendations,
    actions_voice,
    queries_board,
    queries_meetings,
)
from entremise.reciprok.actions import Many
from entremise.reciprok.models import Application
from entremise.reciprok.queries_words import draft
from entremise.reciprok.rules import ApplicationRefused
from entremise.reciprok.workflow import FLOW
from entremise.web.kit.board import Place
from entremise.web.kit.board_forms import AnswerForm, ClosingForm, ManyForm, MeetingForm, RecommendForm, ReportForm
from entremise.web.kit.board_pages import application_page, board_page, closing_page, targets
from entremise.web.kit.screens import ActorRequest
from entremise.web.kit.typed import identifiers


def answer(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Give one candidate an answer: a choice and a confirmation."""
    form = AnswerForm(request.POST, application=application)
    if not form.is_valid():
        return application_page(request, place, application, answer_form=form)
    try:
        _give(form, application, request)
    except ApplicationRefused as refusal:
        _propose(form, refusal)
        return application_page(request, place, application, answer_form=form)
    except (TransitionRefused, AccessDenied) as refusal:
        return _back(request, place, application, refusal.reason)
    return _go_on(request, place, application, form.verb)


def many(request: ActorRequest, place: Place) -> HttpResponse:
    """Give the same answer to the candidates ticked."""
    form = ManyForm(request.POST)
    ids = identifiers(request.POST.getlist("ids"))
    if not form.is_valid():
        return board_page(request, place, many_form=form, ticked=ids)
    reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
    words = form.cleaned_data["words"] or draft(reason)
    try:
        done: Many = actions.refuse_many(
            place.box, actor=request.actor, ids=ids, reason=reason, words=words, note=note, seen_at=_seen_at(request)
        )
    except ApplicationRefused as refusal:
        _propose(form, refusal)
        return board_page(request, place, many_form=form, ticked=ids)
    except (TransitionRefused, AccessDenied) as refusal:
        return _to(request, place.href("board"), refusal.reason, is_done=False)
    return _to(request, place.href("board"), _told(done))


def propose(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Propose moments to somebody who has a favourable opinion."""
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return application_page(request, place, application, meeting_form=form)
    try:
        actions_meetings.propose_meeting(application, actor=request.actor, **form.said())
    except ApplicationRefused as refusal:
        form.refuse(refusal)
        return application_page(request, place, application, meeting_form=form)
    except AccessDenied as refusal:
        return _back(request, place, application, refusal.reason)
    told = _("Vos créneaux sont proposés : nous vous écrivons dès que la personne a choisi.")
    return _to(request, place.href("one", application.pk), told)


def cancel(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Cancel the meeting proposed or fixed."""
    meeting = queries_meetings.current(application)
    if meeting is None:
        return _back(request, place, application, _("Ce rendez-vous n'est plus prévu : il n'y a rien à annuler."))
    words = request.POST.get("words", "")
    return _simple(
        request, place, application, _("Le rendez-vous est annulé : la personne est prévenue."),
        lambda: actions_meetings.cancel_meeting(meeting, actor=request.actor, words=words),
    )  # fmt: skip


def recommend(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Ask the candidate whether she may be recommended to somebody else."""
    typed = request.POST.get("employeur", "")
    form = RecommendForm(request.POST, targets=targets(application, request.actor, typed).choices)
    if request.POST.get("chercher") or not form.is_valid():
        shown = RecommendForm(targets=form.fields["target"].choices) if request.POST.get("chercher") else form  # type: ignore[attr-defined]
        return application_page(request, place, application, recommend_form=shown, typed=typed)
    kind, _colon, key = form.cleaned_data["target"].partition(":")
    chosen = targets(application, request.actor, typed).offers.get(key) if kind == "offer" else None
    at = None if chosen else next(iter(establishments_of([UUID(key)])), None)
    try:
        actions_recommendations.recommend(
            application, actor=request.actor, offer=chosen, establishment=at, words=form.cleaned_data["words"]
        )
    except ApplicationRefused as refusal:
        form.refuse(refusal)
        return application_page(request, place, application, recommend_form=form, typed=typed)
    except AccessDenied as refusal:
        return _back(request, place, application, refusal.reason)
    return _to(request, place.href("one", application.pk), _("C'est demandé : la personne décide, et reste libre."))


def report(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Tell the agency of something that should not happen."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        return application_page(request, place, application, report_form=form)
    try:
        actions_voice.report(application, actor=request.actor, **form.cleaned_data)
    except ApplicationRefused as refusal:
        form.refuse(refusal)
        return application_page(request, place, application, report_form=form)
    except AccessDenied as refusal:
        return _back(request, place, application, refusal.reason)
    return _to(request, place.href("one", application.pk), _("C'est signalé : l'agence vous répond sous dix jours."))


def opened(request: ActorRequest, place: Place, application: Application) -> HttpResponse:
    """Note that somebody opens an application: by a button, or as the page tells it at the first gesture."""
    look(request, application)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return HttpResponseRedirect(place.href("one", application.pk))


def look(request: ActorRequest, application: Application) -> None:
    """Leave a look in the person's history; the first one moves the application to « lue »."""
    is_first = application.state in FLOW.transitions["read"].sources
    if not is_first and looked_lately(application.person_id, request.actor):
        return
    try:
        (actions.read if is_first else actions.read_card)(application, actor=request.actor)
    except (TransitionRefused, AccessDenied):  # a colleague read it this very second, or it is not theirs to read
        return


def end(request: ActorRequest, place: Place) -> HttpResponse:
    """Answer all who remain: who was hired is told so, the others get the same kind words."""
    form = ClosingForm(request.POST)
    hired = identifiers(request.POST.getlist("hired"))
    ids = [pk for pk in identifiers(request.POST.getlist("ids")) if pk not in hired]
    ticked = {"hired": hired, "ids": ids}
    if not form.is_valid():
        return closing_page(request, place, form=form, **ticked)
    try:
        with transaction.atomic():  # all of it or nothing: the offer stays open when somebody cannot be answered
            told = _ended(request, place, form, hired, ids)
    except ApplicationRefused as refusal:
        _propose(form, refusal)
        return closing_page(request, place, form=form, **ticked)
    except (OfferRefused, TransitionRefused, AccessDenied) as refusal:
        return _to(request, place.href("closing"), refusal.reason, is_done=False)
    return _to(request, place.href("board"), told)


def _ended(request: ActorRequest, place: Place, form: ClosingForm, hired: list[UUID], ids: list[UUID]) -> str:
    actor, words = request.actor, form.cleaned_data["words"]
    offer = place.box.offer
    is_closing = request.POST.get("close") == "on" and offer is not None and not offer.is_closed
    if not hired and not ids and not is_closing:
        raise ApplicationRefused(_("Choisissez au moins une candidature."), "ids")
    is_here = form.cleaned_data["outcome"] == ClosingForm.HERE
    if hired and not is_here:
        raise ApplicationRefused(
            _("Vous avez coché « recrutée » : dites que vous avez recruté une personne de la liste, ou décochez."),
            "outcome",
        )
    if is_here and not hired and not queries_board.hired_count(place.box):
        raise ApplicationRefused(
            _("Cochez « recrutée » devant la personne recrutée, ou dites que c'est une autre, ou personne."), "outcome"
        )
    told = []
    if is_closing:
        offers.close(offer, actor=actor, reason=_close_reason(form, hired))
        told.append(_("L'offre est close."))
    for one in place.these(hired):
        actions.hire(one, actor=actor)
    if hired:
        count = len(hired)
        told.append(
            ngettext("%(n)d personne recrutée : bravo.", "%(n)d personnes recrutées : bravo.", count) % {"n": count}
        )
    if ids:
        reason = form.kept_reason
        kind, seen_at = words or draft(reason), _seen_at(request)
        done: Many = actions.refuse_many(place.box, actor=actor, ids=ids, reason=reason, words=kind, seen_at=seen_at)
        told.append(_told(done))
    return " ".join(told)


def _close_reason(form: ClosingForm, hired: list[UUID]) -> CloseReason:
    if hired or form.cleaned_data["outcome"] == ClosingForm.HERE:
        return CloseReason.FILLED_APPLIED
    is_filled = form.cleaned_data["outcome"] == ClosingForm.ELSEWHERE
    return CloseReason.FILLED_ELSEWHERE if is_filled else CloseReason.ABANDONED


def _give(form: AnswerForm, application: Application, request: ActorRequest) -> None:
    words = form.cleaned_data["words"]
    facts = {"actor": request.actor, "note": form.cleaned_data["note"], "seen": request.POST.get("vu", "")}
    if form.verb == "favour":
        actions.favour(application, step=form.detail, words=words, **facts)
    elif form.verb == "hire":
        actions.hire(application, words=words, **facts)
    else:
        # Her card is on the page that was answered from: nobody is refused unseen.
        kind = words or draft(form.detail)
        actions.refuse(application, reason=form.detail, words=kind, has_seen=True, **facts)


def _go_on(request: ActorRequest, place: Place, application: Application, verb: str) -> HttpResponse:
    one = place.href("one", application.pk)
    if verb == "favour":
        return _to(request, f"{one}#rendez-vous", _("La personne le sait. Proposez-lui maintenant quelques créneaux."))
    if verb == "hire":
        return _to(request, place.href("closing"), _("Bravo ! La personne le sait. Reste-t-il quelqu'un à prévenir ?"))
    return _to(
        request, place.href("board"), _("La personne a votre réponse. Vous pouvez la changer pendant 30 jours.")
    )


def _seen_at(request: ActorRequest) -> dt.datetime | None:
    """Return when the list that is answered was shown, as its page tells it."""
    try:
        return dt.datetime.fromisoformat(request.POST.get("vu", "")).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _propose(form: Any, refusal: ApplicationRefused) -> None:
    """Show a refusal on its field; words proposed instead take the place of those that were typed."""
    form.refuse(refusal)
    if refusal.proposal:
        form.data = form.data.copy()
        form.data[refusal.field] = refusal.proposal


def _told(done: Many) -> str:
    told = ngettext("%(n)d personne a votre réponse.", "%(n)d personnes ont votre réponse.", done.done) % {
        "n": done.done
    }
    if not done.skipped:
        return told
    more = ngettext(
        "%(n)d avait déjà reçu une réponse ou s'était retirée.",
        "%(n)d avaient déjà reçu une réponse ou s'étaient retirées.",
        done.skipped,
    )
    return f"{told} {more % {'n': done.skipped}}"


def _simple(
    request: ActorRequest, place: Place, application: Application, told: str, act: Callable[[], Any]
) -> HttpResponse:
    try:
        act()
    except (ApplicationRefused, TransitionRefused, AccessDenied) as refusal:
        return _back(request, place, application, refusal.reason)
    return _to(request, place.href("one", application.pk), told)


def _back(request: ActorRequest, place: Place, application: Application, reason: str) -> HttpResponse:
    return _to(request, place.href("one", application.pk), reason, is_done=False)


def _to(request: ActorRequest, address: str, told: str, *, is_done: bool = True) -> HttpResponse:
    (messages.success if is_done else messages.error)(request, told)
    return HttpResponseRedirect(address)
