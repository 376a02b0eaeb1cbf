"""Closed lists of visits and complaints."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VisitResult(models.TextChoices):
    """What came of a visit."""

    OFFER = "offer", _("une offre à déposer")
    INTEREST = "interest", _("intéressé par des profils")
    FORECAST = "forecast", _("recrutements prévus")
    IMMERSION = "immersion", _("accepte des immersions")
    SPACE = "space", _("ouvre un espace recruteur")
    LATER = "later", _("à revoir plus tard")
    NOTHING = "nothing", _("pas de besoin")
    ABSENT = "absent", _("personne sur place")


class ComplaintFrom(models.TextChoices):
    """Who complains."""

    JOBSEEKER = "jobseeker", _("une personne accompagnée")
    EMPLOYER = "employer", _("un employeur")
    PARTNER = "partner", _("un partenaire")
    OTHER = "other", _("quelqu'un d'autre")


class ComplaintAbout(models.TextChoices):
    """What a complaint is about."""

    SERVICE = "service", _("le service rendu")
    DELAY = "delay", _("un délai ou une absence de réponse")
    OFFER = "offer", _("une offre d'emploi")
    RECRUITER = "recruiter", _("le comportement d'un recruteur")
    CANDIDATE = "candidate", _("les candidats présentés")
    DISCRIMINATION = "discrimination", _("une discrimination")
    DATA = "data", _("des données personnelles")
    TOOL = "tool", _("le site")
    OTHER = "other", _("autre chose")


class ComplaintOutcome(models.TextChoices):
    """How a complaint ended."""

    FOUNDED = "founded", _("fondée, réparée")
    PARTLY = "partly", _("fondée en partie")
    UNFOUNDED = "unfounded", _("expliquée")
    FORWARDED = "forwarded", _("transmise à qui peut y répondre")
