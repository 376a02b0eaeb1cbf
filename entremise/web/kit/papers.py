"""Documents that leave the site: a PDF to download, the address printed on it and its QR code."""

from collections.abc import Sequence
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from entremise.kernel import links, pdf
from entremise.kernel.models import MailLink
from entremise.web.kit.responses import respond

STYLE = "web/papers/style.css"
GROUP = 5  # letters of a code shown together


def answer(
    request: HttpRequest, page: str, context: dict[str, Any], *, name: str, attached: Sequence[pdf.Attached] = ()
) -> HttpResponse:
    """Answer with a page written as a tagged PDF."""
    html = render_to_string(page, context, request)
    body = pdf.write(html, style=render_to_string(STYLE), attached=attached)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def unavailable(request: HttpRequest, back: str) -> HttpResponse:
    """Say that this site cannot write PDF, and what to do instead."""
    context = {"back": back, "packages": " ".join(pdf.PACKAGES)}
    return respond(request, "web/papers/unavailable.html", context, status=503)


def address(request: HttpRequest, link: MailLink) -> dict[str, str]:
    """Return the address of a link, the short one that is copied by hand, and the QR code of the first."""
    page = links.PURPOSES[link.purpose].url_name
    base = str(settings.BASE_URL).rstrip("/")
    full = base + reverse(page, args=[links.token(link)])
    code = links.short_code(link)
    grouped = "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
    return {
        "full_address": full,
        "short_address": (base + reverse(page, args=[grouped])).partition("//")[2],
        "short_url": base + reverse(page, args=[grouped]),
        "qr": segno.make(full, error="m").svg_data_uri(border=2, scale=4, dark="#1d2433"),
    }
