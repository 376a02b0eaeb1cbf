"""The meter and its next action in words, with the page that helps."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from entremise.passport.enums import MeterReason, NextAction
from entremise.passport.rules import ENOUGH_PROOFS, Meter

DECLARED: dict[MeterReason, Any] = {
    MeterReason.NO_SKILL: gettext_lazy("Vous n'avez pas encore dit ce que vous savez faire."),
    MeterReason.ONLY_DECLARED: gettext_lazy("Pour l'instant, c'est vous seule ou vous seul qui le dites."),
    MeterReason.WELL_PROVED: gettext_lazy("Des personnes qui vous ont vu faire l'ont confirmé."),
}
NEXT: dict[NextAction, tuple[str, Any, Any]] = {
    NextAction.WISH: (
        "my_wishes",
        gettext_lazy("Dites quel métier vous cherchez : sans cela, personne ne peut vous trouver."),
        gettext_lazy("Dire mon métier"),
    ),
    NextAction.COMMUNE: (
        "my_wishes",
        gettext_lazy("Dites où vous habitez et jusqu'où vous pouvez aller."),
        gettext_lazy("Dire où je cherche"),
    ),
    NextAction.EXPERIENCE: (
        "my_experience_add",
        gettext_lazy("Racontez un travail que vous avez fait : vos compétences vous seront proposées."),
        gettext_lazy("Ajouter une expérience"),
    ),
    NextAction.SKILLS: (
        "my_skills_add",
        gettext_lazy("Cochez ce que vous savez faire : cinq compétences suffisent pour commencer."),
        gettext_lazy("Choisir mes compétences"),
    ),
    NextAction.NAME: (
        "my_identity",
        gettext_lazy("Dites votre nom et comment vous joindre."),
        gettext_lazy("Dire mon nom"),
    ),
    NextAction.PROOF: (
        "my_validation_add",
        gettext_lazy("Demandez à une personne qui vous a vu travailler de confirmer vos compétences."),
        gettext_lazy("Faire confirmer"),
    ),
    NextAction.FRESHEN: (
        "my_wishes",
        gettext_lazy("Votre profil date un peu. Relisez vos souhaits et enregistrez-les."),
        gettext_lazy("Relire mes souhaits"),
    ),
    NextAction.DETAILS: (
        "my_wishes",
        gettext_lazy("Précisez vos souhaits : quand, quels contrats, quels horaires."),
        gettext_lazy("Préciser mes souhaits"),
    ),
    NextAction.CONSENT: (
        "my_consent",
        gettext_lazy("Votre profil est prêt. Voulez-vous que nous le présentions à des employeurs ?"),
        gettext_lazy("Décider"),
    ),
    NextAction.NOTHING: ("", gettext_lazy("Votre profil est complet. Nous nous occupons de la suite."), ""),
}


@dataclass(frozen=True, slots=True)
class MeterWords:
    """What the meter says on the page."""

    declared: str
    declared_shown: str
    filled: str
    fresh: str
    next_sentence: str
    next_label: str
    next_href: str


def meter_words(meter: Meter, confirmed_on: Any) -> MeterWords:
    """Put a meter into words."""
    page, sentence, label = NEXT[meter.next_action]
    proved = min(meter.facts.proved_count, ENOUGH_PROOFS)
    return MeterWords(
        declared=str(DECLARED.get(meter.declared.reason) or _some_proved(meter.facts.proved_count)),
        declared_shown=_("%(count)d sur %(goal)d") % {"count": proved, "goal": ENOUGH_PROOFS},
        filled=_filled(meter),
        fresh=_fresh(meter, confirmed_on),
        next_sentence=str(sentence),
        next_label=str(label),
        next_href=reverse(page) if page else "",
    )


def _some_proved(count: int) -> str:
    return ngettext(
        "Quelqu'un a confirmé %(count)d compétence. C'est un bon début.",
        "D'autres que vous ont confirmé %(count)d compétences.",
        count,
    ) % {"count": count}


def _filled(meter: Meter) -> str:
    if not meter.missing:
        return _("Tout y est.")
    first = [str(item.label) for item in meter.missing[:2]]
    if len(meter.missing) <= len(first):
        return _("Il manque : %(items)s.") % {"items": _(" et ").join(first)}
    return _("Il manque par exemple : %(items)s.") % {"items": ", ".join(first)}


def _fresh(meter: Meter, confirmed_on: Any) -> str:
    if meter.fresh.reason is MeterReason.NEVER_CONFIRMED:
        return _("Vous n'avez pas encore relu votre profil.")
    day = date_format(confirmed_on, "j F Y")
    if meter.fresh.reason is MeterReason.FRESH:
        return _("Vous l'avez relu le %(day)s.") % {"day": day}
    return _("Vous l'avez relu le %(day)s. Est-il toujours vrai ?") % {"day": day}
