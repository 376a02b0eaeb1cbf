"""Decisions about partner applications: what a registration may say, what an authorisation may ask, PKCE."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from entremise.accounts.enums_partners import Authentication, OAuthError, Scope

CODE_SECONDS = 120  # RFC 6749 §4.1.2 wants ten minutes at most
ACCESS_MINUTES = 60
REFRESH_DAYS = 90  # since it was last used
GRANT_DAYS = 365  # then the person is asked again
UNUSED_DAYS = 30  # an application that nobody allowed is forgotten
ENDED_DAYS = 365
MOST_AN_HOUR = 60  # registrations, for the whole site: anybody may ask, nobody may fill the table
MOST_ADDRESSES, LONGEST_ADDRESS, LONGEST_NAME = 10, 400, 80
GRANT_TYPES = ("authorization_code", "refresh_token")
OFFLINE = "offline_access"  # asked by some: a refresh token is always given
LOOPBACK = {"127.0.0.1", "localhost"}  # an application of the person's own computer (RFC 8252 §7.3)
_CHALLENGE, _VERIFIER = re.compile(r"[A-Za-z0-9_-]{43}"), re.compile(r"[A-Za-z0-9._~-]{43,128}")
_DECEIVING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class OAuthRefused(Exception):
    """What an application asks cannot be; `error` is the standard's code, `said` is for its developer, in ASCII."""

    def __init__(self, error: OAuthError, said: str = "") -> None:
        super().__init__(error)
        self.error, self.said = error, said


@dataclass(frozen=True, slots=True)
class Registration:
    """What an application says of itself (RFC 7591 §2)."""

    name: str
    site: str
    policy: str
    redirects: tuple[str, ...]
    scopes: tuple[str, ...]
    authentication: Authentication
    software: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an authorisation asks, once it is known to be well asked."""

    scopes: tuple[str, ...]
    redirect: str
    state: str
    challenge: str


def registration(document: Mapping[str, Any]) -> Registration:
    """Read what an application says of itself, or raise OAuthRefused; a software statement is not looked at."""
    name = document.get("client_name")
    name = _DECEIVING.sub("", name).strip() if isinstance(name, str) else ""
    if not name or len(name) > LONGEST_NAME:
        raise OAuthRefused(OAuthError.INVALID_METADATA, f"client_name is needed, {LONGEST_NAME} characters at most")
    for member, known in (("grant_types", GRANT_TYPES), ("response_types", ("code",))):
        if not set(_texts(document.get(member, list(known)))) <= set(known):
            raise OAuthRefused(OAuthError.INVALID_METADATA, f"{member} may hold {', '.join(known)}")
    method = document.get("token_endpoint_auth_method", Authentication.BASIC.value)
    if method not in tuple(Authentication):
        raise OAuthRefused(OAuthError.INVALID_METADATA, f"token_endpoint_auth_method: {', '.join(Authentication)}")
    software = document.get("software_id")
    return Registration(
        name=name,
        site=_page(document, "client_uri"),
        policy=_page(document, "policy_uri"),
        redirects=_redirects(document.get("redirect_uris")),
        scopes=_wanted(document.get("scope")),
        authentication=Authentication(method),
        software=software[:LONGEST_NAME] if isinstance(software, str) else "",
    )


def asked(given: Mapping[str, str], allowed: Sequence[str], redirect: str) -> Asked:
    """Read what an authorisation asks of a known application, at an address that is known to be its own."""
    if given.get("response_type") != "code":
        raise OAuthRefused(OAuthError.UNSUPPORTED_RESPONSE, "response_type must be code")
    if not given.get("state"):
        raise OAuthRefused(OAuthError.INVALID_REQUEST, "state is needed")
    if given.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(given.get("code_challenge", "")):
        raise OAuthRefused(OAuthError.INVALID_REQUEST, "PKCE with S256 is needed")
    wanted = [one for one in given.get("scope", "").split() if one != OFFLINE]
    if not wanted or not set(wanted) <= set(allowed):
        raise OAuthRefused(OAuthError.INVALID_SCOPE, "ask for some of the scopes that were registered")
    scopes = tuple(one.value for one in Scope if one.value in wanted)
    return Asked(scopes, redirect, given["state"], given["code_challenge"])


def proves(verifier: str, challenge: str) -> bool:
    """Tell whether who brings a code is who asked for it (RFC 7636 §4.6)."""
    if not _VERIFIER.fullmatch(verifier):
        return False
    made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return hmac.compare_digest(made, challenge)


def hashed(secret: str) -> str:
    """Return what is kept of a secret that we drew: long and random, so that one hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def with_query(address: str, **members: str) -> str:
    """Return an address with members added to its query."""
    parts = urlsplit(address)
    query = "&".join(one for one in (parts.query, urlencode(members)) if one)
    return urlunsplit(parts._replace(query=query))


def origin(address: str) -> str:
    """Return the site of an address: its scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host(address: str) -> str:
    """Return the host of an address, as people read it."""
    return urlsplit(address).hostname or ""


def _redirects(given: object) -> tuple[str, ...]:
    found = _texts(given)
    if not found or len(found) > MOST_ADDRESSES or not all(_is_redirect(one) for one in found):
        said = f"redirect_uris: 1 to {MOST_ADDRESSES} https addresses without fragment, or http on the loopback"
        raise OAuthRefused(OAuthError.INVALID_REDIRECT, said)
    return tuple(dict.fromkeys(found))


def _is_redirect(address: str) -> bool:
    parts = _parts(address)
    if parts is None or parts.fragment or "#" in address or "*" in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _parts(address: str) -> Any:
    """Split an address that browsers and we read alike, or return nothing."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or re.search(r"[\s\\\"'<>;,]", address):
        return None
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises when it is no number
    except ValueError:
        return None
    return parts if parts.hostname and re.fullmatch(r"[a-z0-9.-]+(:\d+)?", parts.netloc.lower()) else None


def _page(document: Mapping[str, Any], member: str) -> str:
    """Return the address of a page that people may open; one that is no such page is left out."""
    given = document.get(member)
    parts = _parts(given) if isinstance(given, str) else None
    return str(given) if parts is not None and parts.scheme == "https" else ""


def _wanted(given: object) -> tuple[str, ...]:
    asked_for = given.split() if isinstance(given, str) else []
    found = tuple(one.value for one in Scope if one.value in asked_for or not asked_for)
    if not found:
        raise OAuthRefused(OAuthError.INVALID_METADATA, "none of these scopes is known here")
    return found


def _texts(given: object) -> list[str]:
    return [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
