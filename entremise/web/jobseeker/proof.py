"""A fresh proof that it is still her: a code to her own address or number, before her data leave or disappear."""

import datetime as dt
from typing import Any, Self

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from entremise.accounts import queries as accounts
from entremise.accounts import rules
from entremise.accounts.actions import AccountRefused
from entremise.accounts.rules import Identifier
from entremise.kernel import clock
from entremise.web.jobseeker.forms import posted
from entremise.web.kit.responses import refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.public.code_entry import CodeEntry, TooManyCodes
from entremise.web.public.forms import CodeForm

WAITING, PROVED = "fresh_proof", "proved_at"
FRESH = dt.timedelta(minutes=10)


class FreshProof(CodeEntry):
    """Somebody signed in who waits for a code; the same codes and limits as at the door."""

    @classmethod
    def current(cls, request: HttpRequest) -> Self | None:
        """Return the proof under way, unless there is none or it is too old."""
        state = request.session.get(WAITING)
        return cls(request, state).abort_if_invalid() if state else None

    @property
    def is_over(self) -> bool:
        """Tell whether the last try was spent."""
        return WAITING not in self.request.session

    def persist(self) -> None:
        """Keep the proof under way in the session."""
        self.request.session[WAITING] = self.state

    def abort(self) -> None:
        """Forget the proof under way."""
        self.request.session.pop(WAITING, None)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person proved a moment ago that it is her."""
    proved = request.session.get(PROVED)
    return proved is not None and clock.now() - dt.datetime.fromisoformat(proved) < FRESH


def own_identifier(request: ActorRequest) -> Identifier | None:
    """Return the number or address with which the account is opened."""
    user = accounts.user_of(request.actor)
    known = (user.email or user.phone) if user else None
    return rules.parse_identifier(known) if known else None


@screen("people.see_own")
def my_proof(request: ActorRequest) -> HttpResponse:
    """Send a code to her own address or number, and ask for it."""
    waiting = FreshProof.current(request)
    next_url = request.GET.get("next", "")
    if request.method == "POST" and "code" not in request.POST:
        return _send(request, next_url)
    form = CodeForm(posted(request))
    if waiting and form.is_valid():
        if waiting.accepts(form.cleaned_data["code"]):
            waiting.abort()
            request.session[PROVED] = clock.now().isoformat()
            return _on_to(request, waiting.state["next"])
        if waiting.is_over:
            return refused(request, _("Trop de codes faux. Demandez un nouveau code."), "my_data")
        form.add_error("code", _("Ce code n'est pas le bon. Vérifiez-le, puis tapez-le de nouveau."))
    context: dict[str, Any] = {"form": form, "waiting": waiting, "minutes": rules.CODE_MINUTES}
    return respond(request, "web/jobseeker/proof.html", context, status=422 if form.errors else 200)


def _send(request: ActorRequest, next_url: str) -> HttpResponse:
    identifier = own_identifier(request)
    if identifier is None:
        return refused(request, _("Votre compte n'a ni adresse ni numéro : voyez votre agence."), "my_data")
    try:
        FreshProof.start(request, identifier, next_url)
    except TooManyCodes:
        wait = _("Trop de codes ont été demandés. Attendez un quart d'heure, puis recommencez.")
        return refused(request, wait, "my_data")
    except AccountRefused as refusal:
        return refused(request, refusal.reason, "my_data")
    return to_proof(request, next_url)


def to_proof(request: HttpRequest, next_url: str) -> HttpResponse:
    """Lead to the page of the proof, and back afterwards."""
    return redirect(f"{reverse('my_proof')}?{urlencode({'next': next_url})}")


def _on_to(request: ActorRequest, next_url: str) -> HttpResponse:
    from_here = url_has_allowed_host_and_scheme(next_url, allowed_hosts={request.get_host()})
    return redirect(next_url if from_here else "my_data")
