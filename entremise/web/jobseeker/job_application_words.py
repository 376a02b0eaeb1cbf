"""The words around an application for who made it: the filters of her list, the one step that is proposed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from entremise.kernel import clock
from entremise.reciprok.models import Application
from entremise.reciprok.queries_own import Gap
from entremise.reciprok.rules_next import NextStep

FILTERS: dict[str, Any] = {
    "": gettext_lazy("Toutes"),
    "attente": gettext_lazy("En attente d'une réponse"),
    "oui": gettext_lazy("Avis favorable"),
    "non": gettext_lazy("Non retenues"),
    "silence": gettext_lazy("Restées sans réponse"),
    "retirees": gettext_lazy("Retirées"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of the list."""

    code: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """One possible step: what it is, a page to go to, or what to say to the agency."""

    title: str
    text: str
    href: str = ""
    label: str = ""
    sentence: str = ""  # to say to the adviser


def choices(counts: dict[str, int], chosen: str) -> list[Choice]:
    """Return the filters that find something, and the one that is chosen."""
    kept = [code for code in FILTERS if counts[code] or code in ("", chosen)]
    return [Choice(code, str(FILTERS[code]), counts[code], code == chosen) for code in kept]


def advice(step: NextStep, application: Application, gap: Gap) -> Advice:
    """Say the step that is proposed."""
    return _ADVICE[step](application, gap)


def _call(application: Application, gap: Gap) -> Advice:
    facts = {"name": application.establishment.name, "day": _day(application)}
    return Advice(
        _("Votre agence peut appeler cet employeur"),
        _("Un appel d'un conseiller obtient souvent la réponse qu'un message n'a pas eue."),
        sentence=_("J'ai postulé chez %(name)s le %(day)s et je n'ai pas eu de réponse. Pouvez-vous les appeler ?")
        % facts,
    )


def _prove(application: Application, gap: Gap) -> Advice:
    return Advice(
        _("Faites confirmer « %(skill)s »") % {"skill": gap.to_prove[0].label},
        _("Vous dites savoir le faire. Une personne qui vous a vu travailler peut le confirmer en deux clics."),
        reverse("my_validation_add"),
        _("Demander une confirmation"),
    )


def _learn(application: Application, gap: Gap) -> Advice:
    told = {"skill": gap.missing[0].label}
    return Advice(
        _("Apprenez « %(skill)s »") % told,
        _("Une formation courte ou une immersion de quelques jours peut suffire. Votre conseiller sait où."),
        reverse("my_skills_add"),
        _("Je sais déjà le faire : l'ajouter"),
        _("Je voudrais apprendre à « %(skill)s ». Y a-t-il une formation ou une immersion près de chez moi ?") % told,
    )


def _move(application: Application, gap: Gap) -> Advice:
    return Advice(
        _("Revoyez jusqu'où vous pouvez aller"),
        _("Dites votre vraie distance : les offres proposées seront plus près. Il existe aussi des aides au trajet."),
        reverse("my_wishes"),
        _("Changer ma mobilité"),
        _("Le trajet m'a fermé une porte. Quelles aides existent pour me déplacer ?"),
    )


def _arrange(application: Application, gap: Gap) -> Advice:
    return Advice(
        _("Relisez vos horaires et vos dates"),
        _("Si vous pouvez commencer plus tôt ou à d'autres heures, dites-le : d'autres offres s'ouvriront."),
        reverse("my_wishes"),
        _("Relire mes souhaits"),
    )


def _immersion(application: Application, gap: Gap) -> Advice:
    offer = application.inbox.offer
    job = offer.occupation.label if offer else application.establishment.name
    return Advice(
        _("Faites quelques jours d'immersion"),
        _("Quelques jours dans une entreprise montrent ce que vous savez faire, et peuvent être confirmés ensuite."),
        sentence=_("Je voudrais faire une immersion : %(job)s. Pouvez-vous m'aider à trouver une entreprise ?")
        % {"job": job},
    )


def _offers(application: Application, gap: Gap) -> Advice:
    return Advice(
        _("D'autres offres vous attendent"),
        _("Voyez celles qui vont avec votre profil, près de chez vous, et ce qui en ouvrirait d'autres."),
        reverse("my_offers"),
        _("Voir toutes mes offres"),
    )


def _adviser(application: Application, gap: Gap) -> Advice:
    return Advice(
        _("Parlez-en avec votre conseiller"),
        _("À deux, on voit mieux quelle porte pousser ensuite."),
        sentence=_("Ma candidature chez %(name)s n'a pas abouti. Pouvons-nous regarder la suite ensemble ?")
        % {"name": application.establishment.name},
    )


def _day(application: Application) -> str:
    return date_format(clock.local(application.sent_at).date(), "j F Y")


_ADVICE: dict[NextStep, Callable[[Application, Gap], Advice]] = {
    NextStep.CALL: _call,
    NextStep.PROVE: _prove,
    NextStep.LEARN: _learn,
    NextStep.MOVE: _move,
    NextStep.ARRANGE: _arrange,
    NextStep.IMMERSION: _immersion,
    NextStep.OFFERS: _offers,
    NextStep.ADVISER: _adviser,
}
