"""The hidden field of the forms that must be done once."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from entremise.web.kit.once import FIELD

register = template.Library()


@register.simple_tag
def idempotency_key() -> SafeString:
    """Draw the hidden key of one display of a form; the view is wrapped with `@once`."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(18))
