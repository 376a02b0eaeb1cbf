"""Offers in the words of the person they are for: a card each, and one sentence for each part of the score."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from entremise.kernel import clock
from entremise.matching import rules, rules_fit, rules_traits
from entremise.matching.engine import score
from entremise.matching.enums import PartName
from entremise.matching.enums_fit import Fit, Holding
from entremise.matching.models import PoolEntry
from entremise.matching.queries_cards import Reason
from entremise.matching.queries_cards import reasons as adviser_reasons
from entremise.matching.queries_offers import RADIUS, traits_asked
from entremise.matching.queries_reverse import WIDER_KM, FoundOffer
from entremise.matching.rules_recruiting import Evidence
from entremise.offers.enums import Need
from entremise.offers.models import Offer
from entremise.passport.models import HeldSkill
from entremise.people.enums import ContractKind, Language, Licence, Schedule, WorkingTime
from entremise.people.models import Person

KINDS: dict[str, Any] = {
    "contract": ContractKind, "working_time": WorkingTime, "schedule": Schedule, "licence": Licence,
    "language": Language,
}  # fmt: skip
HELD = ("skill_id", "assurance", "is_shown")
MORE: dict[str, Any] = {
    "contract": ngettext_lazy(
        "%(count)d offre de plus si vous acceptez ce contrat : %(label)s",
        "%(count)d offres de plus si vous acceptez ce contrat : %(label)s",
        "count",
    ),
    "working_time": ngettext_lazy(
        "%(count)d offre de plus si vous acceptez un %(label)s",
        "%(count)d offres de plus si vous acceptez un %(label)s",
        "count",
    ),
    "schedule": ngettext_lazy(
        "%(count)d offre de plus si vous acceptez de travailler %(label)s",
        "%(count)d offres de plus si vous acceptez de travailler %(label)s",
        "count",
    ),
    "licence": ngettext_lazy(
        "%(count)d offre de plus si vous avez le %(label)s",
        "%(count)d offres de plus si vous avez le %(label)s",
        "count",
    ),
    "language": ngettext_lazy(
        "%(count)d offre de plus si vous parlez %(label)s",
        "%(count)d offres de plus si vous parlez %(label)s",
        "count",
    ),
    "mobility": ngettext_lazy(
        "%(count)d offre de plus si vous allez jusqu'à %(km)d km",
        "%(count)d offres de plus si vous allez jusqu'à %(km)d km",
        "count",
    ),
}
EVIDENCE: dict[str, Any] = {
    "open_count": ngettext_lazy("%(count)d offre ouverte", "%(count)d offres ouvertes", "count"),
    "hired_count": ngettext_lazy(
        "%(count)d embauche d'un profil comme le vôtre en deux ans",
        "%(count)d embauches de profils comme le vôtre en deux ans",
        "count",
    ),
    "filled_count": ngettext_lazy(
        "%(count)d offre pourvue en deux ans", "%(count)d offres pourvues en deux ans", "count"
    ),
    "welcomed_count": ngettext_lazy(
        "%(count)d profil comme le vôtre bien accueilli en deux ans",
        "%(count)d profils comme le vôtre bien accueillis en deux ans",
        "count",
    ),
    "past_count": ngettext_lazy("%(count)d autre offre en deux ans", "%(count)d autres offres en deux ans", "count"),
}


@dataclass(frozen=True, slots=True)
class AskedSkill:
    """One skill that an offer asks for, and how the person holds it."""

    skill_id: UUID
    label: str
    is_essential: bool
    holding: Holding
    assurance: int = 0


@dataclass(frozen=True, slots=True)
class OfferCard:
    """What a person sees of an offer in a list, and why it is there."""

    offer: Offer
    km: int | None
    score: int
    maximum: int
    fit: Fit
    parts: tuple[Reason, ...]
    skills: list[AskedSkill] = field(default_factory=list)

    @property
    def reasons(self) -> list[str]:
        """Return the sentences that speak for this offer; when the person is ready says nothing of it."""
        return [part.sentence for part in self.parts if part.points > 0 and part.name != rules_fit.OF_THE_PERSON]

    @property
    def by_holding(self) -> list[tuple[Holding, list[AskedSkill]]]:
        """Return the skills asked for, those that are confirmed first."""
        groups = ((kind, [skill for skill in self.skills if skill.holding == kind]) for kind in Holding)
        return [(kind, skills) for kind, skills in groups if skills]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that an offer requires, and whether the person said that it suits her."""

    kind: str
    words: str
    is_met: bool


