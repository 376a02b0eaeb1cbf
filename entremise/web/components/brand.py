"""The operator's name, logo and two colours, as the pages need them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest

from entremise.lib import contrast

DEFAULT_PRIMARY = "#0b5d66"
DEFAULT_ACCENT = "#d9643a"
CSS_NAMES = {
    "primary": "--primary",
    "primary_strong": "--primary-strong",
    "primary_soft": "--primary-soft",
    "on_primary": "--on-primary",
    "accent": "--accent",
    "accent_text": "--accent-text",
    "accent_soft": "--accent-soft",
}


class BrandSetting(Protocol):
    """What `settings.ENTREMISE_BRAND` must offer."""

    @property
    def name(self) -> str: ...
    @property
    def primary(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def logo(self) -> Path | None: ...


def page_brand(request: HttpRequest) -> dict[str, Any]:
    """Give every template `brand`: its name, whether it has a logo, the version of its own colours (or nothing)."""
    brand = configured()
    return {"brand": {"name": brand.name, "has_logo": bool(brand.logo), "theme_version": theme_version(brand)}}


def configured() -> BrandSetting:
    """Read the brand the operator configured."""
    brand: BrandSetting = settings.ENTREMISE_BRAND
    return brand


def theme_version(brand: BrandSetting) -> str:
    """Name the operator's colours in a few letters, or nothing when they are the product's own."""
    if (brand.primary.lower(), brand.accent.lower()) == (DEFAULT_PRIMARY, DEFAULT_ACCENT):
        return ""
    return hashlib.sha256(theme_css(brand).encode()).hexdigest()[:10]


def theme_css(brand: BrandSetting) -> str:
    """Write the style sheet that puts the operator's colours in place of ours, in both themes."""
    light = _declarations(contrast.shades(brand.primary, brand.accent))
    dark = _declarations(contrast.shades(brand.primary, brand.accent, is_dark=True))
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _declarations(shades: contrast.Shades) -> str:
    return ";".join(f"{css}:{getattr(shades, field)}" for field, css in CSS_NAMES.items())
