"""Words for the parts of a score and for what would change it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from entremise.matching.enums import GainKind, PartName
from entremise.matching.rules_gains import WIDER_KM, Gain


def part_title(name: PartName) -> str:
    """Return the title of a part of the score."""
    return {
        PartName.SKILLS: _("Compétences"),
        PartName.OCCUPATION: _("Métier"),
        PartName.DISTANCE: _("Distance"),
        PartName.AVAILABILITY: _("Disponibilité"),
    }[name]


def gain_sentence(gain: Gain, labels: Mapping[int, str]) -> str:
    """Say what would bring points to a profile."""
    sentences = {
        GainKind.LEARN: _("Ajouter « %(skill)s », si la personne sait le faire, et faire confirmer par un employeur"),
        GainKind.PROVE: _("Faire confirmer « %(skill)s » par un employeur"),
        GainKind.PROVE_BETTER: _("Faire confirmer « %(skill)s » depuis une adresse de l'entreprise"),
        GainKind.PROVE_AGAIN: _("Faire confirmer de nouveau « %(skill)s », dont la preuve est ancienne"),
        GainKind.PROVE_ANY: _("Faire confirmer une compétence de plus"),
        GainKind.WISH: _("Ajouter le métier de la recherche aux métiers souhaités"),
        GainKind.GO_FARTHER: _("Accepter d'aller %(km)d km plus loin"),
        GainKind.SAY_WHEN: _("Préciser la disponibilité, si elle est immédiate"),
        GainKind.BE_READY: _("Être disponible dès aujourd'hui"),
    }
    return sentences[gain.kind] % {"skill": labels.get(gain.skill, ""), "km": WIDER_KM}
