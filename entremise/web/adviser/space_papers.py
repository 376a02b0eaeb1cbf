"""The papers about a recruiter space: the reminder letter, the file of a fraud; and what is done about the fraud."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from entremise.desk import queries_certification as waiting
from entremise.employers import actions_fraud
from entremise.employers import queries_certification as queries
from entremise.employers.actions_certification import CertificationRefused
from entremise.employers.enums_spaces import SpaceState
from entremise.kernel import clock
from entremise.web.adviser.space_forms import FraudReportForm
from entremise.web.adviser.space_page import found_space
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen

PORTAL = "internet-signalement.gouv.fr"


@screen("employers.look_after_spaces")
@require_GET
def space_letter(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the reminder letter to print, in the model that fits: with an offer that waits, or without."""
    found = found_space(request, pk)
    context = {
        "space": found,
        "members": queries.members(found)[:1],
        "offer_count": waiting.waiting_for(found).offers,
        "today": clock.today(),
    }
    return respond(request, "web/adviser/space_letter.html", context)


@screen("employers.report_fraud")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def space_fraud(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show the file of a fraud, prefilled for the official portal; report it."""
    found = found_space(request, pk)
    if found.state != SpaceState.BLOCKED and not queries.reports(found):
        return refused(request, _("Bloquez d'abord l'espace : le signalement vient ensuite."), "space", pk=pk)
    form = FraudReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sent = actions_fraud.report(found, actor=request.actor, facts=form.cleaned_data["facts"])
        except CertificationRefused as refusal:
            form.refuse(refusal)
        else:
            text = _("Le signalement est transmis à la personne chargée des fraudes.")
            kept = _("Le signalement est gardé. Personne n'est désigné pour le recevoir : transmettez ce dossier.")
            return done(request, text if sent.sent_at else kept, "space_fraud", pk=pk)
    context = {
        "space": found, "form": form, "portal": PORTAL, "reports": queries.reports(found),
        "members": queries.members(found), "points": queries.every_point(found),
        "contacted": len(waiting.contacted_addresses(found)), "checks": queries.checks(found),
    }  # fmt: skip
    return respond(request, "web/adviser/space_fraud.html", context, status=422 if form.is_bound else 200)


@screen("employers.report_fraud")
@require_POST
@once
def space_fraud_declared(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Note that the fraud was also declared on the official portal."""
    try:
        actions_fraud.declare(found_space(request, pk), actor=request.actor)
    except CertificationRefused as refusal:
        return refused(request, refusal.reason, "space_fraud", pk=pk)
    return done(request, _("C'est noté : la fraude est déclarée sur le portail officiel."), "space_fraud", pk=pk)


@screen("employers.report_fraud")
@require_POST
@once
def space_fraud_warn(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Warn the candidates whom the space was put in touch with."""
    found = found_space(request, pk)
    addresses = waiting.contacted_addresses(found)
    try:
        actions_fraud.warn_candidates(found, actor=request.actor, addresses=addresses)
    except CertificationRefused as refusal:
        return refused(request, refusal.reason, "space_fraud", pk=pk)
    text = ngettext(
        "%(count)d candidat est prévenu.", "%(count)d candidats sont prévenus.", len(addresses)
    ) % {"count": len(addresses)}  # fmt: skip
    return done(request, text, "space_fraud", pk=pk)


@screen("employers.report_fraud")
@require_POST
@once
def space_exclusions_lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let what was excluded be used again."""
    actions_fraud.lift_exclusions(found_space(request, pk), actor=request.actor)
    return done(request, _("Les exclusions de cet espace sont levées."), "space_fraud", pk=pk)
