"""What the platform already knows of a recruitment, proposed as answers to the shared diagnosis."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entremise.kernel.actors import Actor
from entremise.lib.text import euros
from entremise.matching.queries_offer_words import relaxed
from entremise.matching.queries_offers import people_for, relaxations_for
from entremise.offers.enums import FILLED_REASONS, Benefit, Need
from entremise.offers.models import Offer, OfferSkill
from entremise.offers.queries import skills_asked
from entremise.offers.queries_attractiveness import position_of
from entremise.offers.rules_attractiveness import Mark, Position

MOST_GAINS = 3
FEW_PEOPLE, MANY_PEOPLE = 2, 10  # of the pool for each similar offer that is open


def prefilled(offer: Offer, actor: Actor) -> dict[str, str]:
    """Return an answer to each question that our own facts answer."""
    asked = skills_asked(offer)
    found = position_of(offer)
    people = people_for(offer, actor=actor, asked=asked, limit=1).total
    place = offer.establishment
    told = {
        "activity": place.naf.label if place.naf else "",
        "size": capfirst(place.get_size_band_display()) if place.size_band else "",
        "planning": _planning(offer),
        "history": _history(offer, actor),
        "pool": _pool(offer, people, asked, actor),
        "skills": _skills(asked),
        "diploma": _diploma(offer),
        "contract": _contract(offer),
        "integration": _integration(offer),
    } | (_market(found, people) if found else {})
    return {code: str(text) for code, text in told.items() if text}


def _planning(offer: Offer) -> str:
    told = [
        (_("Le poste commence le %(day)s."), offer.starts_on),
        (_("Premiers candidats promis pour le %(day)s."), offer.promised_on),
        (_("L'offre est visible jusqu'au %(day)s."), offer.expires_on),
    ]
    return " ".join(words % {"day": date_format(day, "j F Y")} for words, day in told if day is not None)


def _history(offer: Offer, actor: Actor) -> str:
    rows: Any = Offer.objects.visible_to(actor).filter(establishment=offer.establishment).exclude(pk=offer.pk)
    counts = rows.aggregate(
        every=Count("pk"), filled=Count("pk", filter=Q(close_reason__in=FILLED_REASONS)),
        closed=Count("pk", filter=~Q(close_reason="")),
    )  # fmt: skip
    if not counts["every"]:
        return _("Première offre que cet établissement nous confie.")
    told = (
        ngettext("%(n)s autre offre confiée", "%(n)s autres offres confiées", counts["every"])
        % {"n": counts["every"]},
        ngettext("%(n)s terminée", "%(n)s terminées", counts["closed"]) % {"n": counts["closed"]}
        if counts["closed"]
        else _("aucune terminée"),
        ngettext("%(n)s pourvue", "%(n)s pourvues", counts["filled"]) % {"n": counts["filled"]}
        if counts["filled"]
        else _("aucune pourvue"),
    )
    return f"{', '.join(told)}."


def _pool(offer: Offer, people: int, asked: Sequence[OfferSkill], actor: Actor) -> str:
    told = [
        ngettext("%(n)s personne du vivier correspond.", "%(n)s personnes du vivier correspondent.", people)
        % {"n": people}
    ]
    for name, gain in relaxations_for(offer, actor=actor, asked=asked)[:MOST_GAINS]:
        told.append(_("%(words)s : %(gain)s de plus.") % {"words": relaxed(name), "gain": gain})
    return "\n".join(told)


def _market(found: Position, people: int) -> dict[str, str]:
    market, _candidates, criteria = found.blocks
    open_count = next((int(point.facts["open"]) for point in market.points if point.code == "competing"), 0)
    marked = [point for point in criteria.points if point.mark is Mark.ATTENTION]
    return {
        "local_market": "\n".join(_(point.sentence) % point.facts for point in market.points[1:]),
        "competing": "\n".join(_(point.sentence) % point.facts for point in market.points[:1]),
        "tension": _tension(people, open_count),
        "attractiveness": "\n".join([_(found.verdict), *(_(point.sentence) % point.facts for point in marked)]),
    }


def _tension(people: int, open_count: int) -> str:
    share = people / (open_count + 1)
    level = _("Forte") if share < FEW_PEOPLE else _("Moyenne") if share < MANY_PEOPLE else _("Faible")
    some = ngettext("%(people)s personne du vivier", "%(people)s personnes du vivier", people) % {"people": people}
    offers = ngettext("%(n)s offre ouverte", "%(n)s offres ouvertes", open_count + 1) % {"n": open_count + 1}
    return _("%(level)s : %(people)s pour %(offers)s.") % {"level": level, "people": some, "offers": offers}


def _skills(asked: Sequence[OfferSkill]) -> str:
    return "\n".join(f"{row.skill.label} ({Need(row.need).label})" for row in asked)


def _diploma(offer: Offer) -> str:
    months = offer.experience_months
    if months is None:
        return ""
    return _("Débutant accepté.") if months == 0 else _("%(months)s mois d'expérience demandés.") % {"months": months}


def _contract(offer: Offer) -> str:
    told = [f"{offer.get_contract_display()}, {offer.get_working_time_display()}"]
    if offer.duration_months:
        told.append(_("%(months)s mois") % {"months": offer.duration_months})
    if offer.weekly_hours is not None:
        told.append(_("%(hours)s h par semaine") % {"hours": f"{float(offer.weekly_hours):g}".replace(".", ",")})
    if offer.pay_min_cents is not None:
        told.append(_("à partir de %(amount)s € brut %(period)s") % {
            "amount": euros(offer.pay_min_cents), "period": offer.get_pay_period_display()})  # fmt: skip
    return " ; ".join(told)


def _integration(offer: Offer) -> str:
    trained = [str(Benefit.TRAINING.label)] if Benefit.TRAINING in offer.benefits else []
    return "\n".join([*(capfirst(one) for one in trained), *([offer.evolution] if offer.evolution else [])])
