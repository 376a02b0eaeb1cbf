"""How each figure is counted, in words: shown beside it on the screen and written with it in the exports."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEFINITIONS: dict[str, tuple[Any, Any]] = {
    "promotions": (
        _("Promotions"),
        _(
            "Profils présentés à un employeur pendant la période, par vos agences, ici ou dans un fichier importé. "
            "Une personne présentée à deux employeurs compte deux fois."
        ),
    ),
    "answer_rate": (
        _("Taux de réponse"),
        _(
            "Part des promotions de la période auxquelles l'employeur a répondu, quelle que soit la réponse. "
            "La fourchette dit où se trouve la vraie valeur, avec 95 % de confiance. "
            "Les dernières semaines ont encore le temps de recevoir des réponses."
        ),
    ),
    "delay": (
        _("Délai de réponse"),
        _(
            "Jours de calendrier entre l'envoi et la première réponse, pour les promotions de la période qui ont une "
            "réponse datée. La médiane partage les réponses en deux moitiés."
        ),
    ),
    "conversion": (
        _("Suites obtenues"),
        _(
            "Parmi les promotions de la période : bonnes nouvelles (rencontre, immersion ou offre), profils gardés "
            "par l'employeur pour plus tard, embauches enregistrées par l'équipe."
        ),
    ),
    "adoption": (
        _("Adoption"),
        _(
            "Part des conseillers présents pendant la période qui ont présenté au moins un profil. "
            "Chaque personne compte une fois, même avec deux rôles."
        ),
    ),
    "reach": (
        _("Profils consentants déjà promus"),
        _(
            "Part des personnes de vos territoires dont l'accord est en cours aujourd'hui et qui ont été présentées "
            "au moins une fois à un employeur, depuis toujours."
        ),
    ),
    "acts": (
        _("Actes d'intermédiation par profil"),
        _(
            "Identités consultées, contacts, promotions, mises en relation, rencontres et embauches de la période, "
            "rapportés au nombre de profils consentants, selon que le profil avait ou non une compétence validée. "
            "C'est un simple comptage : il ne prouve pas que la validation en est la cause."
        ),
    ),
}
