"""Reads of our own public addresses without asking ourselves: what a verification of our own badges needs."""

import json
import re
from collections.abc import Callable
from uuid import UUID

from django.conf import settings

from entremise.credentials import queries_standards as standards
from entremise.credentials import queries_v2, queries_wallet
from entremise.lib.openbadges.fetched import FOUND, Fetched

NAMED = r"[-\w]+"
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
DID, JWK, JSON_LD = "application/did+json", "application/jwk+json", "application/ld+json"
LIST, TOKEN_LIST, JSON = "application/vc", "application/statuslist+jwt", "application/json"
MISSING = Fetched(b"", "", 404)
Answer = bytes | Fetched | None
ROUTES: tuple[tuple[re.Pattern[str], str, Callable[..., Answer]], ...] = (
    (re.compile(r"/\.well-known/did\.json"), DID, standards.platform_document),
    (re.compile(r"/\.well-known/jwt-vc-issuer"), JSON, lambda: json.dumps(queries_wallet.key_set()).encode()),
    (re.compile(rf"/o/({NAMED})/did\.json"), DID, standards.issuer_document),
    (re.compile(rf"/o/({NAMED})/keys/({NAMED})"), JWK, standards.key_document),
    (
        re.compile(rf"/achievements/({ID})/(\d{{1,5}})"),
        JSON_LD,
        lambda series, version: standards.achievement_document(UUID(series), int(version)),
    ),
    (re.compile(rf"/status/({ID})"), LIST, lambda pk: standards.status_list(UUID(pk))),
    (re.compile(rf"/ob2/issuers/({NAMED})"), JSON_LD, queries_v2.issuer_document),
    (re.compile(rf"/ob2/keys/({NAMED})/({NAMED})"), JSON_LD, queries_v2.key_document),
    (re.compile(rf"/ob2/revocations/({NAMED})"), JSON_LD, queries_v2.revocations),
    (
        re.compile(rf"/ob2/badges/({ID})/(\d{{1,5}})"),
        JSON_LD,
        lambda series, version: queries_v2.badge_document(UUID(series), int(version)),
    ),
    (re.compile(rf"/ob2/assertions/({ID})"), JSON_LD, lambda pk: queries_v2.assertion(UUID(pk))),
    (re.compile(rf"/tsl/({ID})"), TOKEN_LIST, lambda pk: standards.token_list(UUID(pk))),
)


def is_local() -> bool:
    """Tell whether this site is served in clear on this machine: a demonstration, or development."""
    return str(settings.BASE_URL).startswith("http://")


def path_of(address: str) -> str:
    """Return the path of an address of this site, or nothing for any other address."""
    base = str(settings.BASE_URL).rstrip("/")
    return address.removeprefix(base) if address.startswith(f"{base}/") else ""


def answer(address: str) -> Fetched | None:
    """Return what one of our own addresses answers; nothing when the address is not ours."""
    path = path_of(address)
    if not path:
        return None
    for pattern, media_type, read in ROUTES:
        if found := pattern.fullmatch(path):
            body = read(*found.groups())
            if isinstance(body, Fetched):
                return body
            return Fetched(body, media_type, FOUND) if body else MISSING
    return MISSING
