"""Tables of the reminders: what a territory decides instead of the installation; a department is a code here."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.lib.reminders import LARGEST_CAP


class ReminderRule(models.Model):
    """When one kind of request is recalled in one department, and when waiting ends there."""

    department = models.CharField(_("département"), max_length=3)
    name = models.CharField(_("sorte de demande"), max_length=20)
    days = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("jours des rappels"))
    expiry_days = models.PositiveSmallIntegerField(_("fin de l'attente"))
    changed_at = models.DateTimeField(_("changée le"))
    changed_by_id = models.UUIDField(_("changée par"), null=True)

    class Meta:
        verbose_name = _("règle de rappel d'un territoire")
        verbose_name_plural = _("règles de rappel des territoires")
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="reminderrule_once")]

    def __str__(self) -> str:
        return f"{self.department} {self.name} {self.days}/{self.expiry_days}"


class WeeklyCap(models.Model):
    """How many reminders an address gets in seven days at most, from one department."""

    department = models.CharField(_("département"), max_length=3, primary_key=True)
    most_per_week = models.PositiveSmallIntegerField(_("rappels par semaine, au plus"))
    changed_at = models.DateTimeField(_("changé le"))
    changed_by_id = models.UUIDField(_("changé par"), null=True)

    class Meta:
        verbose_name = _("plafond de rappels d'un territoire")
        verbose_name_plural = _("plafonds de rappels des territoires")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(most_per_week__gte=1, most_per_week__lte=LARGEST_CAP), name="weeklycap_possible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.most_per_week}"
