"""Closed lists of the follow-up of an offer: people presented, what the recruiter said, what is to do, diagnosis."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IntroductionOrigin(models.TextChoices):
    """How somebody came to an offer."""

    PRESENTED = "presented", _("présentée par un conseiller")
    PROMOTED = "promoted", _("profil promu auprès de l'employeur")
    APPLIED = "applied", _("a postulé")


class Feedback(models.TextChoices):
    """What the recruiter says of somebody presented."""

    WAITING = "waiting", _("pas encore de retour")
    UNDER_STUDY = "under_study", _("candidature à l'étude")
    INTERVIEW = "interview", _("entretien prévu ou passé")
    IMMERSION = "immersion", _("immersion ou essai proposé")
    HIRED = "hired", _("recrutée")
    NOT_KEPT = "not_kept", _("non retenue")
    ABSENT = "absent", _("absente au rendez-vous")
    WITHDREW = "withdrew", _("s'est désistée")


class NotKept(models.TextChoices):
    """Why somebody presented was not kept, in words that can be told to the person."""

    SKILLS = "skills", _("il manque une compétence demandée")
    EXPERIENCE = "experience", _("il manque de l'expérience")
    AVAILABILITY = "availability", _("la disponibilité ne convient pas")
    MOBILITY = "mobility", _("le trajet ne convient pas")
    OTHER_KEPT = "other_kept", _("une autre personne a été retenue")
    FILLED = "filled", _("le poste n'est plus à pourvoir")
    OTHER = "other", _("autre raison")


class TaskKind(models.TextChoices):
    """What an adviser has to do about an offer."""

    CANDIDATES = "candidates", _("présenter les candidats promis")
    CALL = "call", _("appeler le recruteur")
    FEEDBACK = "feedback", _("recueillir les retours sur les candidats")
    NOBODY_CAME = "nobody_came", _("aucune candidature : revoir l'offre")
    CLOSING = "closing", _("faire le point avant la fin de publication")
    OTHER = "other", _("autre")


class DiagnosisLevel(models.TextChoices):
    """The three linked levels of the shared diagnosis (PRODUCT.md O4)."""

    RECRUITER = "recruiter", _("le contexte du recruteur")
    MARKET = "market", _("la comparaison avec le marché du travail")
    POST = "post", _("le contexte du poste")


class AnswerSource(models.TextChoices):
    """Who wrote an answer of the diagnosis."""

    PREFILLED = "prefilled", _("proposée par la plateforme")
    ADVISER = "adviser", _("écrite par le conseiller")
    RECRUITER = "recruiter", _("écrite par le recruteur")
