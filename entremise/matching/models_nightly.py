"""What the matching of the night found, and how far it went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers.models import Offer


class NightlyRun(Identified):
    """The matching of the whole country on one day; nothing in it is about anybody."""

    day = models.DateField(_("jour"), unique=True)
    chunk_size = models.PositiveIntegerField()  # numbers of a part: that of the beginning, until the end
    started_at = models.DateTimeField(_("commencé le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)
    offer_count = models.PositiveIntegerField(_("offres"), default=0)
    person_count = models.PositiveIntegerField(_("profils"), default=0)

    class Meta:
        verbose_name = _("rapprochement de la nuit")
        verbose_name_plural = _("rapprochements de la nuit")

    def __str__(self) -> str:
        return str(self.day)


class NightlyChunk(models.Model):
    """A part of a run that is done: a run that was stopped goes on after its last part."""

    run = models.ForeignKey(NightlyRun, models.CASCADE, related_name="chunks")
    are_offers = models.BooleanField()
    start = models.PositiveIntegerField()  # number of the first row
    row_count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("part d'un rapprochement")
        verbose_name_plural = _("parts d'un rapprochement")
        constraints = [models.UniqueConstraint(fields=["run", "are_offers", "start"], name="nightlychunk_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.start}"


class OfferMatchesQuerySet(ScopedQuerySet["OfferMatches"]):
    """The best people of the night for an offer: numbers, seen with the offer."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the offers of the professional's departments."""
        departments = sorted(actor.departments)
        return models.Q(offer__agency__department__in=departments) if actor.is_professional else nobody()


class OfferMatches(models.Model):
    """The best people for one offer, as numbers of the pool; whoever left it since is not shown."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="matches")
    day = models.DateField()
    total = models.PositiveIntegerField()
    numbers = ArrayField(models.IntegerField())
    points = ArrayField(models.SmallIntegerField())

    objects = OfferMatchesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapprochement d'une offre")
        verbose_name_plural = _("rapprochements d'une offre")

    def __str__(self) -> str:
        return str(self.offer_id)


class PersonMatchesQuerySet(ScopedQuerySet["PersonMatches"]):
    """The best offers of the night for a person: seen with the row of the pool."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the profiles of the professional's departments."""
        departments = sorted(actor.departments)
        return models.Q(entry__department__in=departments) if actor.is_professional else nobody()


class PersonMatches(models.Model):
    """The best offers for one person of the pool; removed with her row."""

    entry = models.OneToOneField(
        "matching.PoolEntry", models.CASCADE, primary_key=True, to_field="number", related_name="matches"
    )
    day = models.DateField()
    total = models.PositiveIntegerField()
    employer_count = models.PositiveSmallIntegerField()  # establishments behind the best offers
    numbers = ArrayField(models.IntegerField())  # of offers
    points = ArrayField(models.SmallIntegerField())

    objects = PersonMatchesQuerySet.as_manager()

    class Meta:
        verbose_name = _("rapprochement d'un profil")
        verbose_name_plural = _("rapprochements d'un profil")

    def __str__(self) -> str:
        return str(self.entry_id)
