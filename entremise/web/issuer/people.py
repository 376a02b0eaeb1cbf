"""Who gives badges: colleagues of the same place; and partners opened for somebody else."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts import actions as accounts
from entremise.accounts import actions_issuing, queries_issuing
from entremise.accounts.actions import AccountRefused
from entremise.accounts.models import Agency
from entremise.credentials import actions_issuers
from entremise.credentials.models import Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.employers import actions as employers
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel import access
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.issuer.forms import KIND_OF, InviteForm, PartnerForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh


@screen("credentials.desk")
@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """List who gives badges here, and the invitations that wait."""
    return _people(request, InviteForm())


@screen("accounts.invite_issuer")
@require_POST
@fresh
@once
def people_invite(request: ActorRequest) -> HttpResponse:
    """Invite a colleague to give badges."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invited = actions_issuing.invite_issuer(_agency(request), actor=request.actor, **form.cleaned_data)
            return done(request, _("L'invitation est partie à %(email)s.") % {"email": invited.email}, "issuer_people")
        except AccountRefused as refusal:
            form.add_error(None, refusal.reason)
    return _people(request, form, status=422)


@screen("members.manage")
@require_POST
@fresh
@once
def people_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send an invitation once more."""
    invitation = queries_issuing.issuing_invitation(pk)
    if invitation is None or not access.decide("members.manage", request.actor, invitation):
        raise Http404
    try:
        accounts.send_invitation_again(invitation, actor=request.actor)
    except AccountRefused as refusal:
        return refused(request, refusal.reason, "issuer_people")
    return done(request, _("L'invitation est repartie, avec un nouveau lien."), "issuer_people")


@screen("members.manage")
@require_POST
@fresh
@once
def people_cancel(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Cancel an invitation."""
    invitation = queries_issuing.issuing_invitation(pk)
    if invitation is None or not access.decide("members.manage", request.actor, invitation):
        raise Http404
    try:
        accounts.revoke_invitation(invitation, actor=request.actor)
    except AccountRefused as refusal:
        return refused(request, refusal.reason, "issuer_people")
    return done(request, _("L'invitation est annulée : son lien ne s'ouvre plus."), "issuer_people")


@screen("members.manage")
@require_POST
@fresh
@once
def people_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """End a colleague's role."""
    membership = queries_issuing.issuing_membership(pk)
    if membership is None or not access.decide("members.manage", request.actor, membership):
        raise Http404
    accounts.end_membership(membership, actor=request.actor)
    sentence = _("%(name)s ne remet plus de badges ici.") % {"name": membership.user.full_name}
    return done(request, sentence, "issuer_people")


@screen("accounts.open_partner")
@fresh
@once
def partner(request: ActorRequest) -> HttpResponse:
    """Open a partner: its organisation, its issuer, the invitation of its first person; all of it or nothing."""
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        place = form.place()
        if place is None and not form.errors:
            form.add_error("commune", _("Nous ne connaissons pas cette commune."))
        if not form.errors:
            try:
                issuer = _open(request, form, place)
                sentence = _("%(name)s peut remettre des badges dès que l'invitation est acceptée.")
                return done(request, sentence % {"name": issuer.name}, "issuer_home")
            except (AccountRefused, CredentialRefused, EstablishmentRefused) as refusal:
                field = "siret" if isinstance(refusal, EstablishmentRefused) else None
                form.add_error(field, refusal.reason)
    return page(request, "partner.html", "home", {"form": form}, status=422 if form.errors else 200)


@transaction.atomic
def _open(request: ActorRequest, form: PartnerForm, place: object) -> Issuer:
    told = form.cleaned_data
    establishment = employers.add_from_siret(told["siret"], actor=request.actor) if told["siret"] else None
    agency = actions_issuing.open_partner(place, actor=request.actor, name=told["name"], kind=told["kind"])
    issuer: Issuer = actions_issuers.open_issuer(
        agency.organisation,
        actor=request.actor,
        kind=KIND_OF[told["kind"]],
        name=agency.name,
        department=agency.department,
        establishment=establishment,
    )
    actions_issuing.invite_issuer(agency, actor=request.actor, email=told["email"])
    return issuer


def _agency(request: ActorRequest) -> Agency:
    issuer = my_issuer(request)
    agency = queries_issuing.agency_of(issuer.organisation, request.actor) if issuer.organisation else None
    if agency is None:
        raise Http404
    return agency


def _people(request: ActorRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    issuer, agency = my_issuer(request), _agency(request)
    context = {
        "issuer": issuer,
        "agency": agency,
        "form": form,
        "members": queries_issuing.issuers_in(agency),
        "invitations": queries_issuing.invited_in(agency),
        "may_invite": bool(access.decide("accounts.invite_issuer", request.actor, agency)),
    }
    return page(request, "people.html", "people", context, status=status)
