"""Calling a former employer back about an answer: the list, one answer, what was heard, a proved fraud."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entremise.people.actions import read_card
from entremise.validations import actions, queries_checks
from entremise.validations.models import Request
from entremise.validations.queries_checks import Check
from entremise.validations.rules import Cascade, ValidationRefused
from entremise.web.adviser.validation_checks_forms import FraudForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

SHOWN = 50  # the oldest first: the next ones take their place as calls are made


@screen("validations.check")
@require_safe
def validation_checks(request: ActorRequest) -> HttpResponse:
    """List the answers to call about, the oldest first."""
    found = queries_checks.checks(request.actor, limit=SHOWN)
    total = len(found) if len(found) < SHOWN else queries_checks.check_count(request.actor)
    return respond(request, "web/adviser/validation_checks.html", {"checks": found, "total": total})


@screen("validations.check")
@require_safe
def validation_check(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one answer, why it is checked and whom to call; the look is journaled."""
    found = _found(request, pk)
    read_card(found.asked.person, actor=request.actor)
    return respond(request, "web/adviser/validation_check.html", _facts(found))


@screen("validations.check")
@require_POST
@once
def validation_check_same(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that the establishment was called and said the same."""
    found = _found(request, pk)
    try:
        actions.check(found.asked, actor=request.actor)
    except ValidationRefused as refusal:
        return refused(request, refusal.reason, "validation_check", pk=pk)
    return done(request, _heard(found), "validation_checks")


@screen("validations.check")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def validation_check_fraud(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say what a fraud takes away, ask for the word, then set aside everything that came from the address."""
    found = _found(request, pk)
    if reason := _why_no_fraud(found):
        return refused(request, reason, "validation_check", pk=pk)
    form = FraudForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cascade = actions.prove_fraud(found.asked, actor=request.actor)
        except ValidationRefused as refusal:  # a colleague was quicker
            return refused(request, refusal.reason, "validation_check", pk=pk)
        return done(request, _taken_away(cascade), "validation_checks")
    context = {**_facts(found), "form": form, "stake": queries_checks.at_stake(found.asked)}
    return respond(request, "web/adviser/validation_check_fraud.html", context, status=422 if form.is_bound else 200)


def _facts(found: Check) -> dict[str, object]:
    return {"check": found, "asked": found.asked, "why_no_fraud": _why_no_fraud(found)}


def _why_no_fraud(found: Check) -> str:
    if not found.is_answered:
        return _("Il n'y a pas de réponse à écarter : la personne sollicitée n'a pas répondu.")
    if found.asked.fraud_proved_at:
        return _("Cette réponse est déjà écartée : il n'y a plus rien à faire.")
    return ""


def _heard(found: Check) -> str:
    if not found.is_answered:
        return _("C'est noté : vous avez appelé, et ce signalement est clos.")
    count = len(found.confirmed)
    return ngettext(
        "C'est noté : %(count)d compétence est maintenant vérifiée par un conseiller (niveau 3).",
        "C'est noté : %(count)d compétences sont maintenant vérifiées par un conseiller (niveau 3).",
        count,
    ) % {"count": count}


def _taken_away(cascade: Cascade) -> str:
    sentences = [
        ngettext(
            "La fraude est établie : %(count)d preuve est retirée.",
            "La fraude est établie : %(count)d preuves sont retirées.",
            cascade.proof_count,
        )
        % {"count": cascade.proof_count}
    ]
    if cascade.stopped_count:
        stopped = ngettext(
            "%(count)d demande en cours vers cette adresse est arrêtée.",
            "%(count)d demandes en cours vers cette adresse sont arrêtées.",
            cascade.stopped_count,
        )
        sentences.append(stopped % {"count": cascade.stopped_count})
    sentences.append(_("Les personnes concernées sont prévenues, et cette adresse ne sera plus sollicitée."))
    return " ".join(sentences)


def _found(request: ActorRequest, pk: UUID) -> Check:
    try:
        return queries_checks.check_of(pk, request.actor)
    except Request.DoesNotExist as missing:
        raise Http404 from missing
