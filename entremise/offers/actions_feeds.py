"""Writes of the partners' files: received, read batch by batch, ended, confirmed, thrown away when old.

Each batch is one transaction that holds the file's row: a pass killed and run again goes on where it stopped.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from entremise.kernel import clock, jobs, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.offerfeeds import BadLine, FeedReader, FeedRefused, Line
from entremise.lib.uuid7 import uuid7
from entremise.offers import actions_aggregated, queries_aggregated, queries_feeds, rules_feeds
from entremise.offers.enums import Verb
from entremise.offers.enums_feeds import FeedFate, FeedState
from entremise.offers.mails_feeds import FeedReport
from entremise.offers.models_partners import Feed, FeedLine, OfferPartner
from entremise.offers.queries_aggregated import Reads, Run, Verdict
from entremise.offers.rules_words import read_asked

JOB = "offers.feed"
MOST_BYTES = 400_000_000
WHY = "the policy decided on this file"
READ = (FeedState.RECEIVED, FeedState.READING)
_COUNTS = {
    FeedFate.CREATED: "created_count", FeedFate.UPDATED: "updated_count", FeedFate.UNCHANGED: "unchanged_count",
    FeedFate.REFUSED: "refused_count", FeedFate.DUPLICATE: "duplicate_count",
}  # fmt: skip


class FeedNotTaken(Exception):
    """A file is not taken; `reason` is a sentence for whoever sent it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class FeedMoved(Exception):
    """Another worker has already done this batch, or the file is no longer being worked on."""


@action(Verb.FEED_RECEIVED, may="offers.receive_feed")
def receive(partner: OfferPartner, *, actor: Actor, filename: str, content: IO[bytes]) -> Done:
    """Keep a partner's file and read it in the background; the same file twice brings nothing, and says so."""
    if reason := queries_feeds.why_not(partner):
        raise FeedNotTaken(reason)
    sha256, size = _measured(content)
    try:
        form = FeedReader(content).form
    except FeedRefused as refused:
        raise FeedNotTaken(_(refused.message) % refused.params) from None
    content.seek(0)
    last, now = queries_feeds.last_read(partner), clock.now()
    is_same = last is not None and rules_feeds.is_same_again(
        sha256, last.sha256, clock.local(last.received_at).date(), clock.today()
    )
    path = "" if is_same else default_storage.save(f"feeds/{uuid7()}.{form}", File(content))
    rows: Any = Feed.objects.unscoped(WHY)
    feed: Feed = rows.create(
        partner=partner, filename=filename[-200:], path=path, sha256=sha256, form=form.value, size_bytes=size,
        state=FeedState.SAME if is_same else FeedState.RECEIVED, received_at=now,
        finished_at=now if is_same else None,
    )  # fmt: skip
    if not is_same:
        jobs.defer_named(JOB, feed_id=str(feed.pk))
    return Done(feed, data={"bytes": size, "form": form.value, "is_same": is_same})


def begin(feed: Feed, read: Reads = read_asked) -> Run:
    """Take a file to read it, from its first line or from where an earlier pass stopped; `read` reads its words."""
    _move(feed, READ, FeedState.READING)
    met = dict(feed.lines.exclude(reference="").order_by("-number").values_list("reference", "number"))
    return queries_aggregated.start_run(feed.partner, met, read)


@action(Verb.AGGREGATED, may="offers.aggregate")
def bring_batch(feed: Feed, *, actor: Actor, run: Run, start: int, lines: Sequence[Line | BadLine]) -> Done:
    """Do what these lines ask, and write down what became of each; repeating the batch changes nothing."""
    rows: Any = Feed.objects.unscoped(WHY)
    held = rows.select_for_update().filter(pk=feed.pk, state=FeedState.READING, done_count=start).first()
    if held is None:
        raise FeedMoved(str(feed.pk))
    actions_aggregated.hold(feed.partner)
    verdicts = queries_aggregated.verdicts(run, lines)
    actions_aggregated.write(verdicts, run.base)
    FeedLine.objects.bulk_create([_line(feed, one) for one in verdicts], batch_size=1_000)
    fates = Counter(one.fate for one in verdicts)
    counts = {column: getattr(held, column) + fates[fate] for fate, column in _COUNTS.items()}
    rows.filter(pk=feed.pk).update(done_count=start + len(lines), line_count=start + len(lines), **counts)
    return Done(feed, data={str(fate): count for fate, count in fates.items()})


