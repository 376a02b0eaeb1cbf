"""What the person does about an application: withdraw, answer back, rate, report, choose a moment, be recommended."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.kernel import clock, mail
from entremise.kernel.workflow import TransitionRefused
from entremise.reciprok import (
    actions,
    actions_meetings,
    actions_recommendations,
    actions_voice,
    queries_meetings,
    queries_recommendations,
    queries_words,
)
from entremise.reciprok.models_following import Meeting, Recommendation
from entremise.reciprok.rules import ApplicationRefused
from entremise.web.jobseeker.job_application_forms import (
    DeclineForm,
    RatingForm,
    ReplyForm,
    ReportForm,
    SlotForm,
)
from entremise.web.jobseeker.job_applications import mine, page_of
from entremise.web.kit.board_meetings import appointment
from entremise.web.kit.calendar_files import calendar_file
from entremise.web.kit.once import once
from entremise.web.kit.refusable import Refusable
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen

PAGE = "my_job_application"
YES, NO = "yes", "no"


@require_POST
@screen("reciprok.own")
@once
def my_job_application_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw an application."""
    one = mine(request, pk)
    try:
        actions.withdraw(one, actor=request.actor)
    except TransitionRefused as refusal:
        return refused(request, refusal.reason, PAGE, pk)
    return done(request, _("Votre candidature est retirée. L'employeur ne voit plus votre profil."), PAGE, pk)


@require_POST
@screen("reciprok.own")
@once
def my_job_application_reply(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answer the employer back, once."""
    said = _("Votre message est parti. L'employeur et votre agence le reçoivent.")
    return _say(request, pk, "reply_form", ReplyForm(request.POST), actions_voice.reply, said)


@require_POST
@screen("reciprok.own")
@once
def my_job_application_rate(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say how one was treated."""
    said = _("Merci. Votre avis aide ceux qui postuleront après vous.")
    return _say(request, pk, "rating_form", RatingForm(request.POST), actions_voice.rate, said)


@require_POST
@screen("reciprok.own")
@once
def my_job_application_report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Report something that should not happen."""
    said = _("C'est signalé. Un conseiller s'en occupe et vous répond.")
    return _say(request, pk, "report_form", ReportForm(request.POST), actions_voice.report, said)


@require_POST
@screen("reciprok.own")
@once
def my_meeting_choose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose one of the moments proposed."""
    meeting = _meeting(request, pk)
    form = SlotForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            actions_meetings.choose_slot(meeting, actor=request.actor, slot=form.chosen)
        except ApplicationRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, _("C'est noté. L'employeur est prévenu."), PAGE, meeting.application_id)
    return page_of(request, mine(request, meeting.application_id), slot_form=form)


@require_POST
@screen("reciprok.own")
@once
def my_meeting_decline(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that none of the moments suits."""
    meeting = _meeting(request, pk)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions_meetings.decline_slots(meeting, actor=request.actor, **form.cleaned_data)
        except ApplicationRefused as refusal:
            form.refuse(refusal)
        else:
            said = _("L'employeur est prévenu : il peut vous proposer d'autres moments.")
            return done(request, said, PAGE, meeting.application_id)
    return page_of(request, mine(request, meeting.application_id), decline_form=form)


@screen("reciprok.own")
@require_GET
def my_meeting_calendar(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the moment that was chosen as a file for a calendar; called off since, the file takes it out again."""
    meeting = _meeting(request, pk)
    if meeting.chosen_at is None:
        raise Http404
    facts = {"title": queries_words.what_for(meeting.application), "name": meeting.application.establishment.name}
    url = mail.absolute(reverse(PAGE, args=[meeting.application_id]))
    event = appointment(meeting, _("Rendez-vous : %(title)s, %(name)s") % facts, url)
    return calendar_file("rendez-vous", [event], stamped_at=clock.now())


@require_POST
@screen("reciprok.own")
@once
def my_recommendation_answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Accept or decline to be passed on to another employer."""
    recommendation = _recommendation(request, pk)
    answer = request.POST.get("answer", "")
    if answer not in (YES, NO):  # a no is for good: nothing else is taken for one
        reason = _("Dites si vous acceptez ou non : rien n'est décidé pour l'instant.")
        return refused(request, reason, PAGE, recommendation.application_id)
    accepts = answer == YES
    try:
        actions_recommendations.answer_recommendation(recommendation, actor=request.actor, accepts=accepts)
    except ApplicationRefused as refusal:
        if refusal.field == "consent":
            return refused(request, refusal.reason, "my_consent")
        return refused(request, refusal.reason, PAGE, recommendation.application_id)
    if not accepts:
        return done(request, _("C'est noté : rien n'est transmis."), PAGE, recommendation.application_id)
    text = _("C'est parti ! %(name)s a reçu votre candidature.")
    return done(request, text % {"name": recommendation.target.establishment.name}, "my_job_applications")


def _say(request: ActorRequest, pk: UUID, name: str, form: Refusable, act: Any, said: str) -> HttpResponse:
    one = mine(request, pk)
    if form.is_valid():
        try:
            act(one, actor=request.actor, **form.cleaned_data)
        except ApplicationRefused as refusal:
            form.refuse(refusal)
        else:
            return done(request, said, PAGE, pk)
    return page_of(request, one, **{name: form})


def _meeting(request: ActorRequest, pk: UUID) -> Meeting:
    try:
        return queries_meetings.meeting(pk, request.actor)
    except Meeting.DoesNotExist:
        raise Http404 from None


def _recommendation(request: ActorRequest, pk: UUID) -> Recommendation:
    try:
        return queries_recommendations.recommendation(pk, request.actor)
    except Recommendation.DoesNotExist:
        raise Http404 from None
