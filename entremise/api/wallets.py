"""What wallets ask (OpenID for Verifiable Credential Issuance 1.0): who issues, a token for a code, the passport.

No cookie and no session: a wallet brings the code that the person gave it, then a token that lives five minutes.
Refusals are the standards' (`error`, `error_description`: English, for who writes wallets), never kept by anybody.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from entremise.api.kit.answers import JSON, answer, document, written
from entremise.api.kit.endpoints import PUBLIC, ApiRequest, endpoint
from entremise.credentials import actions_wallet, queries_wallet
from entremise.credentials.actions_wallet import WALLET, WalletRefused
from entremise.credentials.models_wallet import WalletOffer
from entremise.kernel import clock
from entremise.lib.openbadges import limits, oid4vci
from entremise.lib.openbadges.oid4vci import Error, Event
from entremise.lib.openbadges.reasons import Refused

FORM = "application/x-www-form-urlencoded"
CODE, TX_CODE, DETAILS = "pre-authorized_code", "tx_code", "authorization_details"
ONCE = ("grant_type", CODE, TX_CODE, DETAILS)
MOST_BYTES = 64 * 1024  # a proof with a certificate chain has ten thousand
BAD_REQUEST, UNAUTHORIZED, NO_CONTENT = 400, 401, 204
View = Callable[..., HttpResponse]


def _for_wallets(view: View) -> View:
    """Answer refusals as the standards write them."""

    @functools.wraps(view)
    def run(request: ApiRequest) -> HttpResponse:
        try:
            return view(request)
        except WalletRefused as refused:
            return _refusal(refused)

    return run


@endpoint(PUBLIC)
def issuer_metadata(request: ApiRequest) -> HttpResponse:
    """Answer what we give to wallets, and where (§12.2)."""
    return document(request, written(queries_wallet.issuer_metadata()), JSON)


@endpoint(PUBLIC)
def wallet_keys(request: ApiRequest) -> HttpResponse:
    """Answer the keys that sign what wallets hold (SD-JWT VC, JWT VC Issuer Metadata)."""
    return document(request, written(queries_wallet.key_set()), JSON)


@endpoint(PUBLIC)
def passport_type(request: ApiRequest) -> HttpResponse:
    """Answer what a skills passport is (SD-JWT VC, Type Metadata)."""
    return document(request, written(queries_wallet.type_metadata()), JSON)


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
@_for_wallets
def token(request: ApiRequest) -> HttpResponse:
    """Exchange a pre-authorised code and its transaction code for an access token (§6)."""
    given = _form(request)
    if given["grant_type"] != oid4vci.GRANT:
        raise WalletRefused(Error.UNSUPPORTED_GRANT, "only the pre-authorized code")
    for name in (CODE, TX_CODE):
        if not given[name]:
            raise WalletRefused(Error.INVALID_REQUEST, f"{name} is missing")
    details = _details(given[DETAILS])
    pk = queries_wallet.offer_of_code(given[CODE])
    offer = queries_wallet.offer_by_id(pk) if pk else None
    found = actions_wallet.exchange(offer, actor=WALLET, tx_code=given[TX_CODE]) if offer else None
    if found is None:
        raise WalletRefused(Error.INVALID_GRANT, "the code is wrong or over, or the transaction code is wrong")
    told = {"access_token": found.text, "token_type": "Bearer", "expires_in": found.seconds}
    return answer(told | ({DETAILS: details} if details else {}))


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
def nonce(request: ApiRequest) -> HttpResponse:
    """Answer a number to sign, new each time (§7)."""
    return answer({"c_nonce": queries_wallet.new_nonce(clock.now())})


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
@_for_wallets
def credential(request: ApiRequest) -> HttpResponse:
    """Give the passport, bound to the key that the wallet proves (§8)."""
    offer = _offer(request)
    asked = _json(request, Error.INVALID_CREDENTIAL_REQUEST)
    _check_wanted(asked, offer)
    proof = _proof(asked.get("proofs"))
    signed = actions_wallet.take(offer, actor=WALLET, holder=proof.key, nonce=proof.nonce)
    told = {"credentials": [{"credential": signed}], "notification_id": queries_wallet.notification_id(offer)}
    return answer(told)


@endpoint(PUBLIC, methods=("POST",), most_bytes=MOST_BYTES)
@_for_wallets
def notification(request: ApiRequest) -> HttpResponse:
    """Note what became of a passport in its wallet (§11)."""
    offer = _offer(request)
    told = _json(request, Error.INVALID_NOTIFICATION_REQUEST)
    name, event = told.get("notification_id"), told.get("event")
    if not isinstance(name, str) or event not in tuple(Event):
        raise WalletRefused(Error.INVALID_NOTIFICATION_REQUEST, "notification_id and event are needed")
    if offer.taken_at is None or name != queries_wallet.notification_id(offer):
        raise WalletRefused(Error.INVALID_NOTIFICATION, "not the name that came with the credential")
    actions_wallet.note(offer, actor=WALLET, event=Event(event))
    made = answer(None, status=NO_CONTENT)
    made.content = b""
    return made


def _form(request: ApiRequest) -> dict[str, str]:
    if request.content_type != FORM:
        raise WalletRefused(Error.INVALID_REQUEST, f"the request must be {FORM}")
    for name in ONCE:
        if len(request.POST.getlist(name)) > 1:
            raise WalletRefused(Error.INVALID_REQUEST, f"{name} is given twice")
    given = {name: str(request.POST.get(name, "")) for name in ONCE}
    if not given["grant_type"]:
        raise WalletRefused(Error.INVALID_REQUEST, "grant_type is missing")
    return given


def _details(text: str) -> list[dict[str, Any]]:
    """Return the authorization details granted, when the wallet asks for some (RFC 9396, §6.1.1)."""
    try:
        asked = json.loads(text) if text else []
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, list) or any(not isinstance(one, dict) for one in asked):
        raise WalletRefused(Error.INVALID_REQUEST, f"{DETAILS} is not a list of objects")
    known = queries_wallet.configuration().id
    if any((one.get("type"), one.get("credential_configuration_id")) != ("openid_credential", known) for one in asked):
        raise WalletRefused(Error.INVALID_DETAILS, "only what was offered can be asked for")
    granted = {"type": "openid_credential", "credential_configuration_id": known, "credential_identifiers": [known]}
    return [granted] if asked else []


def _offer(request: ApiRequest) -> WalletOffer:
    scheme, _space, bearer = request.headers.get("Authorization", "").partition(" ")
    found = queries_wallet.offer_of_token(bearer.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise WalletRefused(Error.INVALID_TOKEN, "the access token is missing, unknown or over")
    return found


def _json(request: ApiRequest, error: Error) -> dict[str, Any]:
    if request.content_type != JSON:
        raise WalletRefused(error, f"the request must be {JSON}")
    try:
        return limits.read_json(request.body)
    except Refused as refused:
        raise WalletRefused(error, refused.code) from None


def _check_wanted(asked: dict[str, Any], offer: WalletOffer) -> None:
    names = ("credential_configuration_id", "credential_identifier")
    given = [name for name in names if name in asked]
    if len(given) != 1:
        raise WalletRefused(Error.INVALID_CREDENTIAL_REQUEST, f"one of {' and '.join(names)} is needed")
    if asked[given[0]] != offer.configuration:
        unknown = Error.UNKNOWN_CONFIGURATION if given[0] == names[0] else Error.UNKNOWN_IDENTIFIER
        raise WalletRefused(unknown, "not what was offered")
    if "credential_response_encryption" in asked:
        raise WalletRefused(Error.INVALID_ENCRYPTION, "answers are not encrypted inside TLS here")


def _proof(given: Any) -> oid4vci.Proof:
    several = given.get("jwt") if isinstance(given, dict) and len(given) == 1 else None
    if not isinstance(several, list) or len(several) != 1 or not isinstance(several[0], str):
        raise WalletRefused(Error.INVALID_PROOF, "proofs must hold one jwt, and only one")
    try:
        return oid4vci.read_proof(several[0], queries_wallet.issuer_address(), clock.now())
    except Refused as refused:
        raise WalletRefused(Error.INVALID_PROOF, refused.facts.get("said", "")) from None


def _refusal(refused: WalletRefused) -> HttpResponse:
    told = {"error": refused.error.value} | ({"error_description": refused.said} if refused.said else {})
    if refused.error is Error.INVALID_TOKEN:
        asked = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        return answer(told, status=UNAUTHORIZED, headers=asked)
    return answer(told, status=BAD_REQUEST)
