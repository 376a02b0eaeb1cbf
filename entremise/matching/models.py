"""The pool as search sees it: one flat, pseudonymous row a consenting person, kept up to date by receivers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.matching import models_contest, models_recruiter
from entremise.offers.models import Offer
from entremise.people.models import Person

OTHERS = (models_contest, models_recruiter)  # tables in files of their own: Django finds them through this one


class PoolEntryQuerySet(ScopedQuerySet["PoolEntry"]):
    """The pool of a territory, for its professionals."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the profiles of the professional's departments."""
        return models.Q(department__in=sorted(actor.departments)) if actor.is_professional else nobody()


class PoolEntry(models.Model):
    """What search needs of one consenting person; removed at once when the consent is withdrawn."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="pool_entry")
    number = models.PositiveIntegerField(  # the row's key in the index, which knows nobody
        db_default=Func(Value("matching_poolentry_number_seq"), function="nextval"), editable=False, unique=True
    )
    department = models.CharField(_("département"), max_length=3)
    commune_code = models.CharField(_("commune"), max_length=5)
    agency_id = models.UUIDField(null=True)
    mobility_km = models.PositiveSmallIntegerField()
    traits = models.BigIntegerField(default=0)  # one bit a filter value: see rules_traits
    validated_count = models.PositiveSmallIntegerField(default=0)
    available_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    last_promoted_at = models.DateTimeField(null=True)
    promotion_count = models.PositiveIntegerField(default=0)
    occupation_codes = ArrayField(models.CharField(max_length=5))  # ROME codes wished, in the person's order
    experience_codes = ArrayField(models.CharField(max_length=5))  # ROME codes exercised
    skill_numbers = ArrayField(models.IntegerField())  # the best proved first, soft skills last
    skill_facts = ArrayField(models.IntegerField())  # of each: day of the proof, mastery, assurance (see rules)

    objects = PoolEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entrée du vivier")
        verbose_name_plural = _("entrées du vivier")

    def __str__(self) -> str:
        return str(self.person_id)


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
        PoolEntry, models.CASCADE, primary_key=True, to_field="number", related_name="matches"
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
