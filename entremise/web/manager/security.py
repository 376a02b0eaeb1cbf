"""Security of accesses: who looked at unusually many identities, what was decided, how much each may see today."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts import queries as accounts
from entremise.accounts.models import User
from entremise.kernel import access
from entremise.people import actions_vigilance as actions
from entremise.people import queries_vigilance as queries
from entremise.people.actions_vigilance import WatchRefused
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.step_up import fresh
from entremise.web.manager.agency_choice import chosen
from entremise.web.manager.security_forms import FindingForm, RaiseForm


@screen("people.watch")
@require_GET
def access_security(request: ActorRequest) -> HttpResponse:
    """Show what is unusual in an agency, how much each account saw today, and what was decided."""
    agencies = list(accounts.agencies_of(request.actor))
    agency = chosen(request, agencies)
    found = queries.watched(agency, request.actor) if agency else []
    context = {
        "agencies": agencies,
        "agency": agency,
        "accounts": found,
        "unusual": [one for one in found if one.signs or one.cut],
        "history": queries.history(agency, request.actor) if agency else [],
    }
    return respond(request, "web/manager/access_security.html", context)


@screen("people.watch")
@require_GET
def access_account(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one account: what is unusual, whom it looked at by reference, and what may be decided."""
    return _page(request, _account(request, pk))


@require_POST
@screen("people.judge_account")
@fresh
@once
def access_dismiss(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that what was done is normal."""
    account, form = _account(request, pk), FindingForm(request.POST)
    sentence = _("C'est noté. La suite sera jugée à nouveau.")
    return _decided(request, account, form, actions.dismiss, sentence, finding=form)


@require_POST
@screen("people.judge_account")
@fresh
@once
def access_raise(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let an account see more identities today."""
    account, form = _account(request, pk), RaiseForm(request.POST)
    return _decided(request, account, form, actions.raise_budget, _("Le nombre du jour est relevé."), raising=form)


@require_POST
@screen("people.judge_account")
@fresh
@once
def access_cut(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close the identities to an account, and end its sessions."""
    return _decided(request, _account(request, pk), None, actions.cut, _("L'accès aux identités est suspendu."))


@require_POST
@screen("people.judge_account")
@fresh
@once
def access_lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Open the identities to an account again."""
    return _decided(request, _account(request, pk), None, actions.lift, _("L'accès aux identités est rétabli."))


def _decided(
    request: ActorRequest,
    account: User,
    form: forms.Form | None,
    act: Callable[..., Any],
    sentence: str,
    **shown: forms.Form,
) -> HttpResponse:
    if form is not None and not form.is_valid():
        return _page(request, account, **shown)
    try:
        act(account, actor=request.actor, **(form.cleaned_data if form else {}))
    except WatchRefused as refusal:
        if form is None or not refusal.field:
            return refused(request, refusal.reason, "access_account", pk=account.pk)
        form.add_error(refusal.field, refusal.reason)
        return _page(request, account, **shown)
    return done(request, sentence, "access_account", pk=account.pk)


def _page(request: ActorRequest, account: User, **bound: forms.Form) -> HttpResponse:
    found = queries.account_seen(account)
    decision = access.decide("people.judge_account", request.actor, account)
    context = {
        "one": found,
        "finding": bound.get("finding", FindingForm()),
        "raising": bound.get("raising", RaiseForm()),
        "why_not": decision.reason if isinstance(decision, access.Denied) else "",
    }
    return respond(request, "web/manager/access_account.html", context, status=422 if bound else 200)


def _account(request: ActorRequest, pk: UUID) -> User:
    account = queries.account_of(pk, request.actor)
    if account is None:
        raise Http404
    return account
