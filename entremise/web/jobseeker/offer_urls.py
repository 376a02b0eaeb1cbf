"""The addresses of the offers that fit a person."""

from django.urls import path

from entremise.web.jobseeker import offers

urlpatterns = [
    path("offres/", offers.my_offers, name="my_offers"),
    path("offres/meilleures/", offers.my_best_offers, name="my_best_offers"),
    path("offres/plus/", offers.my_more_offers, name="my_more_offers"),
    path("offres/<uuid:pk>/", offers.my_offer, name="my_offer"),
    path("employeurs/", offers.my_recruiters, name="my_recruiters"),
]
