"""The addresses of the dashboard, and of what a territory decides about its reminders."""

from django.urls import path

from entremise.web.manager import dashboard, reminders

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("tableau-de-bord.fichier", dashboard.dashboard_export, name="dashboard_export"),
    path("rappels/", reminders.manager_reminders, name="manager_reminders"),
    path("rappels/regler/", reminders.reminders_set, name="reminders_set"),
    path("rappels/commune/", reminders.reminders_usual, name="reminders_usual"),
    path("rappels/plafond/", reminders.reminders_cap, name="reminders_cap"),
]
