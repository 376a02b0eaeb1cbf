"""Addresses for machines, those of the standards and those that badges bear: in English, without a last slash."""

from django.urls import URLPattern, URLResolver, path

from entremise.api import badges, credentials, hosting, issuers, lists, oauth, offers, verify, version_two, wallets

urlpatterns: list[URLPattern | URLResolver] = [
    path(".well-known/did.json", issuers.platform_did, name="platform_did"),
    path("o/<slug:slug>/did.json", issuers.issuer_did, name="issuer_did"),
    path("o/<slug:slug>/image.svg", issuers.issuer_image, name="issuer_image"),
    path("o/<slug:slug>/keys/<slug:name>", issuers.issuer_key, name="issuer_key"),
    path("achievements/<uuid:series>/<int:version>/image.svg", badges.achievement_image, name="achievement_image"),
    path("credentials/<uuid:public_id>", credentials.credential, name="credential"),
    path("ob2/issuers/<slug:slug>", version_two.issuer, name="ob2_issuer"),
    path("ob2/keys/<slug:slug>/<slug:name>", version_two.key, name="ob2_key"),
    path("ob2/badges/<uuid:series>/<int:version>", version_two.badge, name="ob2_badge"),
    path("ob2/assertions/<uuid:public_id>", version_two.assertion, name="ob2_assertion"),
    path("ob2/revocations/<slug:slug>", version_two.revocations, name="ob2_revocations"),
    path("api/openapi.json", verify.api_description, name="api_description"),
    path("api/verify", verify.api_verify, name="api_verify"),
    path("api/offers", offers.offers, name="api_offers"),
    path("api/offers/<str:reference>", offers.one_offer, name="api_offer"),
    path("api/feeds", offers.feeds, name="api_feeds"),
    path("api/feeds/<uuid:pk>", offers.one_feed, name="api_feed"),
    path("status/<uuid:list_id>", lists.status_list, name="status_list"),
    path("tsl/<uuid:list_id>", lists.token_list, name="token_list"),
    path(".well-known/openid-credential-issuer", wallets.issuer_metadata, name="wallet_issuer"),
    path(".well-known/oauth-authorization-server", oauth.server_metadata, name="oauth_server"),
    path(".well-known/jwt-vc-issuer", wallets.wallet_keys, name="wallet_keys"),
    path("vct/skills-passport/1", wallets.passport_type, name="passport_type"),
    path("oauth/register", oauth.register, name="oauth_register"),
    path("oauth/revoke", oauth.revoke, name="oauth_revoke"),
    path("oauth/token", oauth.token, name="oauth_token"),
    path("ims/ob/v3p0/discovery", hosting.discovery, name="ob3_discovery"),
    path("ims/ob/v3p0/credentials", hosting.credentials, name="ob3_credentials"),
    path("ims/ob/v3p0/profile", hosting.profile, name="ob3_profile"),
    path("oid4vci/nonce", wallets.nonce, name="wallet_nonce"),
    path("oid4vci/credential", wallets.credential, name="wallet_credential"),
    path("oid4vci/notification", wallets.notification, name="wallet_notification"),
]
