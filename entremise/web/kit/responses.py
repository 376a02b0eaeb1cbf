"""One way to answer: the whole page, or for htmx the part that the page itself includes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url


def respond(
    request: HttpRequest, page: str, context: dict[str, Any] | None = None, *, part: str = "", status: int = 200
) -> HttpResponse:
    """Render `page`, or only `part` when htmx asked for it."""
    is_partial = bool(part) and getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, part if is_partial else page, context or {}, status=status)


def done(request: HttpRequest, message: str, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say what was done and go on to a page (POST → redirect → GET)."""
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs))


def refused(request: HttpRequest, reason: str, to: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """Say why nothing was done and go back to a page."""
    messages.error(request, reason)
    return HttpResponseRedirect(resolve_url(to, *args, **kwargs))
