"""Status lists: one bit for each badge, published signed; and what a verification leaves, which is a count."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.credentials.enums import Channel, ListKind, ListPurpose
from entremise.kernel.models import Identified

LIST_SIZE = 131_072  # the least of Bitstring Status List §3.2: a bit is lost in the crowd


class StatusList(Identified):
    """The bits of an issuer's badges; indexes are taken in a random order that never gives one twice."""

    issuer = models.ForeignKey(
        "credentials.Issuer", models.PROTECT, related_name="status_lists", verbose_name=_("émetteur")
    )
    kind = models.CharField(_("écriture"), max_length=10, choices=ListKind.choices)
    purpose = models.CharField(_("sens"), max_length=10, choices=ListPurpose.choices)
    size = models.PositiveIntegerField(_("taille"), default=LIST_SIZE)
    bits = models.BinaryField(_("bits"))
    seed = models.BinaryField(_("graine"))  # of the order in which indexes are taken
    taken_count = models.PositiveIntegerField(_("places prises"), default=0)
    changed_at = models.DateTimeField(_("modifiée le"))
    published = models.BinaryField(_("liste signée"), blank=True, default=b"")
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("liste de statuts")
        verbose_name_plural = _("listes de statuts")
        constraints = [
            models.CheckConstraint(condition=models.Q(taken_count__lte=models.F("size")), name="statuslist_room"),
            models.UniqueConstraint(
                fields=["issuer", "kind", "purpose"],
                condition=models.Q(taken_count__lt=models.F("size")),
                name="statuslist_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StatusEntry(models.Model):
    """The place of an award, or of what a wallet took, in a list; both are forgotten with their person, it stays."""

    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="entries", verbose_name=_("liste"))
    index = models.PositiveIntegerField(_("place"))
    award = models.ForeignKey(
        "credentials.Award",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="status_entries",
        verbose_name=_("badge remis"),
    )
    wallet_offer = models.ForeignKey(
        "credentials.WalletOffer",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="status_entries",
        verbose_name=_("envoi vers un portefeuille"),
    )

    class Meta:
        verbose_name = _("place d'un badge dans une liste")
        verbose_name_plural = _("places de badges dans les listes")
        constraints = [models.UniqueConstraint(fields=["status_list", "index"], name="statusentry_once")]

    def __str__(self) -> str:
        return str(self.pk)


class VerificationCount(models.Model):
    """How many verifications a day, by channel and verdict: no one and nothing else is kept."""

    day = models.DateField(_("jour"))
    channel = models.CharField(_("par"), max_length=6, choices=Channel.choices)
    verdict = models.CharField(_("verdict"), max_length=20)
    count = models.PositiveIntegerField(_("nombre"), default=0)

    class Meta:
        verbose_name = _("nombre de vérifications")
        verbose_name_plural = _("nombres de vérifications")
        constraints = [models.UniqueConstraint(fields=["day", "channel", "verdict"], name="verificationcount_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.channel}"
