"""What an adviser looks at before an offer is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import User
from entremise.employers.models_spaces import current_spaces
from entremise.kernel.actors import Actor, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers.enums import AlertDecision, AlertKind


class OfOfferQuerySet(ScopedQuerySet[models.Model]):
    """What hangs from an offer: seen by the professionals who see the offer, and by its recruiter."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the rows of the professional's departments, or of the recruiter's own offers."""
        if actor.is_professional:
            return models.Q(offer__agency__department__in=actor.departments) | models.Q(
                offer__commune__department__in=actor.departments
            )
        return models.Q(offer__space__in=current_spaces(actor)) if actor.has(Role.RECRUITER) else nobody()


class OfferAlert(Identified):
    """One thing in an offer that somebody must look at, with the words concerned and what was decided."""

    offer = models.ForeignKey("offers.Offer", models.CASCADE, related_name="alerts", verbose_name=_("offre"))
    kind = models.CharField(_("nature"), max_length=16, choices=AlertKind.choices)
    code = models.CharField(_("code"), max_length=60)  # of lib/fairwording, of a duplicate rule, of a fraud pattern
    criterion = models.CharField(_("fondement"), max_length=200, blank=True)  # the article that is cited
    part = models.CharField(_("champ"), max_length=12, blank=True)  # title, description, company, pay
    start = models.PositiveIntegerField(_("début"), null=True)
    end = models.PositiveIntegerField(_("fin"), null=True)
    quote = models.CharField(_("extrait"), max_length=300, blank=True)
    is_blocking = models.BooleanField(_("bloquante"), default=True)
    version = models.PositiveIntegerField(_("version lue"))
    other = models.ForeignKey(  # the offer it repeats
        "offers.Offer", models.CASCADE, null=True, related_name="alerts_elsewhere", verbose_name=_("autre offre")
    )
    found_at = models.DateTimeField(_("vue le"))
    decision = models.CharField(_("décision"), max_length=10, choices=AlertDecision.choices, blank=True)
    words = models.CharField(_("motif"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="offer_alerts_decided", verbose_name=_("décidé par")
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True)

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("alerte sur une offre")
        verbose_name_plural = _("alertes sur une offre")
        indexes = [models.Index(fields=["offer", "kind"], name="offeralert_offer")]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return what may be decided of this alert, in its own words: two offers are not a wording."""
        own = {AlertDecision.KEPT: _("ce sont deux offres différentes")} if self.other_id else {}
        return [(value, str(own.get(value, label))) for value, label in AlertDecision.choices]  # type: ignore[call-overload]

    @property
    def decision_words(self) -> str:
        """Return what was decided, in words."""
        return dict(self.choices).get(self.decision, "")

    def __str__(self) -> str:
        return f"{self.code} {self.offer_id}"
