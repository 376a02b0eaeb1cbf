"""Badges on their way to a wallet (OpenID for Verifiable Credential Issuance 1.0, pre-authorised code)."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.models import Identified
from entremise.people.models import OwnedQuerySet, Person


class WalletOffer(Identified):
    """What a person offers to her wallet: chosen skills or one badge; codes are kept as their hashes."""

    class State(models.TextChoices):
        OPEN = "open", _("en attente du portefeuille")
        TAKEN = "taken", _("dans le portefeuille")
        BURNT = "burnt", _("annulée après trop de codes faux")
        CANCELLED = "cancelled", _("annulée")

    person = models.ForeignKey(Person, models.CASCADE, related_name="wallet_offers", verbose_name=_("profil"))
    configuration = models.CharField(_("contenu"), max_length=40)  # a credential configuration of our metadata
    awards = models.ManyToManyField("credentials.Award", related_name="wallet_offers", verbose_name=_("badges"))
    shows_name = models.BooleanField(_("porte le nom"), default=False)
    code_hash = models.CharField(max_length=64, unique=True)
    tx_code_hash = models.CharField(max_length=64)
    try_count = models.PositiveSmallIntegerField(_("essais"), default=0)
    state = models.CharField(_("état"), max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("créée le"))
    until = models.DateTimeField(_("jusqu'au"))
    token_hash = models.CharField(max_length=64, blank=True)  # the access token, once the code was exchanged
    token_until = models.DateTimeField(null=True, blank=True)
    holder_thumbprint = models.CharField(_("clé du portefeuille"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("prise le"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("envoi vers un portefeuille")
        verbose_name_plural = _("envois vers un portefeuille")
        indexes = [models.Index(fields=["token_hash"], name="walletoffer_token")]

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

    def __str__(self) -> str:
        return self.nonce_hash[:8]
