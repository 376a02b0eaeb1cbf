"""Closed lists of the same offer found twice: which one is kept, and what says that they are one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from entremise.lib.nearduplicates import Reason


class KeptBecause(models.TextChoices):
    """Why one of two offers is kept; ends « Cette offre est gardée : elle est… »."""

    DIRECT = "direct", _("déposée directement par l'employeur ou par l'agence")
    CHANNEL = "channel", _("reçue par un canal qui passe avant l'autre")
    PARTNER = "partner", _("envoyée par un partenaire qui passe avant l'autre")
    FIRST = "first", _("publiée la première")
    CHOSEN = "chosen", _("choisie par un conseiller")


class Likeness(models.TextChoices):
    """What two offers have in common, as it is said to an adviser."""

    SAME_SITE = Reason.SAME_SITE.value, _("même établissement")
    SAME_EMPLOYER = Reason.SAME_EMPLOYER.value, _("même entreprise")
    SAME_NAME = Reason.SAME_NAME.value, _("même nom d'employeur")
    NAMED = Reason.NAMED.value, _("l'une nomme l'employeur de l'autre")
    SAME_PLACE = Reason.SAME_PLACE.value, _("même lieu de travail")
    NEAR_PLACE = Reason.NEAR_PLACE.value, _("communes voisines, du même code postal")
    SAME_TITLE = Reason.SAME_TITLE.value, _("même intitulé")
    CLOSE_TITLE = Reason.CLOSE_TITLE.value, _("intitulés proches")
    SAME_OCCUPATION = Reason.SAME_OCCUPATION.value, _("même métier")
    SAME_CONTRACT = Reason.SAME_CONTRACT.value, _("même contrat")
    SAME_HOURS = Reason.SAME_HOURS.value, _("mêmes heures")
    SAME_PAY = Reason.SAME_PAY.value, _("même salaire")
    SAME_TEXT = Reason.SAME_TEXT.value, _("même texte")
    CLOSE_TEXT = Reason.CLOSE_TEXT.value, _("textes très proches")
    SHORTENED = Reason.SHORTENED.value, _("l'une reprend une partie du texte de l'autre")
