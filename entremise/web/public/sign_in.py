"""Signing in without a password, and signing out."""

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_next_redirect_url
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.accounts import rules
from entremise.accounts.actions import AccountRefused
from entremise.kernel.delivery import has_way_out
from entremise.kernel.models import OutboxMessage
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import PUBLIC, ActorRequest, screen
from entremise.web.public.code_entry import CodeEntry, NotARecruiter, ProfessionalAccount, TooManyCodes
from entremise.web.public.forms import CodeForm, IdentifierForm

PAGE = "web/public/sign_in.html"
CODE_PAGE = "web/public/sign_in_code.html"


@screen(PUBLIC)
def entry(request: ActorRequest) -> HttpResponse:
    """Ask for a number or an address, and send a code to it."""
    if request.user.is_authenticated:
        return redirect("home")
    form = IdentifierForm(request.POST or None, by_phone=has_way_out(OutboxMessage.Channel.SMS))
    next_url = get_next_redirect_url(request) or ""
    if request.method == "POST" and form.is_valid():
        try:
            CodeEntry.start(request, form.cleaned_data["identifier"], next_url)
            return redirect("sign_in_code")
        except TooManyCodes:
            form.add_error("identifier", too_many())
        except AccountRefused as refusal:
            form.add_error("identifier", refusal.reason)
    context = {"form": form, "next_url": next_url, "is_expired": "expiree" in request.GET}
    return respond(request, PAGE, context, status=422 if form.errors else 200)


@screen(PUBLIC)
def entry_code(request: ActorRequest) -> HttpResponse:
    """Ask for the code that was sent, and open the session."""
    waiting = CodeEntry.current(request)
    if waiting is None:
        return refused(request, _("Ce code n'est plus valable. Demandez-en un nouveau."), "account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if waiting.accepts(form.cleaned_data["code"]):
                return waiting.enter()
        except ProfessionalAccount:
            return refused(request, _professional(), "professional_login")
        except NotARecruiter as other:
            return refused(request, other.reason, "recruiter_sign_up")
        if waiting.is_over:
            return refused(request, _("Trop de codes faux. Demandez un nouveau code."), waiting.door)
        form.add_error("code", _wrong_code(waiting.tries_left))
    context = {"form": form, "waiting": waiting, "minutes": rules.CODE_MINUTES}
    return respond(request, CODE_PAGE, context, status=422 if form.errors else 200)


@require_POST
@screen(PUBLIC)
def entry_code_again(request: ActorRequest) -> HttpResponse:
    """Send another code."""
    waiting = CodeEntry.current(request)
    if waiting is None:
        return refused(request, _("Ce code n'est plus valable. Demandez-en un nouveau."), "account_login")
    if waiting.seconds_before_resend:
        wait = _("Un code vient de partir. Attendez encore %(seconds)d secondes avant d'en demander un autre.")
        return refused(request, wait % {"seconds": waiting.seconds_before_resend}, "sign_in_code")
    if not waiting.can_resend:
        return refused(request, too_many(), "sign_in_code")
    try:
        waiting.resend()
    except TooManyCodes:
        return refused(request, too_many(), "sign_in_code")
    except AccountRefused as refusal:
        return refused(request, refusal.reason, waiting.door)
    return done(request, _("Un nouveau code vient de partir. L'ancien ne sert plus."), "sign_in_code")


@screen(PUBLIC)
def sign_out(request: ActorRequest) -> HttpResponse:
    """Ask for a confirmation, then close the session."""
    if request.method != "POST":
        return respond(request, "web/public/sign_out.html")
    logout(request, show_message=False)
    response = done(request, _("Vous êtes déconnecté. À bientôt."), "home")
    response["Clear-Site-Data"] = '"cache", "storage"'  # nothing of the session stays on a shared computer
    return response


@screen(PUBLIC)
def inactive(request: ActorRequest) -> HttpResponse:
    """Say that an account is closed, and whom to ask."""
    return respond(request, "web/public/account_inactive.html", status=403)


def too_many() -> str:
    return _("Trop de codes ont été demandés. Attendez un quart d'heure, puis recommencez.")


def _professional() -> str:
    return _("Votre compte est un compte professionnel : il s'ouvre avec votre mot de passe et votre second facteur.")


def _wrong_code(tries_left: int) -> str:
    if tries_left == 1:
        return _("Ce code n'est pas le bon. Il vous reste un essai.")
    return _("Ce code n'est pas le bon. Il vous reste %(count)d essais.") % {"count": tries_left}
