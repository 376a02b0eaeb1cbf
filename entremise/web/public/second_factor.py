"""The second factor of a professional: proving it at sign-in, setting it up, changing it."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows import reauthentication
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import flows as recovery_flows
from allauth.mfa.totp.internal import flows as totp_flows
from allauth.mfa.webauthn.internal import auth as keys
from allauth.mfa.webauthn.internal import flows as key_flows
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from entremise.accounts import actions, queries
from entremise.accounts.models import User
from entremise.kernel.access import AccessDenied
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen, to_sign_in
from entremise.web.kit.sign_in import SIGN_IN, AccountAdapter, SecondFactorAdapter, prove_second_factor
from entremise.web.public.forms import (
    AddKeyForm,
    ConfirmPasswordForm,
    SecondFactorForm,
    SetUpApplicationForm,
    UseKeyForm,
)

FRESH_CODES = "fresh_recovery_codes"  # in the session: the recovery codes were just made and may be shown
View = Callable[..., HttpResponse]


class SignedInRequest(ActorRequest):
    """A request of somebody signed in."""

    user: User


def professional_session(view: View) -> View:
    """Keep a page to signed-in professionals, those without a second factor yet included."""

    @functools.wraps(view)
    def run(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request, "professional_login")
        if not request.actor.is_professional:
            raise AccessDenied(_("Le second facteur concerne les comptes professionnels. Vous n'en avez pas besoin."))
        return view(request, *args, **kwargs)

    return screen(PUBLIC)(run)


def confirmed(view: View) -> View:
    """Ask for the password again before a second factor changes, and for the factor itself when there is one."""

    @functools.wraps(view)
    def run(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if queries.has_second_factor(request.user):
            if not request.actor.second_factor:
                return redirect("second_factor_needed")
            if not reauthentication.did_recently_reauthenticate(request):
                return redirect(f"{reverse('account_reauthenticate')}?next={request.path}")
        return view(request, *args, **kwargs)

    return run


@screen(PUBLIC)
def prove(request: ActorRequest) -> HttpResponse:
    """Ask for the second factor, after the password."""
    stage = LoginStageController.enter(request, "mfa_authenticate")
    if stage is None:
        return redirect("professional_login")
    user = stage.login.user
    is_key = "credential" in request.POST
    form = SecondFactorForm(user=user, data=request.POST if request.method == "POST" and not is_key else None)
    key_form = UseKeyForm(user=user, data=request.POST if is_key else None)
    posted = key_form if is_key else form
    if request.method == "POST" and posted.is_valid():
        posted.save()
        response: HttpResponse = stage.exit()
        return response
    context = {
        "form": form, "key_form": key_form, "key_options": _key_options(user),
        "has_application": any(f.type == Authenticator.Type.TOTP for f in queries.second_factors(user)),
    }  # fmt: skip
    return respond(request, "web/public/second_factor_prove.html", context, status=422 if posted.errors else 200)


@professional_session
def needed(request: SignedInRequest) -> HttpResponse:
    """Explain why a second factor is compulsory and lead to its set-up."""
    if request.actor.second_factor:
        return redirect("security")
    context = {"has_factor": queries.has_second_factor(request.user)}
    status = 403 if context["has_factor"] else 200
    return respond(request, "web/public/second_factor_needed.html", context, status=status)


@professional_session
def security(request: SignedInRequest) -> HttpResponse:
    """Show what protects the account, and how to change it."""
    if not request.actor.second_factor:
        return redirect("second_factor_needed")
    factors = queries.second_factors(request.user)
    context = {
        "application": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
        "keys": [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(_unused_codes(request)),
    }
    return respond(request, "web/public/security.html", context)


@professional_session
@confirmed
def set_up_application(request: SignedInRequest) -> HttpResponse:
    """Register an authenticator application, in place of the former one if there is one."""
    form = SetUpApplicationForm(user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for former in queries.second_factors(request.user):
                if former.type == Authenticator.Type.TOTP:
                    former.delete()
            _authenticator, codes = totp_flows.activate_totp(request, form)
            _note_change(request, "application")
        return _factor_added(request, has_new_codes=codes is not None)
    context = {"form": form, "secret": form.secret, "qr": SecondFactorAdapter().qr_uri(request.user, form.secret)}
    return respond(request, "web/public/second_factor_application.html", context, status=422 if form.errors else 200)


@professional_session
@confirmed
def add_key(request: SignedInRequest) -> HttpResponse:
    """Register a security key."""
    form = AddKeyForm(user=request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            facts = {name: form.cleaned_data[name] for name in ("name", "credential")}
            _key, codes = key_flows.add_authenticator(request, **facts)
            _note_change(request, "key")
        return _factor_added(request, has_new_codes=codes is not None)
    context = {"form": form, "key_options": {"creation_options": keys.begin_registration(request.user, False)}}
    return respond(request, "web/public/second_factor_key.html", context, status=422 if form.errors else 200)


@professional_session
@confirmed
def remove_key(request: SignedInRequest) -> HttpResponse:
    """Remove a security key, unless it is the only second factor."""
    factors = [f for f in queries.second_factors(request.user) if f.type != Authenticator.Type.RECOVERY_CODES]
    wanted = request.POST.get("key", "")
    key = next((f for f in factors if str(f.pk) == wanted and f.type == Authenticator.Type.WEBAUTHN), None)
    if request.method != "POST" or key is None:
        return redirect("security")
    if len(factors) == 1:
        alone = _("C'est votre seul second facteur. Ajoutez-en un autre avant de retirer celui-ci.")
        return refused(request, alone, "security")
    delete_and_cleanup(request, key)
    _note_change(request, "key_removed")
    return done(request, _("La clé est retirée."), "security")


@professional_session
@confirmed
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Make new recovery codes; the former ones stop working."""
    if request.method == "POST" and request.actor.second_factor:
        recovery_flows.generate_recovery_codes(request)
        _note_change(request, "recovery_codes")
        request.session[FRESH_CODES] = True
        return redirect("recovery_codes")
    return redirect("security")


