"""Asking for a recruiter space: the address is proved by a code first, then the establishment and who recruits.

Nothing before the code depends on whether an account exists, and nothing at all on whether a space exists.
"""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.accounts import actions_recruiters, queries, rules
from entremise.accounts.actions import AccountRefused
from entremise.accounts.models import User
from entremise.employers import actions, actions_spaces
from entremise.employers.actions_spaces import SpaceRefused
from entremise.employers.queries import EstablishmentRefused
from entremise.kernel.actors import ActorKind, Role, job_actor
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.public.code_entry import CodeEntry, TooManyCodes
from entremise.web.public.sign_in import too_many
from entremise.web.recruiter.forms import AddressForm, SpaceForm
from entremise.web.recruiter.space import SLOT

REGISTRAR = job_actor("employers.recruiter_spaces")


@screen(PUBLIC)
def sign_up(request: ActorRequest) -> HttpResponse:
    """Say what a space is, and send a code to the address at which somebody recruits."""
    if request.actor.has(Role.RECRUITER):
        return redirect("recruiter_open_space")
    form = AddressForm(request.POST or None)
    is_other = request.actor.kind is ActorKind.USER
    if request.method == "POST" and not is_other and form.is_valid():
        try:
            identifier = rules.parse_identifier(form.cleaned_data["email"])
            CodeEntry.start(request, identifier, reverse("recruiter_open_space"), recruits=True)
            return redirect("sign_in_code")
        except rules.IdentifierUnusable as refusal:
            form.add_error("email", _(refusal.message) % refusal.params)
        except TooManyCodes:
            form.add_error("email", too_many())
    context = {"form": form, "is_other": is_other}
    return respond(request, "web/recruiter/sign_up.html", context, status=422 if form.errors else 200)


@screen(PUBLIC)
@once
def open_space(request: ActorRequest) -> HttpResponse:
    """Ask for a space, once the address is proved."""
    known = queries.user_of(request.actor) if request.actor.has(Role.RECRUITER) else None
    address = (known.email or "") if known else CodeEntry.proved_address(request)
    if not address or (request.actor.kind is ActorKind.USER and known is None):
        return redirect("recruiter_sign_up")
    names = {"first_name": known.first_name, "last_name": known.last_name} if known else {}
    form = SpaceForm(request.POST or None, initial=names)
    if request.method == "POST" and form.is_valid():
        try:
            return _go_in(request, _opened(request, address, form), known)
        except (SpaceRefused, AccountRefused) as refusal:
            form.refuse(refusal)
        except EstablishmentRefused as refusal:
            form.refuse(refusal, "siret")
    context = {"form": form, "address": address, "is_first": known is None}
    return respond(request, "web/recruiter/open_space.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _opened(request: ActorRequest, address: str, form: SpaceForm) -> User:
    """Open the account if need be and ask for the space: all of it or nothing."""
    told = form.cleaned_data
    user: User = actions_recruiters.open_recruiter(
        address, actor=REGISTRAR, first_name=told["first_name"], last_name=told["last_name"],
        language=get_language() or "",
    )  # fmt: skip
    recruiter = queries.actor_for(user, second_factor=False)
    establishment = actions.add_from_siret(told["siret"], actor=recruiter)
    space = actions_spaces.ask(
        establishment, actor=recruiter, identity=form.identity(address), purpose=told["purpose"]
    )
    request.session[SLOT] = str(space.pk)
    return user


def _go_in(request: ActorRequest, user: User, known: User | None) -> HttpResponse:
    if known is None:
        return CodeEntry.open_proved(request, user, reverse("recruiter_home"))
    return done(request, _("Votre demande est partie à l'agence."), "recruiter_home")
