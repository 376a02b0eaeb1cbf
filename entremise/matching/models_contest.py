"""The results of the matching that somebody contests."""

from uuid import UUID

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.kernel.actors import LEADS, Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.matching import rules_contest
from entremise.matching.enums_contest import ContestReason, ContestSide, ContestState, ContestVerdict
from entremise.offers.models import Offer
from entremise.people.models import Person


class ContestQuerySet(ScopedQuerySet["Contest"]):
    """Contests: those one wrote, and for who answers them those of the territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the actor's own contests, and those of a lead's departments."""
        if actor.user_id is None:
            return nobody()
        mine = models.Q(author_id=actor.user_id)
        return mine | models.Q(person__department__in=actor.departments) if actor.has(*LEADS) else mine


class Contest(Identified):
    """A result of the matching that somebody finds wrong, with what it was made of, and a person's answer."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="contests", verbose_name=_("profil"))
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="contests", verbose_name=_("contesté par")
    )
    side = models.CharField(_("contesté par"), max_length=10, choices=ContestSide.choices)
    query = models.CharField(_("recherche"), max_length=rules_contest.LONGEST_SEARCH, blank=True)
    offer = models.ForeignKey(
        Offer, models.PROTECT, null=True, blank=True, related_name="contests", verbose_name=_("offre")
    )
    parts = models.JSONField(_("parties du score"), default=list)  # as they were: [name, points, maximum], any number
    position = models.PositiveIntegerField(_("rang"), null=True)
    weights_version = models.PositiveSmallIntegerField(_("version des points"))
    reason = models.CharField(_("raison"), max_length=14, choices=ContestReason.choices)
    words = models.TextField(
        _("précisions"), blank=True, max_length=rules_contest.LONGEST_WORDS,
        validators=[MaxLengthValidator(rules_contest.LONGEST_WORDS)],
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=12, choices=ContestState.choices, default=ContestState.RECEIVED)
    created_at = models.DateTimeField(_("reçue le"))
    answered_at = models.DateTimeField(_("répondue le"), null=True)
    answered_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="contests_answered", verbose_name=_("répondue par")
    )
    verdict = models.CharField(_("conclusion"), max_length=12, choices=ContestVerdict.choices, blank=True)
    answer = models.TextField(
        _("réponse"), blank=True, max_length=rules_contest.LONGEST_WORDS,
        validators=[MaxLengthValidator(rules_contest.LONGEST_WORDS)],
    )  # fmt: skip

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = _("résultat contesté")
        verbose_name_plural = _("résultats contestés")
        constraints = [
            models.UniqueConstraint(
                fields=["author", "person", "offer", "query"],
                condition=models.Q(state=ContestState.RECEIVED, author__isnull=False),
                name="contest_open_once",
                nulls_distinct=False,
                violation_error_message=_("Vous contestez déjà ce résultat : une réponse arrive."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ContestState.ANSWERED) ^ models.Q(verdict=""),
                name="contest_verdict",
                violation_error_message=_("Une réponse dit ce qui a été trouvé."),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="contest_waiting")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id