def offer_cards(found: Sequence[FoundOffer], person: Person) -> list[OfferCard]:
    """Return the cards of a page for the person herself, who alone sees what she keeps for herself."""
    held = _held(person, {row.skill_id for one in found for row in one.asked})
    return [_card(one, held) for one in found]


def offers_for_adviser(found: Sequence[FoundOffer]) -> list[OfferCard]:
    """Return the cards of a page for the adviser who follows the person, in an adviser's words."""
    today = clock.today()
    return [_made(one, adviser_reasons(one.facts, today), []) for one in found]


def reasons(facts: rules.Facts, today: dt.date) -> tuple[Reason, ...]:
    """Say each part of a score to the person herself."""
    sentences = {
        PartName.SKILLS: _about_skills(facts),
        PartName.OCCUPATION: _about_occupation(facts.occupation_points),
        PartName.DISTANCE: _about_distance(facts),
        PartName.AVAILABILITY: _about_availability(facts.available_on, today),
    }
    parts = rules.parts(facts, today)
    return tuple(Reason(part.name, part.points, part.maximum, sentences[part.name]) for part in parts)


def conditions(offer: Offer, entry: PoolEntry | None) -> list[Condition]:
    """Return what an offer requires beside skills, in words; nothing is met by who has no place on the map yet."""
    has = entry.traits if entry else 0
    told = ((*name.partition(":"), bool(has & rules_traits.bit(name))) for name in traits_asked(offer))
    return [Condition(kind, str(KINDS[kind](value).label), is_met) for kind, _sign, value, is_met in told]


def is_within_reach(offer: Offer, facts: rules.Facts) -> bool:
    """Tell whether an offer is within both distances: the person's mobility, and that of the offer."""
    reach = min(facts.mobility_km, offer.radius_km or facts.mobility_km)
    return facts.distance_m is None or facts.distance_m <= 1000 * reach


def more_sentence(name: str, count: int, mobility_km: int) -> str:
    """Say how many more offers there would be without one thing that keeps them away."""
    kind, _sign, value = name.partition(":")
    label = KINDS[kind](value).label if value else ""
    return str(MORE[kind] % {"count": count, "label": label, "km": mobility_km + WIDER_KM})


def evidence_sentences(evidence: Evidence) -> list[str]:
    """Say what tells that an establishment recruits people like somebody: what is open now, then the past."""
    told = ((getattr(evidence, name), sentence) for name, sentence in EVIDENCE.items())
    return [str(sentence % {"count": count}) for count, sentence in told if count]


def how_far(metres: int | None) -> str:
    """Say a distance as people do."""
    if metres is None:
        return ""
    km = round(metres / 1000)
    return _("à %(km)d km de chez vous") % {"km": km} if km else _("près de chez vous")


def _card(one: FoundOffer, held: dict[UUID, tuple[int, bool]]) -> OfferCard:
    return _made(one, reasons(one.facts, clock.today()), [_asked(row, held.get(row.skill_id)) for row in one.asked])


def _made(one: FoundOffer, told: tuple[Reason, ...], skills: list[AskedSkill]) -> OfferCard:
    return OfferCard(
        offer=one.offer,
        km=None if one.facts.distance_m is None else round(one.facts.distance_m / 1000),
        score=one.score,
        maximum=sum(part.maximum for part in told),
        fit=rules_fit.fit(rules.parts(one.facts, clock.today())),
        parts=told,
        skills=skills,
    )


def _asked(row: Any, held: tuple[int, bool] | None) -> AskedSkill:
    assurance, is_shown = held or (None, True)
    return AskedSkill(
        skill_id=row.skill_id,
        label=row.skill.label,
        is_essential=row.need == Need.ESSENTIAL,
        holding=rules_fit.holding(assurance, is_shown=is_shown),
        assurance=assurance or 0,
    )


