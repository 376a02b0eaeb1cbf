"""The addresses of the desk, the pool and profiles, for advisers."""

from django.urls import path

from entremise.web.adviser import desk, pool, profile, segments

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("recherche/", desk.find, name="find"),
    path("vivier/", pool.pool, name="pool"),
    path("vivier/segments/", segments.segments, name="segments"),
    path("vivier/segments/enregistrer/", segments.segment_save, name="segment_save"),
    path("vivier/segments/<uuid:pk>/retirer/", segments.segment_remove, name="segment_remove"),
    path("profils/<uuid:pk>/", profile.profile, name="profile"),
    path("profils/<uuid:pk>/identite/", profile.reveal, name="reveal"),
]
