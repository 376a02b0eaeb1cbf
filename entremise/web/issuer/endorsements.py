"""Recommendations that an issuer signs: of somebody else's badge, or of another issuer."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from entremise.credentials import actions_endorsements, queries, queries_issuing, queries_keys
from entremise.credentials.models import BadgeClass, Issuer
from entremise.credentials.rules import CredentialRefused
from entremise.web.issuer.desk import my_issuer, page
from entremise.web.issuer.forms import EndorseForm
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused
from entremise.web.kit.screens import ActorRequest, screen


@screen("credentials.desk")
@require_GET
def endorsements(request: ActorRequest) -> HttpResponse:
    """List the recommendations that the issuer wrote."""
    issuer = my_issuer(request)
    rows = queries_issuing.endorsements_by(issuer)
    return page(request, "endorsements.html", "endorsements", {"issuer": issuer, "endorsements": rows})


@screen("credentials.endorse")
@once
def endorse_badge(request: ActorRequest, series: UUID, version: int) -> HttpResponse:
    """Recommend somebody else's badge."""
    found = queries.badge_class_at(series, version)
    if found is None:
        raise Http404
    return _endorse(request, badge_class=found)


@screen("credentials.endorse")
@once
def endorse_issuer(request: ActorRequest, slug: str) -> HttpResponse:
    """Recommend another issuer."""
    found = queries_keys.issuer_by_slug(slug)
    if found is None:
        raise Http404
    return _endorse(request, issuer=found)


@screen("credentials.endorse")
@require_POST
@once
def endorsement_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show a recommendation no more."""
    found = queries_issuing.endorsement_for(pk, request.actor)
    if found is None:
        raise Http404
    try:
        actions_endorsements.withdraw(found.endorser, actor=request.actor, endorsement=found)
    except CredentialRefused as refusal:
        return refused(request, refusal.reason, "issuer_endorsements")
    return done(request, _("La recommandation n'est plus montrée."), "issuer_endorsements")


def _endorse(
    request: ActorRequest, *, badge_class: BadgeClass | None = None, issuer: Issuer | None = None
) -> HttpResponse:
    mine = my_issuer(request)
    form = EndorseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions_endorsements.endorse(
                mine, actor=request.actor, badge_class=badge_class, issuer=issuer, **form.cleaned_data
            )
            return done(request, _("Votre recommandation est signée et montrée."), "issuer_endorsements")
        except CredentialRefused as refusal:
            form.refuse(refusal)
    context = {"issuer": mine, "form": form, "target": badge_class or issuer, "of_badge": badge_class is not None}
    return page(request, "endorse.html", "endorsements", context, status=422 if form.errors else 200)
