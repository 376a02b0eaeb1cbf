"""Writes of the status lists: places taken, bits set and cleared, lists signed and published."""

import datetime as dt
import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

from entremise.credentials import actions_keys, queries_claims, rules
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import ListKind, ListPurpose, Verb
from entremise.credentials.models import Award, BadgeClass, Issuer
from entremise.credentials.models_status import LIST_SIZE, StatusEntry, StatusList
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel import clock, jobs
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import di, ob3, statuslist
from entremise.lib.openbadges.claims import StatusPurpose, StatusRef
from entremise.lib.openbadges.keys import Algorithm

SEED_BYTES = 32
PUBLISHING = "credentials.publish_lists"
WITHDRAWN = (ListKind.BITSTRING, ListPurpose.REVOCATION)
SUSPENDED = (ListKind.BITSTRING, ListPurpose.SUSPENSION)


def lists_of(badge_class: BadgeClass) -> tuple[tuple[ListKind, ListPurpose], ...]:
    """Return the lists of a badge: one, as the schema of 1EdTech wants it, and another only if it may be suspended."""
    return (WITHDRAWN, SUSPENDED) if badge_class.is_suspendable else (WITHDRAWN,)


def take_places(award: Award) -> list[StatusEntry]:
    """Give an award its places, once; return them (inside the action that signs)."""
    lists = lists_of(award.badge_class)
    taken = {(one.status_list.kind, one.status_list.purpose): one for one in places(award)}
    return [taken.get(wanted) or _take(award.badge_class.issuer, *wanted, award=award) for wanted in lists]


def take_many(issuer: Issuer, awards: Sequence[Award]) -> dict[UUID, list[StatusEntry]]:
    """Give many new awards of one issuer their places in one go (inside the action that signs), by award."""
    taken: dict[UUID, list[StatusEntry]] = {award.pk: [] for award in awards}
    for kind, purpose in (WITHDRAWN, SUSPENDED):
        rest = [award for award in awards if (kind, purpose) in lists_of(award.badge_class)]
        while rest:
            locked = _open_list(issuer, kind, purpose)
            some, rest = rest[: locked.size - locked.taken_count], rest[locked.size - locked.taken_count :]
            seed = bytes(locked.seed)
            for number, award in enumerate(some, locked.taken_count):
                place = statuslist.permuted(number, locked.size, seed)
                taken[award.pk].append(StatusEntry(status_list=locked, index=place, award=award))
            StatusList.objects.filter(pk=locked.pk).update(taken_count=F("taken_count") + len(some))
    StatusEntry.objects.bulk_create(entry for entries in taken.values() for entry in entries)
    return taken


def take_wallet_place(offer: WalletOffer, issuer: Issuer) -> StatusEntry:
    """Give what a wallet takes its place in the issuer's token list (inside the action that signs)."""
    return _take(issuer, ListKind.TOKEN, ListPurpose.REVOCATION, wallet_offer=offer)


def wallet_reference(entry: StatusEntry) -> StatusRef:
    """Say a place in a token list as a wallet's credential bears it."""
    return StatusRef(queries_claims.token_list_address(entry.status_list_id), entry.index)


def places(award: Award) -> list[StatusEntry]:
    """Return the places of an award, with their lists (not their bits)."""
    return list(
        award.status_entries.select_related("status_list").defer("status_list__bits", "status_list__published")
    )


def references(entries: list[StatusEntry]) -> tuple[StatusRef, ...]:
    """Say the places as a badge bears them."""
    return tuple(
        StatusRef(queries_claims.status_address(one.status_list_id), one.index, StatusPurpose(one.status_list.purpose))
        for one in entries
    )


def set_bit(award: Award | WalletOffer, purpose: ListPurpose, *, is_set: bool) -> int:
    """Set or clear the bits of an award, or of what a wallet took, wherever it has some; return how many changed."""
    changed = 0
    for entry in award.status_entries.select_related("status_list").filter(status_list__purpose=purpose):
        changed += _write(entry.status_list_id, entry.index, is_set=is_set)
    return changed


