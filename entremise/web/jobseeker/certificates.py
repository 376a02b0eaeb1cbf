"""Certificates of employment of the person: to see, download, or contest."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from entremise.credentials import actions_documents as actions
from entremise.credentials import queries as badges
from entremise.credentials import queries_documents as queries
from entremise.credentials.models_certificates import EmploymentCertificate
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, pdf
from entremise.kernel.workflow import TransitionRefused
from entremise.people import queries as people
from entremise.web.jobseeker.owner import my_person
from entremise.web.kit import papers
from entremise.web.kit.once import once
from entremise.web.kit.responses import done, refused, respond
from entremise.web.kit.screens import ActorRequest, screen


@screen("credentials.hold")
def my_certificates(request: ActorRequest) -> HttpResponse:
    """List the person's certificates of employment."""
    rows = [(one, queries.certificate_state(one)) for one in queries.certificates(my_person(request))]
    return respond(request, "web/jobseeker/certificates.html", {"rows": rows})


@screen("credentials.hold")
def my_certificate(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Show one certificate, what it is worth now, and what can be done of it."""
    certificate = _mine(request, pk)
    context = {**_shown(request, certificate), "has_pdf": pdf.is_available(), "packages": " ".join(pdf.PACKAGES)}
    return respond(request, "web/jobseeker/certificate.html", context)


@screen("credentials.hold")
def my_certificate_pdf(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a certificate as a tagged PDF, with the signed badge inside."""
    certificate = _mine(request, pk)
    if not pdf.is_available():
        return papers.unavailable(request, reverse("my_certificate", args=[pk]))
    shown = _shown(request, certificate)
    signed = shown["signed"]
    attached = (
        [pdf.Attached("certificat.json", _("Certificat de travail signé"), bytes(signed.body))] if signed else []
    )
    name = f"certificat-de-travail-{certificate.started_on.year}-{certificate.establishment.siret}.pdf"
    return papers.answer(request, "web/jobseeker/certificate_paper.html", shown, name=name, attached=attached)


@screen("credentials.hold")
def my_certificate_json(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give the signed badge of a certificate, byte for byte."""
    signed = _shown(request, _mine(request, pk))["signed"]
    if signed is None:
        raise Http404
    response = HttpResponse(bytes(signed.body), content_type="application/vc+ld+json")
    response["Content-Disposition"] = 'attachment; filename="certificat-de-travail.json"'
    return response


@require_POST
@screen("credentials.hold")
@once
def my_certificate_contest(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Refuse a certificate: it is hers to refuse."""
    certificate = _mine(request, pk)
    if "sure" not in request.POST:
        return refused(request, _("Cochez la case pour dire que vous refusez ce certificat."), "my_certificate", pk=pk)
    try:
        actions.contest_employment(certificate, actor=request.actor)
    except (CredentialRefused, TransitionRefused) as refusal:
        return refused(request, refusal.reason, "my_certificate", pk=pk)
    return done(request, _("Ce certificat est refusé : il ne vaut plus rien, nulle part."), "my_certificates")


def _shown(request: ActorRequest, certificate: EmploymentCertificate) -> dict[str, Any]:
    award = certificate.award
    state = queries.certificate_state(certificate)
    return {
        "certificate": certificate,
        "posts": queries.posts_of(certificate),
        "skills": list(certificate.skills.order_by("label")),
        "state": state,
        "signed": badges.signed(award) if award and state in ("issued", "suspended") else None,
        "identity": people.own_identity(my_person(request), request.actor),
        "today": clock.today(),
    }


def _mine(request: ActorRequest, pk: UUID) -> EmploymentCertificate:
    certificate = queries.certificate_for(pk, request.actor)
    if certificate is None:
        raise Http404
    return certificate
