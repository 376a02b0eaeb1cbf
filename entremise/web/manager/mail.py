"""The accounts of the mail: what left, what waits for a decision, what failed and what to do about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from entremise.accounts import actions_mail, queries, queries_mail
from entremise.accounts.actions_mail import MailRefused
from entremise.kernel import reminders
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


class SearchForm(forms.Form):
    """An address typed in full."""

    recipient = forms.CharField(
        label=gettext_lazy("Adresse ou numéro, en entier"),
        max_length=254,
        help_text=gettext_lazy("Votre recherche est inscrite au journal."),
    )


@screen("mail.manage")
@require_GET
def manager_mail(request: ActorRequest) -> HttpResponse:
    """Show everything on one page."""
    return respond(request, "web/manager/mail.html", _context(request, SearchForm()))


@screen("mail.manage")
@require_POST
def mail_search(request: ActorRequest) -> HttpResponse:
    """Show the messages to one address; by POST, since the address must not stay in the history of the browser."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return respond(request, "web/manager/mail.html", _context(request, form), status=422)
    me = queries.user_of(request.actor)
    found = actions_mail.search(me, actor=request.actor, recipient=form.cleaned_data["recipient"])
    context = _context(request, form) | {"found": queries_mail.shown(found), "has_searched": True}
    return respond(request, "web/manager/mail.html", context)


@screen("mail.manage")
@require_POST
@once
def mail_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send a message again."""
    return _decide(request, pk, actions_mail.send_again, _("Le message repart dans quelques secondes."))


@screen("mail.manage")
@require_POST
@once
def mail_taken_as_sent(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that a message arrived."""
    return _decide(request, pk, actions_mail.take_as_sent, _("Le message est noté comme envoyé."))


@screen("mail.manage")
@require_POST
@once
def mail_restore(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let messages leave again for a repaired address."""
    stopped = queries_mail.stopped_one(pk, request.actor)
    if stopped is None:
        raise Http404
    try:
        actions_mail.restore_address(stopped, actor=request.actor)
    except MailRefused as refusal:
        return refused(request, refusal.reason, "manager_mail")
    return done(request, _("Les messages repartent vers cette adresse."), "manager_mail")


def _decide(request: ActorRequest, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    message = queries_mail.message(pk, request.actor)
    if message is None:
        raise Http404
    try:
        act(message, actor=request.actor)
    except MailRefused as refusal:
        return refused(request, refusal.reason, "manager_mail")
    return done(request, said, "manager_mail")


def _context(request: ActorRequest, form: SearchForm) -> dict[str, Any]:
    actor = request.actor
    return {
        "form": form,
        "counts": queries_mail.counts(actor),
        "columns": [state.label for state in queries_mail.COLUMNS],
        "by_day": queries_mail.by_day(actor),
        "held": queries_mail.held(actor),
        "failed": queries_mail.failed(actor),
        "stopped": queries_mail.stopped(actor),
        "relay": queries_mail.relay_sign(),
        "reminders": reminders.all_policies(),
        "days": queries_mail.DAYS,
    }
