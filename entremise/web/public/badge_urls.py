"""Addresses of badges open to all: directory, guide, open data, issuers, taking a badge."""

from django.urls import URLPattern, path

from entremise.web.public import badge_claims, badge_deployment, badge_directory

urlpatterns: list[URLPattern] = [
    path("badges/", badge_directory.badge_directory, name="badge_directory"),
    path("badges/comparer/", badge_directory.badge_compare, name="badge_compare"),
    path("badges/guide/", badge_directory.badge_guide, name="badge_guide"),
    path("badges/deploiement/", badge_deployment.deployment, name="badge_deployment"),
    path("badges/recommandations/<uuid:endorsement>/", badge_directory.endorsement_file, name="badge_endorsement"),
    path("badges/prendre/<str:token>/", badge_claims.badge_claim, name="badge_claim"),
    path("b/<str:code>/", badge_claims.badge_event, name="badge_event"),
    path("o/<slug:slug>/", badge_directory.issuer_page, name="issuer_page"),
]
