"""How well an offer fits, and what is known of each skill that it asks for, as the person reads them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fit(models.TextChoices):
    """How well an offer fits somebody, in words rather than points."""

    VERY_WELL = "very_well", _("Vous correspond très bien")
    WELL = "well", _("Vous correspond bien")
    PARTLY = "partly", _("Vous correspond en partie")


class Holding(models.TextChoices):
    """What a person's passport says of a skill that an offer asks for."""

    CONFIRMED = "confirmed", _("Confirmées")
    SAID = "said", _("Vous dites savoir le faire")
    HIDDEN = "hidden", _("Gardées pour vous")  # not counted: nobody else sees them
    MISSING = "missing", _("Pas encore dans vos compétences")
