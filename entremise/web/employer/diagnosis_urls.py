"""The addresses of the shared diagnosis, for recruiters."""

from django.urls import path

from entremise.web.employer import diagnosis

urlpatterns = [
    path("diagnostic/<str:token>/", diagnosis.diagnosis, name="diagnosis"),
    path("diagnostic/<str:token>/completer/", diagnosis.diagnosis_complete, name="diagnosis_complete"),
    path("diagnostic/<str:token>/diagnostic.pdf", diagnosis.diagnosis_download, name="diagnosis_download"),
]
