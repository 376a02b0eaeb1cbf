"""Addresses of the candidates by the link of a mail."""

from django.urls import path

from entremise.web.employer import inbox as views

urlpatterns = [
    path("candidatures/<str:token>/", views.inbox, name="inbox"),
    path("candidatures/<str:token>/repondre/", views.answer_many, name="inbox_many"),
    path("candidatures/<str:token>/repondre-a-tous/", views.closing, name="inbox_closing"),
    path("candidatures/<str:token>/rendez-vous.ics", views.calendar, name="inbox_calendar"),
    path("candidatures/<str:token>/<uuid:pk>/", views.application, name="inbox_application"),
    path("candidatures/<str:token>/<uuid:pk>/repondre/", views.answer, name="inbox_answer"),
    path("candidatures/<str:token>/<uuid:pk>/vue/", views.opened, name="inbox_opened"),
    path("candidatures/<str:token>/<uuid:pk>/rendez-vous/", views.meeting, name="inbox_meeting"),
    path("candidatures/<str:token>/<uuid:pk>/annuler/", views.meeting_cancel, name="inbox_meeting_cancel"),
    path("candidatures/<str:token>/<uuid:pk>/recommander/", views.recommend, name="inbox_recommend"),
    path("candidatures/<str:token>/<uuid:pk>/signaler/", views.report, name="inbox_report"),
]
