"""Reads of partner applications and of what people allowed them."""

import datetime as dt
import hmac
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from entremise.accounts import rules_partners
from entremise.accounts.enums_partners import Authentication, TokenKind
from entremise.accounts.models import User
from entremise.accounts.models_partners import Grant, GrantToken, PartnerApplication
from entremise.kernel import clock
from entremise.kernel.actors import Actor
from entremise.kernel.retention import days_before


def application(client_id: str) -> PartnerApplication | None:
    """Return the application of an identifier."""
    try:
        return PartnerApplication.objects.filter(pk=UUID(client_id)).first()
    except ValueError:
        return None


def authenticated(client_id: str, secret: str, method: str) -> PartnerApplication | None:
    """Return the application that proves who it is in the way it registered for."""
    found = application(client_id)
    if found is None or found.authentication != method:
        return None
    if method == Authentication.NONE:
        return found
    is_its = hmac.compare_digest(rules_partners.hashed(secret), found.secret_hash)
    return found if secret and is_its else None


def registered_since(moment: dt.datetime) -> int:
    """Return how many applications registered since a moment."""
    return PartnerApplication.objects.filter(created_at__gt=moment).count()


def is_open(grant: Grant) -> bool:
    """Tell whether a grant still holds."""
    return grant.ended_at is None and grant.until > clock.now() and grant.user.is_active


def token(text: str, *kinds: TokenKind) -> GrantToken | None:
    """Return a code or token that we gave, whatever became of it."""
    rows = GrantToken.objects.filter(token_hash=rules_partners.hashed(text), kind__in=kinds)
    return rows.select_related("grant__application", "grant__user").first() if text else None


def grant_of(access_token: str) -> Grant | None:
    """Return what an access token stands for, as long as it lives."""
    found = token(access_token, TokenKind.ACCESS)
    if found is None or found.until <= clock.now() or found.used_at is not None or not is_open(found.grant):
        return None
    return found.grant


def signed_in(actor: Actor) -> User:
    """Return the account of who acts."""
    return User.objects.get(pk=actor.id)


def grants(actor: Actor) -> QuerySet[Grant]:
    """Return everything that one allowed applications, what still holds first."""
    if actor.user_id is None:
        return Grant.objects.none()
    rows = Grant.objects.filter(user_id=actor.user_id).select_related("application", "user")
    return rows.order_by("-ended_at", "-created_at")  # nulls first: what still holds


def own_grant(pk: UUID, actor: Actor) -> Grant | None:
    """Return one of one's own grants."""
    return grants(actor).filter(pk=pk).first()


def unused(now: dt.datetime) -> QuerySet[PartnerApplication]:
    """Return the applications that nobody allows anything to, a month after they registered."""
    rows = PartnerApplication.objects.filter(created_at__lt=days_before(now, rules_partners.UNUSED_DAYS))
    return rows.filter(~Exists(Grant.objects.filter(application=OuterRef("pk"))))


def over(now: dt.datetime) -> QuerySet[Grant]:
    """Return the grants that ended long ago."""
    ended = days_before(now, rules_partners.ENDED_DAYS)
    return Grant.objects.filter(ended_at__lt=ended) | Grant.objects.filter(until__lt=ended)


def spent_tokens(now: dt.datetime) -> QuerySet[GrantToken]:
    """Return the tokens that nobody can use any more; one used too early is kept as long as it could come back."""
    return GrantToken.objects.filter(until__lt=now)
