"""The addresses of offers for a person and of people for an establishment, for advisers."""

from django.urls import path

from entremise.web.adviser import establishment_profiles, profile_offers

urlpatterns = [
    path("profils/<uuid:pk>/offres/", profile_offers.profile_offers, name="profile_offers"),
    path(
        "entreprises/<uuid:pk>/profils/", establishment_profiles.establishment_profiles, name="establishment_profiles"
    ),
]