@professional_session
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show the recovery codes that were just made, until the person says they are kept."""
    if not request.session.get(FRESH_CODES):
        return redirect("security")
    if request.method == "POST":
        del request.session[FRESH_CODES]
        return done(request, _("Votre second facteur est prêt. Bonne journée !"), "home")
    return respond(request, "web/public/recovery_codes.html", {"codes": _unused_codes(request)})


@professional_session
def download_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Give the recovery codes as a file, while they may be shown."""
    if not request.session.get(FRESH_CODES):
        return redirect("security")
    response = HttpResponse("\n".join(_unused_codes(request)) + "\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="codes-de-secours.txt"'
    return response


@professional_session
def confirm_password(request: SignedInRequest) -> HttpResponse:
    """Ask for the password again before something important."""
    form = ConfirmPasswordForm(request.POST or None)
    next_url = get_next_redirect_url(request) or reverse("security")
    if request.method == "POST" and form.is_valid():
        try:
            if _password_is_right(request, form.cleaned_data["password"]):
                reauthentication.reauthenticate_by_password(request)
                return redirect(next_url)
            form.add_error("password", _("Ce mot de passe n'est pas le bon."))
        except ValidationError as refusal:
            form.add_error("password", refusal)
    context = {"form": form, "next_url": next_url}
    return respond(request, "web/public/confirm_password.html", context, status=422 if form.errors else 200)


def _factor_added(request: SignedInRequest, *, has_new_codes: bool) -> HttpResponse:
    prove_second_factor(request)
    if has_new_codes:
        request.session[FRESH_CODES] = True
        return redirect("recovery_codes")
    return done(request, _("Votre second facteur est enregistré."), "security")


def _password_is_right(request: SignedInRequest, password: str) -> bool:
    user = AccountAdapter(request).authenticate(request, email=request.user.email, password=password)
    return user is not None and user.pk == request.user.pk


def _unused_codes(request: SignedInRequest) -> list[str]:
    lists = [f.wrap() for f in queries.second_factors(request.user) if f.type == Authenticator.Type.RECOVERY_CODES]
    return [code for codes in lists for code in codes.get_unused_codes()]


def _key_options(user: Any) -> dict[str, Any] | None:
    has_key = any(f.type == Authenticator.Type.WEBAUTHN for f in queries.second_factors(user))
    return {"request_options": keys.begin_authentication(user)} if has_key else None


def _note_change(request: SignedInRequest, change: str) -> None:
    """Note what changed; this session stays open, the others end."""
    key = request.session.session_key or ""
    actions.note_second_factor(request.user, actor=SIGN_IN, change=change, session_key=key)
