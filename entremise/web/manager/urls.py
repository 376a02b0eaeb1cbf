"""Pages of this audience, with their French addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entremise.web.manager.members_urls")),
    path("", include("entremise.web.manager.steering_urls")),
    path("", include("entremise.web.manager.import_urls")),
    path("", include("entremise.web.manager.contest_urls")),
    path("", include("entremise.web.manager.reciprok_urls")),
    path("courriels/", include("entremise.web.manager.mail_urls")),
    path("", include("entremise.web.manager.security_urls")),
    path("cles/", include("entremise.web.manager.badge_keys_urls")),
    path("partenaires/", include("entremise.web.manager.partner_urls")),
]
