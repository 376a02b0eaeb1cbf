"""The operator's colours and logo, served as files so that the content security policy stays strict."""

from __future__ import annotations

import mimetypes

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from entremise.web.components import brand
from entremise.web.kit.screens import PUBLIC, screen


@screen(PUBLIC)
@cache_control(public=True, max_age=86400)
def theme(request: HttpRequest) -> HttpResponse:
    """Serve the style sheet of the operator's two colours."""
    return HttpResponse(brand.theme_css(brand.configured()), content_type="text/css; charset=utf-8")


@screen(PUBLIC)
@cache_control(public=True, max_age=86400)
def brand_logo(request: HttpRequest) -> HttpResponse:
    """Serve the operator's logo."""
    logo = brand.configured().logo
    if not logo or not logo.is_file():
        raise Http404
    return HttpResponse(
        logo.read_bytes(), content_type=mimetypes.guess_type(logo.name)[0] or "application/octet-stream"
    )
