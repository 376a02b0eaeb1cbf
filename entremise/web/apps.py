"""The screens, as a Django application (for its template tags and checks)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """All HTML."""

    name = "entremise.web"
    label = "web"
