"""The addresses of the recruiters' search."""

from django.urls import path

from entremise.web.employer import profiles

urlpatterns = [
    path("profils/<str:token>/", profiles.profiles, name="profiles"),
    path("profils/<str:token>/chercher/", profiles.profiles_search, name="profiles_search"),
    path("profils/<str:token>/rencontrer/", profiles.profiles_wish, name="profiles_wish"),
]
