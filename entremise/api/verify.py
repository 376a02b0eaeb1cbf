"""The interface to verify a badge: anybody may ask, nothing is kept of what is asked."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entremise.api.description import OPENAPI
from entremise.api.kit.answers import ApiRefused, answer, document, written
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import actions_verifying, rules_report
from entremise.credentials.clients import Busy
from entremise.credentials.enums import Channel
from entremise.lib.openbadges import limits
from entremise.lib.openbadges.reasons import Refused

MOST_BYTES = 6 * 2**20  # a picture and its envelope; the badge in it has a limit of its own
MOST_RECIPIENT = 320
ASKED = {"url", "badge", "recipient"}  # members of a question about a badge, which is no badge itself
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
COME_BACK = "5"
UNREADABLE = 422


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
def api_verify(request: ApiRequest) -> HttpResponse:
    """Check the badge in the body (a file, JSON, a token) or at the address that it gives."""
    given, recipient = _given(request)
    try:
        report = actions_verifying.verify(given, channel=Channel.API, recipient=recipient)
    except Busy:
        reason = _("Beaucoup de badges d'autres sites sont vérifiés en ce moment : recommencez dans un instant.")
        raise ApiRefused(503, "busy", reason, {"Retry-After": COME_BACK}) from None
    status = 200 if rules_report.is_readable(report) else UNREADABLE
    return answer(rules_report.told(report, get_language() or "fr"), status=status)


@endpoint(PUBLIC)
def api_description(request: ApiRequest) -> HttpResponse:
    """Answer the description of this interface (OpenAPI 3.1)."""
    return document(request, written(OPENAPI), "application/json", seconds=3600)


def _given(request: ApiRequest) -> tuple[bytes | str, str]:
    """Return what is to be checked, and for whom it should be."""
    if request.content_type in FORMS:
        file = request.FILES.get("file")
        given: bytes | str = file.read() if file else request.POST.get("text", "") or request.POST.get("url", "")
        return _some(given), _address(request.POST.get("recipient", ""))
    try:
        body = request.read(MOST_BYTES + 1)
    except RequestDataTooBig:
        raise _too_large() from None
    if len(body) > MOST_BYTES:
        raise _too_large()
    return _of_json(body) if request.content_type == "application/json" else (_some(body), "")


def _of_json(body: bytes) -> tuple[bytes | str, str]:
    """Tell a question about a badge from a badge; what cannot be read is left to the verification, which says why."""
    asked = _question(body)
    if asked is None:
        return _some(body), ""
    badge = asked.get("url") or asked.get("badge") or ""
    given = badge if isinstance(badge, str) else written(badge)
    return _some(given), _address(asked.get("recipient", ""))


def _question(body: bytes) -> dict[str, Any] | None:
    try:
        read = limits.read_json(body)
    except Refused:
        return None
    return read if read and set(read) <= ASKED else None


def _some(given: bytes | str) -> bytes | str:
    if not given:
        raise ApiRefused(UNREADABLE, "empty", _("Il n'y a pas de badge dans cette demande."))
    return given


def _address(given: object) -> str:
    return given[:MOST_RECIPIENT] if isinstance(given, str) else ""


def _too_large() -> ApiRefused:
    return ApiRefused(413, "too_large", _("Ce qui est envoyé est trop gros."))
