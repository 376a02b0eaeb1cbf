"""Reads for wallets: the codes of an offer, what it gives, what the standard's addresses publish.

Codes are made from the offer's identifier and the server's secret: a stolen table gives none, and the person's page
shows them again as long as the offer is open.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from entremise.credentials import queries, queries_claims, rules_wallet
from entremise.credentials import queries_keys as keys
from entremise.credentials.enums import AwardState
from entremise.credentials.models import Award
from entremise.credentials.models_wallet import WalletNonce, WalletOffer
from entremise.credentials.rules_wallet import Content
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.lib.openbadges import oid4vci
from entremise.lib.openbadges.keys import Algorithm
from entremise.lib.openbadges.wallet import Skill
from entremise.people import queries as people
from entremise.people.enums import Handling
from entremise.people.models import Person

WALLET = "the bearer of a code that the person gave to her wallet"
MAC_BYTES, RANDOM_BYTES, TIME_BYTES, ID_LENGTH = 16, 12, 6, 22
ENDPOINTS = {"token": "/oauth/token", "nonce": "/oid4vci/nonce", "credential": "/oid4vci/credential"}


def offers(person: Person) -> QuerySet[WalletOffer]:
    """Return what a person sent to her wallet, or is sending, the latest first; not what nobody took."""
    rows = WalletOffer.objects.unscoped("read for herself, by her page").filter(person=person)
    return rows.filter(state__in=[State.OPEN, State.TAKEN, State.WITHDRAWN]).order_by("-created_at")


def offer_for(pk: UUID, actor: Actor) -> WalletOffer | None:
    """Return one's own offer."""
    return WalletOffer.objects.visible_to(actor).select_related("person").filter(pk=pk).first()


def choosable(person: Person) -> QuerySet[Award]:
    """Return the badges that may go into a passport: those that hold today."""
    return queries.awards_of(person).filter(state=AwardState.ISSUED).prefetch_related("badge_class__alignments")


def chosen(person: Person, ids: Collection[Any]) -> list[Award]:
    """Return which of these badges may go into a passport."""
    return list(choosable(person).filter(pk__in=ids))


def content(awards: Sequence[Award], person_id: UUID, *, shows_name: bool) -> Content:
    """Return what a wallet is given of these badges; the page and the signature both come from here."""
    identity = people.identity_handled(person_id, Handling.TO_HERSELF) if shows_name else None
    return Content(
        tuple(_skill(award) for award in awards),
        identity.first_name if identity else "",
        identity.last_name if identity else "",
        rules_wallet.ends_at((award.valid_until for award in awards), clock.now()),
    )


def skills_of(offer: WalletOffer) -> list[Award]:
    """Return the badges of an offer, in the order of the page."""
    rows = Award.objects.unscoped(WALLET).filter(wallet_offers=offer).order_by("-awarded_on", "-created_at")
    return list(rows.select_related("badge_class__issuer").prefetch_related("badge_class__alignments"))


def is_living(offer: WalletOffer) -> bool:
    """Tell whether a wallet may still use the code of an offer."""
    return offer.state == State.OPEN and offer.exchanged_at is None and offer.until > clock.now()


def never_taken(now: dt.datetime) -> QuerySet[WalletOffer]:
    """Return the offers that no wallet took in their time."""
    rows = WalletOffer.objects.unscoped("retention: what nobody took is forgotten").filter(taken_at=None)
    return rows.filter(created_at__lt=now - dt.timedelta(days=rules_wallet.FORGET_DAYS))


def spent_nonces(now: dt.datetime) -> QuerySet[WalletNonce]:
    """Return the numbers whose time is over."""
    return WalletNonce.objects.filter(until__lt=now)


def code(offer: WalletOffer) -> str:
    """Return the pre-authorised code of an offer."""
    return _b64(offer.pk.bytes) + _b64(_mac("code", offer.pk)[:MAC_BYTES])


def tx_code(offer: WalletOffer) -> str:
    """Return the transaction code of an offer: six digits that are not in the link."""
    number = int.from_bytes(_mac("tx_code", offer.pk)[:8], "big") % 10**rules_wallet.DIGITS
    return f"{number:0{rules_wallet.DIGITS}}"


def notification_id(offer: WalletOffer) -> str:
    """Return the name by which a wallet tells what became of what it was given."""
    return _b64(_mac("notification", offer.pk)[:MAC_BYTES])


