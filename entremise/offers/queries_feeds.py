"""Reads of the partners and of their files: who sends, what became of each line, the offers of the next lines."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.offerfeeds import BadLine, FeedReader, Line
from entremise.offers.enums import CloseReason, OfferState
from entremise.offers.enums_feeds import FeedFate, FeedState
from entremise.offers.models import Offer
from entremise.offers.models_partners import Feed, FeedLine, OfferPartner
from entremise.offers.rules_feeds import BATCH, is_agreed

PAGE = 50
RECENT = 30  # files listed for one partner
SHOWN = {OfferState.OPEN, OfferState.SUSPENDED}
KEY_START = "ent_"
_OWN = "the partner's own offers, for the work on its file"


def partners(actor: Actor) -> QuerySet[OfferPartner]:
    """Return the partners of the territory, in their order of precedence, those that were stopped last."""
    rows: Any = OfferPartner.objects.visible_to(actor)
    open_count = Count("offers", filter=Q(offers__state=OfferState.OPEN))
    found: QuerySet[OfferPartner] = rows.select_related("agency").annotate(open_count=open_count)
    return found.order_by("stopped_at", "rank", "name")


def partner(pk: UUID, actor: Actor) -> OfferPartner:
    """Return one partner of the territory, or raise OfferPartner.DoesNotExist."""
    return partners(actor).get(pk=pk)


def partner_named(name: str) -> OfferPartner | None:
    """Return the partner that a command names."""
    rows: Any = OfferPartner.objects.unscoped("a command of the operator")
    found: OfferPartner | None = rows.select_related("agency").filter(name__iexact=name).first()
    return found


def partner_of_key(key: str) -> OfferPartner | None:
    """Return whose system sends this key; nobody when the partner was stopped."""
    if not key.startswith(KEY_START):
        return None
    rows: Any = OfferPartner.objects.unscoped("the key that a partner's system sent")
    held = rows.select_related("agency").filter(key_hash=hash_of(key), stopped_at=None)
    found: OfferPartner | None = held.first()
    return found


def hash_of(key: str) -> str:
    """Return what is kept of a key: it is long and random, one hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def why_not(partner: OfferPartner, today: dt.date | None = None) -> str:
    """Return why nothing is taken from a partner today, or an empty text."""
    if partner.stopped_at:
        return _("Ce partenariat est arrêté : aucune offre n'est reçue.")
    if is_agreed(partner.agreed_on, partner.agreed_until, today or clock.today()):
        return ""
    return _("Aucune convention n'est en vigueur avec ce partenaire : signez-la ou prolongez-la, puis renvoyez.")


def feeds(actor: Actor) -> QuerySet[Feed]:
    """Return the files of the partners of the territory, the newest first."""
    rows: Any = Feed.objects.visible_to(actor)
    found: QuerySet[Feed] = rows.select_related("partner__agency").order_by("-received_at")
    return found


def feed(pk: UUID, actor: Actor) -> Feed:
    """Return one file, or raise Feed.DoesNotExist."""
    return feeds(actor).get(pk=pk)


def feed_of(partner: OfferPartner, pk: UUID) -> Feed | None:
    """Return one of a partner's own files."""
    rows: Any = Feed.objects.unscoped("the partner's own file")
    found: Feed | None = rows.filter(partner=partner, pk=pk).first()
    return found


def feed_for_job(pk: UUID) -> Feed | None:
    """Return the file that a background job works on."""
    rows: Any = Feed.objects.unscoped("a background job")
    found: Feed | None = rows.select_related("partner__agency__department").filter(pk=pk).first()
    return found


def last_read(partner: OfferPartner) -> Feed | None:
    """Return the last file that a partner sent and that could be read."""
    rows: Any = Feed.objects.unscoped(_OWN)
    told = rows.filter(partner=partner).exclude(state__in=[FeedState.SAME, FeedState.FAILED])
    found: Feed | None = told.order_by("-received_at").first()
    return found


def worn_out(now: dt.datetime, days: int) -> QuerySet[Feed]:
    """Return the files received too long ago to be kept."""
    rows: Any = Feed.objects.unscoped("periodic job: old files of every partner")
    found: QuerySet[Feed] = rows.filter(received_at__lt=now - dt.timedelta(days=days)).exclude(path="")
    return found


def report(feed: Feed, *, fate: str = "", after: int = 0, limit: int = PAGE) -> list[FeedLine]:
    """Return what became of each line, from a line on."""
    rows = feed.lines.select_related("offer").filter(number__gt=after).order_by("number")
    return list((rows.filter(fate=fate) if fate else rows)[:limit])


def refused(feed: Feed) -> Iterator[tuple[int, str, str, str]]:
    """Yield the lines that were not published and why: number, reference, title, what to do."""
    rows = feed.lines.filter(fate__in=[FeedFate.REFUSED, FeedFate.DUPLICATE]).order_by("number")
    yield from rows.values_list("number", "reference", "title", "reasons").iterator()


def withdrawn(feed: Feed, limit: int = PAGE) -> list[Offer]:
    """Return offers that a file withdrew."""
    rows: Any = own(feed.partner).filter(close_reason=CloseReason.WITHDRAWN, closed_at__gte=feed.received_at)
    if feed.finished_at:
        rows = rows.filter(closed_at__lte=feed.finished_at + dt.timedelta(minutes=1))
    return list(rows.order_by("-closed_at")[:limit])


def own(partner: OfferPartner) -> QuerySet[Offer]:
    """Return every offer of a partner."""
    rows: Any = Offer.objects.unscoped(_OWN)
    found: QuerySet[Offer] = rows.filter(partner=partner)
    return found


def own_offer(partner: OfferPartner, reference: str) -> Offer | None:
    """Return the offer that a partner calls so."""
    rows = own(partner).filter(reference=reference).select_related("occupation", "commune", "establishment")
    return rows.first()


def alive(partner: OfferPartner) -> QuerySet[Offer]:
    """Return the offers of a partner that are published, or would be."""
    return own(partner).filter(state__in=SHOWN)


def missing(feed: Feed) -> QuerySet[Offer]:
    """Return the published offers of a partner that its file does not hold any more."""
    there = FeedLine.objects.filter(feed=feed).exclude(reference="")
    old = alive(feed.partner).filter(created_at__lt=feed.received_at)
    return old.exclude(reference__in=there.values("reference"))


def unreadable_count(feed: Feed) -> int:
    """Return how many lines could not even be attributed to an offer."""
    return feed.lines.filter(reference="", fate=FeedFate.REFUSED).count()


def opened(feed: Feed) -> IO[bytes]:
    """Return the file, opened for reading."""
    stream: IO[bytes] = default_storage.open(feed.path, "rb")
    return stream


def batches(reader: FeedReader, *, skip: int = 0) -> Iterator[list[Line | BadLine]]:
    """Yield the lines of a file in batches, after those that were already done."""
    remaining = islice(iter(reader), skip, None)
    while batch := list(islice(remaining, BATCH)):
        yield batch
