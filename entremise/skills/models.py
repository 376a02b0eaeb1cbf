"""Tables of the referential; reference data is loaded by commands, never by migrations."""

from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from entremise.kernel.models import Identified
from entremise.skills.enums import MobilityKind, Relation, SkillKind, Source, Weight


class OccupationFamily(models.Model):
    """One of the 14 ROME families, A to N."""

    letter = models.CharField(_("lettre"), max_length=1, primary_key=True)
    label = models.CharField(_("libellé"), max_length=120)

    class Meta:
        verbose_name = _("famille de métiers")
        verbose_name_plural = _("familles de métiers")

    def __str__(self) -> str:
        return self.label


class Occupation(Identified):
    """A ROME occupation."""

    rome_code = models.CharField(_("code ROME"), max_length=5, unique=True)
    label = models.CharField(_("libellé"), max_length=200)
    definition = models.TextField(_("définition"), blank=True)
    family = models.ForeignKey(OccupationFamily, models.PROTECT, related_name="occupations", verbose_name=_("famille"))
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    retired_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("métier")
        verbose_name_plural = _("métiers")

    def __str__(self) -> str:
        return self.label


class JobTitle(Identified):
    """A name under which an occupation is exercised (appellation)."""

    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="job_titles", verbose_name=_("métier"))
    external_id = models.CharField(_("identifiant d'origine"), max_length=120)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    label = models.CharField(_("libellé"), max_length=250)
    synonyms = models.TextField(_("synonymes"), blank=True)  # separated by |
    retired_on = models.DateField(_("retiré le"), null=True, blank=True)

    class Meta:
        verbose_name = _("appellation")
        verbose_name_plural = _("appellations")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="jobtitle_once")]

    def __str__(self) -> str:
        return self.label


class Skill(Identified):
    """A skill with one internal identity."""

    kind = models.CharField(_("nature"), max_length=12, choices=SkillKind.choices)
    label = models.CharField(_("libellé"), max_length=400)
    family = models.CharField(_("famille"), max_length=20, blank=True)  # shape of its badge
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    external_id = models.CharField(_("identifiant d'origine"), max_length=120)
    retired_on = models.DateField(_("retirée le"), null=True, blank=True)
    number = models.PositiveIntegerField(  # small and stable, for the columns that machines search
        _("numéro"), db_default=Func(Value("skills_skill_number_seq"), function="nextval"), editable=False, unique=True
    )

    class Meta:
        verbose_name = _("compétence")
        verbose_name_plural = _("compétences")
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="skill_once")]

    def __str__(self) -> str:
        return self.label


class SkillLabel(models.Model):
    """Another name of a skill: a synonym, or its label in another language."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="labels", verbose_name=_("compétence"))
    language = models.CharField(_("langue"), max_length=8, default="fr")
    label = models.CharField(_("libellé"), max_length=400)

    class Meta:
        verbose_name = _("autre nom")
        verbose_name_plural = _("autres noms")
        constraints = [models.UniqueConstraint(fields=["skill", "language", "label"], name="skilllabel_once")]

    def __str__(self) -> str:
        return self.label


class SkillMapping(models.Model):
    """What a skill corresponds to in another referential."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="mappings", verbose_name=_("compétence"))
    system = models.CharField(_("référentiel"), max_length=10, choices=Source.choices)
    code = models.CharField(_("code"), max_length=200)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)

    class Meta:
        verbose_name = _("correspondance")
        verbose_name_plural = _("correspondances")
        constraints = [models.UniqueConstraint(fields=["skill", "system", "code"], name="skillmapping_once")]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"


class OccupationSkill(models.Model):
    """A skill that an occupation calls for."""

    occupation = models.ForeignKey(
        Occupation, models.CASCADE, related_name="occupation_skills", verbose_name=_("métier")
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="occupation_skills", verbose_name=_("compétence"))
    weight = models.PositiveSmallIntegerField(_("poids"), choices=Weight.choices, default=Weight.USUAL)

    class Meta:
        verbose_name = _("compétence d'un métier")
        verbose_name_plural = _("compétences d'un métier")
        constraints = [models.UniqueConstraint(fields=["occupation", "skill"], name="occupationskill_once")]

    def __str__(self) -> str:
        return f"{self.occupation_id} {self.skill_id}"


class Mobility(models.Model):
    """A move from one occupation to another that the referential knows."""

    source = models.ForeignKey(Occupation, models.CASCADE, related_name="mobilities", verbose_name=_("de"))
    target = models.ForeignKey(Occupation, models.CASCADE, related_name="mobilities_in", verbose_name=_("vers"))
    kind = models.CharField(_("nature"), max_length=10, choices=MobilityKind.choices)

    class Meta:
        verbose_name = _("mobilité")
        verbose_name_plural = _("mobilités")
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="mobility_once")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class ImportRun(Identified):
    """One load of a referential file: what changed."""

    source = models.CharField(_("source"), max_length=20)
    version = models.CharField(_("version"), max_length=40, blank=True)
    file_hash = models.CharField(_("empreinte"), max_length=64)
    created_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    retired_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    ran_at = models.DateTimeField(_("effectué le"))

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return f"{self.source} {self.version}"
