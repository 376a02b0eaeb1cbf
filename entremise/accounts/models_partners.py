"""Partner applications and what people allow them (OAuth 2.0). Secrets and tokens are kept as hashes only."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.enums_partners import Authentication, GrantEnding, Scope, TokenKind
from entremise.accounts.models import User
from entremise.kernel.models import Identified

SCOPE_LENGTH = 100


def _scopes() -> Any:
    return ArrayField(models.CharField(max_length=SCOPE_LENGTH, choices=Scope.choices), verbose_name=_("étendue"))


class PartnerApplication(Identified):
    """Another platform, which registered itself; what it says of itself is not verified, its addresses are exact."""

    name = models.CharField(_("nom"), max_length=80)
    site = models.CharField(_("site"), max_length=400, blank=True)
    policy = models.CharField(_("page sur les données"), max_length=400, blank=True)
    redirects = ArrayField(models.CharField(max_length=400), verbose_name=_("adresses de retour"))
    scopes = _scopes()
    authentication = models.CharField(_("authentification"), max_length=30, choices=Authentication.choices)
    secret_hash = models.CharField(max_length=64, blank=True)
    software = models.CharField(_("logiciel"), max_length=80, blank=True)
    created_at = models.DateTimeField(_("inscrite le"))

    class Meta:
        verbose_name = _("application partenaire")
        verbose_name_plural = _("applications partenaires")
        indexes = [models.Index(fields=["created_at"], name="partner_created")]

    def __str__(self) -> str:
        return str(self.pk)


class Grant(Identified):
    """What one person allowed one application, until a day; every token hangs from it and ends with it."""

    application = models.ForeignKey(
        PartnerApplication, models.CASCADE, related_name="grants", verbose_name=_("application")
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("compte"))
    scopes = _scopes()
    created_at = models.DateTimeField(_("donnée le"))
    until = models.DateTimeField(_("jusqu'au"))
    last_used_at = models.DateTimeField(_("servie pour la dernière fois le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    ending = models.CharField(_("pourquoi"), max_length=20, choices=GrantEnding.choices, blank=True)

    class Meta:
        verbose_name = _("autorisation donnée à une application")
        verbose_name_plural = _("autorisations données à des applications")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user"], condition=models.Q(ended_at=None), name="grant_one_open"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID | None:
        """Return the person the journal's lines are about: whose account this is."""
        return getattr(getattr(self.user, "person", None), "pk", None)


class GrantToken(models.Model):
    """One code or token, kept as its hash; a code also keeps what its bearer must prove."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    grant = models.ForeignKey(Grant, models.CASCADE, related_name="tokens", verbose_name=_("autorisation"))
    kind = models.CharField(_("nature"), max_length=10, choices=TokenKind.choices)
    until = models.DateTimeField(_("jusqu'au"))
    used_at = models.DateTimeField(_("servi le"), null=True, blank=True)
    challenge = models.CharField(max_length=43, blank=True)
    redirect = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("jeton d'une autorisation")
        verbose_name_plural = _("jetons des autorisations")
        indexes = [models.Index(fields=["until"], name="granttoken_until")]

    def __str__(self) -> str:
        return self.token_hash[:8]
