"""Pages of this audience, with their French addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entremise.web.jobseeker.profile_urls")),
    path("", include("entremise.web.jobseeker.validation_urls")),
    path("", include("entremise.web.jobseeker.offer_urls")),
    path("", include("entremise.web.jobseeker.contest_urls")),
    path("", include("entremise.web.jobseeker.wallet_urls")),
    path("", include("entremise.web.jobseeker.badge_urls")),
    path("", include("entremise.web.jobseeker.application_urls")),
    path("", include("entremise.web.jobseeker.cv_urls")),
    path("", include("entremise.web.jobseeker.job_application_urls")),
]
