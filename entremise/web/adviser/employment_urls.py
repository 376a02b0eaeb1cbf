"""The addresses where an adviser writes certificates of employment for employers."""

from django.urls import path

from entremise.web.adviser import employment

urlpatterns = [
    path("profils/<uuid:pk>/certificat/", employment.employment_write, name="employment_write"),
    path("certificats/<uuid:pk>/retirer/", employment.employment_withdraw, name="employment_withdraw"),
]
