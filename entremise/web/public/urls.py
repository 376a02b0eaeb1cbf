"""Pages open to all, with their French addresses."""

from django.urls import URLPattern, URLResolver, include, path

from entremise.web.public import (
    application_contest,
    authorize,
    badge_share,
    cv,
    front,
    gallery,
    health,
    link_help,
    look,
    mail_stop,
    verifier,
)
from entremise.web.recruiter import company

urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.home, name="home"),
    path("sante/", health.alive, name="health"),
    path("connexion/", include("entremise.web.public.sign_in_urls")),
    path("", include("entremise.web.public.badge_urls")),
    path("demo/", include("entremise.web.public.demo_urls")),
    path("offres/", include("entremise.web.public.offer_urls")),
    path("composants/", gallery.gallery, name="gallery"),
    path("composants/suggestions/", gallery.suggestions, name="gallery-suggestions"),
    path("theme.css", look.theme, name="theme"),
    path("logo/", look.brand_logo, name="brand-logo"),
    path("langue/", front.set_language, name="set_language"),
    path("code/", link_help.short_code, name="short_code"),
    path("lien/nouveau/", link_help.link_again, name="link_again"),
    path("lien/envoye/", link_help.link_sent_again, name="link_sent_again"),
    path("courriels/arret/<str:token>/", mail_stop.mail_stop, name="mail_stop"),
    path("c/<slug:token>/", badge_share.badge_share, name="badge_share"),
    path("c/<slug:token>/<uuid:badge>/<slug:kind>", badge_share.badge_share_file, name="badge_share_file"),
    path("cv/<slug:token>/", cv.certified_cv, name="certified_cv"),
    path("", include("entremise.web.public.label_urls")),
    path("entreprises/<str:siret>/", company.company, name="company"),
    path("candidature/<str:token>/", application_contest.application_contest, name="application_contest"),
    path("oauth/authorize", authorize.authorize, name="authorize"),
    path("mentions-legales/", front.legal, name="legal"),
    path("accessibilite/", front.accessibility, name="accessibility"),
    path("verifier/", verifier.verifier, name="verifier"),
    path("vos-donnees/", front.privacy, name="privacy"),
]
