"""The URL tree; each audience has its own prefix."""

from django.urls import include, path

urlpatterns = [
    path("", include("entremise.web.public.urls")),
    path("connexion/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("moi/", include("entremise.web.jobseeker.urls")),
    path("", include("entremise.web.employer.urls")),
    path("conseil/", include("entremise.web.adviser.urls")),
    path("equipe/", include("entremise.web.manager.urls")),
]
