"""Closed lists of the skills referential."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillKind(models.TextChoices):
    """The three kinds of ROME 4.0."""

    KNOW_HOW = "know_how", _("savoir-faire")
    KNOWLEDGE = "knowledge", _("savoir")
    SOFT_SKILL = "soft_skill", _("savoir-être")


class Source(models.TextChoices):
    """Where an entry of the referential comes from."""

    BUILTIN = "builtin", _("référentiel intégré")
    ROME = "rome", _("ROME 4.0")
    ESCO = "esco", _("ESCO")


class Relation(models.TextChoices):
    """How an entry relates to one of another referential (SKOS)."""

    EXACT = "exact", _("équivalent")
    BROADER = "broader", _("plus large")
    NARROWER = "narrower", _("plus précis")
    RELATED = "related", _("apparenté")


class MobilityKind(models.TextChoices):
    """How near two occupations are."""

    CLOSE = "close", _("proche")
    POSSIBLE = "possible", _("envisageable avec une formation ou une adaptation")


class Weight(models.IntegerChoices):
    """How much an occupation needs a skill."""

    POSSIBLE = 1, _("possible")
    USUAL = 2, _("habituelle")
    CORE = 3, _("au cœur du métier")


class Verb(StrEnum):
    """What happens to the referential, in the journal."""

    IMPORTED = "skills.imported"
