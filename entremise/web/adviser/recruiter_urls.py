"""The addresses of the recruiters' search, for advisers."""

from django.urls import path

from entremise.web.adviser import recruiters, space_opening

urlpatterns = [
    path("etablissements/<uuid:pk>/espace-recruteur/", space_opening.space_open_for, name="space_open_for"),
    path("contacts/<uuid:pk>/recherche-de-profils/", recruiters.recruiter_open, name="recruiter_open"),
    path("recherches-de-profils/<uuid:pk>/couper/", recruiters.recruiter_revoke, name="recruiter_revoke"),
    path("souhaits-de-rencontre/<uuid:pk>/", recruiters.meeting_wish, name="meeting_wish"),
    path("souhaits-de-rencontre/<uuid:pk>/sans-suite/", recruiters.meeting_wish_aside, name="meeting_wish_aside"),
]
