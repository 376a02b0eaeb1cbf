"""Partners who send offers, their files, and what became of each line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency
from entremise.kernel.actors import LEADS, Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers.enums import Channel
from entremise.offers.enums_feeds import FeedFate, FeedForm, FeedState

LONGEST_REASON = 1_000


class OfferPartnerQuerySet(ScopedQuerySet["OfferPartner"]):
    """Partners: seen by those who answer for offers in the territory of the agency in charge."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the partners of the departments of a lead."""
        return models.Q(agency__department__in=actor.departments) if actor.has(*LEADS) else nobody()


class OfferPartner(Identified):
    """Somebody whose offers are published by an agreement: a company's own system, a daily file, a multiposter."""

    name = models.CharField(_("nom"), max_length=160, unique=True)
    channel = models.CharField(_("canal"), max_length=12, choices=Channel.choices)
    rank = models.PositiveSmallIntegerField(_("ordre de priorité"))  # 1 wins over 2 when the same offer comes twice
    agency = models.ForeignKey(  # which answers for it, and receives its offers without one of their own
        Agency, models.PROTECT, related_name="offer_partners", verbose_name=_("agence")
    )
    email = models.EmailField(_("adresse pour les rapports"), blank=True)
    agreed_on = models.DateField(_("convention signée le"), null=True, blank=True)
    agreed_until = models.DateField(_("convention valable jusqu'au"), null=True, blank=True)
    logo = models.BinaryField(_("logo"), null=True, blank=True)  # a small PNG, drawn again by us
    key_hash = models.CharField(max_length=64, blank=True)  # of the key that its system sends
    is_complete = models.BooleanField(_("chaque fichier est complet"), default=True)  # what is missing is withdrawn
    stopped_at = models.DateTimeField(_("arrêté le"), null=True)
    created_at = models.DateTimeField(_("créé le"))

    objects = OfferPartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partenaire d'offres")
        verbose_name_plural = _("partenaires d'offres")
        constraints = [
            models.UniqueConstraint(fields=["key_hash"], condition=~models.Q(key_hash=""), name="offerpartner_key")
        ]

    def __str__(self) -> str:
        return self.name


class FeedQuerySet(ScopedQuerySet["Feed"]):
    """Files of partners: seen by those who answer for offers in the territory of the agency in charge."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the files of the professional's departments."""
        is_concerned = actor.is_professional and (actor.has(*LEADS) or actor.departments)
        return models.Q(partner__agency__department__in=actor.departments) if is_concerned else nobody()


class Feed(Identified):
    """One file of offers from a partner, and its report."""

    partner = models.ForeignKey(OfferPartner, models.PROTECT, related_name="feeds", verbose_name=_("partenaire"))
    filename = models.CharField(_("fichier"), max_length=200)
    path = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    form = models.CharField(_("format"), max_length=4, choices=FeedForm.choices)
    size_bytes = models.PositiveBigIntegerField(_("taille"))
    state = models.CharField(_("état"), max_length=10, choices=FeedState.choices, default=FeedState.RECEIVED)
    is_truncated = models.BooleanField(_("coupé avant la fin"), default=False)
    failure = models.CharField(_("problème"), max_length=300, blank=True)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    done_count = models.PositiveIntegerField(_("lignes traitées"), default=0)
    created_count = models.PositiveIntegerField(_("publiées"), default=0)
    updated_count = models.PositiveIntegerField(_("mises à jour"), default=0)
    unchanged_count = models.PositiveIntegerField(_("inchangées"), default=0)
    refused_count = models.PositiveIntegerField(_("rejetées"), default=0)
    duplicate_count = models.PositiveIntegerField(_("doublons écartés"), default=0, db_default=0)
    missing_count = models.PositiveIntegerField(_("absentes du fichier"), default=0, db_default=0)
    withdrawn_count = models.PositiveIntegerField(_("retirées"), default=0)
    received_at = models.DateTimeField(_("reçu le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier d'un partenaire")
        verbose_name_plural = _("fichiers d'un partenaire")
        indexes = [models.Index(fields=["partner", "-received_at"], name="feed_partner")]

    def __str__(self) -> str:
        return str(self.pk)


class FeedLine(models.Model):
    """What became of one line of a partner's file, in plain words when it was not published."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="lines", verbose_name=_("fichier"))
    number = models.PositiveIntegerField(_("ligne"))
    reference = models.CharField(_("référence"), max_length=60, blank=True)
    title = models.CharField(_("intitulé"), max_length=250, blank=True)
    fate = models.CharField(_("résultat"), max_length=10, choices=FeedFate.choices)
    reasons = models.CharField(_("raisons"), max_length=LONGEST_REASON, blank=True)
    offer = models.ForeignKey(
        "offers.Offer", models.SET_NULL, null=True, related_name="feed_lines", verbose_name=_("offre")
    )

    class Meta:
        verbose_name = _("ligne d'un fichier de partenaire")
        verbose_name_plural = _("lignes d'un fichier de partenaire")
        constraints = [models.UniqueConstraint(fields=["feed", "number"], name="feedline_once")]

    def __str__(self) -> str:
        return f"{self.number}"