def _held(person: Person, skill_ids: Collection[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Return, of these skills, how well each that the person holds is known, and whether others see it."""
    if not skill_ids:
        return {}
    rows: Any = HeldSkill.objects.unscoped("the person reads her own").filter(person=person, skill__in=skill_ids)
    return {pk: (assurance, is_shown) for pk, assurance, is_shown in rows.values_list(*HELD)}


def _about_skills(facts: rules.Facts) -> str:
    told = {"held": facts.held_count, "asked": facts.asked_count, "proved": facts.validated_count}
    if facts.asked_count == 0:
        return _about_proofs(facts.all_validated_count)
    if facts.held_count == 0:
        return (
            ngettext(
                "%(asked)d compétence demandée, que vous n'avez pas encore dite",
                "%(asked)d compétences demandées, que vous n'avez pas encore dites",
                facts.asked_count,
            )
            % told
        )
    if facts.asked_count == 1:
        proved, said = _("La compétence demandée, confirmée"), _("La compétence demandée, pas encore confirmée")
        return proved if facts.validated_count else said
    if facts.validated_count == 0:
        return _held_and_said(facts.held_count) % told
    if facts.validated_count == facts.held_count:
        return _held_and_confirmed(facts.held_count) % told
    return (
        ngettext(
            "%(held)d des %(asked)d compétences demandées, dont %(proved)d confirmée",
            "%(held)d des %(asked)d compétences demandées, dont %(proved)d confirmées",
            facts.validated_count,
        )
        % told
    )


def _held_and_said(count: int) -> str:
    return ngettext(
        "%(held)d des %(asked)d compétences demandées, pas encore confirmée",
        "%(held)d des %(asked)d compétences demandées, pas encore confirmées",
        count,
    )


def _held_and_confirmed(count: int) -> str:
    return ngettext(
        "%(held)d des %(asked)d compétences demandées, confirmée",
        "%(held)d des %(asked)d compétences demandées, toutes confirmées",
        count,
    )


def _about_proofs(count: int) -> str:
    if count == 0:
        return _("Aucune compétence précise n'est demandée")
    return ngettext(
        "Votre compétence confirmée parle pour vous", "Vos %(count)d compétences confirmées parlent pour vous", count
    ) % {"count": count}


def _about_occupation(points: int | None) -> str:
    if points == score.WISHED:
        return _("C'est le métier que vous cherchez")
    if points == score.EXERCISED:
        return _("Vous avez déjà fait ce métier")
    return _("C'est proche du métier que vous cherchez") if points == score.NEAR else _("C'est un autre métier")


def _about_distance(facts: rules.Facts) -> str:
    km = round((facts.distance_m or 0) / 1000)
    if km < 1:
        return _("C'est près de chez vous")
    told = {"km": km, "mobility": facts.mobility_km}
    if (facts.distance_m or 0) > 1000 * facts.mobility_km:
        return _("À %(km)d km de chez vous : plus loin que les %(mobility)d km que vous acceptez") % told
    return _("À %(km)d km de chez vous : vous acceptez d'aller jusqu'à %(mobility)d km") % told


def _about_availability(available_on: dt.date | None, today: dt.date) -> str:
    if available_on is None:
        return _("Vous n'avez pas encore dit quand vous êtes disponible")
    if available_on <= today:
        return _("Vous êtes disponible maintenant")
    return _("Vous serez disponible le %(day)s") % {"day": formats.date_format(available_on, "j F Y")}


def relaxed(name: str) -> str:
    """Say in words what an offer would not ask any more."""
    kind, _colon, value = name.partition(":")
    told = {
        "contract": lambda: _("Avec un autre contrat que « %(name)s »") % {"name": ContractKind(value).label},
        "working_time": lambda: _("À temps plein comme à temps partiel"),
        RADIUS: lambda: _("Sans distance maximale"),
    }
    return told[kind]() if kind in told else _("Sans « %(name)s »") % {"name": KINDS[kind](value).label}
