"""The applications of the person: the list, the same as a file, and one with where it stands and what comes next."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from entremise.kernel import clock
from entremise.matching.queries_offer_words import how_far
from entremise.matching.queries_reverse import FoundOffer, offers_for
from entremise.people.models import Person
from entremise.reciprok import (
    queries_meetings,
    queries_own,
    queries_recommendations,
    queries_voice,
    queries_words,
    rules,
    rules_next,
    rules_voice,
)
from entremise.reciprok.enums import ApplicationState
from entremise.reciprok.models import Application
from entremise.reciprok.queries_meetings import GOING_ON
from entremise.reciprok.workflow import FLOW
from entremise.web.jobseeker.job_application_forms import (
    DeclineForm,
    RatingForm,
    ReplyForm,
    ReportForm,
    SlotForm,
    moment_words,
)
from entremise.web.jobseeker.job_application_words import FILTERS, advice, choices
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit.applying import HERS
from entremise.web.kit.exports import MOST_LINES, column_choice, spreadsheet, with_columns
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest, screen

NEARBY = 3
HARD = frozenset({ApplicationState.REFUSED, ApplicationState.UNANSWERED})


@screen("reciprok.own")
@require_GET
def my_job_applications(request: ActorRequest) -> HttpResponse:
    """List the applications: those under way, then those that are over."""
    person = my_person(request)
    asked = request.GET.get("voir", "")
    chosen, after = asked if asked in FILTERS else "", request.GET.get("apres", "")
    counts = queries_own.counts(person, request.actor)
    page = queries_own.listed(person, request.actor, shown=chosen, after=after)
    kept = {"voir": chosen} if chosen else {}
    context = {
        "rows": [(one, queries_words.news(one)) for one in page.rows],
        "choices": choices(counts, chosen),
        "has_any": bool(counts[""]),
        "is_first": not after,
        "first_href": f"?{urlencode(kept)}",
        "next_href": f"?{urlencode({**kept, 'apres': page.next_key})}" if page.next_key else "",
        "export": column_choice(request, reverse("my_job_applications_file"), _columns()),
    }
    return respond(request, "web/jobseeker/job_applications.html", context)


@screen("reciprok.own")
@require_GET
def my_job_applications_file(request: ActorRequest) -> HttpResponse:
    """Give the whole list as a table."""
    found = queries_own.exported(my_person(request), request.actor, MOST_LINES)
    if len(found) > MOST_LINES:
        reason = _("Cette liste compte plus de %(most)s lignes : elle ne tient pas dans un fichier.")
        return refused(request, reason % {"most": MOST_LINES}, "my_job_applications")
    return spreadsheet(request, _("Mes candidatures"), *with_columns(request, _columns(), map(_row, found)))


@screen("reciprok.own")
@require_GET
def my_job_application(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one application: where it stands, since when, and what can be done now."""
    return page_of(request, mine(request, pk))


@screen("reciprok.own")
@require_GET
def my_job_application_offers(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a few offers nearby after a no; the page of the application asks for them once it is there."""
    one = mine(request, pk)
    nearby = [(found.offer, how_far(found.facts.distance_m)) for found in _nearby(request, my_person(request))]
    context = {"application": one, "nearby": nearby}
    part = "web/jobseeker/_job_application_offers.html"
    return respond(request, "web/jobseeker/job_application_offers.html", context, part=part)


def mine(request: ActorRequest, pk: UUID) -> Application:
    """Return one application of the person who asks, or answer that there is none."""
    try:
        return queries_own.application(pk, request.actor)
    except Application.DoesNotExist:
        raise Http404 from None


def page_of(request: ActorRequest, one: Application, **forms: Any) -> HttpResponse:
    """Answer with the page of an application; a form that was refused is shown with its errors."""
    person = my_person(request)
    context = {
        "person": person,
        "application": one,
        "news": queries_words.news(one),
        "is_silence": queries_words.is_silence(one),
        "timeline": queries_own.timeline(one),
        "parts": [HERS[part][0] for part in one.parts if part in HERS] + ([one.cv.title] if one.cv else []),
        "recommendations": queries_recommendations.asked(one),
        "why_not_withdraw": FLOW.refusal(one, "withdraw", request.actor),
        **_said(request, one),
        **_meeting(one),
        **(_hard_news(one, person) if one.state in HARD else {}),
        "refused_form": next(iter(forms.values()), None),
        **forms,
    }
    return respond(request, "web/jobseeker/job_application.html", context, status=422 if forms else 200)


def _said(request: ActorRequest, one: Application) -> dict[str, Any]:
    """Return what the person said of it, and the forms for what she may still say."""
    return {
        "rating": getattr(one, "rating", None),
        "reports": list(queries_voice.reports_of(one, request.actor)),
        "may_reply": rules_voice.may_reply(one.state) and one.replied_at is None,
        "may_rate": queries_voice.may_rate(one),
        "reply_form": ReplyForm(),
        "rating_form": RatingForm(),
        "report_form": ReportForm(),
        "longest_reply": rules.LONGEST_ANSWER,
        "longest_rating": rules.LONGEST_RATING,
        "longest_report": rules.LONGEST_REPORT,
    }


def _meeting(one: Application) -> dict[str, Any]:
    """Return the meeting proposed last, with the forms to answer it."""
    meeting = queries_meetings.last(one) if one.state in GOING_ON else None
    if meeting is None:
        return {}
    return {
        "meeting": meeting,
        "slot_form": SlotForm(meeting=meeting),
        "decline_form": DeclineForm(),
        "meeting_words": moment_words(meeting.chosen_at) if meeting.chosen_at else "",
    }


def _hard_news(one: Application, person: Person) -> dict[str, Any]:
    """Return what helps after a no or a silence: the gap, and one possible step; offers nearby are asked for apart."""
    gap = queries_own.gap(one) if one.state == ApplicationState.REFUSED else queries_own.Gap()
    step = rules_next.next_step(
        one.reason,
        is_silence=one.state == ApplicationState.UNANSWERED,
        to_prove_count=len(gap.to_prove),
        missing_count=len(gap.missing),
        has_place=person.commune_id is not None,
    )
    return {"gap": gap, "advice": advice(step, one, gap)}


def _nearby(request: ActorRequest, person: Person) -> list[FoundOffer]:
    """Return a few offers that fit the person and that she did not apply to."""
    page = offers_for(person, actor=request.actor, limit=2 * NEARBY + 1)
    done = queries_own.applied_to(person, [found.offer.pk for found in page.found]) if page.found else set()
    return [found for found in page.found if found.offer.pk not in done][:NEARBY]


def _columns() -> dict[str, str]:
    return {
        "poste": _("Poste"), "employeur": _("Employeur"), "commune": _("Commune"), "envoyee": _("Envoyée le"),
        "etat": _("Où elle en est"), "lue": _("Lue le"), "reponse": _("Réponse le"), "raison": _("Raison"),
    }  # fmt: skip


def _row(one: Application) -> list[Any]:
    return [
        queries_words.what_for(one), one.establishment.name, one.establishment.commune.name, _day(one.sent_at),
        capfirst(one.get_state_display()), _day(one.read_at), _day(one.answered_at),
        capfirst(one.get_reason_display()),
    ]  # fmt: skip


def _day(moment: Any) -> Any:
    return clock.local(moment).date() if moment else ""
