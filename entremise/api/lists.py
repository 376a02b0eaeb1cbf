"""Status lists, as they were signed: one bit tells whether a badge still holds, and says nothing of whose it is."""

from uuid import UUID

from django.http import Http404, HttpResponse

from entremise.api.kit.answers import VC, document
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import queries_standards, rules

STATUS_LIST = "application/statuslist+jwt"
SECONDS = rules.LIST_MINUTES * 60


@endpoint(PUBLIC)
def status_list(request: ApiRequest, list_id: UUID) -> HttpResponse:
    """Answer a list of badges (Bitstring Status List 1.0)."""
    return _signed(request, queries_standards.status_list(list_id), VC)


@endpoint(PUBLIC)
def token_list(request: ApiRequest, list_id: UUID) -> HttpResponse:
    """Answer a list of what wallets hold (Token Status List)."""
    return _signed(request, queries_standards.token_list(list_id), STATUS_LIST)


def _signed(request: ApiRequest, body: bytes | None, media_type: str) -> HttpResponse:
    if not body:
        raise Http404
    return document(request, body, media_type, seconds=SECONDS)
