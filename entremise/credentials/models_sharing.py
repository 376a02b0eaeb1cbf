"""What a person shows of her badges: links with an end, and the badges that others than us gave her."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.kernel.models import Identified
from entremise.people.models import OwnedQuerySet, Person
from entremise.skills.models import Skill


class ForeignBadge(Identified):
    """A badge issued elsewhere that the person brought: the bytes as they came, and what their verification said."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="foreign_badges", verbose_name=_("profil"))
    form = models.CharField(_("forme"), max_length=20)
    body = models.BinaryField(_("contenu"))
    image = models.BinaryField(_("image"), blank=True, default=b"")  # when it came baked in one
    image_type = models.CharField(max_length=20, blank=True)  # image/png or image/svg+xml
    sha256 = models.CharField(_("empreinte"), max_length=64)
    name = models.CharField(_("titre"), max_length=400)
    description = models.TextField(_("ce que le badge dit"), blank=True)
    criteria = models.TextField(_("ce qu'il fallait pour l'obtenir"), blank=True)
    issuer_name = models.CharField(_("émetteur"), max_length=200, blank=True)
    issuer_id = models.CharField(_("identifiant de l'émetteur"), max_length=400, blank=True)
    awarded_on = models.DateField(_("obtenu le"), null=True, blank=True)
    valid_until = models.DateTimeField(_("valable jusqu'au"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=20)
    codes = models.JSONField(_("vérifications"), default=list)  # [[step, outcome, code, facts], …]
    checked_at = models.DateTimeField(_("vérifié le"))
    added_at = models.DateTimeField(_("ajouté le"))
    is_shown = models.BooleanField(_("montré aux autres"), default=True)
    skills = models.ManyToManyField(
        Skill, related_name="foreign_badges", blank=True, verbose_name=_("compétences correspondantes")
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("badge d'ailleurs")
        verbose_name_plural = _("badges d'ailleurs")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "sha256"],
                name="foreignbadge_once",
                violation_error_message=_("Ce badge est déjà dans votre passeport."),
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id


class Share(Identified):
    """A page of chosen badges under a link that ends; the token is that of `kernel.links`, not kept here."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="badge_shares", verbose_name=_("profil"))
    label = models.CharField(_("pour qui"), max_length=120, blank=True)  # hers alone to read
    shows_name = models.BooleanField(_("montre le nom"), default=False)
    awards = models.ManyToManyField("credentials.Award", related_name="shares", verbose_name=_("badges"))
    foreign_badges = models.ManyToManyField(
        ForeignBadge, related_name="shares", blank=True, verbose_name=_("badges d'ailleurs")
    )
    created_at = models.DateTimeField(_("créé le"))
    until = models.DateTimeField(_("jusqu'au"))
    max_views = models.PositiveIntegerField(_("vues au plus"), null=True, blank=True)
    view_count = models.PositiveIntegerField(_("vues"), default=0)
    last_viewed_at = models.DateTimeField(_("vu pour la dernière fois le"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = _("partage de badges")
        verbose_name_plural = _("partages de badges")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def concerned_person_id(self) -> UUID:
        """Return the person the journal's lines are about."""
        return self.person_id
