"""Reads of the published offers, for anybody: the search, one offer, what machines are told of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value
from django.urls import reverse

from entremise.kernel import clock, mail
from entremise.lib.text import SMALL_WORDS, stem, tokens
from entremise.offers.enums import OfferState
from entremise.offers.models import TITLE_TERMS, Offer
from entremise.offers.models_partners import OfferPartner
from entremise.offers.rules_channels import RULES
from entremise.offers.rules_posting import Posting
from entremise.skills import queries as skills
from entremise.territories import queries as territories
from entremise.territories.models import Commune

PAGE, MOST_IN_FEED = 25, 50
MOST_COUNTED = 1_000  # more is told as « plus de 1 000 »: nobody reads them all
USUAL_RADIUS_KM = 20
RADII = (5, 10, 20, 30, 50, 100)
SINCE = (1, 3, 7, 30)  # days
MOST_WORDS = 8
WHY = "published offers are for anybody"


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for."""

    text: str = ""
    place: Commune | None = None
    radius_km: int = USUAL_RADIUS_KM
    contract: str = ""
    working_time: str = ""
    rome: str = ""
    since_days: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One page of offers, and how many there are, at most so many; the next page starts after a key."""

    rows: Sequence[Offer]
    count: int
    next_key: str

    @property
    def is_many(self) -> bool:
        """Tell whether there are more than are counted."""
        return self.count > MOST_COUNTED


def published(today: dt.date | None = None) -> QuerySet[Offer]:
    """Return what anybody may see today."""
    rows: Any = Offer.objects.unscoped(WHY).filter(state=OfferState.OPEN)
    found: QuerySet[Offer] = rows.filter(Q(expires_on=None) | Q(expires_on__gte=today or clock.today()))
    return found


def found(search: Search, *, after: str = "", limit: int = PAGE) -> Results:
    """Return the offers that somebody looks for, the newest first."""
    rows = _filtered(search)
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    count = len(keys)
    if search.text and count <= MOST_COUNTED:  # few of them: never look for them among all, the newest first
        rows = published().filter(pk__in=keys)
    if key := read_key(after):
        opened_at, pk = key
        rows = rows.filter(opened_at__lte=opened_at).exclude(opened_at=opened_at, pk__gte=pk)
    page = list(_shown(rows).order_by("-opened_at", "-pk")[: limit + 1])
    more = len(page) > limit
    return Results(page[:limit], count, written_key(page[limit - 1]) if more else "")


def offer(pk: UUID) -> Offer | None:
    """Return an offer that is, or was, published; one that never was stays unknown."""
    one: Offer | None = _shown(_once_published()).filter(pk=pk).first()
    return one


def offer_to_apply_to(pk: UUID) -> Offer | None:
    """Return an offer that is, or was, published, with what applying to it reads and no more."""
    rows = _once_published().select_related("establishment", "occupation", "commune", "space")
    return rows.filter(pk=pk).first()


def is_shown(one: Offer) -> bool:
    """Tell whether an offer is published today."""
    return one.state == OfferState.OPEN and (one.expires_on is None or one.expires_on >= clock.today())


def similar(one: Offer, limit: int = 5) -> list[Offer]:
    """Return other published offers of the same occupation, in the same department."""
    rows = published().filter(occupation=one.occupation_id).exclude(pk=one.pk)
    return list(_shown(rows.filter(commune__department=one.commune.department_id)).order_by("-opened_at")[:limit])


def logo(pk: UUID) -> bytes | None:
    """Return the logo of a partner that has one."""
    rows: Any = OfferPartner.objects.unscoped("logos are shown with the offers").filter(pk=pk).exclude(logo=None)
    kept = rows.values_list("logo", flat=True).first()
    return bytes(kept) if kept else None


def shows_logo(one: Offer) -> bool:
    """Tell whether the results show the partner's own logo."""
    return one.partner_id is not None and RULES[one.channel].shows_logo and bool(getattr(one, "has_logo", False))


def place_named(text: str) -> Commune | None:
    """Return the commune that somebody typed: a name, a postcode, or both."""
    likely = territories.suggested_communes(text, limit=1) if text.strip() else []
    return likely[0] if likely else None


