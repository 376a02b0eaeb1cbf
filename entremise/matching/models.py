"""The pool as search sees it: one flat, pseudonymous row a consenting person, kept up to date by receivers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from entremise.kernel.actors import Actor
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.matching import models_applications, models_contest, models_nightly, models_recruiter, rules
from entremise.people.models import Person

# Tables in files of their own: Django finds them through this one.
OTHERS = (models_applications, models_contest, models_nightly, models_recruiter)


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

    @property
    def held(self) -> dict[int, rules.HeldSkill]:
        """Return how each skill is held, by its number, the best proved first."""
        return dict(zip(self.skill_numbers, map(rules.HeldSkill.read, self.skill_facts), strict=True))
