"""What somebody may try to get a label without answering people, and the rule that makes it useless.

The public page shows this list; each key has its test in `tests/actions/test_label_gaming.py`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, and the rule that defeats it, in words for everybody."""

    key: str
    attempt: Any
    rule: Any


ATTEMPTS = (
    Attempt(
        "nonsense",
        _("Répondre n'importe quoi à tous d'un seul geste."),
        _(
            "Toute réponse a une raison de la liste, montrée à la personne. « Autre raison » s'explique. Une réponse "
            "qui ne veut rien dire se signale : confirmée par un conseiller, elle compte comme un silence."
        ),
    ),
    Attempt(
        "own",
        _("Postuler chez soi pour se répondre."),
        _("La candidature d'une personne de l'espace recruteur ne compte pas."),
    ),
    Attempt(
        "same_person",
        _("Faire postuler cinq fois la même personne."),
        _(
            "Un label demande cinq candidatures comptées de cinq personnes différentes. On ne postule qu'une fois à "
            "une offre, et une candidature spontanée ne se renvoie qu'après six mois."
        ),
    ),
    Attempt(
        "reopening",
        _("Fermer l'offre, puis la rouvrir, pour effacer ceux qui attendent."),
        _("Fermer une offre ne ferme aucune candidature : chacune attend sa réponse, et compte comme un silence."),
    ),
    Attempt(
        "mistake",
        _("Dire que l'offre était une erreur de saisie."),
        _("Ceux qui y ont postulé attendent quand même une réponse : la raison de la fermeture ne change rien."),
    ),
    Attempt(
        "unread",
        _("Écarter des candidats sans les lire."),
        _(
            "Une raison qui parle de la personne ne se donne qu'après avoir ouvert sa candidature. Sans lecture, "
            "seules restent les raisons qui tiennent au poste."
        ),
    ),
    Attempt(
        "late",
        _("Répondre après soixante jours, quand la candidature est close."),
        _("La réponse arrive à la personne, mais le silence reste compté : ce qui est décidé ne change plus."),
    ),
    Attempt(
        "closing",
        _("Attendre le rappel de clôture pour répondre à tous à la fois."),
        _("Ces réponses comptent, avec leur vrai délai : à quarante-cinq jours, la médiane interdit tout label."),
    ),
    Attempt(
        "changing",
        _("Répondre « favorable » à tous le premier jour, pour le délai, puis refuser plus tard."),
        _(
            "Un avis favorable que rien ne suit n'est pas une réponse : le délai est celui du refus. Une réponse "
            "comptée se corrige pendant trente jours, mais son délai reste celui de la première."
        ),
    ),
    Attempt(
        "empty_favour",
        _("Donner un avis favorable à tous, sans rien proposer ensuite."),
        _(
            "Un avis favorable ne compte que si quelque chose suit : un rendez-vous auquel la personne répond, une "
            "embauche, une réponse. Après soixante jours sans suite, c'est un silence."
        ),
    ),
    Attempt(
        "cancelling",
        _("Proposer un rendez-vous à tous, puis l'annuler."),
        _("Un rendez-vous ne compte que lorsque la personne y répond : annulé avant, il n'a rien changé."),
    ),
    Attempt(
        "hiring",
        _("Dire à tous qu'ils sont embauchés."),
        _(
            "La personne reçoit la nouvelle : si elle n'est pas vraie, elle le signale. Confirmé par un conseiller, "
            "c'est un silence, et l'agence suit chaque embauche annoncée."
        ),
    ),
    Attempt(
        "withdrawing",
        _("Décourager les personnes pour qu'elles retirent leur candidature."),
        _("Une candidature retirée après trente jours sans réponse compte comme un silence."),
    ),
    Attempt(
        "new_space",
        _("Fermer son espace recruteur et en ouvrir un autre."),
        _("Le label suit l'établissement, par son SIRET : il ne dépend ni de l'espace, ni du compte."),
    ),
    Attempt(
        "pausing",
        _("Se mettre en pause pour ne plus être compté."),
        _("Une pause arrête les nouvelles candidatures spontanées. Celles déjà reçues attendent et comptent."),
    ),
    Attempt(
        "contesting",
        _("Contester tous les silences."),
        _(
            "Une contestation se fait une fois par candidature, et un conseiller décide. Tant qu'il n'a pas décidé, "
            "le silence compte."
        ),
    ),
    Attempt(
        "rounding",
        _("Compter sur les arrondis : 59,9 % pour 60 %."),
        _("Rien n'est arrondi avant d'être comparé : ce sont des nombres entiers qui se comparent."),
    ),
    Attempt(
        "backdating",
        _("Dire que l'on avait répondu plus tôt."),
        _(
            "L'heure d'une réponse est celle où elle arrive ici, écrite dans un journal que personne ne peut "
            "modifier. Une réponse donnée par téléphone compte le jour où un conseiller la note."
        ),
    ),
)
