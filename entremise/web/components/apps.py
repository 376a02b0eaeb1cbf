from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from entremise.web.components.checks import brand_is_readable


class ComponentsConfig(AppConfig):
    name = "entremise.web.components"
    label = "components"
    verbose_name = "composants"

    def ready(self) -> None:
        checks.register(brand_is_readable)
