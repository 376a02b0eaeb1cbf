"""Closed lists of the validations domain."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("en préparation")
    SENT = "sent", _("envoyée")
    OPENED = "opened", _("ouverte")
    ANSWERED = "answered", _("répondue")
    DECLINED = "declined", _("déclinée")
    EXPIRED = "expired", _("expirée")
    WITHDRAWN = "withdrawn", _("retirée")
    BOUNCED = "bounced", _("non distribuée")


class Verdict(models.TextChoices):
    """What the validator says of one skill."""

    PENDING = "pending", _("pas encore répondu")
    CONFIRMED = "confirmed", _("je confirme")
    NOT_CONFIRMED = "not_confirmed", _("je ne confirme pas")
    CANNOT_JUDGE = "cannot_judge", _("je ne peux pas me prononcer")


class DeclineReason(models.TextChoices):
    """Why a contact does not answer."""

    NOT_ME = "not_me", _("ce n'est pas moi")
    REFUSE = "refuse", _("je ne souhaite pas répondre")
    ABUSE = "abuse", _("je signale un abus")


class CheckReason(models.TextChoices):
    """Why an adviser calls the establishment about an answer, as a sentence for the adviser."""

    REPORTED = "reported", _("Quelqu'un a lu cette réponse à l'adresse indiquée et dit ne pas l'avoir donnée.")
    ABUSE = "abuse", _("La personne sollicitée signale un abus et n'a pas répondu.")
    SAME_DEVICE = "same_device", _("La réponse est partie de l'appareil de la personne qui la demandait.")
    FORWARDED = "forwarded", _("La demande a été transmise à une autre adresse que la première.")
    CHANGED = "changed", _("La réponse a changé depuis la dernière vérification.")
    SAMPLED = "sampled", _("Cette réponse fait partie de celles que nous vérifions au hasard, sans soupçon.")


class Verb(StrEnum):
    """What happens beside the workflow, in the journal."""

    PREPARED = "validations.prepared"
    CHANGED = "validations.changed"
    RECTIFIED = "validations.rectified"
    REMINDED = "validations.reminded"
    PUT_OFF = "validations.put_off"
    FORWARDED = "validations.forwarded"
    OPPOSED = "validations.opposed"
    REPORTED = "validations.reported"
    CHECKED = "validations.checked"
    FRAUD_PROVED = "validations.fraud_proved"


class Refusal(models.TextChoices):
    """Why a request cannot be prepared or sent, as a sentence for the person; `%(limit)d` is filled by the rule."""

    NAME_MISSING = (
        "name_missing",
        _("Indiquez d'abord votre prénom : la personne à qui vous écrivez doit pouvoir vous reconnaître."),
    )
    NO_SKILL = "no_skill", _("Choisissez au moins une compétence à faire confirmer.")
    TOO_MANY_SKILLS = (
        "too_many_skills",
        _(
            "Vous pouvez choisir %(limit)d compétences au plus. Gardez celles qui comptent le plus pour le métier"
            " que vous cherchez : vous pourrez faire une autre demande ensuite."
        ),
    )
    OWN_ADDRESS = (
        "own_address",
        _(
            "Cette adresse est la vôtre. Indiquez celle de la personne qui vous a vu travailler :"
            " c'est sa parole qui compte."
        ),
    )
    DISPOSABLE = (
        "disposable",
        _(
            "Cette adresse est jetable : elle ne permet pas de savoir qui répond. Demandez à votre contact son adresse"
            " professionnelle, ou son adresse habituelle."
        ),
    )
    ALREADY_OPEN = (
        "already_open",
        _(
            "Vous avez déjà une demande en cours auprès de cette adresse. Attendez sa réponse, ou retirez"
            " la première demande."
        ),
    )
    # One sentence for an address that opposed and for an address asked too often: nobody learns which.
    ADDRESS_UNAVAILABLE = (
        "address_unavailable",
        _(
            "Nous ne pouvons pas écrire à cette adresse en ce moment. Choisissez une autre personne qui vous a vu"
            " travailler, ou réessayez plus tard."
        ),
    )
    ESTABLISHMENT_BUSY = (
        "establishment_busy",
        _(
            "Cet établissement a déjà reçu beaucoup de demandes aujourd'hui. Gardez la vôtre en"
            " préparation et réessayez demain."
        ),
    )
    PERSON_DAY = (
        "person_day",
        _("Vous avez envoyé %(limit)d demandes aujourd'hui, c'est le maximum par jour. Réessayez demain."),
    )
    PERSON_OPEN = (
        "person_open",
        _(
            "Vous avez %(limit)d demandes qui attendent une réponse, c'est le maximum. Attendez une réponse,"
            " ou retirez une demande."
        ),
    )
    NO_ESTABLISHMENT = (
        "no_establishment",
        _("Indiquez l'établissement de la personne à qui vous écrivez, par son nom ou son numéro SIRET."),
    )
    ESTABLISHMENT_CLOSED = (
        "establishment_closed",
        _(
            "%(why)s Nous ne pouvons plus lui écrire. Un organisme de formation, un ancien collègue ou un tuteur peut"
            " répondre à sa place : indiquez l'établissement où cette personne travaille aujourd'hui."
        ),
    )
    NOT_YOUR_EXPERIENCE = "not_your_experience", _("Cette expérience n'est pas dans votre parcours.")
    UNKNOWN_SKILL = "unknown_skill", _("Une des compétences choisies n'existe pas dans le référentiel.")
    TOO_MANY_ADDED = "too_many_added", _("Vous pouvez ajouter %(limit)d compétences au plus.")
    LINE_MISSING = "line_missing", _("Il reste une ligne sans réponse. Choisissez une réponse pour chaque compétence.")
    REMINDED_ALREADY = (
        "reminded_already",
        _("Vous avez déjà relancé cette personne une fois. Nous la relançons aussi pour vous."),
    )
    REMINDED_RECENTLY = (
        "reminded_recently",
        _("Cette personne a reçu un message il y a moins de %(limit)d jours. Laissez-lui un peu de temps."),
    )
    FORWARDED_ENOUGH = (
        "forwarded_enough",
        _("Cette demande a déjà été transmise %(limit)d fois. Répondez, ou déclinez-la."),
    )
    FORWARD_SAME = "forward_same", _("Cette adresse est déjà celle à qui la demande est adressée.")
    RECTIFY_TOO_LATE = (
        "rectify_too_late",
        _(
            "Le délai de %(limit)d jours pour rectifier votre réponse est passé. Elle reste telle que vous"
            " l'avez donnée."
        ),
    )
    SET_ASIDE = (
        "set_aside",
        _("Cette réponse a été écartée après vérification par un conseiller. Elle ne peut plus être modifiée."),
    )
    NOT_OPEN = "not_open", _("Cette demande est close.")
    NOT_ANSWERED = "not_answered", _("Cette demande n'a pas reçu de réponse.")
    NOT_DRAFT = "not_draft", _("Cette demande est déjà partie : vous ne pouvez plus la modifier.")
