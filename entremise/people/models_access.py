"""What people ask about the looks at their files."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.people.models import Person

LONGEST_ANSWER = 600


class AccessQuestionQuerySet(ScopedQuerySet["AccessQuestion"]):
    """A person's questions: hers for herself, those put to their agencies for professionals."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the person's own rows, or those of the professional's agencies."""
        if actor.is_professional:
            return models.Q(agency__in=actor.agency_ids)
        return models.Q(person__user_id=actor.user_id) if actor.has(Role.JOBSEEKER) else nobody()


class AccessQuestion(Identified):
    """“I do not know this access”: asked by the person, answered in a sentence by who leads the agency."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="access_questions", verbose_name=_("profil"))
    entry_id = models.BigIntegerField(_("ligne du journal"))
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="access_questions", verbose_name=_("agence")
    )
    asked_at = models.DateTimeField(_("posée le"))
    answered_at = models.DateTimeField(_("répondue le"), null=True)
    answered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="access_answers", verbose_name=_("répondue par")
    )
    answer = models.CharField(_("réponse"), max_length=LONGEST_ANSWER, blank=True)

    objects = AccessQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question sur une consultation")
        verbose_name_plural = _("questions sur des consultations")
        constraints = [models.UniqueConstraint(fields=["person", "entry_id"], name="access_question_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.entry_id}"

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id