@action(Verb.FEED_DONE, may="offers.aggregate")
def finish(feed: Feed, *, actor: Actor, is_cut: bool) -> Done:
    """End a file: what it no longer holds is withdrawn, unless it is cut or that would be a lot; tell both sides."""
    fresh = queries_feeds.feed_for_job(feed.pk)
    if fresh is None or fresh.state != FeedState.READING:
        raise FeedMoved(str(feed.pk))
    gone = queries_feeds.missing(fresh)
    is_whole = fresh.partner.is_complete and not is_cut and fresh.done_count > 0
    missing_count = gone.count() if is_whole else 0
    before = queries_feeds.alive(fresh.partner).filter(created_at__lt=fresh.received_at).count()
    asks = rules_feeds.withdraws_too_many(missing_count, before, queries_feeds.unreadable_count(fresh))
    withdrawn_count = 0 if asks or not missing_count else actions_aggregated.withdraw(gone)
    state = FeedState.ASKING if asks else FeedState.DONE
    _move(
        fresh, (FeedState.READING,), state, is_truncated=is_cut, missing_count=missing_count,
        withdrawn_count=withdrawn_count, finished_at=clock.now(),
    )  # fmt: skip
    _tell(feed)
    return Done(feed, data={"state": str(state), "withdrawn": withdrawn_count, "missing": missing_count})


@action(Verb.FEED_CONFIRMED, may="offers.confirm_feed")
def confirm(feed: Feed, *, actor: Actor, is_to_withdraw: bool) -> Done:
    """Withdraw the offers that a file no longer holds, or keep them: somebody looked."""
    _move(feed, (FeedState.ASKING,), FeedState.DONE)
    count = actions_aggregated.withdraw(queries_feeds.missing(feed)) if is_to_withdraw else 0
    rows: Any = Feed.objects.unscoped(WHY)
    rows.filter(pk=feed.pk).update(withdrawn_count=count)
    return Done(feed, data={"withdrawn": count})


@action(Verb.FEED_FAILED, may="offers.aggregate")
def fail(feed: Feed, *, actor: Actor, reason: str) -> Done:
    """Stop, and keep the sentence that says why; nothing is withdrawn."""
    _move(feed, READ, FeedState.FAILED, failure=reason[:300], finished_at=clock.now())
    _tell(feed)
    return Done(feed)


@action(Verb.FEED_FORGOTTEN, may="offers.aggregate")
def forget(feed: Feed, *, actor: Actor) -> Done:
    """Throw away a file and its report; the counts and the offers stay."""
    default_storage.delete(feed.path)
    feed.lines.all().delete()
    rows: Any = Feed.objects.unscoped(WHY)
    rows.filter(pk=feed.pk).update(path="")
    return Done(feed)


def _measured(content: IO[bytes]) -> tuple[str, int]:
    """Return the fingerprint and the size of a file, and come back to its start."""
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise FeedNotTaken(_("Ce fichier dépasse 400 Mo : compressez-le (.gz) ou envoyez-le en plusieurs fois."))
    content.seek(0)
    return digest.hexdigest(), size


def _move(feed: Feed, sources: Sequence[str], target: str, **facts: Any) -> None:
    """Change where a file stands, unless somebody else just did."""
    rows: Any = Feed.objects.unscoped(WHY)
    if not rows.filter(pk=feed.pk, state__in=sources).update(state=target, **facts):
        raise FeedMoved(str(feed.pk))


def _line(feed: Feed, one: Verdict) -> FeedLine:
    return FeedLine(
        feed=feed, number=one.number, reference=one.reference, title=one.title, fate=one.fate, reasons=one.words,
        offer=one.offer if one.is_kept else None,
    )  # fmt: skip


def _tell(feed: Feed) -> None:
    """Write to the partner and to the agency what became of a file."""
    fresh = queries_feeds.feed_for_job(feed.pk) or feed
    partner = fresh.partner
    first = tuple(f"{number} · {reference or '—'} · {why}" for number, reference, _title, why in _first_refused(fresh))
    for address, is_agency in ((partner.email, False), (partner.agency.email, True)):
        if address:
            told = FeedReport.of(fresh, first, is_agency=is_agency)
            mail.send(told, to=address, about=fresh, department=partner.agency.department_id)


def _first_refused(feed: Feed) -> list[tuple[int, str, str, str]]:
    return [line for line, _rank in zip(queries_feeds.refused(feed), range(20), strict=False)]
