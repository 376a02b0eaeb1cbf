"""Writes about partner applications: registered, allowed by a person, given tokens, stopped.

A token that comes back after it was used was copied: what it stands for ends at once, with every token of it
(RFC 6819 §5.2.2.3). A refusal must not undo that: these actions return nothing instead of raising.
"""

import datetime as dt
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from entremise.accounts import queries_partners as queries
from entremise.accounts import rules_partners as rules
from entremise.accounts.enums import Verb
from entremise.accounts.enums_partners import Authentication, GrantEnding, OAuthError, TokenKind
from entremise.accounts.models import User
from entremise.accounts.models_partners import Grant, GrantToken, PartnerApplication
from entremise.accounts.rules_partners import Asked, OAuthRefused, Registration
from entremise.kernel import clock
from entremise.kernel.actions import Done, action
from entremise.kernel.actors import Actor, job_actor

PARTNERS = job_actor("accounts.partners")  # an application that proves who it is, for whoever allowed it
SECRET_BYTES = 32
NOTED_EVERY = dt.timedelta(hours=1)  # one line an hour says that an application reads: not one for each page


@dataclass(frozen=True, slots=True)
class Registered:
    """An application and its secret, told once."""

    application: PartnerApplication
    secret: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code, or a refresh token, is exchanged for."""

    access: str
    refresh: str
    seconds: int
    scopes: tuple[str, ...]


@action(Verb.PARTNER_REGISTERED, may="accounts.serve_partner")
def register(told: Registration, *, actor: Actor) -> Done:
    """Register an application from what it says of itself."""
    now = clock.now()
    if queries.registered_since(now - dt.timedelta(hours=1)) >= rules.MOST_AN_HOUR:
        raise OAuthRefused(OAuthError.TOO_MANY, "too many applications registered in the last hour")
    secret = "" if told.authentication is Authentication.NONE else secrets.token_urlsafe(SECRET_BYTES)
    made = PartnerApplication.objects.create(
        name=told.name,
        site=told.site,
        policy=told.policy,
        redirects=list(told.redirects),
        scopes=list(told.scopes),
        authentication=told.authentication,
        secret_hash=rules.hashed(secret) if secret else "",
        software=told.software,
        created_at=now,
    )
    return Done(Registered(made, secret), subject=made)


@action(Verb.PARTNER_ALLOWED, may="accounts.allow_partner")
def allow(application: PartnerApplication, *, actor: Actor, asked: Asked) -> Done:
    """Allow an application what it asks, in place of what it was allowed before; return its code."""
    now = clock.now()
    locked = PartnerApplication.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    user = queries.signed_in(actor)
    before = Grant.objects.filter(application=locked, user=user, ended_at=None)
    before.update(ended_at=now, ending=GrantEnding.REPLACED)
    grant = Grant.objects.create(
        application=locked,
        user=user,
        scopes=list(asked.scopes),
        created_at=now,
        until=now + dt.timedelta(days=rules.GRANT_DAYS),
    )
    lives = dt.timedelta(seconds=rules.CODE_SECONDS)
    code = _give(grant, TokenKind.CODE, lives, challenge=asked.challenge, redirect=asked.redirect)
    return Done(code, data={"application": str(locked.pk), "scopes": _names(asked.scopes)}, subject=grant)


@action(Verb.PARTNER_SERVED, may="accounts.serve_partner")
def exchange(application: PartnerApplication, *, actor: Actor, code: str, verifier: str, redirect: str) -> Done:
    """Exchange a code for tokens, once, for who asked for it; return nothing when that cannot be."""
    given = _locked(code, TokenKind.CODE, application)
    if given is None:
        return Done(None, data={"outcome": "unknown"}, subject=application)
    is_its = rules.proves(verifier, given.challenge) and redirect == given.redirect
    if given.used_at or not is_its:
        _end(given.grant, GrantEnding.REUSED)
        return Done(None, data={"outcome": "reused" if given.used_at else "not_proven"}, subject=given.grant)
    return _renewed(given)


@action(Verb.PARTNER_SERVED, may="accounts.serve_partner")
def refresh(application: PartnerApplication, *, actor: Actor, token: str, scopes: Iterable[str] = ()) -> Done:
    """Exchange a refresh token for new tokens, once; return nothing when that cannot be."""
    given = _locked(token, TokenKind.REFRESH, application)
    if given is None:
        return Done(None, data={"outcome": "unknown"}, subject=application)
    if given.used_at:
        _end(given.grant, GrantEnding.REUSED)
        return Done(None, data={"outcome": "reused"}, subject=given.grant)
    if not set(scopes) <= {*given.grant.scopes, rules.OFFLINE}:
        raise OAuthRefused(OAuthError.INVALID_SCOPE, "more than what was allowed")
    return _renewed(given)


@action(Verb.PARTNER_STOPPED, may="accounts.serve_partner")
def give_up(application: PartnerApplication, *, actor: Actor, token: str) -> Done:
    """End what a token of this application stands for; a token that is not its own changes nothing (RFC 7009)."""
    found = queries.token(token, TokenKind.ACCESS, TokenKind.REFRESH)
    if found is None or found.grant.application_id != application.pk:
        return Done(None, data={"outcome": "unknown"}, subject=application)
    _end(found.grant, GrantEnding.PARTNER)
    return Done(None, subject=found.grant)


@action(Verb.PARTNER_STOPPED, may="accounts.own_grant")
def stop(grant: Grant, *, actor: Actor) -> Grant:
    """Stop at once what was allowed; stopping again changes nothing."""
    return _end(grant, GrantEnding.PERSON)


@action(Verb.PARTNER_LOOKED, may="accounts.serve_partner")
def note_read(grant: Grant, *, actor: Actor, what: str) -> Done:
    """Note that an application looks at what it may."""
    Grant.objects.filter(pk=grant.pk).update(last_used_at=clock.now())
    return Done(grant, data={"application": str(grant.application_id), "what": what})


@action(Verb.PARTNER_WROTE, may="accounts.serve_partner")
def note_write(grant: Grant, *, actor: Actor, what: str) -> Done:
    """Note that an application changed what it may."""
    Grant.objects.filter(pk=grant.pk).update(last_used_at=clock.now())
    return Done(grant, data={"application": str(grant.application_id), "what": what})


def end_all(user: User) -> int:
    """End everything that was allowed from an account that somebody else had opened; return how many."""
    return Grant.objects.filter(user=user, ended_at=None).update(ended_at=clock.now(), ending=GrantEnding.PERSON)


def is_to_note(grant: Grant) -> bool:
    """Tell whether a look of an application is to be noted: the first of an hour."""
    return grant.last_used_at is None or clock.now() - grant.last_used_at >= NOTED_EVERY


def _locked(text: str, kind: TokenKind, application: PartnerApplication) -> GrantToken | None:
    """Return a token of a grant that still holds; its grant is locked: two arrivals come one after the other."""
    found = queries.token(text, kind)
    if found is None or found.grant.application_id != application.pk:
        return None
    Grant.objects.select_for_update(of=("self",), no_key=True).get(pk=found.grant_id)
    again = queries.token(text, kind)
    return again if again and again.until > clock.now() and queries.is_open(again.grant) else None


def _renewed(given: GrantToken) -> Done:
    grant, now = given.grant, clock.now()
    GrantToken.objects.filter(pk=given.pk).update(used_at=now)
    GrantToken.objects.filter(grant=grant, kind=TokenKind.ACCESS, used_at=None).update(used_at=now)
    lives = dt.timedelta(minutes=rules.ACCESS_MINUTES)
    tokens = Tokens(
        access=_give(grant, TokenKind.ACCESS, lives),
        refresh=_give(grant, TokenKind.REFRESH, dt.timedelta(days=rules.REFRESH_DAYS)),
        seconds=int(lives.total_seconds()),
        scopes=tuple(grant.scopes),
    )
    return Done(tokens, data={"outcome": given.kind}, subject=grant)


def _give(grant: Grant, kind: TokenKind, lives: dt.timedelta, **facts: str) -> str:
    text = secrets.token_urlsafe(SECRET_BYTES)
    until = min(clock.now() + lives, grant.until)
    GrantToken.objects.create(token_hash=rules.hashed(text), grant=grant, kind=kind, until=until, **facts)
    return text


def _end(grant: Grant, ending: GrantEnding) -> Grant:
    Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=clock.now(), ending=ending)
    grant.refresh_from_db(fields=["ended_at", "ending"])
    return grant


def _names(scopes: Iterable[str]) -> list[str]:
    return [one.rpartition("/")[2] for one in scopes]
