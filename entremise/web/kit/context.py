"""What every template may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from entremise.kernel.actors import ANONYMOUS


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the demo switch and the actor."""
    return {"is_demo": settings.DEMO, "actor": getattr(request, "actor", ANONYMOUS)}
