"""A professional changes the password, by typing the one in force."""

from typing import Any

from django import forms
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.accounts import actions_password, actions_sessions
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, respond
from entremise.web.kit.sign_in import AccountAdapter
from entremise.web.public.forms import NewPasswordForm
from entremise.web.public.second_factor import SignedInRequest, confirmed, professional_session


class ChangePasswordForm(NewPasswordForm):
    """The password in force, then the new one, twice."""

    current = forms.CharField(
        label=gettext_lazy("Votre mot de passe actuel"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Indiquez votre mot de passe actuel.")},
    )
    field_order = ("current", "password", "again")


@professional_session
@confirmed
@once
def password_change(request: SignedInRequest) -> HttpResponse:
    """Change the password; the other sessions end, this one goes on."""
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        if fault := _why_not_current(request, form.cleaned_data["current"]):
            form.add_error("current", fault)
        else:
            before = request.session.session_key or ""
            user = actions_password.choose_password(
                request.user, actor=request.actor, password=form.cleaned_data["password"]
            )
            update_session_auth_hash(request, user)
            actions_sessions.follow(user, before=before, after=request.session.session_key or "")
            actions_sessions.end_other_sessions(
                user, actor=request.actor, session_key=request.session.session_key or ""
            )
            return done(request, _("Votre nouveau mot de passe est enregistré."), "security")
    context: dict[str, Any] = {"form": form}
    return respond(request, "web/public/password_change.html", context, status=422 if form.errors else 200)


def _why_not_current(request: SignedInRequest, typed: str) -> ValidationError | str:
    """Check the password in force, within the limits of the sign-in page."""
    try:
        found = AccountAdapter(request).authenticate(request, email=request.user.email, password=typed)
    except ValidationError as too_many:
        return too_many
    return "" if found is not None and found.pk == request.user.pk else _("Ce mot de passe n'est pas le bon.")
