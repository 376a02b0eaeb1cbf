"""Tables of the kernel: the journal, the mail links, the outbox, the stamps of the type-ahead indexes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel import models_mail, models_reminders, models_seals, models_vault
from entremise.lib.uuid7 import uuid7

# Tables in files of their own: Django finds them through this one.
OTHERS = (models_mail, models_reminders, models_seals, models_vault)


class Identified(models.Model):
    """Base of the models whose identifier may appear in a URL."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class JournalEntry(models.Model):
    """One thing that happened: who, what, about whom; ids and codes only. A trigger refuses any change."""

    at = models.DateTimeField(_("le"))
    verb = models.CharField(_("acte"), max_length=60)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64)
    organisation_id = models.UUIDField(null=True)
    purpose = models.CharField(_("motif"), max_length=40, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    person_id = models.UUIDField(null=True)
    before = models.CharField(max_length=30, blank=True)
    after = models.CharField(max_length=30, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("ligne de journal")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["person_id", "-at"], name="journal_person"),
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["actor_id", "-at"], name="journal_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class MailLink(Identified):
    """A link sent to one address for one purpose; its token is derived from the row and the server's key."""

    purpose = models.CharField(max_length=60)
    target_id = models.UUIDField()
    recipient = models.CharField(_("destinataire"), max_length=254)
    short_code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("expire le"))
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lien envoyé")
        verbose_name_plural = _("liens envoyés")
        indexes = [models.Index(fields=["purpose", "target_id"], name="maillink_target")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class OutboxMessage(Identified):
    """One e-mail, SMS or letter, written in the transaction that causes it and sent after it."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("courriel")
        SMS = "sms", _("SMS")
        LETTER = "letter", _("lettre")

    class State(models.TextChoices):
        WAITING = "waiting", _("en attente")
        HANDED = "handed", _("remis au relais")
        SENT = "sent", _("envoyé")
        HELD = "held", _("en attente d'une décision")
        FAILED = "failed", _("échec")
        SUPPRESSED = "suppressed", _("non envoyé")
        CANCELLED = "cancelled", _("annulé")

    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    recipient = models.CharField(_("destinataire"), max_length=254)
    language = models.CharField(max_length=8, default="fr")
    subject = models.CharField(_("objet"), max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    not_before_at = models.DateTimeField()
    leased_until_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(default=1, db_default=1)  # the smallest leave first
    department = models.CharField(max_length=3, blank=True, default="", db_default="")  # whose nights and holidays

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["not_before_at"], name="outbox_waiting", condition=models.Q(state="waiting")),
            models.Index(
                fields=["leased_until_at"], name="outbox_open", condition=models.Q(state__in=["handed", "held"])
            ),
            models.Index(fields=["recipient"], name="outbox_recipient"),
            models.Index(fields=["about_type", "about_id"], name="outbox_about"),
            models.Index(fields=["-created_at"], name="outbox_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class IdempotencyKey(models.Model):
    """One form submitted once: the second arrival of the same key gets the first one's answer."""

    key = models.CharField(max_length=64, primary_key=True)
    actor_id = models.CharField(max_length=64)
    location = models.CharField(max_length=400)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("clé d'idempotence")
        verbose_name_plural = _("clés d'idempotence")

    def __str__(self) -> str:
        return self.key


class IndexStamp(models.Model):
    """Version of a type-ahead index's source; processes rebuild their copy when it moves."""

    name = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("version d'index")
        verbose_name_plural = _("versions d'index")

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
