"""The pool as search sees it: one flat, pseudonymous row a consenting person, kept up to date by receivers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Actor
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.people.models import Person


class PoolEntryQuerySet(ScopedQuerySet["PoolEntry"]):
    """The pool of a territory, for its professionals."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the profiles of the professional's departments."""
        return models.Q(department__in=sorted(actor.departments)) if actor.is_professional else nobody()


class PoolEntry(models.Model):
    """What search needs of one consenting person; removed at once when the consent is withdrawn."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="pool_entry")
    department = models.CharField(_("département"), max_length=3)
    zone = models.CharField(_("bassin d'emploi"), max_length=8, blank=True)
    agency_id = models.UUIDField(null=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    mobility_km = models.PositiveSmallIntegerField()
    traits = models.PositiveIntegerField(default=0)  # one bit a filter value: see rules_traits
    validated_count = models.PositiveSmallIntegerField(default=0)
    available_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    last_promoted_at = models.DateTimeField(null=True)
    promotion_count = models.PositiveIntegerField(default=0)
    occupation_codes = ArrayField(models.CharField(max_length=5))  # ROME codes wished, in the person's order
    experience_codes = ArrayField(models.CharField(max_length=5))  # ROME codes exercised
    skill_ids = ArrayField(models.UUIDField())
    validated_skill_ids = ArrayField(models.UUIDField())  # the best proved first, soft skills last
    languages = ArrayField(models.CharField(max_length=8))

    objects = PoolEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée du vivier")
        verbose_name_plural = _("entrées du vivier")
        indexes = [
            GinIndex(fields=["occupation_codes"], name="pool_occupations", fastupdate=False),
            GinIndex(fields=["experience_codes"], name="pool_experiences", fastupdate=False),
            GinIndex(fields=["skill_ids"], name="pool_skills", fastupdate=False),
            # These two answer counts and ranks by themselves: the rows, ten times wider, are read for one page only.
            models.Index(
                fields=["department"],
                name="pool_department",
                include=("person", "traits", "available_on", "confirmed_at", "last_promoted_at", "validated_count"),
            ),
            models.Index(
                fields=["latitude", "longitude"],
                name="pool_place",
                include=(
                    "person",
                    "department",
                    "mobility_km",
                    "traits",
                    "available_on",
                    "confirmed_at",
                    "last_promoted_at",
                    "validated_count",
                ),
            ),
            models.Index(fields=["zone"], name="pool_zone"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
