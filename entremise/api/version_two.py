"""Open Badges 2.0: what systems that read nothing newer ask for."""

from uuid import UUID

from django.http import Http404, HttpResponse

from entremise.api.kit.answers import JSON_LD, document
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries_v2

SHORT = 300  # seconds: what was withdrawn must not be believed for long


@endpoint(PUBLIC)
def issuer(request: ApiRequest, slug: str) -> HttpResponse:
    """Answer an issuer's profile."""
    return _found(request, queries_v2.issuer_document(slug))


@endpoint(PUBLIC)
def key(request: ApiRequest, slug: str, name: str) -> HttpResponse:
    """Answer a key of an issuer."""
    return _found(request, queries_v2.key_document(slug, name))


@endpoint(PUBLIC)
def badge(request: ApiRequest, series: UUID, version: int) -> HttpResponse:
    """Answer one version of a badge."""
    return _found(request, queries_v2.badge_document(series, version))


@endpoint(PUBLIC)
def assertion(request: ApiRequest, public_id: UUID) -> HttpResponse:
    """Answer a hosted badge; 410 once it was withdrawn."""
    found = queries_v2.assertion(public_id)
    if found is None:
        raise Http404
    return document(request, found.body, found.media_type, seconds=SHORT, status=found.status)


@endpoint(PUBLIC)
def revocations(request: ApiRequest, slug: str) -> HttpResponse:
    """Answer the badges of an issuer that do not hold any more."""
    return _found(request, queries_v2.revocations(slug))


def _found(request: ApiRequest, body: bytes | None) -> HttpResponse:
    if body is None:
        raise Http404
    return document(request, body, JSON_LD, seconds=SHORT)