def posting(one: Offer) -> Posting:
    """Return what machines are told of an offer."""
    return Posting(
        key=str(one.pk), url=mail.absolute(reverse("public_offer", args=[one.pk])), title=one.title,
        description=one.description, employer=one.establishment.name, city=one.commune.name,
        postcode=(one.commune.postcodes or [""])[0], region=one.commune.department.name, contract=one.contract,
        working_time=one.working_time, rome=one.occupation.rome_code, occupation=one.occupation.label,
        opened_at=clock.local(one.opened_at or one.created_at), expires_on=one.expires_on, starts_on=one.starts_on,
        weekly_hours=f"{one.weekly_hours.normalize():f}" if one.weekly_hours is not None else "",
        pay_min_cents=one.pay_min_cents, pay_max_cents=one.pay_max_cents, pay_period=one.pay_period,
        position_count=one.position_count, experience_months=one.experience_months, siret=one.establishment.siret,
    )  # fmt: skip


def read_key(text: str) -> tuple[dt.datetime, UUID] | None:
    """Read where the previous page ended; a key that was cut or changed starts from the beginning."""
    moment, _sign, pk = text.partition("_")
    try:
        return dt.datetime.fromtimestamp(int(moment) / 1_000_000, dt.UTC), UUID(pk)
    except (ValueError, OverflowError, OSError):
        return None


def written_key(one: Offer) -> str:
    """Write where a page ended."""
    moment = one.opened_at or one.created_at
    return f"{int(moment.timestamp()) * 1_000_000 + moment.microsecond}_{one.pk}"


def _once_published() -> QuerySet[Offer]:
    rows: Any = Offer.objects.unscoped(WHY).exclude(opened_at=None)
    told: QuerySet[Offer] = rows.exclude(state__in=[OfferState.DRAFT, OfferState.WAITING, OfferState.RETURNED])
    return told


def _shown(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    # One join of all eight tables takes the database 50 ms to plan, at each page: half of them are asked apart.
    read = rows.select_related("establishment", "occupation", "partner").defer("partner__logo", "partner__key_hash")
    read = read.prefetch_related("job_title", "commune__department", "agency")
    return read.annotate(
        has_logo=Func("partner__logo", template="(%(expressions)s) IS NOT NULL", output_field=BooleanField())
    )


def _filtered(search: Search) -> QuerySet[Offer]:
    rows = published()
    if search.text:
        rows = rows.filter(_said(search.text))
    if search.place is not None:
        rows = rows.filter(commune__in=territories.commune_codes_within(search.place, search.radius_km))
    if search.contract:
        rows = rows.filter(contract=search.contract)
    if search.working_time:
        rows = rows.filter(working_time__in=[search.working_time, "any"])
    if search.rome:
        rows = rows.filter(occupation__rome_code=search.rome)
    if search.since_days:
        rows = rows.filter(opened_at__gte=clock.now() - dt.timedelta(days=search.since_days))
    return rows


def _said(text: str) -> Q:
    """Tell what is typed: words of the title, a name of the trade, either of them then a town, or a town alone."""
    words = tokens(text)
    count, towns = territories.town_ending(words)
    return _named(text) | (Q(commune__in=towns) & _named(" ".join(words[:-count])) if towns else Q())


def _named(text: str) -> Q:
    if not (asked := terms(text)):
        return Q()
    query = Func(Value("simple"), Value(asked), template="to_tsquery(%(expressions)s)", output_field=TextField())
    has_words = Func(TITLE_TERMS, query, template="(%(expressions)s)", arg_joiner=" @@ ", output_field=BooleanField())
    trades = skills.occupations_named(text)
    return Q(has_words) | (Q(occupation__in=trades) if trades else Q())


def terms(text: str) -> str:
    """Return what is typed as the terms of a title: each word by its stem, so that feminine and plural are found."""
    words = [word for word in tokens(text) if word not in SMALL_WORDS and word.isalnum()]
    return " & ".join(f"'{stem(word)}':*" for word in words[:MOST_WORDS])
