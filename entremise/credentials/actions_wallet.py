"""Writes about wallets: offered by the person, taken by her wallet with a code, cancelled, withdrawn.

What a wallet took is one credential with all the chosen skills, and one place in the platform's token list. When one
of these skills holds no more (revoked, declined, suspended), the whole credential is withdrawn and the person is told
to take it again: a wallet cannot be made to forget one skill of a signed list.
"""

import datetime as dt
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.credentials import actions_issuers, actions_keys, actions_status, mails_wallet, rules_wallet
from entremise.credentials import queries_keys as keys
from entremise.credentials import queries_wallet as queries
from entremise.credentials.enums import AwardState, ListPurpose, Verb
from entremise.credentials.models import Award, SigningKey
from entremise.credentials.models_wallet import WalletNonce, WalletOffer
from entremise.credentials.rules import CredentialRefused
from entremise.kernel import clock, mail
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor
from entremise.lib.openbadges import sdjwt
from entremise.lib.openbadges.keys import Algorithm, PublicKey
from entremise.lib.openbadges.oid4vci import Error, Event
from entremise.people.models import Person

WALLET = job_actor("credentials.wallet")  # who bears a code that the person gave
State, Ending = WalletOffer.State, WalletOffer.Ending
TOKEN_BYTES = 32
TOLD = (Ending.SKILL, Ending.KEY)
PAGE = "/moi/portefeuille/"


class WalletRefused(Exception):
    """A wallet asked for what it cannot have; `error` is the standard's code, `said` is for its developer."""

    def __init__(self, error: Error, said: str = "") -> None:
        super().__init__(error)
        self.error, self.said = error, said


@dataclass(frozen=True, slots=True)
class Token:
    """What a code is exchanged for."""

    text: str
    seconds: int


@action(Verb.WALLET_OFFERED, may="credentials.hold")
def offer(person: Person, *, actor: Actor, awards: Collection[Any], shows_name: bool = False) -> Done:
    """Prepare what a wallet may take within a quarter of an hour; an offer still open is cancelled."""
    chosen = queries.chosen(person, awards)
    if not chosen:
        raise CredentialRefused(_("Choisissez au moins une compétence."), "awards")
    if len(chosen) > rules_wallet.MOST_SKILLS:
        most = rules_wallet.MOST_SKILLS
        raise CredentialRefused(_("Un passeport contient au plus %(most)s compétences.") % {"most": most}, "awards")
    now = clock.now()
    Person.objects.unscoped("the policy decided on her").select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    _end(_rows().filter(person=person, state=State.OPEN), State.CANCELLED)
    made: WalletOffer = WalletOffer.objects.create(
        person=person,
        configuration=rules_wallet.PASSPORT,
        shows_name=shows_name,
        created_at=now,
        until=now + dt.timedelta(minutes=rules_wallet.OFFER_MINUTES),
    )
    made.awards.set(chosen)
    return Done(made, data={"skill_count": len(chosen), "shows_name": shows_name})


@action(Verb.WALLET_CANCELLED, may="credentials.own")
def cancel(offer: WalletOffer, *, actor: Actor) -> WalletOffer:
    """Cancel an offer that no wallet took; one that was taken stays."""
    _end(_rows().filter(pk=offer.pk, state=State.OPEN), State.CANCELLED)
    return _again(offer)


@action(Verb.WALLET_WITHDRAWN, may="credentials.own")
def withdraw(offer: WalletOffer, *, actor: Actor) -> Done:
    """Make verifiers refuse, for good, what a wallet took: the telephone is lost, or the person wants it no more."""
    return _withdrawn(offer, Ending.HOLDER)


@action(Verb.WALLET_WITHDRAWN, may="credentials.sign")
def end(offer: WalletOffer, *, actor: Actor, ending: str) -> Done:
    """Withdraw, for the platform, what a wallet took; tell the person when there is another one to take."""
    done = _withdrawn(offer, Ending(ending))
    if done.result.state == State.WITHDRAWN and ending in TOLD:
        _tell(done.result)
    return done


def withdraw_with(award: Award) -> int:
    """Withdraw every passport that contains an award which holds no more; return how many."""
    count = 0
    for one in _rows().filter(awards=award, state__in=[State.OPEN, State.TAKEN]).order_by("pk"):
        end(one, actor=WALLET, ending=Ending.SKILL)
        count += 1
    return count


@action(Verb.WALLET_ASKED, may="credentials.sign")
def exchange(offer: WalletOffer, *, actor: Actor, tx_code: str) -> Done:
    """Exchange the code of an offer for an access token, once; a wrong transaction code is counted, the fifth burns.

    The result is the token, or None: a refusal must not undo the count.
    """
    locked = _locked(offer)
    if not queries.is_living(locked):
        return Done(None, data={"outcome": "over"}, subject=locked)
    if not hmac.compare_digest(tx_code.encode(), queries.tx_code(locked).encode()):
        is_last = locked.try_count + 1 >= rules_wallet.MOST_TRIES
        _rows().filter(pk=locked.pk).update(try_count=F("try_count") + 1)
        if is_last:
            _end(_rows().filter(pk=locked.pk), State.BURNT)
        return Done(None, data={"outcome": "burnt" if is_last else "wrong_code"}, subject=locked)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    lives = dt.timedelta(minutes=rules_wallet.TOKEN_MINUTES)
    _rows().filter(pk=locked.pk).update(
        exchanged_at=now, token_hash=queries.token_hash(token), token_until=now + lives
    )
    return Done(Token(token, int(lives.total_seconds())), data={"outcome": "exchanged"}, subject=locked)


