"""What is verified about the look when the site starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.utils.translation import gettext as _

from entremise.lib import contrast
from entremise.web.components import brand


def brand_is_readable(**_kwargs: Any) -> list[CheckMessage]:
    """Refuse colours that cannot be read, and warn about those the site has to darken."""
    configured = brand.configured()
    try:
        weak = contrast.weak_contrasts(configured.primary, configured.accent)
    except contrast.ColourRefused as refusal:
        text = _("« %(colour)s » n'est pas une couleur. Écrivez-la comme %(example)s.")
        return [Error(text % {"colour": refusal, "example": brand.DEFAULT_PRIMARY}, id="components.E001")]
    text = _(
        "La couleur %(text)s sur %(background)s a un contraste de %(ratio).1f, il en faut %(required).1f : "
        "le site emploie une nuance plus lisible."
    )
    return [
        Warning(
            text % {"text": w.text, "background": w.background, "ratio": w.ratio, "required": w.required},
            id="components.W001",
        )
        for w in weak
    ]
