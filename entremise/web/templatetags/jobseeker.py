"""What the header of the jobseeker's pages reads."""

from typing import Any

from django import template
from django.http import HttpRequest

from entremise.people.rules import RECRUITERS_FROM
from entremise.web.jobseeker.owner import person_if_any

register = template.Library()


@register.inclusion_tag("web/jobseeker/_consent_again.html", takes_context=True)
def consent_again(context: template.Context) -> dict[str, Any]:
    """Ask who agreed to an older text to read the new one; nothing stops working meanwhile."""
    request: HttpRequest | None = context.get("request")
    person = person_if_any(request) if request is not None else None
    version = getattr(person, "text_version", None) if person else None
    return {"is_asked": version is not None and version < RECRUITERS_FROM}


@register.inclusion_tag("web/jobseeker/_privacy.html", takes_context=True)
def my_privacy(context: template.Context) -> dict[str, Any]:
    """Show what employers may see today, with the way to change it."""
    request: HttpRequest | None = context.get("request")
    person = person_if_any(request) if request is not None else None
    shared = getattr(person, "shared", None) if person else None
    return {"person": person, "level": shared or "none", "csrf_token": context.get("csrf_token"), "request": request}
