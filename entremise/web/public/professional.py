"""Signing in as a professional: password, then second factor; forgotten password; accepting an invitation."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from entremise.accounts import actions, queries
from entremise.accounts.links import INVITATION, PASSWORD_RESET
from entremise.accounts.models import User
from entremise.kernel.links import LinkRefused, Refusal
from entremise.kernel.models import MailLink
from entremise.web.kit.link_pages import link_page, link_refused
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.kit.sign_in import SIGN_IN, AccountAdapter
from entremise.web.public.forms import EmailForm, JoinForm, NewPasswordForm, PasswordSignInForm


@screen(PUBLIC)
def professional_login(request: ActorRequest) -> HttpResponse:
    """Check a professional's address and password; the second factor comes next."""
    if request.user.is_authenticated:
        return redirect("home")
    form = PasswordSignInForm(request.POST or None)
    next_url = get_next_redirect_url(request) or ""
    if request.method == "POST" and form.is_valid():
        try:
            user = _authenticate(request, form)
            login = Login(user=user, email=user.email, redirect_url=next_url or None)
            response: HttpResponse = perform_password_login(request, {"email": user.email}, login)
            return response
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "next_url": next_url}
    return respond(request, "web/public/professional_login.html", context, status=422 if form.errors else 200)


@screen(PUBLIC)
def password_forgotten(request: ActorRequest) -> HttpResponse:
    """Send the link to a new password; the answer never tells whether the address is known."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        if ratelimit.consume(request, action="reset_password", key=email):
            user = queries.active_professional(email)
            if user:
                actions.send_password_reset(user, actor=SIGN_IN)
        sentence = _(
            "Si un compte professionnel existe à cette adresse, un message vient de partir. "
            "Ouvrez-le sous deux heures."
        )
        return done(request, sentence, "professional_login")
    return respond(request, "web/public/password_forgotten.html", {"form": form}, status=422 if form.errors else 200)


@link_page(PASSWORD_RESET)
def password_reset(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the bearer of the link choose a new password, once."""
    if link.used_at:
        return link_refused(request, LinkRefused(Refusal.USED, link))
    user = queries.account_of(link)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user, actor=request.actor, password=form.cleaned_data["password"])
        AccountAdapter(request).forget_failures(request, user.email or "")
        return done(request, _("Votre nouveau mot de passe est enregistré. Connectez-vous."), "professional_login")
    return respond(request, "web/public/password_reset.html", {"form": form}, status=422 if form.errors else 200)


@link_page(INVITATION)
@once
def invitation(request: ActorRequest, link: MailLink) -> HttpResponse:
    """Let the invited person open their account, or add the role to the one they have."""
    invited = queries.invitation_of(link)
    if invited.accepted_at or invited.revoked_at:
        return link_refused(request, LinkRefused(Refusal.USED if invited.accepted_at else Refusal.REVOKED, link))
    known = queries.user_by_email(invited.email)
    form = None if known else JoinForm(request.POST or None, user=User(email=invited.email))
    if request.method == "POST" and (form is None or form.is_valid()):
        facts = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")} if form else {}
        try:
            actions.accept_invitation(invited, actor=request.actor, **facts)
        except actions.AccountRefused as refusal:
            return refused(request, refusal.reason, "home")
        welcome = _("Bienvenue ! Connectez-vous avec votre mot de passe pour régler votre second facteur.")
        return done(request, welcome, "professional_login")
    context = {"form": form, "invitation": invited}
    return respond(request, "web/public/invitation.html", context, status=422 if form and form.errors else 200)


def _authenticate(request: ActorRequest, form: PasswordSignInForm) -> User:
    adapter = AccountAdapter(request)
    user = adapter.authenticate(request, **form.cleaned_data)
    is_former = isinstance(user, User) and user.is_active and queries.active_professional(user.email or "") is None
    if not isinstance(user, User) or is_former:
        raise ValidationError(_("L'adresse et le mot de passe ne correspondent pas."))
    return user
