"""Badges given one by one, and what their issuer may still do: send again, suspend, withdraw."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.credentials import actions, actions_claims, queries, queries_issuing
from entremise.credentials.enums import AwardState, RevokeReason
from entremise.credentials.models import Award
from entremise.credentials.queries_issuing import Given
from entremise.credentials.rules import CredentialRefused
from entremise.credentials.workflow import FLOW
from entremise.kernel import clock
from entremise.kernel.workflow import TransitionRefused
from entremise.web.issuer.badges import own_badge
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.issuer.forms import AwardForm, RevokeForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen
from entremise.web.kit.typed import identifier, whole_number

PAGE = 50


@screen("credentials.award")
@once
def award(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a badge to one person; the answer is the same whoever the address belongs to."""
    badge_class = own_badge(request, pk)
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_claims.offer(badge_class, actor=request.actor, **form.cleaned_data)
            sentence = _("Le badge est proposé à %(email)s : la personne reçoit un lien pour le prendre.")
            return done(request, sentence % form.cleaned_data, "issuer_award", pk)
        except CredentialRefused as refusal:
            form.refuse(refusal)
    context = {"issuer": badge_class.issuer, "badge": badge_class, "form": form}
    return page(request, "award.html", "badges", context, status=422 if form.errors else 200)


@screen("credentials.desk")
@require_GET
def awards(request: ActorRequest) -> HttpResponse:
    """List what was given: by name or address while it waits, by reference once taken."""
    issuer = my_issuer(request)
    typed = request.GET.get("q", "").strip()[:160]
    state = request.GET.get("etat", "")
    badge = identifier(request.GET.get("badge", ""))
    rows = queries_issuing.awards_of(
        issuer, typed=typed, badge=badge, state=state if state in AwardState.values else ""
    )
    shown = Paginator(rows, PAGE).get_page(whole_number(request.GET.get("page", "")) or 1)
    context: dict[str, Any] = {
        "issuer": issuer,
        "rows": list(queries_issuing.given(list(shown.object_list))),
        "shown": shown,
        "typed": typed,
        "state": state,
        "badge_id": str(badge or ""),
        "states": AwardState.choices,
        "badges": queries_issuing.badges_of(issuer).exclude(state="draft"),
    }
    return page(request, "awards.html", "awards", context)


@screen("credentials.desk")
@require_GET
def given(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one award: where it stands, what can be done."""
    return _given(request, own_award(request, pk), RevokeForm())


@screen("credentials.suspend")
@require_POST
@once
def suspend(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Suspend an award: whoever verifies it learns that it does not count for now."""
    said = _("Le badge est suspendu. La personne en est prévenue.")
    return _move(request, pk, lambda one: actions.suspend(one, actor=request.actor), said)


@screen("credentials.resume")
@require_POST
@once
def resume(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let a suspended award hold again."""
    said = _("Le badge est de nouveau valable. La personne en est prévenue.")
    return _move(request, pk, lambda one: actions.resume(one, actor=request.actor), said)


@screen("credentials.revoke")
@require_POST
@once
def revoke(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw an award for good, with the reason."""
    found = own_award(request, pk)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        return _given(request, found, form, status=422)
    reason = RevokeReason(form.cleaned_data["reason"])
    said = _("Le badge est retiré. Dans cinq minutes, qui le vérifie apprend qu'il n'est plus valable.")
    return _move(request, pk, lambda one: actions.revoke(one, actor=request.actor, reason=reason), said)


@screen("credentials.award")
@require_POST
@once
def renew(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Award a badge again, from today; the new one takes the place of the former."""
    found = own_award(request, pk)
    try:
        newer = actions.renew(found, actor=request.actor, awarded_on=clock.today())
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "issuer_given", pk)
    return done(request, _("Le badge est renouvelé. La personne en est prévenue."), "issuer_given", newer.pk)


@screen("credentials.award")
@require_POST
@once
def send_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Send the link of a badge that waits once more."""
    said = _("Le message est reparti, avec le même lien.")
    return _move(request, pk, lambda one: actions_claims.send_again(one, actor=request.actor), said)


def own_award(request: ActorRequest, pk: UUID) -> Award:
    """Return one award of the actor's own organisation, or 404."""
    found = queries_issuing.award_for(pk, request.actor)
    if found is None:
        raise Http404
    return found


def _move(request: ActorRequest, pk: UUID, act: Any, sentence: str) -> HttpResponse:
    found = own_award(request, pk)
    try:
        act(found)
    except (TransitionRefused, CredentialRefused) as refusal:
        return refused(request, refusal.reason, "issuer_given", pk)
    return done(request, sentence, "issuer_given", pk)


def _given(request: ActorRequest, found: Award, form: RevokeForm, *, status: int = 200) -> HttpResponse:
    may = {name: not FLOW.refusal(found, name, request.actor) for name in ("suspend", "resume", "revoke")}
    may["renew"] = not queries.not_to_renew(found)
    context = {
        "issuer": found.badge_class.issuer,
        "given": Given(found, getattr(found, "claim", None)),
        "may": may,
        "form": form,
        "reminder_after": dt.timedelta(days=14).days,
    }
    return page(request, "given.html", "awards", context, status=status)
