"""Reads of the same offer found twice: what may be the same as an offer, or as each line of a file."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from entremise.kernel.actors import Actor
from entremise.lib.nearduplicates import (
    SURE,
    VERSION,
    Index,
    Match,
    OfferText,
    Reading,
    Signature,
    found,
    may_be_one,
    read,
    sign,
    sign_reading,
)
from entremise.offers.enums import OfferState
from entremise.offers.enums_duplicates import Likeness
from entremise.offers.models import Offer
from entremise.offers.models_duplicates import DuplicateDecision
from entremise.offers.queries_signatures import ALIVE, KnownOffers, candidates, parts, postcode_of
from entremise.offers.rules_channels import RULES
from entremise.offers.rules_duplicates import SEEN_TOGETHER, Ranked, Verdict, kept
from entremise.people.enums import WorkingTime

WHY = "offers of everybody are compared; the page shows those that its reader may see"
CHUNK = 500
NOTHING: Mapping[int, Signature] = MappingProxyType({})
SHOWN = ("partner", "agency", "establishment", "commune", "space")
FIELDS = (
    "pk", "title", "description", "company", "establishment__siret", "establishment__name", "commune_id",
    "commune__name", "commune__postcodes", "commune__latitude", "commune__longitude", "occupation__rome_code",
    "contract", "working_time", "weekly_hours", "schedules", "pay_min_cents", "pay_max_cents", "pay_period",
    "duration_months",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An offer that is the same as another, how surely and why."""

    offer_id: UUID
    match: Match


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same offer elsewhere, and which of the two is kept unless somebody chooses; the left one is what repeats."""

    offer: Offer
    match: Match
    verdict: Verdict

    @property
    def likeness(self) -> list[str]:
        """Return in words what the two have in common."""
        return likeness_words([str(one) for one in self.match.reasons])


def likeness_words(codes: Collection[str]) -> list[str]:
    """Return in words what two offers have in common; a word that is not used any more is left out."""
    return [str(Likeness(code).label) for code in codes if code in Likeness.values]


def text_of(offer: Offer) -> OfferText:
    """Return what is compared of an offer, saved or not."""
    place, town = offer.establishment, offer.commune
    return _text(
        (
            offer.pk, offer.title, offer.description, offer.company, place.siret, place.name, town.pk, town.name,
            town.postcodes, town.latitude, town.longitude, offer.occupation.rome_code, offer.contract,
            offer.working_time, offer.weekly_hours, offer.schedules, offer.pay_min_cents, offer.pay_max_cents,
            offer.pay_period, offer.duration_months,
        )
    )  # fmt: skip


def duplicates_of(
    offer: Offer | OfferText, limit: int = SEEN_TOGETHER, *, states: Collection[str] = ALIVE
) -> list[Duplicate]:
    """Return the offers that are the same, the surest first, but those that somebody said are two."""
    apart: set[UUID] = {offer.pk, *_told_apart(offer)} if isinstance(offer, Offer) else set()
    reading = read(text_of(offer) if isinstance(offer, Offer) else offer)
    signature = sign_reading(reading)
    numbers = [pk for pk in candidates(signature, states) if pk not in apart]
    texts = _texts(numbers, states)
    return [Duplicate(pk, match) for pk, match in found(reading, texts, texts.__getitem__)][:limit]


def duplicates_of_many(
    texts: Mapping[int, OfferText],
    *,
    besides: Collection[UUID] = (),
    known: KnownOffers | None = None,
    signed: Mapping[int, Signature] = NOTHING,
) -> dict[int, Duplicate]:
    """Return for each line of a file the surest offer of the base that is the same, when there is one.

    `besides` are offers not to compare with: those that the file itself updates. `known` is kept from one part of a
    file to the next: memory grows with the signatures of the base, not with the texts nor the file. `signed` are the
    signatures that are there already: a text is then read only when something looks like it.
    """
    base = known or KnownOffers()
    search = base.search(len(texts))
    set_apart, answer = set(besides), {}
    for lines in parts(texts, CHUNK):
        readings: dict[int, Reading] = {line: read(texts[line]) for line in lines if line not in signed}
        signatures = {line: signed[line] if line in signed else sign_reading(readings[line]) for line in lines}
        proposed = {
            line: [pk for pk in search(one, texts[line]) if pk not in set_apart] for line, one in signatures.items()
        }
        read_now = _texts({pk for keys in proposed.values() for pk in keys}, base.states)
        for line, keys in proposed.items():
            left = [pk for pk in keys if pk in read_now]
            reading = readings.get(line) or (read(texts[line]) if left else None)
            if reading and (same := found(reading, left, read_now.__getitem__, enough=SURE)):
                answer[line] = Duplicate(*same[0])
    return answer


def repeated(offer: Offer, *, states: Collection[str] = ALIVE) -> list[Repeat]:
    """Return the offers that are the same, complete, with which of the two the order of precedence keeps."""
    found_rows = duplicates_of(offer, states=states)
    rows: Any = Offer.objects.unscoped(WHY).select_related(*SHOWN)
    known = rows.in_bulk([one.offer_id for one in found_rows])
    mine = ranked(offer)
    return [
        Repeat(other, one.match, kept(mine, ranked(other)))
        for one in found_rows
        if (other := known.get(one.offer_id))
    ]  # fmt: skip


def repeats_seen_by(offer: Offer, actor: Actor) -> list[Repeat]:
    """Return the offers that are the same, of the territory of who looks."""
    told = repeated(offer)
    rows: Any = Offer.objects.visible_to(actor).filter(pk__in=[one.offer.pk for one in told])
    visible = set(rows.values_list("pk", flat=True))
    return [one for one in told if one.offer.pk in visible]


def deposited_before(offer: Offer) -> list[Repeat]:
    """Return what an offer deposited online repeats: of the same employer, or from another space.

    Of two offers that wait, the first one handed in repeats nothing.
    """
    return [
        one
        for one in repeated(offer)
        if (one.match.same_employer or (one.offer.space_id and one.offer.space_id != offer.space_id))
        and (one.offer.state != OfferState.WAITING or _arrival(one.offer) < _arrival(offer))
    ]


def _arrival(offer: Offer) -> tuple[dt.datetime, UUID]:
    return offer.submitted_at or offer.created_at, offer.pk


def same_within(
    texts: Mapping[int, OfferText], signed: Mapping[int, Signature] = NOTHING
) -> dict[int, tuple[int, Match]]:
    """Return for each line of a file an earlier line that is the same offer, when there is one."""
    lines, index = list(texts), Index()
    signatures = [signed[line] if line in signed else sign(texts[line]) for line in lines]
    index.add_many(signatures)
    answer = {}
    for place, line in enumerate(lines):
        earlier = [
            one
            for one in index.candidates(signatures[place])
            if one < place and may_be_one(texts[line], texts[lines[one]])
        ]
        if not earlier:
            continue
        if same := found(read(texts[line]), earlier, lambda one: texts[lines[one]], enough=SURE):
            answer[line] = (lines[same[0][0]], same[0][1])
    return answer


def ranked(offer: Offer) -> Ranked:
    """Return what the order of precedence knows of an offer."""
    return Ranked(
        is_direct=offer.partner_id is None,
        channel_rank=RULES[offer.channel].rank,
        partner_rank=offer.partner.rank if offer.partner else 0,
        published_at=offer.opened_at,
        number=offer.number if isinstance(offer.number, int) else 0,
    )


def unsigned(limit: int) -> QuerySet[Offer]:
    """Return offers that are looked at without a signature of what they say now."""
    rows: Any = Offer.objects.unscoped(WHY).filter(state__in=ALIVE)
    stale = Q(signature=None) | ~Q(signature__made_by=VERSION) | ~Q(signature__offer_version=F("version"))
    found_rows: QuerySet[Offer] = rows.filter(stale).select_related("establishment", "commune", "occupation")
    return found_rows.order_by("pk")[:limit]


def decisions_about(offer: Offer, actor: Actor) -> QuerySet[DuplicateDecision]:
    """Return what was decided of an offer and its doubles, the last first."""
    rows: Any = DuplicateDecision.objects.visible_to(actor).filter(Q(kept=offer) | Q(set_aside=offer))
    told: QuerySet[DuplicateDecision] = rows.select_related(
        "kept__establishment", "kept__partner", "set_aside__establishment", "set_aside__partner", "decided_by",
        "undone_by",
    )  # fmt: skip
    return told.order_by("-decided_at", "-pk")


def decision(pk: UUID, actor: Actor) -> DuplicateDecision:
    """Return one decision of the territory, or raise DuplicateDecision.DoesNotExist."""
    rows: Any = DuplicateDecision.objects.visible_to(actor)
    told: DuplicateDecision = rows.select_related("kept", "set_aside__agency", "set_aside__commune").get(pk=pk)
    return told


def _told_apart(offer: Offer) -> set[UUID]:
    """Return the offers that somebody said are not the same as one: what was undone stays undone."""
    rows: Any = DuplicateDecision.objects.unscoped(WHY).exclude(undone_at=None)
    pairs = rows.filter(Q(kept=offer) | Q(set_aside=offer)).values_list("kept_id", "set_aside_id")
    return {pk for pair in pairs for pk in pair}


def _texts(keys: Collection[UUID], states: Collection[str]) -> dict[UUID, OfferText]:
    """Read what is compared of some offers, in the order of their keys, but those that closed meanwhile."""
    rows: Any = Offer.objects.unscoped(WHY).filter(pk__in=keys, state__in=states).values_list(*FIELDS)
    told = {row[0]: _text(row) for row in rows}
    return {pk: told[pk] for pk in keys if pk in told}


def _text(row: Sequence[Any]) -> OfferText:
    (
        _pk, title, description, company, siret, name, commune, town, postcodes, latitude, longitude, rome, contract,
        working_time, hours, schedules, pay_min, pay_max, period, months,
    ) = row  # fmt: skip
    return OfferText(
        title=title,
        description=f"{description}\n{company}" if company else description,
        siret=siret,
        employer_name=name,
        commune_code=commune,
        commune_name=town,
        postcode=postcode_of(postcodes),
        latitude=latitude,
        longitude=longitude,
        rome=rome,
        contract=contract,
        working_time="" if working_time == WorkingTime.ANY else working_time,
        weekly_hours=float(hours) if hours is not None else None,
        schedules=frozenset(schedules),
        pay_min=pay_min / 100 if pay_min else None,
        pay_max=pay_max / 100 if pay_max else None,
        pay_period=period,
        duration_months=months,
    )
