"""The catalogue of measures in force, and what we know of a situation to look at it."""

import functools
from dataclasses import replace
from importlib.resources import files

from entremise.desk import rules_measures as rules
from entremise.employers.models import Establishment
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.offers.enums_followup import TaskKind
from entremise.offers.models import Offer
from entremise.offers.models_followup import FollowUpTask
from entremise.offers.queries import skills_asked
from entremise.passport.models import HeldSkill
from entremise.people.enums import ContractKind
from entremise.people.models import Person

SIZES = {"00": 0, "01": 1, "11": 10, "21": 50, "32": 250}
MARKET_SECTIONS = frozenset("ABCDEFGHIJKLMN")  # of the NAF; in the others, it depends
PUBLIC_SECTION = "O"


@functools.cache
def catalogue() -> tuple[rules.Measure, ...]:
    """Return every rule of the catalogue; a wrong file stops the first reader with what is wrong."""
    return tuple(rules.read_catalogue((files("entremise.desk") / "measures.toml").read_text("utf-8")))


def measures() -> list[rules.Measure]:
    """Return the measures in force today."""
    return rules.in_force(catalogue(), clock.today())


def measure(code: str) -> rules.Measure | None:
    """Return the measure of a code in force today."""
    return next((one for one in measures() if one.code == code), None)


def situation(
    establishment: Establishment | None, offer: Offer | None, person: Person | None, actor: Actor
) -> rules.Situation:
    """Return what is known; nothing that a person has not told us is guessed, nor kept."""
    known = rules.Situation()
    if establishment is not None:
        known = replace(
            known, is_open=establishment.is_open, is_market=_is_market(establishment),
            size=SIZES.get(establishment.size_band),
        )  # fmt: skip
    if offer is not None:
        known = replace(
            known, is_entrusted=offer.partner_id is None, contract=str(offer.contract), months=_months(offer),
            positions=offer.position_count, needs_level=offer.training_level is not None,
            is_hard=_is_hard(offer, actor),
        )  # fmt: skip
    if person is None:
        return known
    known = replace(known, is_followed=True, is_young_or_followed=True)
    return known if offer is None else _with_skills(known, offer, person, actor)


def _with_skills(known: rules.Situation, offer: Offer, person: Person, actor: Actor) -> rules.Situation:
    asked = {row.skill_id for row in skills_asked(offer)}
    if not asked:
        return known
    rows = HeldSkill.objects.visible_to(actor).filter(person=person, skill__in=asked)
    held = dict(rows.values_list("skill_id", "assurance"))
    proved = {skill for skill, assurance in held.items() if assurance >= 1}
    return replace(known, has_gap=len(held) < len(asked), has_proof=proved >= asked)


def _is_market(establishment: Establishment) -> bool | None:
    section = establishment.naf.section if establishment.naf else ""
    if section in MARKET_SECTIONS:
        return True
    return False if section == PUBLIC_SECTION else None


def _months(offer: Offer) -> int | None:
    return rules.ENDLESS if offer.contract == ContractKind.CDI else offer.duration_months


def _is_hard(offer: Offer, actor: Actor) -> bool | None:
    told = FollowUpTask.objects.visible_to(actor).filter(offer=offer, kind=TaskKind.NOBODY_CAME)
    return True if told.exists() else None
