"""The URL tree; each audience has its own prefix."""

from django.urls import include, path

from entremise.api import badges
from entremise.config.negotiation import by_accept
from entremise.web.public import achievement

# Each badge has one address: a page for people, a document for machines.
BADGE = by_accept(
    page=achievement.achievement,
    document=badges.achievement,
    media_types=("application/ld+json", "application/json", "application/vc"),
)

urlpatterns = [
    path("", include("entremise.api.urls")),
    path("achievements/<uuid:series>/<int:version>", BADGE, name="achievement"),
    path("", include("entremise.web.public.urls")),
    path("suggerer/", include("entremise.web.kit.suggest_urls")),
    path("moi/", include("entremise.web.jobseeker.urls")),
    path("", include("entremise.web.employer.urls")),
    path("conseil/", include("entremise.web.adviser.urls")),
    path("equipe/", include("entremise.web.manager.urls")),
    path("recruteur/", include("entremise.web.recruiter.urls")),
    path("emetteur/", include("entremise.web.issuer.urls")),
]

handler500 = "entremise.web.kit.middleware.server_error"
