"""What an offer is told while it is written, and what an adviser is alerted to: wording, law, fraud, advice."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib import fairwording
from entremise.lib.fairwording import Code, Finding, Kind, OfferFacts, Severity, parameters_on
from entremise.offers import rules_channels, rules_fraud, rules_hints
from entremise.offers.enums import SETTLED, AlertKind, Channel, Need
from entremise.offers.models import Offer
from entremise.offers.models_checks import OfferAlert
from entremise.offers.rules_fraud import FraudSign
from entremise.offers.rules_words import Words, read_words
from entremise.people.enums import WorkingTime

LONGEST_QUOTE = 300
# What two readers both say of the same words, or of the same gap, is told once.
MATTER_OF = {
    Code.MISSING_START: "start", Code.MISSING_HOURS: "hours", Code.MISSING_PAY: "pay", Code.VAGUE_PAY: "pay",
    Code.FEES: "advance_fee", Code.DEPOSIT: "advance_fee", Code.PURCHASE: "advance_fee",
    Code.PERSONAL_DOCUMENTS: "papers", "bank_details": "papers", "identity_copy": "papers",
    Code.MISLEADING: "easy_money",
}  # fmt: skip
KIND_OF = {Kind.DISCRIMINATION: AlertKind.DISCRIMINATION, Kind.ILLEGAL: AlertKind.ILLEGAL}


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing seen in an offer: what, where, why, and how to say it otherwise."""

    kind: AlertKind | None  # None: advice
    code: str
    sentence: str
    part: str = ""
    quote: str = ""
    criterion: str = ""
    suggestion: str = ""
    start: int | None = None
    end: int | None = None
    is_blocking: bool = False  # an adviser looks before what a recruiter wrote is public
    is_grave: bool = False  # nobody publishes it before it is corrected or justified
    is_sure: bool = True  # no: only somebody may say so, a file is not refused for it

    @property
    def told(self) -> str:
        """Return the whole for who must change it: the words, why, and what to write instead."""
        quote = _("« %(quote)s » : ") % {"quote": self.quote} if self.quote else ""
        return f"{quote}{self.sentence} {self.suggestion}".strip()


@dataclass(frozen=True, slots=True)
class Check:
    """Everything seen in an offer as it is written now."""

    alerts: tuple[Seen, ...]
    advice: tuple[Seen, ...]
    completeness: int  # of 100


def check(offer: Offer, needs: Mapping[UUID, int], *, today: dt.date | None = None) -> Check:
    """Tell who writes an offer what is seen in it, each matter once: nothing is looked up, nothing is kept."""
    words = words_of(offer, today or clock.today())
    found = fairwording.check(words.title, words.description, words.facts, words.parameters)
    texts = {"title": words.title, "description": words.description}
    advised = [_seen(one, texts) for one in found if one.kind not in KIND_OF]
    frauds = rules_fraud.fraud_signs(f"{words.title}\n{words.description}")
    hints = rules_hints.hints(hint_facts(offer, needs))
    advice = [Seen(None, hint.code, _(hint.sentence), hint.part) for hint in hints]
    return Check(
        _each_matter_once(alerts(offer, found, frauds), words.description),
        _each_matter_once(sorted([*advice, *advised], key=lambda one: not one.quote), words.description),
        rules_hints.completeness(hints),
    )


def alerts_in(offer: Offer) -> tuple[Seen, ...]:
    """Read the words of an offer and return all that an adviser is alerted to."""
    read = read_words(words_of(offer, clock.today()))
    return alerts(offer, read.findings, read.frauds)


def alerts(offer: Offer, findings: Iterable[Finding], frauds: Iterable[FraudSign]) -> tuple[Seen, ...]:
    """Return what an adviser is alerted to, from what was read of the words of an offer."""
    texts = {"title": offer.title, "description": _description(offer)}
    told = [_seen(one, texts) for one in findings if one.kind in KIND_OF]
    signs = [
        Seen(AlertKind.FRAUD, sign.code, _(sign.sentence), "description", sign.quote, is_blocking=True, is_grave=True)
        for sign in frauds
    ]
    return (*_length(offer), *told, *signs)


def words_of(offer: Offer, today: dt.date) -> Words:
    """Return what the law's reader looks at in an offer."""
    department = offer.commune.department_id if offer.commune_id else ""
    return Words(offer.title, _description(offer), _facts(offer), parameters_on(today, department))


def _description(offer: Offer) -> str:
    """Return what is read as one text: what is said of the company and of the future may break the law too."""
    return "\n".join(filter(None, (offer.description, offer.company, offer.evolution)))


def hint_facts(offer: Offer, needs: Mapping[UUID, int]) -> rules_hints.HintFacts:
    """Return what advice looks at."""
    return rules_hints.HintFacts(
        description=offer.description,
        company=offer.company,
        has_pay=offer.pay_min_cents is not None or offer.pay_max_cents is not None,
        benefit_count=len(offer.benefits),
        evolution=offer.evolution,
        has_hours=offer.weekly_hours is not None,
        has_start=offer.starts_on is not None,
        experience_months=offer.experience_months,
        training_level=offer.training_level,
        essential_count=sum(1 for need in needs.values() if need == Need.ESSENTIAL),
        skill_count=len(needs),
        licence_count=len(offer.licences),
    )


