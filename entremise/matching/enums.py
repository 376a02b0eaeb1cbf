"""Closed lists of the matching domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartName(StrEnum):
    """The named parts whose sum is the score."""

    SKILLS = "skills"
    OCCUPATION = "occupation"
    DISTANCE = "distance"
    AVAILABILITY = "availability"


class SkillMode(models.TextChoices):
    """How several skills are asked for."""

    ALL = "all", _("toutes ces compétences")
    ANY = "any", _("au moins une")


class PoolSort(models.TextChoices):
    """In which order profiles are shown."""

    RELEVANCE = "pertinence", _("les plus proches de la recherche")
    NEAREST = "distance", _("les moins loin du lieu de travail")
    RECENT = "recents", _("les profils confirmés le plus récemment")


class Toggle(models.TextChoices):
    """Yes-or-no filters of the pool."""

    VALIDATED = "validated", _("avec des compétences confirmées")
    NEVER_PROMOTED = "never_promoted", _("jamais promus")
    AVAILABLE = "available", _("disponibles dès maintenant")
    FRESH = "fresh", _("profil à jour (3 mois)")
