"""Who signs: the did documents of issuers, their keys one by one, their image."""

from django.http import Http404, HttpResponse

from entremise.api.kit.answers import SVG, document
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries_standards

DID = "application/did+json"
JWK = "application/jwk+json"
SHORT = 300  # seconds: a key that was given up must not be believed for long
IMAGE_SECONDS = 86_400


@endpoint(PUBLIC)
def platform_did(request: ApiRequest) -> HttpResponse:
    """Answer the did document of this site (did:web)."""
    return _or_nothing(request, queries_standards.platform_document(), DID, SHORT)


@endpoint(PUBLIC)
def issuer_did(request: ApiRequest, slug: str) -> HttpResponse:
    """Answer the did document of an issuer (did:web)."""
    return _or_nothing(request, queries_standards.issuer_document(slug), DID, SHORT)


@endpoint(PUBLIC)
def issuer_key(request: ApiRequest, slug: str, name: str) -> HttpResponse:
    """Answer one key of an issuer (RFC 7517)."""
    return _or_nothing(request, queries_standards.key_document(slug, name), JWK, SHORT)


@endpoint(PUBLIC)
def issuer_image(request: ApiRequest, slug: str) -> HttpResponse:
    """Answer the image of an issuer."""
    return _or_nothing(request, queries_standards.issuer_image(slug), SVG, IMAGE_SECONDS)


def _or_nothing(request: ApiRequest, body: bytes | None, media_type: str, seconds: int) -> HttpResponse:
    if body is None:
        raise Http404
    return document(request, body, media_type, seconds=seconds)
