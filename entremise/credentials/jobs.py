"""Work in the background: signatures, status lists, keys of the year, badges signed by a lost key."""

import logging
from collections import defaultdict
from uuid import UUID

from django.db import transaction

from entremise.credentials import actions, actions_keys, actions_status, actions_wallet, queries, queries_keys, rules
from entremise.credentials.models import Award, SigningKey
from entremise.kernel import clock, jobs
from entremise.kernel.actors import job_actor

log = logging.getLogger(__name__)
ACTOR = job_actor("credentials.jobs")


def sign_all() -> int:
    """Sign every award that waits, some hundreds in a transaction: what is stopped goes on where it was."""
    total = 0
    while count := _sign_some():
        total += count
    return total


def _sign_some() -> int:
    with transaction.atomic():
        by_issuer: dict[UUID, list[Award]] = defaultdict(list)
        for award in queries.waiting(rules.SIGN_AT_ONCE):
            by_issuer[award.badge_class.issuer_id].append(award)
        return sum(actions.issue_many(some, actor=ACTOR) for some in by_issuer.values())


def publish_all() -> int:
    """Sign the status lists that need it; return how many."""
    due = queries.lists_to_publish(clock.now())
    for status_list in due:
        actions_status.publish(status_list, actor=ACTOR)
    return len(due)


def tend_keys() -> tuple[int, int]:
    """Prepare the keys that will follow, put in service those whose day came; return how many of each."""
    now = clock.now()
    started = [actions_keys.start(key, actor=ACTOR) for key in queries_keys.due_to_start(now)]
    prepared = [
        actions_keys.prepare_next(key.issuer, actor=ACTOR, algorithm=queries_keys.algorithm_of(key))
        for key in queries_keys.due_for_rotation(now)
    ]
    return len(prepared), len(started)


def reissue_all(key: SigningKey) -> int:
    """Sign again all that a key signed; each is one transaction, so a stopped run goes on."""
    count = 0
    for credential in actions_keys.signed_by(key).select_related("award__badge_class__issuer"):
        actions.reissue(credential, actor=ACTOR)
        count += 1
    return count


@jobs.job(name=actions.SIGNING, lock="credentials.sign")
def sign_waiting() -> None:
    """Sign what waits."""
    sign_all()
    publish_all()


@jobs.job(name=actions_keys.REISSUE)
def reissue(key_id: str) -> None:
    """Sign again what a lost key signed."""
    key = SigningKey.objects.filter(pk=key_id).first()
    if key:
        log.info("%s badges signed again", reissue_all(key))
        log.info("%s passports withdrawn from wallets", actions_wallet.withdraw_signed_by(key))


@jobs.job(name=actions_status.PUBLISHING, lock="credentials.publish")
def publish_lists() -> None:
    """Publish the lists that changed."""
    publish_all()


@jobs.periodic(name="credentials.each_minute", cron="* * * * *")
def each_minute(timestamp: int) -> None:
    """Sign what a killed worker left, publish the lists that changed."""
    sign_all()
    publish_all()


@jobs.periodic(name="credentials.keys", cron="17 * * * *")
def each_hour(timestamp: int) -> None:
    """Tend the keys."""
    tend_keys()
