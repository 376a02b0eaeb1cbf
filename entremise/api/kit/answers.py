"""Answers for machines: bytes with their fingerprint, refusals in words, headers that let every site read them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

JSON = "application/json"
VC = "application/vc"
JSON_LD = "application/ld+json"
SVG = "image/svg+xml"
FOUND = 200
# A picture opened alone runs nothing and loads nothing, whatever it holds.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
OPEN_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, WWW-Authenticate",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class ApiRefused(Exception):
    """What is asked cannot be answered; `reason` is a sentence in the language of the request."""

    def __init__(self, status: int, code: str, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.reason, self.headers = status, code, reason, dict(headers or {})


def document(
    request: HttpRequest,
    body: bytes,
    media_type: str,
    *,
    seconds: int = 300,
    vary: Iterable[str] = (),
    status: int = FOUND,
) -> HttpResponse:
    """Answer bytes as they are, with their fingerprint as ETag; nothing when the asker has the same already."""
    kept = f"public, max-age={seconds}" if seconds else "no-store"
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": kept, "Content-Length": str(len(body)), **OPEN_HEADERS}
    if media_type == SVG:
        headers["Content-Security-Policy"] = PICTURE_POLICY
    response = HttpResponse(body, content_type=media_type, headers=headers, status=status)
    response = get_conditional_response(request, etag=etag, response=response) or response
    for name, value in OPEN_HEADERS.items():  # an answer without a body keeps only some of them
        response.headers.setdefault(name, value)
    return varying(response, vary)


def written(content: Any) -> bytes:
    """Write JSON: accents as they are, members in their order."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def answer(content: Any, *, status: int = FOUND, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """Answer something made for this request, which nobody keeps."""
    told = {"Cache-Control": "no-store", **OPEN_HEADERS, **(headers or {})}
    return varying(HttpResponse(written(content), content_type=JSON, status=status, headers=told), ["Accept-Language"])


def refusal(refused: ApiRefused) -> HttpResponse:
    """Say why, with a code that does not change and a sentence."""
    told = {"code": refused.code, "message": str(refused.reason)}
    return answer(told, status=refused.status, headers=refused.headers)


def varying(response: HttpResponse, names: Iterable[str]) -> HttpResponse:
    """Note what the answer depends on: that, and nothing that a middleware below may add."""
    response.depends_on = tuple(names)  # type: ignore[attr-defined]  # read by `kit.middleware`
    return response
