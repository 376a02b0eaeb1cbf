"""The partners' files in the background: read one after the other; offers whose time is over are taken down."""

from uuid import UUID

from django.utils.translation import gettext as _

from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor
from entremise.lib.offerfeeds import FeedReader, FeedRefused
from entremise.offers import actions_expiry, actions_feeds, clients_readers, queries_aggregated, queries_feeds
from entremise.offers.actions_aggregated import FEEDS
from entremise.offers.models_partners import Feed
from entremise.offers.rules_feeds import KEPT_DAYS


@jobs.job(name=actions_feeds.JOB, queue="imports", lock="offers.feeds")
def feed(feed_id: str) -> None:
    """Read a file; two partners that send the same offer are read one after the other."""
    run_feed(UUID(feed_id))


@jobs.periodic(name="offers.feeds_forget", cron="35 3 * * *")
def feeds_forget(timestamp: int) -> None:
    """Throw away the files received a month ago."""
    forget_old()


@jobs.periodic(name="offers.expire", cron="10 2 * * *")
def expire(timestamp: int) -> None:
    """Take down the offers whose time is over."""
    actions_expiry.expire_due(clock.today())


def run_feed(pk: UUID) -> None:
    """Read a file from where an earlier pass stopped, or say why it cannot be read."""
    found = queries_feeds.feed_for_job(pk)
    if found is None or found.state not in actions_feeds.READ:
        return
    try:
        if reason := queries_feeds.why_not(found.partner):
            actions_feeds.fail(found, actor=FEEDS, reason=reason)
            return
        _read(found)
    except FeedRefused as refused:
        actions_feeds.fail(found, actor=FEEDS, reason=_(refused.message) % refused.params)
    except actions_feeds.FeedMoved:
        return  # another worker is on it


def forget_old() -> int:
    """Throw away what is too old; return how many files."""
    old = list(queries_feeds.worn_out(clock.now(), KEPT_DAYS))
    for one in old:
        actions_feeds.forget(one, actor=job_actor("offers.feeds_forget"))
    return len(old)


def _read(found: Feed) -> None:
    with queries_feeds.opened(found) as stream, clients_readers.readers() as words:
        run, done = actions_feeds.begin(found, words.read), found.done_count
        run.ahead = words.ahead
        reader = FeedReader(stream)
        for lines in queries_aggregated.foreseen(run, queries_feeds.batches(reader, skip=done)):
            actions_feeds.bring_batch(found, actor=FEEDS, run=run, start=done, lines=lines)
            done += len(lines)
    actions_feeds.finish(found, actor=FEEDS, is_cut=reader.is_cut)
