"""What every template may read."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from entremise.kernel.actors import ANONYMOUS
from entremise.web.kit.navigation import items_for


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the demo switch, the actor and the links of their navigation."""
    actor = getattr(request, "actor", ANONYMOUS)
    return {"is_demo": settings.DEMO, "actor": actor, "nav_items": items_for(actor)}