def offer_of_code(given: str) -> UUID | None:
    """Return which offer a pre-authorised code is of, if it is one of ours."""
    try:
        pk = UUID(bytes=base64.urlsafe_b64decode(given[:ID_LENGTH].encode() + b"=="))
    except (ValueError, binascii.Error):
        return None
    wanted = _b64(_mac("code", pk)[:MAC_BYTES])
    return pk if hmac.compare_digest(given[ID_LENGTH:].encode(), wanted.encode()) else None


def offer_by_id(pk: UUID) -> WalletOffer | None:
    """Return the offer whose code a wallet brings."""
    return WalletOffer.objects.unscoped(WALLET).filter(pk=pk).first()


def offer_of_token(token: str) -> WalletOffer | None:
    """Return the offer of an access token, as long as that token lives."""
    rows = WalletOffer.objects.unscoped(WALLET).filter(token_hash=token_hash(token), token_until__gt=clock.now())
    return rows.first() if token else None


def token_hash(token: str) -> str:
    """Return what is kept of an access token."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_nonce(now: dt.datetime) -> str:
    """Make a number for a wallet to sign; nothing is written, so that asking for thousands costs nothing."""
    body = int(now.timestamp()).to_bytes(TIME_BYTES, "big") + secrets.token_bytes(RANDOM_BYTES)
    return _b64(body + _mac("nonce", body)[:MAC_BYTES])


def nonce_until(given: str) -> dt.datetime | None:
    """Return until when a number may be used, if we made it."""
    try:
        raw = base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4))
    except (ValueError, binascii.Error):
        return None
    body, mac = raw[: TIME_BYTES + RANDOM_BYTES], raw[TIME_BYTES + RANDOM_BYTES :]
    if not hmac.compare_digest(mac, _mac("nonce", body)[:MAC_BYTES]):
        return None
    made = dt.datetime.fromtimestamp(int.from_bytes(body[:TIME_BYTES], "big"), dt.UTC)
    return made + dt.timedelta(minutes=rules_wallet.NONCE_MINUTES)


def issuer_address() -> str:
    """Return the credential issuer identifier: the site itself."""
    return settings.BASE_URL.rstrip("/")


def link(offer: WalletOffer) -> str:
    """Return the link that opens a wallet."""
    said = _("Les six chiffres de votre page")
    document = oid4vci.offer(issuer_address(), offer.configuration, code(offer), digits=rules_wallet.DIGITS, said=said)
    return oid4vci.offer_address(document)


def configuration() -> oid4vci.Configuration:
    """Return the kind of credential that we give to wallets."""
    return rules_wallet.configuration(issuer_address())


def endpoints() -> oid4vci.Endpoints:
    """Return where wallets ask."""
    found = {name: keys.address(path) for name, path in ENDPOINTS.items()}
    return oid4vci.Endpoints(issuer_address(), notification=keys.address("/oid4vci/notification"), **found)


def issuer_metadata() -> dict[str, Any]:
    """Return `/.well-known/openid-credential-issuer`."""
    issuer = keys.platform()
    name = issuer.name if issuer else str(settings.BRAND.name)
    return oid4vci.issuer_metadata(endpoints(), {"fr": name}, [configuration()])


def server_metadata() -> dict[str, Any]:
    """Return `/.well-known/oauth-authorization-server`."""
    return oid4vci.server_metadata(endpoints(), [configuration()])


def type_metadata() -> dict[str, Any]:
    """Return the page of the passport's type."""
    return oid4vci.type_metadata(configuration())


def key_set() -> dict[str, Any]:
    """Return `/.well-known/jwt-vc-issuer`: the keys that sign passports, those that signed them too."""
    issuer = keys.platform()
    rows = keys.published_keys(issuer).filter(algorithm=Algorithm.ES256.value) if issuer else ()
    return oid4vci.key_set(issuer_address(), [(keys.kid(key), keys.public(key)) for key in rows])


State = WalletOffer.State


def _skill(award: Award) -> Skill:
    alignment = next(iter(queries_claims.achievement(award.badge_class).alignments), None)
    with override(award.badge_class.language):  # a wallet asks in its own language; what is signed has one
        return Skill(
            name=award.badge_class.name,
            code=alignment.code if alignment else "",
            framework=alignment.framework if alignment else "",
            level=str(award.get_level_display()) if award.level else "",
            assurance=str(award.get_assurance_display()),
            awarded_on=award.awarded_on,
            origin=award.origin,
        )


def _mac(salt: str, value: UUID | bytes) -> bytes:
    raw = value.bytes if isinstance(value, UUID) else value
    return salted_hmac(f"credentials.wallet.{salt}", raw.hex(), algorithm="sha256").digest()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
