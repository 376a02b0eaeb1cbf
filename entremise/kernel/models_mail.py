"""Tables of the mail's accounts: addresses to which less leaves, or nothing, and the returns that were read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.mail_families import Family
from entremise.lib.uuid7 import uuid7


class Suppression(models.Model):
    """An address, known by its keyed hash only, to which a family of messages, or any, leaves no more."""

    class Reason(models.TextChoices):
        BOUNCE = "bounce", _("l'adresse ne fonctionne pas")
        COMPLAINT = "complaint", _("signalé comme indésirable")
        OPPOSITION = "opposition", _("arrêté par la personne")

    EVERYTHING = ""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_hash = models.CharField(max_length=64)
    hint = models.CharField(_("adresse masquée"), max_length=40, blank=True)
    reason = models.CharField(_("raison"), max_length=12, choices=Reason.choices)
    family = models.CharField(_("messages"), max_length=20, choices=Family.choices, blank=True)
    since_at = models.DateTimeField(_("depuis le"))

    class Meta:
        verbose_name = _("adresse arrêtée")
        verbose_name_plural = _("adresses arrêtées")
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "family", "reason"], name="suppression_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.family} {self.id}"


class MailPause(models.Model):
    """An address, known by its keyed hash only, whose owner wants no reminder and no profile before a moment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address_hash = models.CharField(max_length=64, unique=True)
    since_at = models.DateTimeField(_("depuis le"))
    until_at = models.DateTimeField(_("jusqu'au"))

    class Meta:
        verbose_name = _("adresse en pause")
        verbose_name_plural = _("adresses en pause")
        indexes = [models.Index(fields=["until_at"], name="mailpause_until")]

    def __str__(self) -> str:
        return f"{self.id} {self.until_at:%Y-%m-%d}"


class MailReturn(models.Model):
    """One report read from the mailbox of returns: a message did not arrive, or displeased."""

    report = models.CharField(max_length=64, primary_key=True)  # hash of the report: read twice, counted once
    message_id = models.UUIDField(null=True)
    address_hash = models.CharField(max_length=64)
    is_final = models.BooleanField()
    code = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("retour de courriel")
        verbose_name_plural = _("retours de courriel")
        indexes = [models.Index(fields=["address_hash", "at"], name="mailreturn_address")]

    def __str__(self) -> str:
        return f"{self.code} {self.report[:8]}"