@action(Verb.LIST_PUBLISHED, may="credentials.sign")
def publish(status_list: StatusList, *, actor: Actor) -> Done:
    """Sign a list as it is now; it says to be asked again in five minutes."""
    locked = (
        StatusList.objects.select_related("issuer").select_for_update(of=("self",), no_key=True).get(pk=status_list.pk)
    )
    now = clock.now()
    is_token = locked.kind == ListKind.TOKEN
    locked.published = _token(locked, now) if is_token else _bitstring(locked, now)
    locked.published_at = now
    locked.save(update_fields=["published", "published_at"])
    return Done(locked, data={"kind": locked.kind, "purpose": locked.purpose})


def _take(issuer: Issuer, kind: ListKind, purpose: ListPurpose, **whose: Award | WalletOffer) -> StatusEntry:
    locked = _open_list(issuer, kind, purpose)
    index = statuslist.permuted(locked.taken_count, locked.size, bytes(locked.seed))
    StatusList.objects.filter(pk=locked.pk).update(taken_count=F("taken_count") + 1)
    entry: StatusEntry = StatusEntry.objects.create(status_list=locked, index=index, **whose)
    return entry


def _open_list(issuer: Issuer, kind: ListKind, purpose: ListPurpose) -> StatusList:
    """Return the list that still has room, locked; make it when there is none."""
    rows = StatusList.objects.filter(issuer=issuer, kind=kind, purpose=purpose, taken_count__lt=F("size"))
    found = rows.defer("bits", "published").select_for_update(of=("self",), no_key=True).first()
    if found:
        return found
    Issuer.objects.select_for_update(of=("self",), no_key=True).get(pk=issuer.pk)
    if again := rows.defer("bits", "published").select_for_update(of=("self",), no_key=True).first():
        return again
    made: StatusList = StatusList.objects.create(
        issuer=issuer,
        kind=kind,
        purpose=purpose,
        bits=bytes(LIST_SIZE // 8),
        seed=secrets.token_bytes(SEED_BYTES),
        changed_at=clock.now(),
    )
    return made


def _write(list_id: UUID, index: int, *, is_set: bool) -> int:
    locked = StatusList.objects.select_for_update(of=("self",), no_key=True).get(pk=list_id)
    bits = _bits(locked)
    if bool(bits[index]) == is_set:
        return 0
    bits[index] = int(is_set)
    locked.bits, locked.changed_at = bytes(bits), clock.now()
    locked.save(update_fields=["bits", "changed_at"])
    jobs.defer_once(PUBLISHING)
    return 1


def _bits(status_list: StatusList) -> statuslist.BitList:
    is_token = status_list.kind == ListKind.TOKEN
    order = statuslist.Order.LOW_FIRST if is_token else statuslist.Order.HIGH_FIRST
    return statuslist.BitList(status_list.size, order=order, raw=bytes(status_list.bits))


def _bitstring(status_list: StatusList, now: dt.datetime) -> bytes:
    key = actions_keys.signing_key(status_list.issuer, Algorithm.EDDSA)
    document = statuslist.build_bitstring(
        queries_claims.status_address(status_list.pk),
        keys.did(status_list.issuer),
        StatusPurpose(status_list.purpose),
        _bits(status_list),
        valid_from=now,
        valid_until=now + dt.timedelta(days=rules.LIST_DAYS),
    )
    return ob3.serialised(di.sign(document, keys.secret(key), keys.kid(key), now))


def _token(status_list: StatusList, now: dt.datetime) -> bytes:
    key = actions_keys.signing_key(status_list.issuer, Algorithm.ES256)
    return statuslist.sign_token(
        queries_claims.token_list_address(status_list.pk),
        keys.address(""),
        _bits(status_list),
        keys.secret(key),
        keys.kid(key),
        issued_at=now,
        expires_at=now + dt.timedelta(days=rules.LIST_DAYS),
        ttl=dt.timedelta(minutes=rules.LIST_MINUTES),
    ).encode()
