"""Pages of this audience, with their French addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entremise.web.employer.validation_urls")),
    path("", include("entremise.web.employer.promotion_urls")),
    path("", include("entremise.web.employer.profiles_urls")),
    path("", include("entremise.web.employer.diagnosis_urls")),
    path("", include("entremise.web.employer.inbox_urls")),
    path("", include("entremise.web.employer.silence_urls")),
]
