"""What a badge is, whoever holds it: its definition for machines, its image. People get a page at the same address."""

from uuid import UUID

from django.http import Http404, HttpResponse

from entremise.api.kit.answers import JSON_LD, SVG, document
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries_standards

A_DAY = 86_400  # seconds: a published version does not change


@endpoint(PUBLIC)
def achievement(request: ApiRequest, series: UUID, version: int) -> HttpResponse:
    """Answer one version of a badge (Open Badges 3.0, Achievement)."""
    body = queries_standards.achievement_document(series, version)
    if body is None:
        raise Http404
    return document(request, body, JSON_LD, seconds=A_DAY, vary=["Accept"])


@endpoint(PUBLIC)
def achievement_image(request: ApiRequest, series: UUID, version: int) -> HttpResponse:
    """Answer the image of a badge."""
    body = queries_standards.achievement_image(series, version)
    if body is None:
        raise Http404
    return document(request, body, SVG, seconds=A_DAY)
