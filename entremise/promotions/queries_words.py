"""An answer in words: for the person, kindly; for the employer, what happens next."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.promotions.enums import Answer, NoReason, PromotionState
from entremise.promotions.models import Promotion

_NEWS: dict[str, tuple[Any, Any]] = {
    Answer.MEETING: (
        gettext_lazy("Cet employeur souhaite vous rencontrer."),
        gettext_lazy("Votre agence vous appelle pour fixer le rendez-vous."),
    ),
    Answer.IMMERSION: (
        gettext_lazy("Cet employeur vous propose une immersion : quelques jours pour découvrir le poste."),
        gettext_lazy("Votre agence vous appelle pour la préparer avec vous."),
    ),
    Answer.OFFER: (
        gettext_lazy("Cet employeur a une offre d'emploi pour vous."),
        gettext_lazy("Votre agence vous appelle pour en parler."),
    ),
    Answer.KEPT: (
        gettext_lazy("Cet employeur garde votre profil pour plus tard."),
        gettext_lazy("Vous n'avez rien à faire : il pourra revenir vers vous."),
    ),
    Answer.NOT_NOW: (
        gettext_lazy("Cet employeur ne recrute pas en ce moment."),
        gettext_lazy("Votre profil continue d'être présenté à d'autres employeurs."),
    ),
    Answer.NO: (
        gettext_lazy("Cet employeur cherche un autre profil."),
        gettext_lazy("Votre profil continue d'être présenté à d'autres employeurs."),
    ),
}
_REASONS: dict[str, Any] = {
    NoReason.SKILLS: gettext_lazy("Il a besoin d'autres compétences."),
    NoReason.EXPERIENCE: gettext_lazy("Il a besoin d'une expérience plus longue."),
    NoReason.DISTANCE: gettext_lazy("Le trajet lui semble trop long."),
    NoReason.AVAILABILITY: gettext_lazy("Vos disponibilités ne correspondent pas au poste."),
    NoReason.NO_NEED: gettext_lazy("Il n'a pas de poste de ce type."),
}
_NEXT: dict[str, Any] = {
    Answer.MEETING: gettext_lazy("%(who)s vous appelle sous deux jours ouvrés pour fixer le rendez-vous."),
    Answer.IMMERSION: gettext_lazy("%(who)s vous appelle sous deux jours ouvrés pour préparer l'immersion."),
    Answer.OFFER: gettext_lazy("%(who)s vous appelle sous deux jours ouvrés pour parler de votre offre."),
    Answer.KEPT: gettext_lazy("Nous ne vous relançons plus. Appelez-nous le jour où ce profil vous intéresse."),
    Answer.NOT_NOW: gettext_lazy("Nous ne vous relançons plus pour ce profil. Faites-nous signe quand vous recrutez."),
    Answer.NO: gettext_lazy("Nous ne vous relançons plus pour ce profil. Votre raison nous aide à mieux choisir."),
}
_STANDING: dict[str, tuple[Any, Any]] = {
    PromotionState.EXPIRED: (
        gettext_lazy("Cet employeur n'a pas répondu."),
        gettext_lazy("Cela arrive souvent, et ne dit rien de vous. Votre agence peut l'appeler."),
    ),
    PromotionState.WITHDRAWN: (
        gettext_lazy("Votre profil n'est plus présenté à cet employeur."),
        gettext_lazy("Il ne peut plus le consulter."),
    ),
}
_WAITING = (
    gettext_lazy("Cet employeur n'a pas encore répondu."),
    gettext_lazy("Nous le relançons pour vous. Vous n'avez rien à faire."),
)


@dataclass(frozen=True, slots=True)
class News:
    """What is new for a person, and what comes next."""

    text: str
    next_step: str


def news_for_person(promotion: Promotion) -> News:
    """Say kindly to a person where a promotion stands; the employer's own word stays with the team."""
    if promotion.answer:
        text, next_step = _NEWS[promotion.answer]
        reason = _REASONS.get(promotion.no_reason, "") if promotion.answer == Answer.NO else ""
        return News(f"{text} {reason}".strip(), str(next_step))
    text, next_step = _STANDING.get(promotion.state, _WAITING)
    return News(str(text), str(next_step))


def next_step_for_employer(promotion: Promotion, adviser_name: str) -> str:
    """Say to an employer what happens after the answer."""
    if adviser_name:
        who = _("%(adviser)s (%(agency)s)") % {"adviser": adviser_name, "agency": promotion.agency.name}
    else:
        who = promotion.agency.name
    return str(_NEXT[promotion.answer]) % {"who": who}
