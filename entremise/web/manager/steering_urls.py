"""The addresses of the dashboard."""

from django.urls import path

from entremise.web.manager import dashboard

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("tableau-de-bord.fichier", dashboard.dashboard_export, name="dashboard_export"),
]
