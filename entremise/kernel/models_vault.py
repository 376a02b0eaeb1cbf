"""Tables beside the vault: who was shown to whom, files nobody has a reason to open, accounts cut, alerts, raises."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Disclosure(models.Model):
    """One person shown by name to one professional on one day; only the database writes it (schema `vault`)."""

    actor_id = models.CharField(max_length=64)
    person_id = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField(_("le"))
    purpose = models.CharField(_("motif"), max_length=40)

    class Meta:
        verbose_name = _("identité montrée")
        verbose_name_plural = _("identités montrées")
        indexes = [models.Index(fields=["at"], name="disclosure_at")]
        constraints = [models.UniqueConstraint(fields=["actor_id", "day", "person_id"], name="disclosure_once_a_day")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.person_id}"


class Canary(models.Model):
    """An invented person that nobody has a reason to open; the application cannot read which (schema `vault`)."""

    person_id = models.UUIDField(primary_key=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dossier témoin")
        verbose_name_plural = _("dossiers témoins")

    def __str__(self) -> str:
        return str(self.person_id)


class Cut(models.Model):
    """An account to which no identity is shown any more, until a lead lifts it."""

    actor_id = models.CharField(max_length=64)
    at = models.DateTimeField(_("le"))
    reason = models.CharField(_("motif"), max_length=40)
    lifted_at = models.DateTimeField(_("levée le"), null=True)
    lifted_by = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("accès suspendu")
        verbose_name_plural = _("accès suspendus")
        constraints = [
            models.UniqueConstraint(fields=["actor_id"], condition=models.Q(lifted_at=None), name="cut_once")
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.reason}"


class BudgetRaise(models.Model):
    """More identities for one account on one day, given by a lead for a reason; never beyond the ceiling."""

    actor_id = models.CharField(max_length=64)
    day = models.DateField()
    raised_to = models.PositiveSmallIntegerField(_("identités de la journée"))
    reason = models.CharField(_("motif"), max_length=40)
    by_id = models.CharField(max_length=64)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("budget relevé")
        verbose_name_plural = _("budgets relevés")
        indexes = [models.Index(fields=["actor_id", "day"], name="budgetraise_day")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.raised_to}"


class Alert(models.Model):
    """Something unusual in what an account looks at, for a lead and the data protection officer to judge."""

    kind = models.CharField(_("nature"), max_length=40)
    actor_id = models.CharField(max_length=64)
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField(_("le"))
    data = models.JSONField(default=dict)
    told_at = models.DateTimeField(_("signalée le"), null=True)
    closed_at = models.DateTimeField(_("traitée le"), null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    decision = models.CharField(_("décision"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("alerte")
        verbose_name_plural = _("alertes")
        indexes = [models.Index(fields=["at"], condition=models.Q(closed_at=None), name="alert_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "kind"],
                condition=models.Q(closed_at=None) & ~models.Q(kind="canary"),
                name="alert_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.actor_id}"
