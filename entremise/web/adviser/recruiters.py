"""The search of anonymous profiles opened to employers' contacts, and the wishes to meet that come of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.queries import primary_agency
from entremise.employers import queries as employers
from entremise.employers.models import Contact
from entremise.employers.queries_own_spaces import ambassadors_of
from entremise.kernel import access
from entremise.matching import actions_recruiter, queries_recruiter
from entremise.matching.actions_recruiter import RecruiterRefused
from entremise.matching.models_recruiter import MeetingWish, RecruiterAccess
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("matching.open_recruiter_access")
@require_POST
@once
def recruiter_open(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open the search of profiles to a contact, who receives a link."""
    try:
        contact = employers.contact(pk, request.actor)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing
    there = contact.establishment_id
    try:
        actions_recruiter.open_access(contact, actor=request.actor, agency=primary_agency(request.actor))
    except RecruiterRefused as refusal:
        return refused(request, refusal.reason, "establishment", pk=there)
    text = _("La recherche de profils est ouverte à %(name)s pour 30 jours. Le lien est parti par courriel.")
    return done(request, text % {"name": contact.name}, "establishment", pk=there)


@screen("matching.revoke_recruiter_access")
@require_POST
def recruiter_revoke(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Cut the search of a contact."""
    try:
        opened = queries_recruiter.access_in_territory(pk, request.actor)
    except RecruiterAccess.DoesNotExist as missing:
        raise Http404 from missing
    there = opened.establishment_id
    try:
        actions_recruiter.revoke_access(opened, actor=request.actor)
    except RecruiterRefused as refusal:
        return refused(request, refusal.reason, "establishment", pk=there)
    return done(
        request, _("La recherche de profils est coupée : le lien n'ouvre plus rien."), "establishment", pk=there
    )


@screen("matching.follow_wish")
@require_GET
def meeting_wish(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show who would like to meet whom, and what to do about it."""
    wish = _wish(request, pk)
    context = {
        "wish": wish,
        "standing": queries_recruiter.standing_of(wish),
        "recruiters": ambassadors_of(wish.access.space) if wish.access.space else [],
        "may_promote": bool(access.decide("promotions.promote", request.actor, wish.person)),
    }
    return respond(request, "web/adviser/meeting_wish.html", context)


@screen("matching.follow_wish")
@require_POST
def meeting_wish_aside(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give no follow-up to a wish."""
    wish = _wish(request, pk)
    try:
        actions_recruiter.set_aside(wish, actor=request.actor)
    except RecruiterRefused as refusal:
        return refused(request, refusal.reason, "meeting_wish", pk=pk)
    return done(request, _("La demande est classée sans suite. L'employeur le voit sur sa page."), "desk")


def _wish(request: ActorRequest, pk: UUID) -> MeetingWish:
    try:
        return queries_recruiter.wish_in_territory(pk, request.actor)
    except MeetingWish.DoesNotExist as missing:
        raise Http404 from missing
