"""Badges on their way to a wallet (OpenID for Verifiable Credential Issuance 1.0, pre-authorised code).

What a wallet took is not kept here, nor the key it was given for: only what was offered, and its place in the list of
what was withdrawn. The codes of an offer are made from its identifier and the server's secret: no table holds them.
"""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import nobody
from entremise.people.models import OwnedQuerySet, Person


class HersAlone(OwnedQuerySet["WalletOffer"]):
    """Rows that no professional sees: what a person has in her wallet is nobody's business."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the person's own rows."""
        return nobody() if actor.is_professional else super().scope(actor)


class WalletOffer(Identified):
    """What a person sends to her wallet: the skills that she chose, with or without her name."""

    class State(models.TextChoices):
        OPEN = "open", _("en attente du portefeuille")
        TAKEN = "taken", _("dans le portefeuille")
        BURNT = "burnt", _("annulé après trop de codes faux")
        CANCELLED = "cancelled", pgettext_lazy("envoi", "annulé")
        WITHDRAWN = "withdrawn", pgettext_lazy("envoi", "retiré")

    class Ending(models.TextChoices):
        HOLDER = "holder", _("la personne l'a retiré")
        SKILL = "skill", _("une compétence qu'il contient n'est plus valable")
        WALLET = "wallet", _("le portefeuille ne l'a pas gardé")
        KEY = "key", _("la clé qui l'a signé n'est plus sûre")
        ERASED = "erased", _("effacé avec les données de la personne")

    person = models.ForeignKey(Person, models.CASCADE, related_name="wallet_offers", verbose_name=_("profil"))
    configuration = models.CharField(_("contenu"), max_length=40)  # a credential configuration of our metadata
    awards = models.ManyToManyField("credentials.Award", related_name="wallet_offers", verbose_name=_("badges"))
    shows_name = models.BooleanField(_("porte le nom"), default=False)
    try_count = models.PositiveSmallIntegerField(_("codes faux"), default=0)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.OPEN)
    ending = models.CharField(_("motif du retrait"), max_length=8, choices=Ending.choices, blank=True)
    created_at = models.DateTimeField(_("créé le"))
    until = models.DateTimeField(_("jusqu'au"))
    exchanged_at = models.DateTimeField(_("code utilisé le"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)  # of the access token, which lives five minutes
    token_until = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(_("pris le"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("le portefeuille a dit l'avoir gardé"), default=False)
    valid_until = models.DateTimeField(_("valable jusqu'au"), null=True, blank=True)
    key = models.ForeignKey(
        "credentials.SigningKey",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wallet_offers",
        verbose_name=_("clé"),
    )
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = HersAlone.as_manager()

    class Meta:
        verbose_name = _("envoi vers un portefeuille")
        verbose_name_plural = _("envois vers un portefeuille")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(state="open"), name="walletoffer_one_open"),
            models.CheckConstraint(condition=models.Q(try_count__lte=5), name="walletoffer_five_tries"),
        ]
        indexes = [
            models.Index(fields=["token_hash"], name="walletoffer_token", condition=~models.Q(token_hash="")),
            models.Index(fields=["person", "-created_at"], name="walletoffer_person"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class WalletNonce(models.Model):
    """A number that a wallet signs once, within five minutes; kept as its hash."""

    nonce_hash = models.CharField(max_length=64, primary_key=True)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("nombre à usage unique d'un portefeuille")
        verbose_name_plural = _("nombres à usage unique des portefeuilles")
        indexes = [models.Index(fields=["until"], name="walletnonce_until")]

    def __str__(self) -> str:
        return self.nonce_hash[:8]
