"""How well each application fits its offer, as the last pass found it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Actor
from entremise.kernel.scoping import ScopedQuerySet
from entremise.reciprok.models import Application


class ApplicationFitQuerySet(ScopedQuerySet["ApplicationFit"]):
    """Fits: seen by who sees the application."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep those of the applications that the actor may see."""
        return models.Q(application__in=Application.objects.visible_to(actor))


class ApplicationFit(models.Model):
    """What orders a board by the best match; the cards of a page are scored again, with their reasons."""

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="fit", verbose_name=_("candidature")
    )
    percent = models.PositiveSmallIntegerField(_("adéquation (%)"), null=True)  # none without a place on the map
    at = models.DateTimeField(_("calculée le"))

    objects = ApplicationFitQuerySet.as_manager()

    class Meta:
        verbose_name = _("adéquation d'une candidature")
        verbose_name_plural = _("adéquations des candidatures")

    def __str__(self) -> str:
        return str(self.application_id)
