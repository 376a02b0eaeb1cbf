"""Tables of the offers: the offer, and the skills it asks for."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from entremise.accounts.models import Agency, User
from entremise.employers.models import Establishment
from entremise.employers.models_spaces import RecruiterSpace, current_spaces
from entremise.kernel.actors import Actor, ActorKind, Role
from entremise.kernel.models import Identified
from entremise.kernel.scoping import ScopedQuerySet, nobody
from entremise.offers import models_checks, models_duplicates, models_followup, models_partners, rules
from entremise.offers.enums import Benefit, Channel, CloseReason, Need, OfferState, PayPeriod, Stopper
from entremise.offers.enums_import import ImportState, LineFate
from entremise.offers.rules_import import LONGEST_MESSAGE
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.skills.models import JobTitle, Occupation, Skill
from entremise.territories.models import Commune

OTHERS = (models_checks, models_duplicates, models_followup, models_partners)  # found through this one


PLAIN_TITLE = Func(  # without accents nor capitals; « serveur/serveuse » is two words
    F("title"),
    template=r"translate(regexp_replace(casefold(normalize(%(expressions)s, NFKD)), '[\u0300-\u036f]', '', 'g'),"
    " '/', ' ')",
    output_field=models.TextField(),
)
TITLE_TERMS = Func(  # each word of a title, found by its beginning
    PLAIN_TITLE, template="to_tsvector('simple'::regconfig, %(expressions)s)", output_field=SearchVectorField()
)


class OfferQuerySet(ScopedQuerySet["Offer"]):
    """Offers: those of the professional's territory, by their agency or place of work; open ones for anybody."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the offers of the professional's departments, the recruiter's own, or the open ones for anybody."""
        if actor.is_professional:
            return models.Q(agency__department__in=actor.departments) | models.Q(
                commune__department__in=actor.departments
            )
        if actor.has(Role.RECRUITER):
            return models.Q(space__in=current_spaces(actor))
        is_anybody = actor.has(Role.JOBSEEKER) or actor.kind is ActorKind.ANONYMOUS
        return models.Q(state=OfferState.OPEN) if is_anybody else nobody()


