"""The URL tree; each audience has its own prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("entremise.web.public.urls")),
    path("suggerer/", include("entremise.web.kit.suggest_urls")),
    path("moi/", include("entremise.web.jobseeker.urls")),
    path("", include("entremise.web.employer.urls")),
    path("conseil/", include("entremise.web.adviser.urls")),
    path("equipe/", include("entremise.web.manager.urls")),
]

handler500 = "entremise.web.kit.middleware.server_error"
