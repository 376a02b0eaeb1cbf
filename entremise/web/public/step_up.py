"""The page that asks for the second factor once more, then goes back to what was asked."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as keys
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entremise.accounts import queries
from entremise.web.kit.responses import respond
from entremise.web.kit.sign_in import prove_second_factor
from entremise.web.kit.step_up import way_back
from entremise.web.public.forms import SecondFactorForm, UseKeyForm
from entremise.web.public.second_factor import SignedInRequest, professional_session


@professional_session
def second_factor_again(request: SignedInRequest) -> HttpResponse:
    """Ask for a code or a key; in the demonstration, whose accounts have none, for one click."""
    if not request.actor.second_factor:
        return redirect("second_factor_needed")
    is_demo = settings.DEMO and queries.demo_account(request.user.pk) is not None
    posted = request.POST if request.method == "POST" else None
    is_key = bool(posted) and "credential" in request.POST
    form = SecondFactorForm(user=request.user, data=None if is_key or is_demo else posted)
    key_form = UseKeyForm(user=request.user, data=posted if is_key and not is_demo else None)
    if posted is not None and (is_demo or (key_form if is_key else form).is_valid()):
        return _back(request)
    factors = queries.second_factors(request.user)
    context: dict[str, Any] = {
        "form": form,
        "key_form": key_form,
        "is_demo": is_demo,
        "next_url": way_back(request, _said(request, "next")),
        "is_again": bool(_said(request, "refaire")),
        "has_application": any(one.type == Authenticator.Type.TOTP for one in factors),
        "key_options": _key_options(request, factors),
    }
    status = 422 if form.errors or key_form.errors else 200
    return respond(request, "web/public/second_factor_again.html", context, status=status)


def _back(request: SignedInRequest) -> HttpResponse:
    prove_second_factor(request)
    if _said(request, "refaire"):
        messages.success(request, _("Merci, c'est bien vous. Cliquez à nouveau sur ce que vous vouliez faire."))
    return redirect(way_back(request, _said(request, "next")))


def _said(request: SignedInRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name, "")


def _key_options(request: SignedInRequest, factors: list[Authenticator]) -> dict[str, Any] | None:
    has_key = any(one.type == Authenticator.Type.WEBAUTHN for one in factors)
    return {"request_options": keys.begin_authentication(request.user)} if has_key else None
