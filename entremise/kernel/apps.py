"""Start-up of the kernel: every domain's policies, mails, links, hooks' receivers and workflows are registered."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Load the declarative modules of each domain once all models exist."""

    name = "entremise.kernel"

    def ready(self) -> None:
        """Import what registers itself."""
        autodiscover_modules("access", "workflow", "mails", "links", "actions", "receivers")