class Offer(Identified):
    """A job that an employer offers, with what it asks for."""

    number = models.PositiveIntegerField(  # the row's key in the index of offers
        db_default=Func(Value("offers_offer_number_seq"), function="nextval"), editable=False, unique=True
    )
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, related_name="offers", verbose_name=_("établissement")
    )
    reference = models.CharField(  # in the employer's or the agency's own files: an import knows the offer by it
        _("référence"), max_length=rules.LONGEST_REFERENCE, blank=True, default="", db_default=""
    )
    title = models.CharField(_("intitulé"), max_length=rules.LONGEST_TITLE)
    job_title = models.ForeignKey(
        JobTitle, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("appellation")
    )
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="offers", verbose_name=_("métier"))
    commune = models.ForeignKey(Commune, models.PROTECT, related_name="offers", verbose_name=_("lieu de travail"))
    radius_km = models.PositiveSmallIntegerField(_("distance maximale (km)"), null=True, blank=True)
    contract = models.CharField(_("contrat"), max_length=20, choices=ContractKind.choices)
    working_time = models.CharField(
        _("temps de travail"), max_length=10, choices=WorkingTime.choices, default=WorkingTime.ANY
    )
    schedules = ArrayField(models.CharField(max_length=20, choices=Schedule.choices), default=list, blank=True)
    licences = ArrayField(models.CharField(max_length=20, choices=Licence.choices), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=8, choices=Language.choices), default=list, blank=True)
    description = models.TextField(
        _("description"), blank=True, max_length=rules.LONGEST_DESCRIPTION,
        validators=[MaxLengthValidator(rules.LONGEST_DESCRIPTION)],
    )  # fmt: skip
    company = models.TextField(
        _("l'entreprise"), blank=True, default="", db_default="", max_length=rules.LONGEST_COMPANY
    )
    position_count = models.PositiveSmallIntegerField(_("nombre de postes"), default=1, db_default=1)
    duration_months = models.PositiveSmallIntegerField(_("durée (mois)"), null=True, blank=True)
    weekly_hours = models.DecimalField(_("heures par semaine"), max_digits=4, decimal_places=1, null=True, blank=True)
    pay_min_cents = models.PositiveIntegerField(_("salaire brut, à partir de"), null=True, blank=True)
    pay_max_cents = models.PositiveIntegerField(_("salaire brut, jusqu'à"), null=True, blank=True)
    pay_period = models.CharField(
        _("salaire compté"), max_length=6, choices=PayPeriod.choices, blank=True, default="", db_default=""
    )
    benefits = ArrayField(
        models.CharField(max_length=16, choices=Benefit.choices), default=list, blank=True, db_default=[]
    )
    evolution = models.CharField(_("évolution possible"), max_length=300, blank=True, default="", db_default="")
    experience_months = models.PositiveSmallIntegerField(_("expérience (mois)"), null=True, blank=True)  # 0: beginner
    training_level = models.PositiveSmallIntegerField(_("niveau de formation"), null=True, blank=True)  # 3 to 8
    starts_on = models.DateField(_("commence le"), null=True, blank=True)
    is_disability_reserved = models.BooleanField(_("poste réservé (handicap)"), default=False, db_default=False)
    apply_url = models.URLField(
        _("postuler chez le partenaire"), max_length=500, blank=True, default="", db_default=""
    )
    channel = models.CharField(
        _("canal"), max_length=12, choices=Channel.choices, default=Channel.ADVISER, db_default=Channel.ADVISER
    )
    partner = models.ForeignKey(
        "offers.OfferPartner",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("partenaire"),
    )  # fmt: skip
    space = models.ForeignKey(
        RecruiterSpace, models.PROTECT, null=True, blank=True, related_name="offers",
        verbose_name=_("espace recruteur"),
    )  # fmt: skip
    version = models.PositiveIntegerField(_("version"), default=1, db_default=1)  # an adviser validates what they read
    submitted_at = models.DateTimeField(_("soumise le"), null=True, blank=True)
    returned_words = models.CharField(
        _("à corriger"), max_length=rules.LONGEST_RETURN, blank=True, default="", db_default=""
    )
    stopped_by = models.CharField(
        _("suspendue par"), max_length=10, choices=Stopper.choices, blank=True, default="", db_default=""
    )
    promised_on = models.DateField(_("candidats promis pour le"), null=True, blank=True)  # agreed with the recruiter
    expires_on = models.DateField(_("visible jusqu'au"), null=True, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offers", verbose_name=_("agence"))
    adviser = models.ForeignKey(User, models.SET_NULL, null=True, related_name="offers", verbose_name=_("saisie par"))
    state = models.CharField(_("état"), max_length=12, choices=OfferState.choices, default=OfferState.DRAFT)
    created_at = models.DateTimeField(_("saisie le"))
    opened_at = models.DateTimeField(_("ouverte le"), null=True)
    closed_at = models.DateTimeField(_("close le"), null=True)
    close_reason = models.CharField(_("raison"), max_length=12, choices=CloseReason.choices, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offre d'emploi")
        verbose_name_plural = _("offres d'emploi")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(radius_km=None) | models.Q(radius_km__gte=1, radius_km__lte=rules.FURTHEST_KM),
                name="offer_radius",
                violation_error_message=_("La distance maximale se dit entre 1 et 200 km."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=OfferState.CLOSED) ^ models.Q(close_reason=""),
                name="offer_close_reason",
                violation_error_message=_("Une offre se clôt avec une raison."),
            ),
            models.UniqueConstraint(
                fields=["agency", "reference"],
                condition=~models.Q(reference="") & models.Q(partner=None),
                name="offer_reference",
                violation_error_message=_("Une autre offre de votre agence porte déjà cette référence."),
            ),
            models.UniqueConstraint(
                fields=["partner", "reference"],
                condition=~models.Q(partner=None),
                name="offer_partner_reference",
                violation_error_message=_("Une autre offre de ce partenaire porte déjà cette référence."),
            ),
            models.CheckConstraint(
                condition=models.Q(pay_max_cents=None) | models.Q(pay_min_cents__lte=models.F("pay_max_cents")),
                name="offer_pay",
                violation_error_message=_("Le salaire le plus haut ne peut pas être sous le plus bas."),
            ),
            models.CheckConstraint(
                condition=models.Q(pay_min_cents=None, pay_max_cents=None) | ~models.Q(pay_period=""),
                name="offer_pay_period",
                violation_error_message=_("Dites si le salaire est par heure, par mois ou par an."),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-id"], name="offer_agency"),
            models.Index(fields=["establishment", "-id"], name="offer_establishment"),
            GinIndex(TITLE_TERMS, name="offer_title_terms", condition=models.Q(state=OfferState.OPEN)),
            models.Index(
                F("opened_at").desc(), F("id").desc(), name="offer_newest", condition=models.Q(state=OfferState.OPEN)
            ),
            models.Index(
                fields=["commune", "-opened_at"], name="offer_place", condition=models.Q(state=OfferState.OPEN)
            ),
            models.Index(
                fields=["expires_on"], name="offer_expiry", condition=models.Q(state__in=["open", "suspended"])
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_closed(self) -> bool:
        """Tell whether nobody is looked for any more."""
        return self.state == OfferState.CLOSED


class OfferSkillQuerySet(ScopedQuerySet["OfferSkill"]):
    """The skills asked for: seen with their offer."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the skills of the offers that the actor sees."""
        if actor.is_professional:
            return models.Q(offer__agency__department__in=actor.departments) | models.Q(
                offer__commune__department__in=actor.departments
            )
        if actor.has(Role.RECRUITER):
            return models.Q(offer__space__in=current_spaces(actor))
        is_anybody = actor.has(Role.JOBSEEKER) or actor.kind is ActorKind.ANONYMOUS
        return models.Q(offer__state=OfferState.OPEN) if is_anybody else nobody()


class OfferSkill(models.Model):
    """One skill that an offer asks for, and how much."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="offer_skills", verbose_name=_("offre"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="offer_skills", verbose_name=_("compétence"))
    need = models.PositiveSmallIntegerField(_("besoin"), choices=Need.choices, default=Need.ASKED)

    objects = OfferSkillQuerySet.as_manager()

    class Meta:
        verbose_name = _("compétence d'une offre")
        verbose_name_plural = _("compétences d'une offre")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "skill"],
                name="offerskill_once",
                violation_error_message=_("Cette compétence est déjà demandée par l'offre."),
            ),
            models.CheckConstraint(
                condition=models.Q(need__gte=Need.USEFUL, need__lte=Need.ESSENTIAL),
                name="offerskill_need",
                violation_error_message=_("Une compétence est utile, demandée ou indispensable."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.skill_id}"


class OfferImportQuerySet(ScopedQuerySet["OfferImport"]):
    """Imported spreadsheets: seen by the professionals of their territory."""

    def scope(self, actor: Actor) -> models.Q:
        """Keep the files of the professional's departments."""
        return models.Q(agency__department__in=actor.departments) if actor.is_professional else nobody()


class OfferImport(Identified):
    """A spreadsheet of offers: its columns, its check, its import."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="offer_imports", verbose_name=_("agence"))
    uploaded_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="offer_imports", verbose_name=_("par")
    )
    filename = models.CharField(_("fichier"), max_length=200)
    path = models.CharField(max_length=300)
    size_bytes = models.PositiveIntegerField(_("taille"))
    state = models.CharField(_("état"), max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    columns = models.JSONField(default=list)  # header names found, in order
    mapping = models.JSONField(default=dict)  # field name → column name
    is_opened_at_once = models.BooleanField(_("offres ouvertes aussitôt"), default=False)
    failure = models.CharField(_("problème"), max_length=300, blank=True)
    line_count = models.PositiveIntegerField(_("lignes"), default=0)
    done_count = models.PositiveIntegerField(_("lignes traitées"), default=0)
    created_count = models.PositiveIntegerField(_("créées"), default=0)
    updated_count = models.PositiveIntegerField(_("mises à jour"), default=0)
    unchanged_count = models.PositiveIntegerField(_("inchangées"), default=0)
    refused_count = models.PositiveIntegerField(_("refusées"), default=0)
    created_at = models.DateTimeField(_("reçu le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    objects = OfferImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("fichier d'offres importé")
        verbose_name_plural = _("fichiers d'offres importés")

    def __str__(self) -> str:
        return str(self.pk)


class OfferImportLine(models.Model):
    """What becomes of one line: the offer that it makes or changes, or why it is refused, in plain words."""

    file = models.ForeignKey(OfferImport, models.CASCADE, related_name="lines", verbose_name=_("fichier"))
    line_number = models.PositiveIntegerField(_("ligne"))
    fate = models.CharField(_("résultat"), max_length=10, choices=LineFate.choices)
    title = models.CharField(_("intitulé"), max_length=rules.LONGEST_TITLE, blank=True)
    place = models.CharField(_("employeur"), max_length=250, blank=True)
    message = models.CharField(_("remarque"), max_length=LONGEST_MESSAGE, blank=True)
    offer = models.ForeignKey(Offer, models.SET_NULL, null=True, related_name="import_lines", verbose_name=_("offre"))

    class Meta:
        verbose_name = _("ligne d'un fichier d'offres")
        verbose_name_plural = _("lignes d'un fichier d'offres")
        constraints = [models.UniqueConstraint(fields=["file", "line_number"], name="offerimportline_once")]

    def __str__(self) -> str:
        return f"{self.line_number}"
