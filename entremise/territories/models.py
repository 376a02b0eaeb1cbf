"""Reference tables of places and activities; loaded by commands."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.Model):
    """A French region."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A French department; `holiday_calendar` names its public holidays, empty for the usual ones."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name=_("région"))
    holiday_calendar = models.CharField(_("calendrier des jours fériés"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")

    def __str__(self) -> str:
        return self.name


class EmploymentZone(models.Model):
    """An employment zone (bassin d'emploi)."""

    code = models.CharField(_("code"), max_length=8, primary_key=True)
    name = models.CharField(_("nom"), max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, related_name="zones", verbose_name=_("département"))

    class Meta:
        verbose_name = _("bassin d'emploi")
        verbose_name_plural = _("bassins d'emploi")

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune with its INSEE code, its place and its population."""

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=120)
    department = models.ForeignKey(Department, models.PROTECT, related_name="communes", verbose_name=_("département"))
    zone = models.ForeignKey(
        EmploymentZone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="communes",
        verbose_name=_("bassin d'emploi"),
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), default=0)
    postcodes = ArrayField(models.CharField(max_length=5), default=list, verbose_name=_("codes postaux"))
    retired_on = models.DateField(_("supprimée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self) -> str:
        return self.name


class NafCode(models.Model):
    """An activity of the NAF rev. 2 (five characters, "56.10A")."""

    code = models.CharField(_("code"), max_length=6, primary_key=True)
    label = models.CharField(_("libellé"), max_length=200)
    section = models.CharField(_("section"), max_length=1, blank=True)

    class Meta:
        verbose_name = _("activité (NAF)")
        verbose_name_plural = _("activités (NAF)")

    def __str__(self) -> str:
        return self.label
