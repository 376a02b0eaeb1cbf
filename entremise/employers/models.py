"""Tables about employers: establishments, contacts, the log of conversations."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers import models_events, models_spaces
from entremise.employers.enums import LogChannel, LogPurpose, SizeBand
from entremise.kernel.actors import Actor
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.territories.models import Commune, NafCode

OTHERS = (models_events, models_spaces)  # found through this one
# Each word of the search name, found by its beginning: the embedded server has no trigrams.
SEARCH_TERMS = Func(
    Func(Func(F("search_name"), Value(" "), function="string_to_array"), Value(""), function="array_remove"),
    function="array_to_tsvector",
    output_field=SearchVectorField(),
)


class Establishment(Identified):
    """A place of work with its SIRET; the directory is public, so it needs no scope."""

    siret = models.CharField(_("SIRET"), max_length=14, unique=True)
    name = models.CharField(_("enseigne"), max_length=200)
    legal_name = models.CharField(_("raison sociale"), max_length=200, blank=True)
    search_name = models.CharField(max_length=420, blank=True)  # normalised by actions, for the directory's search
    naf = models.ForeignKey(
        NafCode, models.PROTECT, null=True, blank=True, related_name="establishments", verbose_name=_("activité")
    )
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="establishments", verbose_name=_("commune"))
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    postcode = models.CharField(  # known of the official file alone: elsewhere it is written in the address
        _("code postal"), max_length=5, blank=True, default="", db_default=""
    )
    size_band = models.CharField(_("effectif"), max_length=2, choices=SizeBand.choices, blank=True)
    email_domain = models.CharField(_("domaine de messagerie"), max_length=120, blank=True)
    phone = models.CharField(_("standard"), max_length=20, blank=True)
    opened_on = models.DateField(_("créé le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    checked_at = models.DateTimeField(_("état vérifié le"), null=True, blank=True)
    is_head = models.BooleanField(_("siège"), default=False, db_default=False)
    is_private = models.BooleanField(  # asked INSEE not to be shown: no name, no address, no prospecting
        _("diffusion partielle"), default=False, db_default=False
    )
    is_fictional = models.BooleanField(_("fictif"), default=False)

    class Meta:
        verbose_name = _("établissement")
        verbose_name_plural = _("établissements")
        indexes = [
            models.Index(fields=["search_name"], name="establishment_name", opclasses=["text_pattern_ops"]),
            models.Index(fields=["commune"], name="establishment_commune"),
            models.Index(fields=["phone"], name="establishment_phone", condition=~models.Q(phone="")),
            GinIndex(SEARCH_TERMS, name="establishment_terms"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def siren(self) -> str:
        """Return the legal unit's number, the first nine digits."""
        return self.siret[:9]

    @property
    def is_open(self) -> bool:
        """Tell whether no closing date is known."""
        return self.closed_on is None


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Contacts are shown to professionals of the establishment's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the contacts of the professional's departments."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        return nobody()


class Contact(Identified):
    """Someone to talk to at an establishment."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="contacts", verbose_name=_("établissement")
    )
    name = models.CharField(_("nom"), max_length=160)
    role = models.CharField(_("fonction"), max_length=120, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    is_privileged = models.BooleanField(_("contact privilégié"), default=False)
    is_from_space = models.BooleanField(_("venu d'un espace recruteur"), default=False, db_default=False)
    opposed_at = models.DateTimeField(_("ne souhaite plus être sollicité depuis le"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "email"],
                condition=~models.Q(email=""),
                name="contact_once",
                violation_error_message=_("Ce contact est déjà enregistré pour cet établissement."),
            )
        ]
        indexes = [
            models.Index(fields=["email"], name="contact_email", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["phone"], name="contact_phone"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContactLogQuerySet(ScopedQuerySet["ContactLog"]):
    """Conversations are shown to professionals of the establishment's territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the log of the professional's departments."""
        if actor.is_professional:
            return models.Q(establishment__commune__department__in=actor.departments)
        return nobody()


class ContactLog(Identified):
    """One conversation with an establishment: channel, purpose, outcome, what comes next."""

    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="contact_logs", verbose_name=_("établissement")
    )
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="contact_logs", verbose_name=_("contact")
    )
    channel = models.CharField(_("moyen"), max_length=10, choices=LogChannel.choices)
    purpose = models.CharField(_("objet"), max_length=20, choices=LogPurpose.choices)
    outcome = models.TextField(_("ce qui s'est dit"), blank=True)
    next_action = models.CharField(_("suite prévue"), max_length=200, blank=True)
    next_on = models.DateField(_("prévue le"), null=True, blank=True)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="contact_logs", verbose_name=_("par"))
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, related_name="contact_logs", verbose_name=_("agence")
    )
    at = models.DateTimeField(_("le"))

    objects = ContactLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("échange")
        verbose_name_plural = _("échanges")
        indexes = [models.Index(fields=["establishment", "-at"], name="contactlog_establishment")]

    def __str__(self) -> str:
        return f"{self.channel} {self.establishment_id}"
