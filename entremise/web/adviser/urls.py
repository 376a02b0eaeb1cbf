"""Pages of this audience, with their French addresses."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("entremise.web.adviser.promotion_urls")),
    path("", include("entremise.web.adviser.establishment_urls")),
    path("", include("entremise.web.adviser.offer_urls")),
    path("", include("entremise.web.adviser.desk_urls")),
    path("", include("entremise.web.adviser.match_urls")),
    path("", include("entremise.web.adviser.apply_urls")),
    path("", include("entremise.web.adviser.pool_urls")),
    path("", include("entremise.web.adviser.contest_urls")),
    path("", include("entremise.web.adviser.recruiter_urls")),
    path("", include("entremise.web.adviser.export_urls")),
    path("", include("entremise.web.adviser.validation_check_urls")),
    path("", include("entremise.web.adviser.space_urls")),
    path("", include("entremise.web.adviser.employment_urls")),
    path("", include("entremise.web.adviser.complaint_urls")),
    path("", include("entremise.web.adviser.application_urls")),
    path("", include("entremise.web.adviser.measure_urls")),
    path("", include("entremise.web.adviser.prospecting_urls")),
]