def missing(offer: Offer) -> list[str]:
    """Return the names of what the channel of an offer obliges to say and that it does not."""
    told: dict[str, Any] = {
        "title": offer.title,
        "occupation": offer.occupation_id,
        "commune": offer.commune_id,
        "contract": offer.contract,
        "description": offer.description.strip(),
        "weekly_hours": offer.weekly_hours is not None,
        "pay": offer.pay_min_cents is not None or offer.pay_max_cents is not None,
        "experience": offer.experience_months is not None,
        "reference": offer.reference,
        "siret": offer.establishment_id,
    }
    return [name for name in rules_channels.mandatory(offer.channel) if not told[name]]


def alerts_of(offer: Offer, actor: Actor) -> QuerySet[OfferAlert]:
    """Return what was seen in an offer as it is now, what is still to be decided first."""
    rows: Any = OfferAlert.objects.visible_to(actor).filter(offer=offer, version=offer.version)
    rows = rows.select_related("other__establishment", "decided_by")
    return rows.order_by("decision", "-is_blocking", "found_at")  # type: ignore[no-any-return]


def explained(offer: Offer, alerts: Sequence[OfferAlert]) -> list[tuple[OfferAlert, Seen | None]]:
    """Return each alert with why it is one and how to say it otherwise; None for what is not about words."""
    seen = {(one.code, one.quote): one for one in alerts_in(offer)}
    return [(alert, seen.get((alert.code, alert.quote))) for alert in alerts]


def unanswered(offer: Offer) -> list[Seen]:
    """Return what stops an offer, as it is written now, and that no adviser has justified or corrected."""
    stopping = [one for one in alerts_in(offer) if one.is_grave]
    if not stopping:
        return []
    rows: Any = OfferAlert.objects.unscoped("what was decided of this very offer")
    settled = rows.filter(offer=offer, version=offer.version, decision__in=SETTLED).values_list("code", "quote")
    known = set(settled)
    return [one for one in stopping if (one.code, one.quote) not in known]


def _facts(offer: Offer) -> OfferFacts:
    return OfferFacts(
        contract=offer.contract,
        hours=Decimal(offer.weekly_hours) if offer.weekly_hours is not None else None,
        pay_min_cents=offer.pay_min_cents,
        pay_max_cents=offer.pay_max_cents,
        pay_period=offer.pay_period,
        working_time="" if offer.working_time == WorkingTime.ANY else offer.working_time,
        starts_on=offer.starts_on,
        place=offer.commune.name if offer.commune_id else "",
        is_disability_reserved=offer.is_disability_reserved,
    )


def _each_matter_once(seen: Iterable[Seen], text: str) -> tuple[Seen, ...]:
    kept: list[Seen] = []
    for one in seen:
        matter = MATTER_OF.get(one.code, one.code)
        same = (other for other in kept if other.code != one.code and MATTER_OF.get(other.code, other.code) == matter)
        if not any(_is_same_place(one, other, text) for other in same):
            kept.append(one)
    return tuple(kept)


def _is_same_place(one: Seen, other: Seen, text: str) -> bool:
    """Tell whether two readers saw the same words; what is missing has none."""
    if not one.quote or not other.quote:
        return True
    here, there = text.find(one.quote), text.find(other.quote)
    return min(here, there) >= 0 and here < there + len(other.quote) and there < here + len(one.quote)


def _seen(finding: Finding, texts: Mapping[str, str]) -> Seen:
    kind = KIND_OF.get(finding.kind)
    return Seen(
        kind=kind,
        code=str(finding.code),
        sentence=_filled(finding.explanation, finding.values),
        part=finding.field,
        quote=texts[finding.field][finding.start : finding.end].strip()[:LONGEST_QUOTE],
        criterion=finding.article,
        suggestion=_filled(finding.suggestion, finding.values),
        start=finding.start,
        end=finding.end,
        is_blocking=kind is not None and finding.severity in {Severity.BLOCKING, Severity.WARNING},
        is_grave=kind is not None and finding.severity is Severity.BLOCKING,
        is_sure=finding.is_sure,
    )


def _filled(text: str, values: Mapping[str, str]) -> str:
    return (_(text) % values if values else _(text)) if text else ""


def _length(offer: Offer) -> Sequence[Seen]:
    longest = rules_channels.longest_description(offer.channel)
    if len(offer.description) <= longest:
        return ()
    words = _("La description compte au plus %(count)s caractères : il y en a %(over)s de trop.")
    told = words % {"count": f"{longest:_}".replace("_", "\u202f"), "over": len(offer.description) - longest}
    return (Seen(AlertKind.LENGTH, "too_long", told, "description", is_blocking=offer.channel != Channel.ADVISER),)
