"""What an employer's contact may search by a link, what was searched, and whom they wish to meet."""

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.models import Contact, Establishment
from entremise.employers.models_spaces import RecruiterSpace, current_spaces
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.matching import rules_contest, rules_recruiter
from entremise.people.models import Person


class RecruiterAccessQuerySet(ScopedQuerySet["RecruiterAccess"]):
    """Accesses are shown to the professionals of the establishment's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the accesses of the professional's departments, or that of the recruiter's own space."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        return models.Q(space__in=current_spaces(actor)) if actor.has(Role.RECRUITER) else nobody()


class RecruiterAccess(Identified):
    """The search of anonymous profiles around an establishment: of one contact, by a link, or of a recruiter space."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="recruiter_accesses", verbose_name=_("établissement")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="recruiter_accesses", verbose_name=_("contact")
    )
    space = models.OneToOneField(
        RecruiterSpace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="access",
        verbose_name=_("espace recruteur"),
    )
    adviser = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="recruiter_accesses", verbose_name=_("ouvert par")
    )
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="recruiter_accesses", verbose_name=_("agence"))
    opened_at = models.DateTimeField(_("ouvert le"))
    expires_at = models.DateTimeField(_("expire le"), null=True)  # a space's lasts as long as the space
    revoked_at = models.DateTimeField(_("coupé le"), null=True)

    objects = RecruiterAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("accès d'un recruteur")
        verbose_name_plural = _("accès de recruteurs")
        indexes = [models.Index(fields=["establishment", "-opened_at"], name="recruiteraccess_place")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contact=None) ^ models.Q(space=None),
                name="recruiteraccess_one_way",
                violation_error_message=_("Une recherche de profils est celle d'un contact ou d'un espace recruteur."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class OfAccessQuerySet(ScopedQuerySet[models.Model]):
    """What hangs from an access: seen by the professionals who see the access."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the rows of the professional's departments."""
        if actor.is_professional:
            return models.Q(access__establishment__commune__department__in=actor.departments)
        return nobody()


class RecruiterSearch(Identified):
    """One search by a recruiter: what was asked, and the numbers of the rows found, which name nobody."""

    access = models.ForeignKey(RecruiterAccess, models.CASCADE, related_name="searches", verbose_name=_("accès"))
    query = models.CharField(_("recherche"), max_length=rules_contest.LONGEST_SEARCH)
    numbers = ArrayField(models.PositiveIntegerField(), size=rules_recruiter.MOST_CARDS)  # best first; see PoolEntry
    total = models.PositiveIntegerField(_("profils trouvés"))
    created_at = models.DateTimeField(_("faite le"))

    objects = OfAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("recherche d'un recruteur")
        verbose_name_plural = _("recherches de recruteurs")
        indexes = [models.Index(fields=["access", "-created_at"], name="recruitersearch_day")]

    def __str__(self) -> str:
        return str(self.pk)


class MeetingWish(Identified):
    """A recruiter would like to meet somebody seen without a name: the adviser decides, and promotes her or not."""

    access = models.ForeignKey(RecruiterAccess, models.CASCADE, related_name="wishes", verbose_name=_("accès"))
    person = models.ForeignKey(Person, models.CASCADE, related_name="meeting_wishes", verbose_name=_("profil"))
    created_at = models.DateTimeField(_("dit le"))
    held_at = models.DateTimeField(_("retenu depuis le"), null=True)  # its space is not certified: nobody is told
    released_at = models.DateTimeField(_("transmis le"), null=True)
    set_aside_at = models.DateTimeField(_("sans suite le"), null=True)

    objects = OfAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("souhait de rencontre")
        verbose_name_plural = _("souhaits de rencontre")
        constraints = [
            models.UniqueConstraint(
                fields=["access", "person"],
                name="meetingwish_once",
                violation_error_message=_("Vous avez déjà demandé à rencontrer cette personne."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id
