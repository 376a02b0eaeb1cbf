"""The addresses of the measures, for advisers."""

from django.urls import path

from entremise.web.adviser import measures

urlpatterns = [
    path("mesures/", measures.measures, name="measures"),
    path("mesures/simuler/", measures.measures_for, name="measures_for"),
    path("mesures/<slug:code>/", measures.measure, name="measure"),
]
