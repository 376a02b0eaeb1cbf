"""The team page: who works here, who is invited, who leaves."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts import actions, queries
from entremise.accounts.links import INVITATION
from entremise.accounts.models import Invitation
from entremise.kernel import access, links
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh
from entremise.web.manager.agency_choice import back, chosen
from entremise.web.manager.members_forms import InviteForm


@screen("members.view")
def members(request: ActorRequest) -> HttpResponse:
    """Show the members of an agency and the invitations that wait."""
    agencies = list(queries.agencies_of(request.actor))
    agency = chosen(request, agencies)
    invitations = list(queries.pending_invitations(agency, request.actor)) if agency else []
    context = {
        "agencies": agencies,
        "agency": agency,
        "members": queries.members(agency, request.actor) if agency else [],
        "invitations": invitations,
        "still_open": links.live_targets(INVITATION, [invitation.pk for invitation in invitations]),
    }
    return respond(request, "web/manager/members.html", context)


@screen("members.view")
@fresh
@once
def invite(request: ActorRequest) -> HttpResponse:
    """Invite someone to join an agency with a role."""
    agency = chosen(request, list(queries.agencies_of(request.actor)))
    if agency is None:
        raise Http404
    form = InviteForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite(agency, actor=request.actor, **form.cleaned_data)
            sentence = _("L'invitation est partie à %(email)s.") % {"email": invitation.email}
            return back(done(request, sentence, "members"), agency)
        except actions.AccountRefused as refusal:
            form.add_error(None, refusal.reason)
    context = {"form": form, "agency": agency}
    return respond(request, "web/manager/members_invite.html", context, status=422 if form.errors else 200)


@require_POST
@screen("members.view")
@fresh
@once
def invitation_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send an invitation once more."""
    invitation = _invitation(request, pk)
    try:
        actions.send_invitation_again(invitation, actor=request.actor)
    except actions.AccountRefused as refusal:
        return back(refused(request, refusal.reason, "members"), invitation.agency)
    return back(done(request, _("L'invitation est repartie, avec un nouveau lien."), "members"), invitation.agency)


@require_POST
@screen("members.view")
@fresh
def invitation_revoke(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Cancel an invitation."""
    invitation = _invitation(request, pk)
    try:
        actions.revoke_invitation(invitation, actor=request.actor)
    except actions.AccountRefused as refusal:
        return back(refused(request, refusal.reason, "members"), invitation.agency)
    return back(done(request, _("L'invitation est annulée : son lien ne s'ouvre plus."), "members"), invitation.agency)


@screen("members.view")
@fresh
@once
def member_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask for a confirmation, then end someone's role in the agency."""
    membership = queries.membership_for(pk, request.actor)
    if membership is None:
        raise Http404
    refusal = access.decide("members.manage", request.actor, membership)
    if isinstance(refusal, access.Denied):
        return back(refused(request, refusal.reason, "members"), membership.agency)
    if request.method != "POST":
        return respond(request, "web/manager/members_end.html", {"membership": membership})
    actions.end_membership(membership, actor=request.actor)
    sentence = _("L'accès de %(name)s a pris fin.") % {"name": membership.user.full_name}
    return back(done(request, sentence, "members"), membership.agency)


def _invitation(request: ActorRequest, pk: UUID) -> Invitation:
    invitation = queries.invitation_for(pk, request.actor)
    if invitation is None:
        raise Http404
    return invitation
