"""What a partner application may be allowed, and why what it was allowed ended."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"


class Scope(models.TextChoices):
    """What a person lets an application do with her badges (Open Badges 3.0 §6.2.1); the label finishes a sentence."""

    READ_BADGES = f"{PREFIX}credential.readonly", _("lire vos badges, sauf ceux que vous gardez pour vous")
    WRITE_BADGES = f"{PREFIX}credential.upsert", _("ajouter des badges à votre passeport, une fois vérifiés")
    READ_PROFILE = f"{PREFIX}profile.readonly", _("lire votre prénom et votre nom")
    CHANGE_PROFILE = f"{PREFIX}profile.update", _("corriger votre prénom et votre nom")


class Authentication(models.TextChoices):
    """How an application proves who it is when it asks for a token (RFC 7591 §2)."""

    BASIC = "client_secret_basic", _("secret, dans l'en-tête")
    POST = "client_secret_post", _("secret, dans le formulaire")
    NONE = "none", _("aucun secret")  # an application on a phone keeps none: PKCE alone


class TokenKind(models.TextChoices):
    """What a token opens: a code becomes tokens, an access token asks, a refresh token gives the next ones."""

    CODE = "code", _("code")
    ACCESS = "access", _("accès")
    REFRESH = "refresh", _("renouvellement")


class GrantEnding(models.TextChoices):
    """Why an application may no longer do what it was allowed."""

    PERSON = "person", _("arrêtée par vous")
    PARTNER = "partner", _("arrêtée par l'application")
    REPLACED = "replaced", _("remplacée par une autorisation plus récente")
    REUSED = "reused", _("arrêtée par sécurité : un code a servi deux fois")


class OAuthError(StrEnum):
    """Refusals as the standards name them (RFC 6749 §4.1.2.1 and §5.2, RFC 7591 §3.2.2)."""

    INVALID_REQUEST = "invalid_request"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_SCOPE = "invalid_scope"
    ACCESS_DENIED = "access_denied"
    UNSUPPORTED_GRANT = "unsupported_grant_type"
    UNSUPPORTED_RESPONSE = "unsupported_response_type"
    INVALID_REDIRECT = "invalid_redirect_uri"
    INVALID_METADATA = "invalid_client_metadata"
    TOO_MANY = "temporarily_unavailable"
