"""Closed lists of the applications."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    SENT = "sent", pgettext_lazy("candidature", "envoyée")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("candidature", "bien reçue")
    READ = "read", pgettext_lazy("candidature", "lue")
    FAVOURABLE = "favourable", pgettext_lazy("candidature", "avis favorable")
    HIRED = "hired", pgettext_lazy("candidature", "embauche")
    REFUSED = "refused", pgettext_lazy("candidature", "non retenue")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidature", "retirée")
    UNANSWERED = "unanswered", pgettext_lazy("candidature", "close sans réponse")


class ApplicationOrigin(models.TextChoices):
    """Who made the application."""

    SELF = "self", _("par la personne")
    ADVISER = "adviser", _("avec un conseiller")
    RECOMMENDED = "recommended", _("recommandée par un employeur")


class Part(models.TextChoices):
    """What an application shows; proofs of skills are always there, and first."""

    IDENTITY = "identity", _("mon nom et mes coordonnées")
    EXPERIENCES = "experiences", _("mes expériences")
    SAID_SKILLS = "said_skills", _("mes compétences pas encore confirmées")
    WISHES = "wishes", _("ma mobilité, mes disponibilités et mes souhaits")
    CV = "cv", _("un de mes CV certifiés")


class RefusalReason(models.TextChoices):
    """Why a candidate is not kept: a grid, so that it can be told kindly and that offers improve."""

    SKILLS = "skills", _("il manque une compétence demandée")
    EXPERIENCE = "experience", _("il manque de l'expérience")
    DISTANCE = "distance", _("le trajet ne convient pas")
    AVAILABILITY = "availability", _("la disponibilité ne convient pas")
    OTHER_KEPT = "other_kept", _("une autre personne a été retenue")
    FILLED = "filled", _("le poste est pourvu")
    STOPPED = "stopped", _("le recrutement s'arrête")
    NO_NEED = "no_need", _("pas de besoin en ce moment")
    OTHER = "other", _("autre raison")


ABOUT_THE_PERSON = frozenset(
    {
        RefusalReason.SKILLS,
        RefusalReason.EXPERIENCE,
        RefusalReason.DISTANCE,
        RefusalReason.AVAILABILITY,
        RefusalReason.OTHER,
    }
)  # reasons that nobody can give without having read the application


class Step(models.TextChoices):
    """What follows a favourable opinion."""

    MEETING = "meeting", _("un entretien")
    CALL = "call", _("un appel")
    TEST = "test", _("un essai ou un test")
    IMMERSION = "immersion", _("une immersion")


class AnswerChannel(models.TextChoices):
    """How an answer reached us."""

    SITE = "site", _("espace recruteur")
    LINK = "link", _("page du courriel")
    PHONE = "phone", _("téléphone, noté par l'équipe")


class Count(models.TextChoices):
    """What an application is worth in the answer rate; empty as long as nothing is decided."""

    ANSWERED = "answered", _("répondue")
    SILENT = "silent", _("restée sans réponse")
    ASIDE = "aside", _("non comptée")


class AsideReason(models.TextChoices):
    """Why an application is not counted."""

    WITHDRAWN = "withdrawn", _("retirée par la personne avant la réponse")
    OWN = "own", _("la personne travaille pour cet employeur")
    CLOSED = "closed", _("l'établissement a fermé")
    CONTEST = "contest", _("un conseiller l'a retirée du compte")


class MeetingState(models.TextChoices):
    """Where a proposal of a meeting stands."""

    PROPOSED = "proposed", pgettext_lazy("rendez-vous", "proposé")
    CHOSEN = "chosen", pgettext_lazy("rendez-vous", "fixé")
    DECLINED = "declined", pgettext_lazy("rendez-vous", "aucun créneau ne convient")
    CANCELLED = "cancelled", pgettext_lazy("rendez-vous", "annulé")


class RecommendationState(models.TextChoices):
    """Where a recommendation stands."""

    ASKED = "asked", pgettext_lazy("recommandation", "attend votre accord")
    ACCEPTED = "accepted", pgettext_lazy("recommandation", "acceptée")
    DECLINED = "declined", pgettext_lazy("recommandation", "déclinée")


class RatingState(models.TextChoices):
    """Where the moderation of a rating stands."""

    WAITING = "waiting", pgettext_lazy("avis", "à relire")
    PUBLISHED = "published", pgettext_lazy("avis", "publié")
    REFUSED = "refused", pgettext_lazy("avis", "écarté")


class ReportKind(models.TextChoices):
    """What somebody reports."""

    INSULT = "insult", _("des propos blessants")
    DISCRIMINATION = "discrimination", _("une discrimination")
    MONEY = "money", _("on me demande de l'argent ou des codes")
    FALSE_JOB = "false_job", _("l'emploi n'existe pas ou n'est pas celui annoncé")
    NONSENSE = "nonsense", _("la réponse ne veut rien dire, ou n'est pas vraie")
    OTHER = "other", _("autre chose")


class ReportState(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", pgettext_lazy("signalement", "à traiter")
    UPHELD = "upheld", pgettext_lazy("signalement", "confirmé")
    DISMISSED = "dismissed", pgettext_lazy("signalement", "sans suite")


class ContestState(models.TextChoices):
    """Where the contest of a count stands."""

    OPEN = "open", pgettext_lazy("contestation", "à examiner")
    ACCEPTED = "accepted", pgettext_lazy("contestation", "acceptée")
    REFUSED = "refused", pgettext_lazy("contestation", "refusée")


class LabelLevel(models.IntegerChoices):
    """The levels of the label; without five counted applications there is none, which says nothing bad."""

    NONE = 0, _("pas encore de label")
    ONE = 1, _("répond souvent")
    TWO = 2, _("répond presque toujours")
    THREE = 3, _("répond à tous, vite")


class SilenceReason(models.TextChoices):
    """Why an employer does not answer: a short grid."""

    NO_TIME = "no_time", _("pas le temps")
    TOO_MANY = "too_many", _("trop de candidatures")
    NOT_FITTING = "not_fitting", _("des candidatures qui ne correspondent pas")
    HOW = "how", _("je ne sais pas comment répondre")
    NO_NEED = "no_need", _("je ne recrute plus")
    ELSEWHERE = "elsewhere", _("je réponds autrement (téléphone, courriel)")
    OTHER = "other", _("autre raison")


class PauseKind(models.TextChoices):
    """Why an establishment receives no new application."""

    OWN = "own", _("à sa demande")
    AUTO = "auto", _("cinq mois sans aucune réponse")


class Verb(StrEnum):
    """What happens beside the workflow, in the journal."""

    APPLIED = "reciprok.applied"
    CARD_READ = "reciprok.card_read"
    INBOX_TOLD = "reciprok.inbox_told"
    INBOX_REMINDED = "reciprok.inbox_reminded"
    OVER_NOTED = "reciprok.over_noted"
    CLOSING_ASKED = "reciprok.closing_asked"
    HELP_OFFERED = "reciprok.help_offered"
    ANSWERED_MANY = "reciprok.answered_many"
    MEETING_PROPOSED = "reciprok.meeting_proposed"
    MEETING_CHOSEN = "reciprok.meeting_chosen"
    MEETING_DECLINED = "reciprok.meeting_declined"
    MEETING_CANCELLED = "reciprok.meeting_cancelled"
    RECOMMENDED = "reciprok.recommended"
    RECOMMENDATION_ANSWERED = "reciprok.recommendation_answered"
    REPLIED = "reciprok.replied"
    CONTESTED_APPLICATION = "reciprok.contested_application"
    RATED = "reciprok.rated"
    RATING_JUDGED = "reciprok.rating_judged"
    REPORTED = "reciprok.reported"
    REPORT_JUDGED = "reciprok.report_judged"
    LABEL_COMPUTED = "reciprok.label_computed"
    LABEL_MOVED = "reciprok.label_moved"
    COUNT_CONTESTED = "reciprok.count_contested"
    COUNT_JUDGED = "reciprok.count_judged"
    SILENCE_ASKED = "reciprok.silence_asked"
    SILENCE_EXPLAINED = "reciprok.silence_explained"
    ADVICE_DONE = "reciprok.advice_done"
    PAUSE_ANNOUNCED = "reciprok.pause_announced"
    PAUSED = "reciprok.paused"
    PAUSE_LIFTED = "reciprok.pause_lifted"
    EXPORTED = "reciprok.exported"
