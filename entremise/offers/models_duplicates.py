"""Tables of the same offer found twice: the signature by which an offer is looked for, and which one was kept."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers.enums_duplicates import KeptBecause


class OfferSignature(models.Model):
    """The sketch of the words of an offer (lib/nearduplicates), made again when they change; its keys are beside."""

    offer = models.OneToOneField(
        "offers.Offer", models.CASCADE, primary_key=True, related_name="signature", verbose_name=_("offre")
    )
    sketch = models.BinaryField()
    made_by = models.PositiveSmallIntegerField()  # version of the signatures: those of another are made again
    offer_version = models.PositiveIntegerField()  # what was read
    made_at = models.DateTimeField()  # what a long file has not seen yet

    class Meta:
        verbose_name = _("signature d'une offre")
        verbose_name_plural = _("signatures d'offres")
        indexes = [models.Index(fields=["made_at"], name="offersignature_made")]

    def __str__(self) -> str:
        return str(self.offer_id)


class OfferSignatureKey(models.Model):
    """One of the some twenty keys under which an offer is looked for: a row each, read in the index alone."""

    pk = models.CompositePrimaryKey("key", "signature_id")
    key = models.BigIntegerField()
    signature = models.ForeignKey(
        OfferSignature, models.CASCADE, related_name="keys", verbose_name=_("signature d'une offre")
    )

    class Meta:
        verbose_name = _("clé d'une signature d'offre")
        verbose_name_plural = _("clés de signatures d'offres")

    def __str__(self) -> str:
        return f"{self.key} {self.signature_id}"


class DuplicateDecisionQuerySet(ScopedQuerySet["DuplicateDecision"]):
    """Decisions: seen by the professionals of the territory of either offer."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the decisions about an offer of the professional's departments."""
        if not actor.is_professional:
            return nobody()
        told = models.Q()
        for side in ("kept", "set_aside"):
            told |= models.Q(**{f"{side}__agency__department__in": actor.departments})
            told |= models.Q(**{f"{side}__commune__department__in": actor.departments})
        return told


class DuplicateDecision(Identified):
    """One offer set aside for another, by the order of precedence or by somebody; it can be undone."""

    kept = models.ForeignKey(
        "offers.Offer", models.CASCADE, related_name="duplicates_set_aside", verbose_name=_("offre gardée")
    )
    set_aside = models.ForeignKey(
        "offers.Offer", models.CASCADE, related_name="duplicate_decisions", verbose_name=_("offre écartée")
    )
    reason = models.CharField(_("gardée parce que"), max_length=10, choices=KeptBecause.choices)
    likeness = ArrayField(models.CharField(max_length=20), default=list)  # Likeness, as found that day
    score_percent = models.PositiveSmallIntegerField(_("ressemblance"))
    decided_by = models.ForeignKey(  # nobody: the order of precedence
        User, models.SET_NULL, null=True, related_name="duplicates_decided", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"))
    undone_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="duplicates_undone", verbose_name=_("annulé par")
    )
    undone_at = models.DateTimeField(_("annulé le"), null=True)

    objects = DuplicateDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("doublon écarté")
        verbose_name_plural = _("doublons écartés")
        constraints = [
            models.UniqueConstraint(
                fields=["set_aside"],
                condition=models.Q(undone_at=None),
                name="duplicatedecision_once",
                violation_error_message=_("Cette offre est déjà écartée comme doublon."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("set_aside")),
                name="duplicatedecision_two",
                violation_error_message=_("Une offre n'est pas son propre doublon."),
            ),
        ]
        indexes = [models.Index(fields=["kept", "-decided_at"], name="duplicatedecision_kept")]

    def __str__(self) -> str:
        return f"{self.set_aside_id} {self.kept_id}"
