"""Writes about issuers' keys: made on first use, changed each year, given up when somebody else may hold them."""

import datetime as dt

from django.db.models import QuerySet

from entremise.credentials import queries_keys as keys
from entremise.credentials import rules
from entremise.credentials.enums import KeyState, Verb
from entremise.credentials.models import Credential, Issuer, SigningKey
from entremise.kernel import clock, jobs, keyring
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.lib.openbadges.keys import Algorithm, PrivateKey

MAKER = job_actor("credentials.keys")
REISSUE = "credentials.reissue"


def signing_key(issuer: Issuer, algorithm: Algorithm) -> SigningKey:
    """Return the key with which an issuer signs; make it the first time."""
    found = keys.active_key(issuer, algorithm)
    return found or make(issuer, actor=MAKER, algorithm=algorithm)


@action(Verb.KEY_MADE, may="credentials.sign")
def make(issuer: Issuer, *, actor: Actor, algorithm: Algorithm) -> Done:
    """Make the first key of its kind, in service at once: nobody keeps a document without it."""
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)  # two first badges at once: one key
    key = keys.active_key(issuer, algorithm) or _new(issuer, algorithm, KeyState.ACTIVE, clock.now())
    return Done(key, data={"key": key.name}, subject=issuer)


@action(Verb.KEY_ROTATED, may="credentials.keys")
def prepare_next(issuer: Issuer, *, actor: Actor, algorithm: Algorithm) -> Done:
    """Publish the key that will sign in a day; the present one goes on until then."""
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
    waiting = SigningKey.objects.filter(issuer=issuer, algorithm=algorithm.value, state=KeyState.NEXT).first()
    starts = clock.now() + dt.timedelta(hours=rules.NEXT_HOURS)
    key = waiting or _new(issuer, algorithm, KeyState.NEXT, starts)
    return Done(key, data={"key": key.name}, subject=issuer)


@action(Verb.KEY_ROTATED, may="credentials.sign")
def start(key: SigningKey, *, actor: Actor) -> Done:
    """Put the next key in service; the former one stays published for the badges that it signed."""
    now = clock.now()
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=key.issuer_id)
    former = SigningKey.objects.filter(issuer=key.issuer_id, algorithm=key.algorithm, state=KeyState.ACTIVE)
    former.update(state=KeyState.RETIRED, retired_at=now)
    SigningKey.objects.filter(pk=key.pk, state=KeyState.NEXT).update(state=KeyState.ACTIVE, active_from=now)
    key.issuer.status_lists.update(changed_at=now)  # signed again by the new key
    key.refresh_from_db()
    return Done(key, data={"key": key.name}, subject=key.issuer)


@action(Verb.KEY_COMPROMISED, may="credentials.keys")
def give_up(issuer: Issuer, *, actor: Actor, key: SigningKey) -> Done:
    """Publish a key no more, at once: what it signed is refused, and signed again by a new key in the background."""
    now, algorithm = clock.now(), Algorithm(key.algorithm)
    was_active = key.state == KeyState.ACTIVE
    SigningKey.objects.filter(pk=key.pk, issuer=issuer).update(state=KeyState.COMPROMISED, compromised_at=now)
    if was_active:
        waiting = SigningKey.objects.filter(issuer=issuer, algorithm=algorithm.value, state=KeyState.NEXT).first()
        if waiting:
            SigningKey.objects.filter(pk=waiting.pk).update(state=KeyState.ACTIVE, active_from=now)
        else:
            _new(issuer, algorithm, KeyState.ACTIVE, now)
    issuer.status_lists.update(changed_at=now)
    count = signed_by(key).count()
    jobs.defer_named(REISSUE, key_id=str(key.pk))
    return Done(count, data={"key": key.name, "credential_count": count}, subject=issuer)


def signed_by(key: SigningKey) -> QuerySet[Credential]:
    """Return the signed forms that a key made."""
    return Credential.objects.unscoped("the platform signs again what a lost key signed").filter(key=key)


def _new(issuer: Issuer, algorithm: Algorithm, state: KeyState, active_from: dt.datetime) -> SigningKey:
    year = clock.today().year
    prefix = rules.key_name(algorithm, year, 0)[:-1]
    number = SigningKey.objects.filter(issuer=issuer, name__startswith=prefix).count() + 1
    private = PrivateKey.generate(algorithm)
    key = SigningKey(
        issuer=issuer,
        name=rules.key_name(algorithm, year, number),
        algorithm=algorithm.value,
        public_jwk=private.public.jwk(),
        state=state,
        created_at=clock.now(),
        active_from=active_from,
    )
    key.sealed = keyring.seal(private.der(), keys.key_context(key.pk))
    key.save(force_insert=True)
    return key
