"""Who is in the space: invited, moved up or down, removed; leaving it; joining by the link of an invitation."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts.actions import AccountRefused
from entremise.employers import actions_members
from entremise.employers import queries_own_spaces as own
from entremise.employers.actions_spaces import SpaceRefused
from entremise.employers.enums_spaces import MemberRank
from entremise.employers.links import SPACE_INVITATION
from entremise.employers.models_spaces import RecruiterSpace, SpaceMember
from entremise.kernel import access, links
from entremise.kernel.links import LinkRefused, Refusal
from entremise.kernel.models import MailLink
from entremise.web.kit.link_pages import link_page, link_refused
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.recruiter.forms import MemberForm, OwnPlaceForm
from entremise.web.recruiter.space import in_space, page

TEAM = "recruiter_team"


@in_space("employers.own_space")
@require_GET
def team(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """List who is in the space and who is invited."""
    return _team(request, space)


@in_space("employers.manage_space")
@require_POST
@once
def invite(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Invite somebody."""
    form = MemberForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            member = actions_members.invite(
                space, actor=request.actor, identity=form.identity(email), rank=form.cleaned_data["rank"]
            )
            return done(request, _("L'invitation est partie à %(email)s.") % {"email": member.email}, TEAM)
        except SpaceRefused as refusal:
            form.refuse(refusal)
    return _team(request, space, form, status=422)


@in_space("employers.own_place_in_space")
@require_POST
@once
def own_place(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Correct one's own job and telephone."""
    form, member = OwnPlaceForm(request.POST), own.own_place(space, request.actor)
    if member is None:
        raise Http404
    if form.is_valid():
        try:
            actions_members.correct(member, actor=request.actor, **form.cleaned_data)
            return done(request, _("C'est enregistré."), TEAM)
        except SpaceRefused as refusal:
            form.refuse(refusal)
    return _team(request, space, own_form=form, status=422)


@in_space("employers.own_place_in_space")
@require_POST
@once
def leave(request: ActorRequest, space: RecruiterSpace) -> HttpResponse:
    """Leave the space."""
    member = own.own_place(space, request.actor)
    if member is None:
        raise Http404
    try:
        actions_members.leave(member, actor=request.actor)
    except SpaceRefused as refusal:
        return refused(request, refusal.reason, TEAM)
    return done(request, _("Vous avez quitté cet espace recruteur."), "recruiter_home")


@screen("employers.manage_space_member")
@require_POST
@once
def member(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Do one thing about somebody of the space: invite again, remove, change the rank."""
    found, act = _member(request, pk), request.POST.get("acte", "")
    name = {"name": found.full_name}
    try:
        if act == "again":
            actions_members.invite_again(found, actor=request.actor)
            return done(request, _("L'invitation est repartie, avec un nouveau lien."), TEAM)
        if act == "remove":
            actions_members.remove(found, actor=request.actor)
            return done(request, _("%(name)s n'est plus dans l'espace.") % name, TEAM)
        actions_members.change_rank(found, actor=request.actor, rank=act)
    except SpaceRefused as refusal:
        return refused(request, refusal.reason, TEAM)
    if act == MemberRank.AMBASSADOR:
        return done(request, _("%(name)s est ambassadeur de l'espace.") % name, TEAM)
    return done(request, _("%(name)s est membre de l'espace.") % name, TEAM)


@link_page(SPACE_INVITATION)
def join(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Take the place one was invited to: a GET shows, a POST acts."""
    invited = own.invited_by_link(link)
    if link.used_at:
        return link_refused(request, LinkRefused(Refusal.USED, link))
    links.mark_opened(link)
    reason = ""
    if request.method == "POST":
        try:
            actions_members.join(invited, actor=request.actor)
            text = _("Bienvenue. Connectez-vous avec %(email)s : un code y est envoyé.") % {"email": invited.email}
            return done(request, text, "account_login")
        except (SpaceRefused, AccountRefused) as refusal:
            reason = refusal.reason
    context = {"invited": invited, "reason": reason}
    return respond(request, "web/recruiter/join.html", context, status=422 if reason else 200)


def _team(
    request: ActorRequest,
    space: RecruiterSpace,
    form: MemberForm | None = None,
    *,
    own_form: OwnPlaceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    place = own.own_place(space, request.actor)
    told = {"job": place.job, "phone": place.phone} if place else {}
    context = {
        "place": place,
        "members": list(own.members_of(space, request.actor)),
        "form": form or MemberForm(),
        "own_form": own_form or OwnPlaceForm(initial=told),
        "may_manage": bool(access.decide("employers.manage_space", request.actor, space)),
    }
    return page(request, "team.html", space, context, status=status)


def _member(request: ActorRequest, pk: UUID) -> SpaceMember:
    try:
        return own.member_seen(pk, request.actor)
    except SpaceMember.DoesNotExist as missing:
        raise Http404 from missing