@action(Verb.WALLET_TAKEN, may="credentials.sign")
def take(offer: WalletOffer, *, actor: Actor, holder: PublicKey, nonce: str) -> Done:
    """Sign what the person chose for the key that her wallet proved; the bytes are given once and not kept."""
    _use_up(nonce)
    locked, now = _locked(offer), clock.now()
    if locked.state != State.OPEN or locked.exchanged_at is None:
        raise WalletRefused(Error.DENIED, "the credential was given already, or the person cancelled it")
    awards = queries.skills_of(locked)
    if not awards or any(award.state != AwardState.ISSUED for award in awards):
        raise WalletRefused(Error.DENIED, "one of the skills holds no more: the person must choose again")
    content = queries.content(awards, locked.person_id, shows_name=locked.shows_name)
    issuer = actions_issuers.platform(str(settings.BRAND.name))
    entry = actions_status.take_wallet_place(locked, issuer)
    key = actions_keys.signing_key(issuer, Algorithm.ES256)
    claims = rules_wallet.claims(content, queries.issuer_address(), queries.configuration().vct, now)
    signed = sdjwt.issue(
        claims,
        rules_wallet.hidden(claims),
        keys.secret(key),
        keys.kid(key),
        holder,
        actions_status.wallet_reference(entry),
        pad_to=rules_wallet.PAD_TO,
    )
    _rows().filter(pk=locked.pk).update(state=State.TAKEN, taken_at=now, valid_until=content.valid_until, key=key)
    return Done(signed, data={"skill_count": len(awards)}, subject=locked)


@action(Verb.WALLET_TOLD, may="credentials.sign")
def note(offer: WalletOffer, *, actor: Actor, event: Event) -> Done:
    """Note what a wallet says: kept; or not kept, and then nobody may use it; said twice, nothing more happens."""
    locked = _locked(offer)
    if event is Event.ACCEPTED:
        _rows().filter(pk=locked.pk, state=State.TAKEN).update(is_confirmed=True)
    elif locked.state == State.TAKEN:
        _withdrawn(locked, Ending.WALLET)
    return Done(None, data={"event": event.value}, subject=locked)


def erase(person_id: UUID) -> int:
    """Withdraw what a person's wallets took, and forget her offers; a bit that leads to nobody stays."""
    mine = _rows().filter(person_id=person_id)
    for one in mine.filter(state=State.TAKEN):
        end(one, actor=WALLET, ending=Ending.ERASED)
    gone: int = mine.delete()[0]
    return gone


def withdraw_signed_by(key: SigningKey) -> int:
    """Withdraw what a key that was given up had signed: not kept, so it cannot be signed again; return how many."""
    found = list(_rows().filter(key=key, state=State.TAKEN).order_by("pk"))
    for one in found:
        end(one, actor=WALLET, ending=Ending.KEY)
    return len(found)


def _use_up(nonce: str) -> None:
    until = queries.nonce_until(nonce)
    if until is None or until <= clock.now():
        raise WalletRefused(Error.INVALID_NONCE, "not a number of ours, or its five minutes are over")
    try:
        with transaction.atomic():
            WalletNonce.objects.create(nonce_hash=queries.token_hash(nonce), until=until)
    except IntegrityError:
        raise WalletRefused(Error.INVALID_NONCE, "this number was signed before") from None


def _withdrawn(offer: WalletOffer, ending: "WalletOffer.Ending") -> Done:
    locked = _locked(offer)
    changed = actions_status.set_bit(locked, ListPurpose.REVOCATION, is_set=True)
    if locked.state == State.TAKEN:
        _end(_rows().filter(pk=locked.pk), State.WITHDRAWN, ending)
    elif locked.state == State.OPEN:
        _end(_rows().filter(pk=locked.pk), State.CANCELLED, ending)
    return Done(_again(locked), data={"ending": ending.value, "bit_count": changed}, subject=locked)


def _tell(offer: WalletOffer) -> None:
    user = offer.person.user
    if user is None or not user.email:
        return
    with override(user.language):
        news = mails_wallet.PassportToTakeAgain(is_skill=offer.ending == Ending.SKILL, url=keys.address(PAGE))
    mail.send(news, to=user.email, about=offer, language=user.language)


def _end(rows: Any, state: str, ending: str = "") -> None:
    rows.update(state=state, ending=ending, ended_at=clock.now())


def _rows() -> Any:
    return WalletOffer.objects.unscoped("the policy decided on these rows")


def _locked(offer: WalletOffer) -> WalletOffer:
    locked: WalletOffer = _rows().select_for_update(of=("self",), no_key=True).get(pk=offer.pk)
    return locked


def _again(offer: WalletOffer) -> WalletOffer:
    found: WalletOffer = _rows().get(pk=offer.pk)
    return found
